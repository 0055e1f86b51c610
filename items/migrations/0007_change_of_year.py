"""What is carried over year after year knows the first of its items."""

import django.db.models.deletion
from django.db import migrations, models


def find_origins(apps, schema_editor):
    """Follow each carried item back to the first; each is newer than the one before."""
    item = apps.get_model("items", "Item")
    origins = {}
    carried = item.objects.exclude(carried_from=None).order_by("pk")
    for pk, before in carried.values_list("pk", "carried_from"):
        origins[pk] = origins.get(before, before)
        item.objects.filter(pk=pk).update(origin=origins[pk])
    if schema_editor.connection.vendor == "postgresql":
        # Else it makes no index, while checks of these rows are put off.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [("items", "0006_parts")]

    operations = [
        migrations.AddField(
            "item",
            "origin",
            models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="later",
                to="items.item",
            ),
        ),
        migrations.AddField(
            "historicalitem",
            "origin",
            models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="items.item",
            ),
        ),
        migrations.RunPython(find_origins, migrations.RunPython.noop),
    ]

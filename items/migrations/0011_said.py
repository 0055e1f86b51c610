import unicodedata

from django.db import migrations, models

AT_ONCE = 1_000  # items
COLUMNS = ["title", "title_en", "problem", "problem_en", "effect", "effect_en"]


def say(apps, schema_editor):
    """Fill the words of what is published, as items.models.item writes them from now on."""
    items = apps.get_model("items", "Item").objects.using(schema_editor.connection.alias)
    measures = apps.get_model("items", "Measure").objects.order_by("order", "pk")
    found = items.exclude(status="draft").order_by("pk")
    found = found.prefetch_related(models.Prefetch("measures", measures))
    last = 0
    while batch := list(found.filter(pk__gt=last)[:AT_ONCE]):
        for item in batch:
            texts = [getattr(item, column) for column in COLUMNS]
            for measure in item.measures.all():
                texts += [measure.text, measure.text_en]
            said = unicodedata.normalize("NFKC", "\n".join(filter(None, texts)))
            item.said = said.casefold()
        items.bulk_update(batch, ["said"], batch_size=200)
        last = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [
        ("items", "0010_revision"),
    ]

    operations = [
        migrations.AddField(
            model_name="item",
            name="said",
            field=models.TextField(blank=True, default="", editable=False),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                fields=["list", "status", "theme", "category", "place", "due", "done_on", "id"],
                name="cells_of_a_list",
            ),
        ),
        migrations.RunPython(say, migrations.RunPython.noop),
    ]

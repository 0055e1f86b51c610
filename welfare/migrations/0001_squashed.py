"""The whole schema, in place of the two migrations from before the first release.

The table of the shared cache comes with `migrate`, so that no installation forgets it.
"""

from django.core.management import call_command
from django.db import migrations, models


def make_cache_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    replaces = [
        ("welfare", "0001_cache_table"),
        ("welfare", "0002_tally"),
    ]
    initial = True

    dependencies = []

    operations = [
        migrations.RunPython(make_cache_table, migrations.RunPython.noop),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("hour", models.CharField(db_index=True, max_length=64)),
                ("count", models.PositiveIntegerField(default=0)),
            ],
        ),
    ]

"""How the sheet looked that a list was first brought in with."""

import django.db.models.deletion
from django.db import migrations, models

import items.models.line


class Migration(migrations.Migration):
    dependencies = [
        ("items", "0024_sheet_headings"),
    ]

    operations = [
        migrations.CreateModel(
            name="SheetLayout",
            fields=[
                (
                    "list",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="layout",
                        serialize=False,
                        to="items.itemlist",
                    ),
                ),
                ("title", items.models.line.Line(blank=True, max_length=200)),
                ("columns", models.JSONField()),
            ],
            options={
                "verbose_name": "layout of a sheet",
                "verbose_name_plural": "layouts of sheets",
            },
        ),
    ]

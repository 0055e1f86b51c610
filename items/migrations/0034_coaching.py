"""What workers wrote of coached answers."""

import django.db.models.deletion
from django.db import migrations, models

import items.models.suggestion


class Migration(migrations.Migration):
    dependencies = [
        ("items", "0033_reviews"),
    ]

    operations = [
        migrations.CreateModel(
            name="Coaching",
            fields=[
                (
                    "id",
                    items.models.suggestion.RandomKeyField(
                        default=items.models.suggestion.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="words")),
                ("day", models.DateField(verbose_name="on")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coachings",
                        to="items.item",
                    ),
                ),
            ],
            options={
                "verbose_name": "coached answers",
                "verbose_name_plural": "coached answers",
                "ordering": ["-day", "pk"],
            },
        ),
    ]

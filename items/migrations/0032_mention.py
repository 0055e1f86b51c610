"""Mentions of released suggestions, by day."""

import django.db.models.deletion
from django.db import migrations, models

import items.models.suggestion

KEY = items.models.suggestion.RandomKeyField(
    default=items.models.suggestion.random_key, editable=False, primary_key=True, serialize=False
)


class Migration(migrations.Migration):
    dependencies = [("items", "0031_verdicts")]

    operations = [
        migrations.CreateModel(
            name="Mentioned",
            fields=[("id", KEY), ("digest", models.CharField(max_length=64, unique=True))],
            options={
                "verbose_name": "browser that mentioned a suggestion",
                "verbose_name_plural": "browsers that mentioned suggestions",
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", KEY.clone()),
                ("day", models.DateField(verbose_name="on")),
                ("count", models.PositiveIntegerField(default=0)),
                (
                    "suggestion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentions",
                        to="items.suggestion",
                    ),
                ),
            ],
            options={
                "verbose_name": "mention of a suggestion",
                "verbose_name_plural": "mentions of suggestions",
                "constraints": [
                    models.UniqueConstraint(fields=("suggestion", "day"), name="mentions_of_a_day")
                ],
            },
        ),
    ]

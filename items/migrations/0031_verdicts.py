"""Rounds of the workers’ verdict, their answers and counts; what a suggestion says of an item."""

import django.db.models.deletion
from django.db import migrations, models

import items.models.suggestion


class Migration(migrations.Migration):
    dependencies = [
        ("items", "0030_calendar_day"),
    ]

    operations = [
        migrations.AddField(
            model_name="suggestion",
            name="grade",
            field=models.CharField(
                blank=True,
                choices=[
                    ("good", "Well done"),
                    ("nearly", "Nearly"),
                    ("not_done", "Not done"),
                    ("unseen", "Not seen"),
                    ("again", "Broken again"),
                ],
                max_length=10,
                verbose_name="verdict",
            ),
        ),
        migrations.CreateModel(
            name="VerdictRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("opened_on", models.DateField(verbose_name="opened on")),
                ("ends_on", models.DateField(null=True, verbose_name="ends on")),
                (
                    "ended_why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sent_back", "the check found something missing"),
                            ("reopened", "the item was opened again"),
                            ("withdrawn", "the item was taken off the list"),
                            ("year", "the year’s list was closed"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="items.entry",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdict_rounds",
                        to="items.item",
                    ),
                ),
            ],
            options={
                "verbose_name": "round of the workers’ verdict",
                "verbose_name_plural": "rounds of the workers’ verdict",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="VerdictCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="on")),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("good", "Well done"),
                            ("nearly", "Nearly"),
                            ("not_done", "Not done"),
                            ("unseen", "Not seen"),
                        ],
                        max_length=10,
                        verbose_name="verdict",
                    ),
                ),
                ("verified", models.BooleanField()),
                ("from_wall", models.BooleanField()),
                ("number", models.PositiveIntegerField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="counts",
                        to="items.verdictround",
                    ),
                ),
            ],
            options={
                "verbose_name": "count of verdicts",
                "verbose_name_plural": "counts of verdicts",
                "ordering": ["day", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Verdict",
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
                ("day", models.DateField(verbose_name="on")),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("good", "Well done"),
                            ("nearly", "Nearly"),
                            ("not_done", "Not done"),
                            ("unseen", "Not seen"),
                        ],
                        max_length=10,
                        verbose_name="verdict",
                    ),
                ),
                ("verified", models.BooleanField()),
                ("from_wall", models.BooleanField(default=False)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdicts",
                        to="items.verdictround",
                    ),
                ),
            ],
            options={
                "verbose_name": "worker’s verdict",
                "verbose_name_plural": "workers’ verdicts",
            },
        ),
        migrations.CreateModel(
            name="Answered",
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
                ("digest", models.CharField(max_length=64, unique=True)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="items.verdictround",
                    ),
                ),
            ],
            options={
                "verbose_name": "browser that has answered",
                "verbose_name_plural": "browsers that have answered",
            },
        ),
        migrations.AddConstraint(
            model_name="verdictround",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_why", ""), ("ends_on__isnull", False), _connector="OR"),
                name="ended_round_has_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="verdictcount",
            constraint=models.UniqueConstraint(
                fields=("round", "day", "grade", "verified", "from_wall"), name="counted_once"
            ),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["round", "day"], name="verdicts_by_day"),
        ),
    ]

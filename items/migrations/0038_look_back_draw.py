"""Draws by lot of what is looked back at, and the looks that they ask for."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("items", "0037_look_back"),
    ]

    operations = [
        migrations.AlterField(
            model_name="lookback",
            name="post",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="look_backs",
                to="items.post",
            ),
        ),
        migrations.AlterField(
            model_name="lookback",
            name="round",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="asked_looks",
                to="items.entry",
            ),
        ),
        migrations.CreateModel(
            name="LookBackDraw",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quarter", models.DateField(verbose_name="quarter")),
                ("seed", models.CharField(max_length=64, verbose_name="seed")),
                ("candidates", models.JSONField(verbose_name="candidates")),
                ("drawn_on", models.DateField(verbose_name="drawn on")),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="look_back_draws",
                        to="items.committee",
                    ),
                ),
                (
                    "head",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="items.entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "draw of look-backs",
                "verbose_name_plural": "draws of look-backs",
                "ordering": ["-quarter"],
            },
        ),
        migrations.AddField(
            model_name="lookback",
            name="draw",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="looks",
                to="items.lookbackdraw",
            ),
        ),
        migrations.AddConstraint(
            model_name="lookback",
            constraint=models.UniqueConstraint(fields=("draw", "item"), name="once_in_a_draw"),
        ),
        migrations.AddConstraint(
            model_name="lookback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("draw__isnull", False), ("round", None)),
                    models.Q(("draw", None), ("post__isnull", False), ("round__isnull", False)),
                    _connector="OR",
                ),
                name="look_back_by_round_or_by_lot",
            ),
        ),
        migrations.AddConstraint(
            model_name="lookbackdraw",
            constraint=models.UniqueConstraint(fields=("committee", "quarter"), name="drawn_once"),
        ),
    ]

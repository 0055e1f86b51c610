"""Looking back: who looks at what, by when; photos of a look stand beside the others."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("items", "0036_assessments"),
    ]

    operations = [
        migrations.CreateModel(
            name="LookBack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by_when", models.DateField(verbose_name="by when")),
            ],
            options={
                "verbose_name": "look-back",
                "verbose_name_plural": "look-backs",
                "ordering": ["by_when", "pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="photo",
            name="one_public_photo_a_slot",
        ),
        migrations.RemoveConstraint(
            model_name="photo",
            name="spot_is_shown_before_or_after",
        ),
        migrations.AlterField(
            model_name="entry",
            name="role",
            field=models.CharField(
                choices=[
                    ("owner", "Owner’s side"),
                    ("supervisor", "Supervisor"),
                    ("office", "Office"),
                    ("administrator", "Administrator"),
                    ("releaser", "Post for releases"),
                    ("reviewer", "Post for reviews"),
                    ("looker", "Looking back"),
                ],
                max_length=20,
                verbose_name="role",
            ),
        ),
        migrations.AlterField(
            model_name="photo",
            name="side",
            field=models.CharField(
                choices=[
                    ("before", "Before"),
                    ("after", "After"),
                    ("during", "During the work"),
                    ("later", "Looked back"),
                ],
                max_length=10,
                verbose_name="shows",
            ),
        ),
        migrations.AddConstraint(
            model_name="photo",
            constraint=models.UniqueConstraint(
                condition=models.Q(("side__in", ["before", "after"]), ("state", "public")),
                fields=("spot", "side"),
                name="one_public_photo_a_slot",
            ),
        ),
        migrations.AddConstraint(
            model_name="photo",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("spot", None), models.Q(("side", "during"), _negated=True), _connector="OR"
                ),
                name="spot_is_shown_before_or_after",
            ),
        ),
        migrations.AddField(
            model_name="lookback",
            name="entry",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ended_looks",
                to="items.entry",
            ),
        ),
        migrations.AddField(
            model_name="lookback",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="look_backs",
                to="items.item",
            ),
        ),
        migrations.AddField(
            model_name="lookback",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="look_backs",
                to="items.post",
            ),
        ),
        migrations.AddField(
            model_name="lookback",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="asked_looks",
                to="items.entry",
            ),
        ),
        migrations.AddField(
            model_name="lookback",
            name="sign_off",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="look_backs",
                to="items.entry",
            ),
        ),
        migrations.AddConstraint(
            model_name="lookback",
            constraint=models.UniqueConstraint(fields=("round", "item"), name="once_in_a_round"),
        ),
    ]

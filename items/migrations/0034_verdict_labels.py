"""Names for the columns of the workers' verdict that the admin shows."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("items", "0033_channel"),
    ]

    operations = [
        migrations.AlterField(
            model_name="verdict",
            name="from_wall",
            field=models.BooleanField(default=False, verbose_name="with the code from the wall"),
        ),
        migrations.AlterField(
            model_name="verdict",
            name="verified",
            field=models.BooleanField(verbose_name="verified"),
        ),
        migrations.AlterField(
            model_name="verdictcount",
            name="from_wall",
            field=models.BooleanField(verbose_name="with the code from the wall"),
        ),
        migrations.AlterField(
            model_name="verdictcount",
            name="number",
            field=models.PositiveIntegerField(verbose_name="how many"),
        ),
        migrations.AlterField(
            model_name="verdictcount",
            name="verified",
            field=models.BooleanField(verbose_name="verified"),
        ),
        migrations.AlterField(
            model_name="verdictround",
            name="ended_why",
            field=models.CharField(
                blank=True,
                choices=[
                    ("sent_back", "the check found something missing"),
                    ("reopened", "the item was opened again"),
                    ("withdrawn", "the item was taken off the list"),
                    ("year", "the year’s list was closed"),
                ],
                max_length=10,
                verbose_name="ended early because",
            ),
        ),
        migrations.AlterField(
            model_name="verdictround",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="verdict_rounds",
                to="items.item",
                verbose_name="item",
            ),
        ),
    ]

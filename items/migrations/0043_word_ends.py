"""Photos of results, kinds of reasons, and suggestions that their suggesters reopened."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("items", "0042_objections"),
    ]

    operations = [
        migrations.CreateModel(
            name="ResultPhoto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField()),
                ("large", models.BinaryField()),
                ("small", models.BinaryField()),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("small_width", models.PositiveIntegerField()),
                ("small_height", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "photo of a result",
                "verbose_name_plural": "photos of results",
                "ordering": ["entry", "order"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="suggestion",
            name="suggestion_ends_on_a_day",
        ),
        migrations.AddField(
            model_name="suggestion",
            name="reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("not_ours", "Not ours to decide"),
                    ("under_way", "Already under way"),
                    ("no_money", "No money for it this year"),
                    ("rules", "Not allowed by the rules"),
                    ("weighed", "Others would be worse off by it"),
                    ("unclear", "Not understood, and no answer when asked back"),
                    ("other", "Another reason"),
                ],
                max_length=10,
                verbose_name="kind of reason",
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="reopened_on",
            field=models.DateField(null=True, verbose_name="said not to be done on"),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="under_way",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="items.item",
                verbose_name="under way as",
            ),
        ),
        migrations.AlterField(
            model_name="suggestion",
            name="status",
            field=models.CharField(
                choices=[
                    ("received", "Waiting for an answer"),
                    ("asked", "Asked back"),
                    ("to_confirm", "Said to be done, not yet confirmed"),
                    ("adopted", "Became an item"),
                    ("settled", "Done at once"),
                    ("not_adopted", "Not adopted"),
                    ("merged", "Put together with another one"),
                    ("taken_back", "Taken back by the suggester"),
                ],
                default="received",
                max_length=12,
                verbose_name="status",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["asked", "received", "to_confirm"]),
                    ("ended_on__isnull", False),
                    _connector="OR",
                ),
                name="suggestion_ends_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reason", ""),
                    models.Q(
                        (
                            "reason__in",
                            [
                                "not_ours",
                                "under_way",
                                "no_money",
                                "rules",
                                "weighed",
                                "unclear",
                                "other",
                            ],
                        ),
                        ("status", "not_adopted"),
                    ),
                    _connector="OR",
                ),
                name="reason_of_what_is_not_adopted",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "reason__in",
                            ["", "no_money", "not_ours", "other", "rules", "unclear", "weighed"],
                        ),
                        ("under_way", None),
                    ),
                    models.Q(("reason", "under_way"), ("under_way__isnull", False)),
                    _connector="OR",
                ),
                name="under_way_has_its_item",
            ),
        ),
        migrations.AddField(
            model_name="resultphoto",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="photos",
                to="items.suggestionentry",
            ),
        ),
        migrations.AddConstraint(
            model_name="resultphoto",
            constraint=models.UniqueConstraint(fields=("entry", "order"), name="result_photo_once"),
        ),
    ]

"""Reviews, the posts that are named for them, and what workers wrote of coached answers."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import items.models.suggestion


class Migration(migrations.Migration):
    dependencies = [
        ("items", "0034_verdict_labels"),
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
            ],
            options={
                "verbose_name": "coached answers",
                "verbose_name_plural": "coached answers",
                "ordering": ["-day", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("words", "somebody wrote what isn’t right"),
                            ("share", "many answers say it isn’t done"),
                            ("again", "somebody wrote that it broke again"),
                        ],
                        max_length=10,
                        verbose_name="opened because",
                    ),
                ),
                ("opened_on", models.DateField(verbose_name="opened on")),
                ("due", models.DateField(verbose_name="to be answered by")),
                ("without_calendar", models.BooleanField(default=False)),
                ("drawn", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "review",
                "verbose_name_plural": "reviews",
                "ordering": ["-opened_on", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="committee",
            name="review_post",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reviewing_for",
                to="items.post",
                verbose_name="post for reviews",
            ),
        ),
        migrations.AddField(
            model_name="committee",
            name="review_share",
            field=models.PositiveSmallIntegerField(
                default=30,
                help_text="From ten answers on a review is opened where more of them than this say “nearly” or “not done”, also without words. 30 at most.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(30),
                ],
                verbose_name="share of doubts, in percent",
            ),
        ),
        migrations.AddField(
            model_name="committee",
            name="second_review_post",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="second_reviewing_for",
                to="items.post",
                verbose_name="second post for reviews",
            ),
        ),
        migrations.AddField(
            model_name="historicalcommittee",
            name="review_post",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="items.post",
                verbose_name="post for reviews",
            ),
        ),
        migrations.AddField(
            model_name="historicalcommittee",
            name="review_share",
            field=models.PositiveSmallIntegerField(
                default=30,
                help_text="From ten answers on a review is opened where more of them than this say “nearly” or “not done”, also without words. 30 at most.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(30),
                ],
                verbose_name="share of doubts, in percent",
            ),
        ),
        migrations.AddField(
            model_name="historicalcommittee",
            name="second_review_post",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="items.post",
                verbose_name="second post for reviews",
            ),
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
                ],
                max_length=20,
                verbose_name="role",
            ),
        ),
        migrations.AddConstraint(
            model_name="committee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("second_review_post", None),
                    models.Q(
                        ("review_post__isnull", False),
                        models.Q(("second_review_post", models.F("review_post")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="second_review_post_is_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="committee",
            constraint=models.CheckConstraint(
                condition=models.Q(("review_share__gte", 1), ("review_share__lte", 30)),
                name="review_share_at_most_thirty",
            ),
        ),
        migrations.AddField(
            model_name="coaching",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="coachings",
                to="items.item",
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="entry",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="review",
                to="items.entry",
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="items.item"
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="post",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reviews",
                to="items.post",
                verbose_name="post for reviews",
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="round",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reviews",
                to="items.verdictround",
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(
                condition=models.Q(("entry", None)), fields=["due"], name="reviews_to_answer"
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(fields=("round",), name="one_review_of_a_round"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                condition=models.Q(("entry", None)),
                fields=("item",),
                name="one_open_review_of_an_item",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cause", "again"), ("round", None)),
                    models.Q(("round__isnull", False), models.Q(("cause", "again"), _negated=True)),
                    _connector="OR",
                ),
                name="review_of_a_round_or_after_it",
            ),
        ),
    ]

"""The posts that a committee names for reviews."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("items", "0031_verdicts"),
    ]

    operations = [
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
    ]

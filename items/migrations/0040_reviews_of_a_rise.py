"""Reviews of a rise: more suggestions after a sign-off than before it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("items", "0039_appeal"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="review",
            name="review_of_a_round_or_after_it",
        ),
        migrations.AddField(
            model_name="review",
            name="heard_after",
            field=models.PositiveIntegerField(null=True, verbose_name="suggestions after"),
        ),
        migrations.AddField(
            model_name="review",
            name="heard_before",
            field=models.PositiveIntegerField(null=True, verbose_name="suggestions before"),
        ),
        migrations.AddField(
            model_name="review",
            name="sign_off",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="items.entry",
            ),
        ),
        migrations.AlterField(
            model_name="review",
            name="cause",
            field=models.CharField(
                choices=[
                    ("words", "somebody wrote what isn’t right"),
                    ("share", "many answers say it isn’t done"),
                    ("again", "somebody wrote that it broke again"),
                    ("rise", "more suggestions came after the sign-off than before"),
                ],
                max_length=10,
                verbose_name="opened because",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(fields=("sign_off",), name="one_review_of_a_rise"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cause__in", ("again", "rise")), ("round", None)),
                    models.Q(
                        ("round__isnull", False),
                        models.Q(("cause__in", ("again", "rise")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="review_of_a_round_or_after_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("cause", "rise"),
                        ("heard_after__isnull", False),
                        ("heard_before__isnull", False),
                        ("sign_off__isnull", False),
                    ),
                    models.Q(
                        models.Q(("cause", "rise"), _negated=True),
                        ("heard_after", None),
                        ("heard_before", None),
                        ("sign_off", None),
                    ),
                    _connector="OR",
                ),
                name="review_of_a_rise_has_its_counts",
            ),
        ),
    ]

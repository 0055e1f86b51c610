"""Appeals against the answers to suggestions."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("items", "0038_look_back_draw"),
    ]

    operations = [
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "suggestion",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="appeal",
                        serialize=False,
                        to="items.suggestion",
                    ),
                ),
                ("opened_on", models.DateField(verbose_name="came on")),
                ("due", models.DateField(verbose_name="to be answered by")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("stands", "The answer stands"), ("anew", "To be answered anew")],
                        max_length=10,
                        verbose_name="answer to the appeal",
                    ),
                ),
                ("ended_on", models.DateField(null=True, verbose_name="answered on")),
            ],
            options={
                "verbose_name": "appeal",
                "verbose_name_plural": "appeals",
                "ordering": ["due", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on", None), ("outcome", "")),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                ("ended_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="appeal_ends_with_its_answer",
                    ),
                ],
            },
        ),
    ]

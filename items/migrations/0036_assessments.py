"""Assessments of a list, and how was voted on each item."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("items", "0035_reviews"),
    ]

    operations = [
        migrations.CreateModel(
            name="Assessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("held_on", models.DateField(verbose_name="held on")),
                ("body", models.CharField(max_length=100, verbose_name="held by")),
                (
                    "scrutineers",
                    models.CharField(blank=True, max_length=100, verbose_name="scrutineers"),
                ),
                ("tellers", models.CharField(blank=True, max_length=100, verbose_name="tellers")),
                (
                    "majority",
                    models.CharField(
                        choices=[("half", "more than half"), ("two_thirds", "at least two thirds")],
                        max_length=10,
                        verbose_name="majority",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("members", "all members"),
                            ("present", "those present"),
                            ("valid", "the valid votes"),
                        ],
                        max_length=10,
                        verbose_name="of",
                    ),
                ),
                (
                    "put_right_days",
                    models.PositiveSmallIntegerField(verbose_name="days to put it right"),
                ),
                (
                    "issued_on",
                    models.DateField(editable=False, null=True, verbose_name="issued on"),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessment",
                        to="items.entry",
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="items.itemlist",
                        verbose_name="list",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "assessment",
                "verbose_name_plural": "assessments",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="AssessmentRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "satisfied",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="satisfied"),
                ),
                (
                    "basically",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="basically satisfied"
                    ),
                ),
                (
                    "unsatisfied",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="not satisfied"
                    ),
                ),
                (
                    "abstained",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="abstained"),
                ),
                ("valid", models.PositiveIntegerField(blank=True, null=True, verbose_name="valid")),
                (
                    "invalid",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="invalid"),
                ),
                (
                    "returned",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="returned"),
                ),
                (
                    "given",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="given out"),
                ),
                (
                    "present",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="present"),
                ),
                (
                    "members",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="members"),
                ),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("satisfied", "Satisfied"),
                            ("basically", "Basically satisfied"),
                            ("unsatisfied", "Not satisfied"),
                        ],
                        max_length=12,
                        verbose_name="grade",
                    ),
                ),
                (
                    "as_in_source",
                    models.BooleanField(default=False, verbose_name="as in the source"),
                ),
                ("comes_first", models.BooleanField(default=False, editable=False)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="items.assessment",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessment_rows",
                        to="items.item",
                    ),
                ),
            ],
            options={
                "verbose_name": "item of an assessment",
                "verbose_name_plural": "items of assessments",
                "ordering": ["item__number"],
            },
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(
                fields=("list", "number"), name="assessment_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("basis__in", ["members", "present", "valid"]),
                    ("majority__in", ["half", "two_thirds"]),
                ),
                name="assessment_has_its_rule",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("entry", None), ("issued_on", None)),
                    models.Q(
                        ("entry__isnull", False),
                        ("issued_on__gte", models.F("held_on")),
                        ("issued_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="issued_assessment_has_its_entry",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessmentrow",
            constraint=models.UniqueConstraint(fields=("assessment", "item"), name="assessed_once"),
        ),
        migrations.AddConstraint(
            model_name="assessmentrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("grade__in", ["satisfied", "basically", "unsatisfied"])),
                name="assessed_item_has_its_grade",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessmentrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("basically__isnull", False),
                        ("satisfied__isnull", False),
                        ("unsatisfied__isnull", False),
                    ),
                    models.Q(
                        ("abstained", None),
                        ("basically", None),
                        ("satisfied", None),
                        ("unsatisfied", None),
                        ("as_in_source", True),
                    ),
                    _connector="OR",
                ),
                name="votes_are_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessmentrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "valid",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("satisfied"), "+", models.F("basically")
                                ),
                                "+",
                                models.F("unsatisfied"),
                            ),
                            "+",
                            django.db.models.functions.comparison.Coalesce(
                                models.F("abstained"), models.Value(0)
                            ),
                        ),
                    )
                ),
                name="votes_are_the_valid_ones",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessmentrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "returned",
                        django.db.models.expressions.CombinedExpression(
                            models.F("valid"), "+", models.F("invalid")
                        ),
                    ),
                    (
                        "returned",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("satisfied"), "+", models.F("basically")
                                    ),
                                    "+",
                                    models.F("unsatisfied"),
                                ),
                                "+",
                                django.db.models.functions.comparison.Coalesce(
                                    models.F("abstained"), models.Value(0)
                                ),
                            ),
                            "+",
                            models.F("invalid"),
                        ),
                    ),
                ),
                name="valid_and_invalid_are_returned",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessmentrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid__lte", models.F("returned")),
                    ("valid__lte", models.F("given")),
                    ("valid__lte", models.F("present")),
                    ("valid__lte", models.F("members")),
                    ("returned__lte", models.F("given")),
                    ("returned__lte", models.F("present")),
                    ("returned__lte", models.F("members")),
                    ("given__lte", models.F("present")),
                    ("given__lte", models.F("members")),
                    ("present__lte", models.F("members")),
                ),
                name="ballots_are_within_each_other",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessmentrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("satisfied", None),
                    ("valid__isnull", False),
                    models.Q(("invalid__isnull", False), ("returned__isnull", False)),
                    models.Q(
                        (
                            "present",
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("satisfied"), "+", models.F("basically")
                                    ),
                                    "+",
                                    models.F("unsatisfied"),
                                ),
                                "+",
                                django.db.models.functions.comparison.Coalesce(
                                    models.F("abstained"), models.Value(0)
                                ),
                            ),
                        ),
                        ("present__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="votes_are_checked",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessmentrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "returned__gte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("satisfied"), "+", models.F("basically")
                                ),
                                "+",
                                models.F("unsatisfied"),
                            ),
                            "+",
                            django.db.models.functions.comparison.Coalesce(
                                models.F("abstained"), models.Value(0)
                            ),
                        ),
                    ),
                    (
                        "given__gte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("satisfied"), "+", models.F("basically")
                                ),
                                "+",
                                models.F("unsatisfied"),
                            ),
                            "+",
                            django.db.models.functions.comparison.Coalesce(
                                models.F("abstained"), models.Value(0)
                            ),
                        ),
                    ),
                    (
                        "present__gte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("satisfied"), "+", models.F("basically")
                                ),
                                "+",
                                models.F("unsatisfied"),
                            ),
                            "+",
                            django.db.models.functions.comparison.Coalesce(
                                models.F("abstained"), models.Value(0)
                            ),
                        ),
                    ),
                ),
                name="votes_are_within_the_ballots",
            ),
        ),
    ]

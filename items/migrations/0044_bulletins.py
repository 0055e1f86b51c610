"""Bulletins, and what they correct of earlier ones."""

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("items", "0043_word_ends"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bulletin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("number", models.PositiveSmallIntegerField(editable=False, verbose_name="number")),
                (
                    "foreword",
                    models.TextField(blank=True, max_length=1000, verbose_name="foreword"),
                ),
                (
                    "foreword_en",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="foreword in English"
                    ),
                ),
                (
                    "closing",
                    models.TextField(blank=True, max_length=1000, verbose_name="closing words"),
                ),
                (
                    "closing_en",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="closing words in English"
                    ),
                ),
                ("signed_name", models.CharField(blank=True, max_length=50, verbose_name="name")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="approved on")),
                ("asked_on", models.DateField(editable=False, null=True)),
                ("as_of", models.DateField(editable=False, null=True, verbose_name="as of")),
                ("article", models.TextField(blank=True, editable=False)),
                ("article_en", models.TextField(blank=True, editable=False)),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64)),
                ("sha256_en", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "content",
                    models.JSONField(
                        default=dict,
                        editable=False,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                    ),
                ),
                ("ledger_head", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "entry",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bulletin",
                        to="items.entry",
                    ),
                ),
                (
                    "erasure",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="erased_bulletins",
                        to="items.entry",
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bulletins",
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
                (
                    "signed_post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="items.post",
                        verbose_name="post",
                    ),
                ),
            ],
            options={
                "verbose_name": "bulletin",
                "verbose_name_plural": "bulletins",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="BulletinErratum",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "section",
                    models.CharField(
                        choices=[
                            ("foreword", "Foreword"),
                            ("equation", "How it stands"),
                            ("moved", "Moved since the last one"),
                            ("overdue", "Overdue"),
                            ("due", "Due in the next 30 days"),
                            ("stuck", "Silent or stuck, by what they wait for"),
                            ("smaller", "Promises made smaller"),
                            ("suggestions", "Workers’ suggestions"),
                            ("verdicts", "What workers say, and assessments"),
                            ("errata", "Errata"),
                            ("items", "All items"),
                            ("closing", "Closing words"),
                        ],
                        max_length=12,
                        verbose_name="paragraph",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        max_length=1000, verbose_name="what is wrong, and what is right"
                    ),
                ),
                (
                    "bulletin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="errata",
                        to="items.bulletin",
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="items.bulletin",
                        verbose_name="bulletin",
                    ),
                ),
            ],
            options={
                "verbose_name": "erratum to a bulletin",
                "verbose_name_plural": "errata to bulletins",
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="bulletin",
            constraint=models.UniqueConstraint(
                fields=("list", "number"), name="bulletin_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="bulletin",
            constraint=models.UniqueConstraint(
                condition=models.Q(("entry", None)),
                fields=("list",),
                name="one_draft_bulletin_of_a_list",
            ),
        ),
        migrations.AddConstraint(
            model_name="bulletin",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("entry", None),
                    models.Q(
                        ("as_of__isnull", False),
                        ("entry__isnull", False),
                        ("signed_on__isnull", False),
                        models.Q(("article", ""), _negated=True),
                        models.Q(("article_en", ""), _negated=True),
                        models.Q(("sha256", ""), _negated=True),
                        models.Q(("sha256_en", ""), _negated=True),
                        models.Q(("ledger_head", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="issued_bulletin_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="bulletinerratum",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "section__in",
                        [
                            "foreword",
                            "equation",
                            "moved",
                            "overdue",
                            "due",
                            "stuck",
                            "smaller",
                            "suggestions",
                            "verdicts",
                            "errata",
                            "items",
                            "closing",
                        ],
                    )
                ),
                name="erratum_names_a_paragraph",
            ),
        ),
    ]

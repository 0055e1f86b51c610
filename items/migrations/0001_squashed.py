"""The whole schema, in place of the eleven migrations from before the first release.

It isn't called `0001_initial`, because one of those was: a site that stood there, at the first of
eleven, would look as if it had all of this. See docs/decisions/0803-one-initial-migration.md.
"""

import django.contrib.auth.models
import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import items.models.suggestion
import items.states
import items.suggestion_states


class Migration(migrations.Migration):
    replaces = [
        ("items", "0001_initial"),
        ("items", "0002_history"),
        ("items", "0003_desk"),
        ("items", "0004_photos"),
        ("items", "0005_delivery"),
        ("items", "0006_theme"),
        ("items", "0007_occasion"),
        ("items", "0008_voice"),
        ("items", "0009_care"),
        ("items", "0010_revision"),
        ("items", "0011_said"),
    ]
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="ItemList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "slug",
                    models.SlugField(
                        help_text="The last part of the list’s permanent address.",
                        unique=True,
                        verbose_name="address",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="year",
                    ),
                ),
                (
                    "programme",
                    models.CharField(blank=True, max_length=200, verbose_name="parent programme"),
                ),
                (
                    "programme_en",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="parent programme in English"
                    ),
                ),
                (
                    "plan",
                    models.TextField(
                        blank=True, editable=False, verbose_name="implementation plan"
                    ),
                ),
                (
                    "plan_en",
                    models.TextField(
                        blank=True, editable=False, verbose_name="implementation plan in English"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("published", "Published"),
                            ("closed", "Closed"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "published_on",
                    models.DateField(editable=False, null=True, verbose_name="published on"),
                ),
                (
                    "closed_on",
                    models.DateField(editable=False, null=True, verbose_name="closed on"),
                ),
                (
                    "closing_figures",
                    models.JSONField(editable=False, null=True, verbose_name="closing figures"),
                ),
            ],
            options={
                "verbose_name": "list",
                "verbose_name_plural": "lists",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "draft"), ("published_on__isnull", False), _connector="OR"
                        ),
                        name="published_list_has_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "closed"), _negated=True),
                            models.Q(
                                ("closed_on__isnull", False), ("closing_figures__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="closed_list_has_its_figures",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Committee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                ),
                ("slug", models.SlugField(unique=True, verbose_name="address")),
                (
                    "show_names",
                    models.BooleanField(
                        default=False,
                        help_text="Show owners and supervisors by name as well as by post.",
                        verbose_name="show names",
                    ),
                ),
                (
                    "stale_after_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="An open item without news for longer than this is marked on the board.",
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="stale after days",
                    ),
                ),
                (
                    "answer_within_days",
                    models.PositiveSmallIntegerField(
                        default=15,
                        help_text="So soon a suggestion is answered, if no call for suggestions says another.",
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="answer within days",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="items.committee",
                        verbose_name="parent",
                    ),
                ),
            ],
            options={
                "verbose_name": "committee",
                "verbose_name_plural": "committees",
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "id",
                    items.models.suggestion.RandomKeyField(
                        default=items.models.suggestion.random_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("code_hash", models.CharField(blank=True, max_length=64)),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[("opinion", "An opinion"), ("suggestion", "A suggestion")],
                        max_length=10,
                        verbose_name="it is",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="words")),
                ("location", models.CharField(blank=True, max_length=100, verbose_name="where")),
                ("received_on", models.DateField(verbose_name="received on")),
                ("answer_by", models.DateField(verbose_name="answer until")),
                ("in_moderation", models.BooleanField(default=False, verbose_name="in moderation")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("received", "Waiting for an answer"),
                            ("asked", "Asked back"),
                            ("adopted", "Became an item"),
                            ("settled", "Done at once"),
                            ("not_adopted", "Not adopted"),
                            ("merged", "Put together with another one"),
                        ],
                        default="received",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("ended_on", models.DateField(null=True)),
                ("shown_words", models.TextField(blank=True, verbose_name="what was suggested")),
                ("shown_answer", models.TextField(blank=True, verbose_name="the answer")),
                ("shown_on", models.DateField(null=True)),
                ("last_seq", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "suggestion",
                "verbose_name_plural": "suggestions",
                "ordering": ["received_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("code_hash", ""), _negated=True),
                        fields=("code_hash",),
                        name="code_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["asked", "received"]),
                            ("ended_on__isnull", False),
                            _connector="OR",
                        ),
                        name="suggestion_ends_on_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seq", models.PositiveIntegerField(verbose_name="sequence number")),
                (
                    "verb",
                    models.CharField(
                        choices=items.states.verbs, max_length=20, verbose_name="verb"
                    ),
                ),
                (
                    "status_from",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draft"),
                            ("not_started", "Not started"),
                            ("in_progress", "In progress"),
                            ("pending_check", "Waiting for the check"),
                            ("resolved", "Resolved"),
                            ("on_hold", "On hold"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "status_to",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Draft"),
                            ("not_started", "Not started"),
                            ("in_progress", "In progress"),
                            ("pending_check", "Waiting for the check"),
                            ("resolved", "Resolved"),
                            ("on_hold", "On hold"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("owner", "Owner’s side"),
                            ("supervisor", "Supervisor"),
                            ("office", "Office"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="happened on")),
                ("written_at", models.DateTimeField(verbose_name="written down at")),
                ("public", models.BooleanField(default=True, verbose_name="public")),
                ("facts", models.JSONField(default=dict, verbose_name="facts")),
                ("words_digest", models.CharField(max_length=64)),
                ("previous_hash", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
                (
                    "about",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="items.entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "ledger entry",
                "verbose_name_plural": "ledger",
                "ordering": ["list", "seq"],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "number",
                    models.PositiveIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(99999),
                        ],
                        verbose_name="number",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="matter")),
                (
                    "title_en",
                    models.CharField(blank=True, max_length=300, verbose_name="matter in English"),
                ),
                ("source", models.TextField(blank=True, verbose_name="source")),
                ("problem", models.TextField(blank=True, verbose_name="problem")),
                ("problem_en", models.TextField(blank=True, verbose_name="problem in English")),
                ("effect", models.TextField(blank=True, verbose_name="effect")),
                ("effect_en", models.TextField(blank=True, verbose_name="effect in English")),
                (
                    "term",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("short", "Short term"),
                            ("mid_long", "Medium or long term"),
                            ("standing", "Standing"),
                        ],
                        max_length=20,
                        verbose_name="term",
                    ),
                ),
                ("start_by", models.DateField(blank=True, null=True, verbose_name="start by")),
                (
                    "start_is_the_matter",
                    models.BooleanField(
                        default=False,
                        help_text="The promise is to start; the day to start by is then the deadline.",
                        verbose_name="starting is the matter",
                    ),
                ),
                (
                    "first_due",
                    models.DateField(blank=True, null=True, verbose_name="first deadline"),
                ),
                ("due", models.DateField(blank=True, null=True, verbose_name="deadline")),
                (
                    "due_words",
                    models.CharField(blank=True, max_length=200, verbose_name="deadline in words"),
                ),
                ("budget", models.CharField(blank=True, max_length=100, verbose_name="budget")),
                ("remark", models.TextField(blank=True, verbose_name="remark")),
                ("recheck_on", models.DateField(blank=True, null=True, verbose_name="re-check on")),
                ("illustrative", models.BooleanField(default=False, verbose_name="illustrative")),
                (
                    "hardship",
                    models.BooleanField(
                        default=False,
                        help_text="Help for a family in difficulty: it has a file of its own, kept apart.",
                        verbose_name="hardship support",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("not_started", "Not started"),
                            ("in_progress", "In progress"),
                            ("pending_check", "Waiting for the check"),
                            ("resolved", "Resolved"),
                            ("on_hold", "On hold"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("status_before_hold", models.CharField(blank=True, editable=False, max_length=20)),
                (
                    "percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=4,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="percent done",
                    ),
                ),
                (
                    "done_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="done so far"),
                ),
                (
                    "target_count",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="target",
                    ),
                ),
                (
                    "count_unit",
                    models.CharField(blank=True, max_length=20, verbose_name="counted in"),
                ),
                ("result", models.TextField(blank=True, verbose_name="result")),
                ("published_on", models.DateField(editable=False, null=True)),
                ("added_later", models.BooleanField(default=False, editable=False)),
                ("started_on", models.DateField(editable=False, null=True)),
                ("claimed_on", models.DateField(editable=False, null=True)),
                ("done_on", models.DateField(editable=False, null=True)),
                ("signed_off_on", models.DateField(editable=False, null=True)),
                ("held_on", models.DateField(editable=False, null=True)),
                ("hold_review_on", models.DateField(editable=False, null=True)),
                ("days_held", models.PositiveIntegerField(default=0, editable=False)),
                ("withdrawn_on", models.DateField(editable=False, null=True)),
                ("times_extended", models.PositiveIntegerField(default=0, editable=False)),
                ("times_reopened", models.PositiveIntegerField(default=0, editable=False)),
                ("said", models.TextField(blank=True, default="", editable=False)),
                (
                    "carried_from",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carried_to",
                        to="items.item",
                    ),
                ),
            ],
            options={
                "verbose_name": "item",
                "verbose_name_plural": "items",
                "ordering": ["list", "number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), ("number__lte", 99999)),
                        name="number_in_bounds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("percent", None),
                            models.Q(("percent__gte", 0), ("percent__lte", 100)),
                            _connector="OR",
                        ),
                        name="percent_from_0_to_100",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "draft",
                                    "not_started",
                                    "in_progress",
                                    "pending_check",
                                    "resolved",
                                    "on_hold",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="status_is_one_of_the_table",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "resolved"), _negated=True),
                            models.Q(("done_on__isnull", False), ("signed_off_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="resolved_item_has_its_days",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                ),
            ],
            options={
                "verbose_name": "place",
                "verbose_name_plural": "places",
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveBigIntegerField()),
            ],
            options={
                "verbose_name": "revision",
            },
        ),
        migrations.CreateModel(
            name="SiteVisit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="name")),
                ("went_on", models.DateField(verbose_name="went on")),
                ("location", models.CharField(blank=True, max_length=100, verbose_name="where")),
                ("heard", models.TextField(blank=True, verbose_name="what was heard")),
                ("written_at", models.DateTimeField()),
                ("facts", models.JSONField(default=dict, editable=False)),
                ("withdrawn_on", models.DateField(null=True)),
                ("withdrawn_why", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "leader’s visit",
                "verbose_name_plural": "leaders’ visits",
                "ordering": ["-went_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_on", None),
                            models.Q(
                                ("withdrawn_on__isnull", False),
                                models.Q(("withdrawn_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="withdrawn_visit_says_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="email address"),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="date joined"
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="name")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="Chain",
            fields=[
                (
                    "list",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="chain",
                        serialize=False,
                        to="items.itemlist",
                    ),
                ),
                ("seq", models.PositiveIntegerField(default=0)),
                (
                    "hash",
                    models.CharField(
                        default="0000000000000000000000000000000000000000000000000000000000000000",
                        max_length=64,
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="itemlist",
            name="committee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lists",
                to="items.committee",
                verbose_name="committee",
            ),
        ),
        migrations.CreateModel(
            name="Category",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="categories",
                        to="items.committee",
                        verbose_name="committee",
                    ),
                ),
            ],
            options={
                "verbose_name": "category",
                "verbose_name_plural": "categories",
                "constraints": [
                    models.UniqueConstraint(fields=("committee", "name"), name="category_name_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("title", models.CharField(max_length=100, verbose_name="heading")),
                (
                    "title_en",
                    models.CharField(blank=True, max_length=200, verbose_name="heading in English"),
                ),
                ("purpose", models.TextField(max_length=2000, verbose_name="what it is about")),
                (
                    "purpose_en",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="what it is about, in English"
                    ),
                ),
                ("issuer", models.CharField(max_length=100, verbose_name="issued by")),
                (
                    "issuer_en",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="issued by, in English"
                    ),
                ),
                ("opens_on", models.DateField(verbose_name="from")),
                ("closes_on", models.DateField(verbose_name="until")),
                ("answer_by", models.DateField(verbose_name="answers until")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("issued", "Issued"),
                            ("ended", "Ended early"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "issued_on",
                    models.DateField(editable=False, null=True, verbose_name="issued on"),
                ),
                ("ended_on", models.DateField(editable=False, null=True, verbose_name="ended on")),
                ("facts", models.JSONField(default=dict, editable=False)),
                (
                    "ended_why",
                    models.TextField(blank=True, editable=False, verbose_name="why it ended early"),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="items.committee",
                        verbose_name="committee",
                    ),
                ),
            ],
            options={
                "verbose_name": "call for suggestions",
                "verbose_name_plural": "calls for suggestions",
                "ordering": ["-opens_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_on__lte", models.F("closes_on")),
                            ("closes_on__lte", models.F("answer_by")),
                        ),
                        name="call_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "draft"), ("issued_on__isnull", False), _connector="OR"
                        ),
                        name="issued_call_has_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "ended"), _negated=True),
                            ("ended_on__isnull", False),
                            _connector="OR",
                        ),
                        name="ended_call_has_its_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "suggestion",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="contact_row",
                        serialize=False,
                        to="items.suggestion",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True, max_length=50, verbose_name="name or what to call them"
                    ),
                ),
                (
                    "contact",
                    models.CharField(blank=True, max_length=100, verbose_name="how to reach them"),
                ),
            ],
            options={
                "verbose_name": "contact",
                "verbose_name_plural": "contacts",
            },
        ),
        migrations.AddField(
            model_name="suggestion",
            name="call",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="suggestions",
                to="items.call",
                verbose_name="call",
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="category",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="items.category",
                verbose_name="category",
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="committee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="suggestions",
                to="items.committee",
                verbose_name="committee",
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="merged_into",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="items.suggestion",
            ),
        ),
        migrations.CreateModel(
            name="Adoption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "suggestion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adoptions",
                        to="items.suggestion",
                    ),
                ),
            ],
            options={
                "verbose_name": "adopted suggestion",
                "verbose_name_plural": "adopted suggestions",
            },
        ),
        migrations.CreateModel(
            name="ContactLook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="looked at")),
                ("why", models.CharField(max_length=200, verbose_name="what for")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "suggestion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="looks",
                        to="items.suggestion",
                    ),
                ),
            ],
            options={
                "verbose_name": "look at a contact",
                "verbose_name_plural": "looks at contacts",
                "ordering": ["-at"],
            },
        ),
        migrations.CreateModel(
            name="EntryWords",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="items.entry",
                    ),
                ),
                ("salt", models.CharField(max_length=32)),
                ("text", models.TextField(blank=True, verbose_name="words")),
                (
                    "evidence",
                    models.TextField(blank=True, verbose_name="evidence, or why there is none"),
                ),
                ("name", models.CharField(blank=True, max_length=50, verbose_name="name")),
                ("post", models.CharField(blank=True, max_length=100, verbose_name="post")),
                ("old", models.TextField(blank=True, verbose_name="old words")),
                ("new", models.TextField(blank=True, verbose_name="new words")),
                ("erased_on", models.DateField(null=True, verbose_name="erased on")),
            ],
            options={
                "verbose_name": "words of an entry",
                "verbose_name_plural": "words of entries",
            },
        ),
        migrations.AddField(
            model_name="entry",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="list",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="items.itemlist",
                verbose_name="list",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalCategory",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="items.committee",
                        verbose_name="committee",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical category",
                "verbose_name_plural": "historical categories",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalItemList",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "slug",
                    models.SlugField(
                        help_text="The last part of the list’s permanent address.",
                        verbose_name="address",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="year",
                    ),
                ),
                (
                    "programme",
                    models.CharField(blank=True, max_length=200, verbose_name="parent programme"),
                ),
                (
                    "programme_en",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="parent programme in English"
                    ),
                ),
                (
                    "plan",
                    models.TextField(
                        blank=True, editable=False, verbose_name="implementation plan"
                    ),
                ),
                (
                    "plan_en",
                    models.TextField(
                        blank=True, editable=False, verbose_name="implementation plan in English"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("published", "Published"),
                            ("closed", "Closed"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "published_on",
                    models.DateField(editable=False, null=True, verbose_name="published on"),
                ),
                (
                    "closed_on",
                    models.DateField(editable=False, null=True, verbose_name="closed on"),
                ),
                (
                    "closing_figures",
                    models.JSONField(editable=False, null=True, verbose_name="closing figures"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="items.committee",
                        verbose_name="committee",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical list",
                "verbose_name_plural": "historical lists",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalOrganisation",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                ),
                (
                    "short_name",
                    models.CharField(blank=True, max_length=50, verbose_name="short name"),
                ),
                (
                    "short_name_en",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="short name in English"
                    ),
                ),
                (
                    "demonstration",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="demonstration"
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical organisation",
                "verbose_name_plural": "historical organisations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPost",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                ),
                (
                    "is_leader",
                    models.BooleanField(
                        default=False,
                        help_text="Each leader owns at least one item.",
                        verbose_name="leader’s post",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="items.committee",
                        verbose_name="committee",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical post",
                "verbose_name_plural": "historical posts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRole",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("office", "Office"),
                            ("union_officer", "Union officer"),
                            ("auditor", "Auditor"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="items.committee",
                        verbose_name="committee",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical role",
                "verbose_name_plural": "historical roles",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTheme",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="items.committee",
                        verbose_name="committee",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical theme",
                "verbose_name_plural": "historical themes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalUnit",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("workshop", "Workshop"),
                            ("office", "Office"),
                            ("union", "Union"),
                            ("other", "Other"),
                        ],
                        default="other",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="items.committee",
                        verbose_name="committee",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical unit",
                "verbose_name_plural": "historical units",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="items",
            field=models.ManyToManyField(
                related_name="suggestions", through="items.Adoption", to="items.item"
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="category",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="items.category",
                verbose_name="category",
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="handlers",
            field=models.ManyToManyField(
                blank=True,
                related_name="handled_items",
                to=settings.AUTH_USER_MODEL,
                verbose_name="handlers",
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="last_entry",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="items.entry",
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="last_news",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="items.entry",
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="list",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                to="items.itemlist",
                verbose_name="list",
            ),
        ),
        migrations.CreateModel(
            name="HardshipFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=100, verbose_name="what it is")),
                ("kind", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                ("added_at", models.DateTimeField()),
                ("removed_on", models.DateField(null=True)),
                ("removed_why", models.TextField(blank=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "removed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="case_files",
                        to="items.item",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a hardship item",
                "verbose_name_plural": "files of hardship items",
                "ordering": ["added_at", "pk"],
            },
        ),
        migrations.AddField(
            model_name="entry",
            name="item",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="items.item",
                verbose_name="item",
            ),
        ),
        migrations.CreateModel(
            name="CaseLook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="name")),
                ("at", models.DateTimeField(verbose_name="looked at")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="looks",
                        to="items.hardshipfile",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="case_looks",
                        to="items.item",
                    ),
                ),
            ],
            options={
                "verbose_name": "look into a hardship item’s file",
                "verbose_name_plural": "looks into hardship items’ files",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="BroughtIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("not_started", "Not started"),
                            ("in_progress", "In progress"),
                            ("pending_check", "Waiting for the check"),
                            ("resolved", "Resolved"),
                            ("on_hold", "On hold"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=20,
                    ),
                ),
                ("progress", models.TextField(blank=True)),
                ("started_on", models.DateField(blank=True, null=True)),
                ("done_on", models.DateField(blank=True, null=True)),
                ("signed_off_on", models.DateField(blank=True, null=True)),
                ("signed_off_by", models.CharField(blank=True, max_length=100)),
                ("file", models.CharField(max_length=255)),
                ("row", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="brought_in",
                        to="items.item",
                    ),
                ),
            ],
            options={
                "verbose_name": "state before this system",
                "verbose_name_plural": "states before this system",
            },
        ),
        migrations.AddField(
            model_name="adoption",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="adoptions",
                to="items.item",
            ),
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("text", models.TextField(verbose_name="measure")),
                ("text_en", models.TextField(blank=True, verbose_name="measure in English")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measures",
                        to="items.item",
                    ),
                ),
            ],
            options={
                "verbose_name": "measure",
                "verbose_name_plural": "measures",
                "ordering": ["order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seen_at", models.DateTimeField(null=True, verbose_name="seen at")),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="items.entry",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "notice",
                "verbose_name_plural": "notices",
                "indexes": [
                    models.Index(
                        condition=models.Q(("seen_at", None)),
                        fields=["person"],
                        name="unseen_notices",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "entry"), name="told_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                ),
                (
                    "short_name",
                    models.CharField(blank=True, max_length=50, verbose_name="short name"),
                ),
                (
                    "short_name_en",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="short name in English"
                    ),
                ),
                (
                    "demonstration",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="demonstration"
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
                "constraints": [
                    models.UniqueConstraint(fields=("name",), name="organisation_name_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalCommittee",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                ),
                ("slug", models.SlugField(verbose_name="address")),
                (
                    "show_names",
                    models.BooleanField(
                        default=False,
                        help_text="Show owners and supervisors by name as well as by post.",
                        verbose_name="show names",
                    ),
                ),
                (
                    "stale_after_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="An open item without news for longer than this is marked on the board.",
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="stale after days",
                    ),
                ),
                (
                    "answer_within_days",
                    models.PositiveSmallIntegerField(
                        default=15,
                        help_text="So soon a suggestion is answered, if no call for suggestions says another.",
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="answer within days",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="items.committee",
                        verbose_name="parent",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="items.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical committee",
                "verbose_name_plural": "historical committees",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="committee",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="committees",
                to="items.organisation",
                verbose_name="organisation",
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="place",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="suggestions",
                to="items.place",
                verbose_name="place",
            ),
        ),
        migrations.AddField(
            model_name="place",
            name="committee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="places",
                to="items.committee",
                verbose_name="committee",
            ),
        ),
        migrations.AddField(
            model_name="place",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="children",
                to="items.place",
                verbose_name="parent",
            ),
        ),
        migrations.CreateModel(
            name="Occasion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="planned for")),
                (
                    "what",
                    models.CharField(blank=True, max_length=100, verbose_name="what takes place"),
                ),
                (
                    "ending",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ended_occasion",
                        to="items.entry",
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="occasion",
                        to="items.entry",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="occasions",
                        to="items.item",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="occasions",
                        to="items.place",
                    ),
                ),
            ],
            options={
                "verbose_name": "dated occasion",
                "verbose_name_plural": "dated occasions",
                "ordering": ["on", "pk"],
            },
        ),
        migrations.AddField(
            model_name="item",
            name="place",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="items.place",
                verbose_name="place",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalPlace",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="items.committee",
                        verbose_name="committee",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="items.place",
                        verbose_name="parent",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical place",
                "verbose_name_plural": "historical places",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                ),
                (
                    "is_leader",
                    models.BooleanField(
                        default=False,
                        help_text="Each leader owns at least one item.",
                        verbose_name="leader’s post",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="items.committee",
                        verbose_name="committee",
                    ),
                ),
            ],
            options={
                "verbose_name": "post",
                "verbose_name_plural": "posts",
                "constraints": [
                    models.UniqueConstraint(fields=("committee", "name"), name="post_name_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="item",
            name="owner_post",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="owned_items",
                to="items.post",
                verbose_name="owner",
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="supervisor_post",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="supervised_items",
                to="items.post",
                verbose_name="supervisor",
            ),
        ),
        migrations.CreateModel(
            name="Holding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField(verbose_name="from")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to="items.post",
                        verbose_name="post",
                    ),
                ),
            ],
            options={
                "verbose_name": "holder of a post",
                "verbose_name_plural": "holders of posts",
                "ordering": ["since", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("post",),
                        name="one_holder_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="holding_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("office", "Office"),
                            ("union_officer", "Union officer"),
                            ("auditor", "Auditor"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to="items.committee",
                        verbose_name="committee",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "role",
                "verbose_name_plural": "roles",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "committee", "kind"), name="role_once"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="suggestion",
            name="visit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="suggestions",
                to="items.sitevisit",
                verbose_name="visit",
            ),
        ),
        migrations.AddField(
            model_name="sitevisit",
            name="committee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="site_visits",
                to="items.committee",
                verbose_name="committee",
            ),
        ),
        migrations.AddField(
            model_name="sitevisit",
            name="place",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="site_visits",
                to="items.place",
                verbose_name="place",
            ),
        ),
        migrations.AddField(
            model_name="sitevisit",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="site_visits",
                to="items.post",
                verbose_name="leader’s post",
            ),
        ),
        migrations.AddField(
            model_name="sitevisit",
            name="withdrawn_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sitevisit",
            name="written_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.CreateModel(
            name="Spot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("title", models.CharField(max_length=100, verbose_name="spot")),
                (
                    "title_en",
                    models.CharField(blank=True, max_length=200, verbose_name="spot in English"),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="spots",
                        to="items.item",
                    ),
                ),
            ],
            options={
                "verbose_name": "spot",
                "verbose_name_plural": "spots",
                "ordering": ["order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Photo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("before", "Before"),
                            ("after", "After"),
                            ("during", "During the work"),
                        ],
                        max_length=10,
                        verbose_name="shows",
                    ),
                ),
                ("words", models.CharField(max_length=300, verbose_name="what the photo shows")),
                (
                    "words_en",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="what it shows, in English"
                    ),
                ),
                ("taken_on", models.DateField(verbose_name="taken on")),
                ("stem", models.CharField(blank=True, max_length=32)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("small_width", models.PositiveIntegerField()),
                ("small_height", models.PositiveIntegerField()),
                ("bytes", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for release"),
                            ("public", "public"),
                            ("hidden", "hidden"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photo",
                        to="items.entry",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="photos",
                        to="items.item",
                    ),
                ),
                (
                    "spot",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="items.spot",
                    ),
                ),
            ],
            options={
                "verbose_name": "photo",
                "verbose_name_plural": "photos",
                "ordering": ["taken_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "public")),
                        fields=("spot", "side"),
                        name="one_public_photo_a_slot",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("side", "during"), ("spot", None)),
                            models.Q(("side__in", ["before", "after"]), ("spot__isnull", False)),
                            _connector="OR",
                        ),
                        name="pair_has_its_spot",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "hidden"),
                            models.Q(("stem", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="shown_photo_has_files",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("stem", ""), _negated=True),
                        fields=("stem",),
                        name="stem_of_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SuggestionEntry",
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
                ("seq", models.PositiveIntegerField()),
                (
                    "verb",
                    models.CharField(
                        choices=items.suggestion_states.suggestion_verbs,
                        max_length=20,
                        verbose_name="verb",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=50)),
                ("day", models.DateField(verbose_name="on")),
                ("text", models.TextField(blank=True, verbose_name="words")),
                ("to_suggester", models.BooleanField(default=False)),
                ("facts", models.JSONField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "suggestion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="items.suggestion",
                    ),
                ),
            ],
            options={
                "verbose_name": "step with a suggestion",
                "verbose_name_plural": "steps with suggestions",
                "ordering": ["seq"],
                "constraints": [
                    models.UniqueConstraint(fields=("suggestion", "seq"), name="step_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SuggestionPhoto",
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
                ("order", models.PositiveSmallIntegerField()),
                ("large", models.BinaryField()),
                ("small", models.BinaryField()),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("small_width", models.PositiveIntegerField()),
                ("small_height", models.PositiveIntegerField()),
                (
                    "suggestion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="photos",
                        to="items.suggestion",
                    ),
                ),
            ],
            options={
                "verbose_name": "photo of a suggestion",
                "verbose_name_plural": "photos of suggestions",
                "ordering": ["suggestion", "order"],
            },
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="themes",
                        to="items.committee",
                        verbose_name="committee",
                    ),
                ),
            ],
            options={
                "verbose_name": "theme",
                "verbose_name_plural": "themes",
                "constraints": [
                    models.UniqueConstraint(fields=("committee", "name"), name="theme_name_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="item",
            name="theme",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="items.theme",
                verbose_name="theme",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalItem",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "number",
                    models.PositiveIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(99999),
                        ],
                        verbose_name="number",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="matter")),
                (
                    "title_en",
                    models.CharField(blank=True, max_length=300, verbose_name="matter in English"),
                ),
                ("source", models.TextField(blank=True, verbose_name="source")),
                ("problem", models.TextField(blank=True, verbose_name="problem")),
                ("problem_en", models.TextField(blank=True, verbose_name="problem in English")),
                ("effect", models.TextField(blank=True, verbose_name="effect")),
                ("effect_en", models.TextField(blank=True, verbose_name="effect in English")),
                (
                    "term",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("short", "Short term"),
                            ("mid_long", "Medium or long term"),
                            ("standing", "Standing"),
                        ],
                        max_length=20,
                        verbose_name="term",
                    ),
                ),
                ("start_by", models.DateField(blank=True, null=True, verbose_name="start by")),
                (
                    "start_is_the_matter",
                    models.BooleanField(
                        default=False,
                        help_text="The promise is to start; the day to start by is then the deadline.",
                        verbose_name="starting is the matter",
                    ),
                ),
                (
                    "first_due",
                    models.DateField(blank=True, null=True, verbose_name="first deadline"),
                ),
                ("due", models.DateField(blank=True, null=True, verbose_name="deadline")),
                (
                    "due_words",
                    models.CharField(blank=True, max_length=200, verbose_name="deadline in words"),
                ),
                ("budget", models.CharField(blank=True, max_length=100, verbose_name="budget")),
                ("remark", models.TextField(blank=True, verbose_name="remark")),
                ("recheck_on", models.DateField(blank=True, null=True, verbose_name="re-check on")),
                ("illustrative", models.BooleanField(default=False, verbose_name="illustrative")),
                (
                    "hardship",
                    models.BooleanField(
                        default=False,
                        help_text="Help for a family in difficulty: it has a file of its own, kept apart.",
                        verbose_name="hardship support",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("not_started", "Not started"),
                            ("in_progress", "In progress"),
                            ("pending_check", "Waiting for the check"),
                            ("resolved", "Resolved"),
                            ("on_hold", "On hold"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("status_before_hold", models.CharField(blank=True, editable=False, max_length=20)),
                (
                    "percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=4,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="percent done",
                    ),
                ),
                (
                    "done_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="done so far"),
                ),
                (
                    "target_count",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="target",
                    ),
                ),
                (
                    "count_unit",
                    models.CharField(blank=True, max_length=20, verbose_name="counted in"),
                ),
                ("result", models.TextField(blank=True, verbose_name="result")),
                ("published_on", models.DateField(editable=False, null=True)),
                ("added_later", models.BooleanField(default=False, editable=False)),
                ("started_on", models.DateField(editable=False, null=True)),
                ("claimed_on", models.DateField(editable=False, null=True)),
                ("done_on", models.DateField(editable=False, null=True)),
                ("signed_off_on", models.DateField(editable=False, null=True)),
                ("held_on", models.DateField(editable=False, null=True)),
                ("hold_review_on", models.DateField(editable=False, null=True)),
                ("days_held", models.PositiveIntegerField(default=0, editable=False)),
                ("withdrawn_on", models.DateField(editable=False, null=True)),
                ("times_extended", models.PositiveIntegerField(default=0, editable=False)),
                ("times_reopened", models.PositiveIntegerField(default=0, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="items.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "last_entry",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="items.entry",
                    ),
                ),
                (
                    "last_news",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="items.entry",
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="items.itemlist",
                        verbose_name="list",
                    ),
                ),
                (
                    "carried_from",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="items.item",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="items.place",
                        verbose_name="place",
                    ),
                ),
                (
                    "owner_post",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="items.post",
                        verbose_name="owner",
                    ),
                ),
                (
                    "supervisor_post",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="items.post",
                        verbose_name="supervisor",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="items.theme",
                        verbose_name="theme",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical item",
                "verbose_name_plural": "historical items",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=200, verbose_name="name in English"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("workshop", "Workshop"),
                            ("office", "Office"),
                            ("union", "Union"),
                            ("other", "Other"),
                        ],
                        default="other",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="items.committee",
                        verbose_name="committee",
                    ),
                ),
                (
                    "helpers",
                    models.ManyToManyField(
                        blank=True,
                        related_name="units",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="people who report for it",
                    ),
                ),
            ],
            options={
                "verbose_name": "unit",
                "verbose_name_plural": "units",
                "constraints": [
                    models.UniqueConstraint(fields=("committee", "name"), name="unit_name_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("title", models.CharField(max_length=200, verbose_name="part")),
                (
                    "title_en",
                    models.CharField(blank=True, max_length=300, verbose_name="part in English"),
                ),
                ("start_by", models.DateField(blank=True, null=True, verbose_name="start by")),
                ("due", models.DateField(blank=True, null=True, verbose_name="deadline")),
                (
                    "due_words",
                    models.CharField(blank=True, max_length=200, verbose_name="deadline in words"),
                ),
                ("progress", models.TextField(blank=True, verbose_name="progress")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="items.item",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="items.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "part",
                "verbose_name_plural": "parts",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "title"), name="part_once_an_item")
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalUnit_helpers",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="items.historicalunit",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="items.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalUnit_helpers",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="what was handed out"
                    ),
                ),
                ("count", models.PositiveIntegerField(verbose_name="how many")),
                ("team", models.CharField(blank=True, max_length=100, verbose_name="team or room")),
                (
                    "received_by",
                    models.CharField(blank=True, max_length=50, verbose_name="received by"),
                ),
                ("received_on", models.DateField(verbose_name="received on")),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delivery",
                        to="items.entry",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="items.item",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="items.place",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="items.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
                "ordering": ["received_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("count__gte", 1)), name="delivery_of_some"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitShare",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("lead", "Leading unit"),
                            ("joint", "Joint unit"),
                            ("support", "Supporting unit"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unit_shares",
                        to="items.item",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares",
                        to="items.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "responsible unit",
                "verbose_name_plural": "responsible units",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "unit"), name="unit_once_an_item")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["item", "seq"], name="entries_of_an_item"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["verb", "item"], name="entries_of_a_verb"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("list", "seq"), name="seq_once_in_a_chain"),
        ),
        migrations.AddConstraint(
            model_name="adoption",
            constraint=models.UniqueConstraint(fields=("suggestion", "item"), name="adopted_once"),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.UniqueConstraint(
                fields=("committee", "parent", "name"), name="place_name_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.UniqueConstraint(
                condition=models.Q(("parent", None)),
                fields=("committee", "name"),
                name="top_place_name_once",
            ),
        ),
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(fields=["committee", "status"], name="suggestions_of_a_committee"),
        ),
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(fields=["committee", "received_on"], name="suggestions_by_day"),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("merged_into__isnull", False), ("status", "merged")),
                    models.Q(models.Q(("status", "merged"), _negated=True), ("merged_into", None)),
                    _connector="OR",
                ),
                name="merged_suggestion_has_its_other",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("id")), _negated=True),
                name="suggestion_not_merged_into_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="sitevisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("place__isnull", False),
                    models.Q(("location", ""), _negated=True),
                    _connector="OR",
                ),
                name="visit_went_somewhere",
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                fields=["list", "status", "theme", "category", "place", "due", "done_on", "id"],
                name="cells_of_a_list",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(
                fields=("list", "number"), name="number_once_in_a_list"
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("owner_post", models.F("supervisor_post")), _negated=True),
                name="owner_is_not_supervisor",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "draft"),
                    models.Q(
                        ("due__isnull", False),
                        ("first_due__isnull", False),
                        ("last_entry__isnull", False),
                        ("owner_post__isnull", False),
                        ("published_on__isnull", False),
                        ("supervisor_post__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="published_item_is_complete",
            ),
        ),
    ]

"""An item: one published number, what was promised, and where it stands."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from items.columns import STORED, names
from items.compiled_queries import compiled_query
from items.errors import OutsideTheLedger, Refused
from items.models.history import DraftRecords
from items.models.items import ItemQuerySet
from items.models.line import Line
from items.models.list import ItemList
from items.models.lookup import Category, Place, Theme
from items.models.person import Person
from items.models.post import Post
from items.models.versioned import Versioned
from items.privacy.short_codes import LENGTH, new_code
from items.states import GROUP_OF, MOVES, NOT_DONE, OPEN, Group, Status, Term, Verb
from items.words import Words, fold

SEARCHABLE = names(column for column in STORED if column.searchable)
# Of a hardship item no search looks into what is told on the way: it could lead to the family.
PROMISED = [name for name in SEARCHABLE if name != "result"]
NEWS = [verb for verb, row in MOVES.items() if row.news]


def tenths(percent) -> Decimal:
    """Return a percent to one decimal, rounded down: only what is all done is 100."""
    return Decimal(str(percent)).quantize(Decimal("0.1"), ROUND_DOWN)


class Item(Versioned):
    """A practical matter under its number; the columns of the rectification ledger."""

    list = models.ForeignKey(ItemList, models.PROTECT, related_name="items", verbose_name=_("list"))
    number = models.PositiveIntegerField(
        _("number"), validators=[MinValueValidator(1), MaxValueValidator(99_999)]
    )
    title = Line(_("matter"), max_length=200)
    title_en = Line(_("matter in English"), max_length=300, blank=True)
    source = models.TextField(_("source"), blank=True)
    problem = models.TextField(_("problem"), blank=True)
    problem_en = models.TextField(_("problem in English"), blank=True)
    effect = models.TextField(_("effect"), blank=True)
    effect_en = models.TextField(_("effect in English"), blank=True)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, verbose_name=_("category")
    )
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, verbose_name=_("place"))
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, verbose_name=_("theme"))
    owner_post = models.ForeignKey(
        Post,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_items",
        verbose_name=_("owner"),
    )
    supervisor_post = models.ForeignKey(
        Post,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supervised_items",
        verbose_name=_("supervisor"),
    )
    handlers = models.ManyToManyField(
        Person, related_name="handled_items", blank=True, verbose_name=_("handlers")
    )
    term = models.CharField(_("term"), max_length=20, choices=Term, blank=True)
    start_by = models.DateField(_("start by"), null=True, blank=True)
    start_is_the_matter = models.BooleanField(
        _("starting is the matter"),
        default=False,
        help_text=_("The promise is to start; the day to start by is then the deadline."),
    )
    first_due = models.DateField(_("first deadline"), null=True, blank=True)
    due = models.DateField(_("deadline"), null=True, blank=True)
    due_words = Line(_("deadline in words"), max_length=200, blank=True)
    budget = Line(_("budget"), max_length=100, blank=True)
    remark = models.TextField(_("remark"), blank=True)
    internal_note = models.TextField(
        _("internal note"), blank=True, help_text=_("Contract numbers, calls, what was agreed.")
    )
    recheck_on = models.DateField(_("re-check on"), null=True, blank=True)
    illustrative = models.BooleanField(_("illustrative"), default=False)
    hardship = models.BooleanField(
        _("hardship support"),
        default=False,
        help_text=_("Help for a family in difficulty: it has a file of its own, kept apart."),
    )
    carried_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_to"
    )
    # The first of the items that are one matter, year after year; none of the first itself.
    origin = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="later"
    )

    # Where it stands. Only the actions write these, and each change is an entry of the ledger.
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.DRAFT, editable=False
    )
    status_before_hold = models.CharField(max_length=20, blank=True, editable=False)
    percent = models.DecimalField(
        _("percent done"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    done_count = models.PositiveIntegerField(_("done so far"), null=True, blank=True)
    target_count = models.PositiveIntegerField(
        _("target"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    count_unit = Line(_("counted in"), max_length=20, blank=True)
    result = models.TextField(_("result"), blank=True)
    published_on = models.DateField(null=True, editable=False)
    added_later = models.BooleanField(default=False, editable=False)
    started_on = models.DateField(null=True, editable=False)
    put_right_by = models.DateField(null=True, editable=False)  # since it was last returned
    count_in_doubt = models.BooleanField(default=False, editable=False)  # not counted since then
    claimed_on = models.DateField(null=True, editable=False)
    done_on = models.DateField(null=True, editable=False)
    signed_off_on = models.DateField(null=True, editable=False)
    held_on = models.DateField(null=True, editable=False)
    hold_review_on = models.DateField(null=True, editable=False)
    days_held = models.PositiveIntegerField(default=0, editable=False)
    withdrawn_on = models.DateField(null=True, editable=False)
    times_extended = models.PositiveIntegerField(default=0, editable=False)
    first_target = models.PositiveIntegerField(null=True, editable=False)  # before it was lowered
    times_reduced = models.PositiveIntegerField(default=0, editable=False)
    times_reopened = models.PositiveIntegerField(default=0, editable=False)
    last_news = models.ForeignKey(
        "Entry", models.PROTECT, null=True, editable=False, related_name="+"
    )
    # What is published changes only together with it (items.guards.triggers).
    last_entry = models.ForeignKey(
        "Entry", models.PROTECT, null=True, editable=False, related_name="+"
    )

    # What it can be found by besides names, folded: follows from its words with every save.
    search_text = models.TextField(blank=True, default="", editable=False)

    # In its short address, which QR codes hold.
    code = models.CharField(max_length=LENGTH, unique=True, default=new_code, editable=False)

    # With which the entries' digests of its lines were made (items.ledger.lines).
    lines_salt = models.CharField(max_length=32, blank=True, default="", editable=False)

    next_part_due: date | None  # where it was read `with_next_part`
    announced: dict[str, Any] | None = None  # known where it was read `with_announcement`

    objects = ItemQuerySet.as_manager()
    history = DraftRecords(excluded_fields=["search_text", "lines_salt", "code"])

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        ordering = ["list", "number"]
        constraints = [
            models.UniqueConstraint(fields=["list", "number"], name="number_once_in_a_list"),
            models.CheckConstraint(
                condition=Q(number__gte=1) & Q(number__lte=99_999), name="number_in_bounds"
            ),
            models.CheckConstraint(
                condition=~Q(owner_post=F("supervisor_post")), name="owner_is_not_supervisor"
            ),
            models.CheckConstraint(
                condition=Q(percent=None) | (Q(percent__gte=0) & Q(percent__lte=100)),
                name="percent_from_0_to_100",
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="status_is_one_of_the_table"
            ),
            models.CheckConstraint(
                condition=Q(status=Status.DRAFT)
                | Q(
                    owner_post__isnull=False,
                    supervisor_post__isnull=False,
                    first_due__isnull=False,
                    due__isnull=False,
                    published_on__isnull=False,
                    last_entry__isnull=False,
                ),
                name="published_item_is_complete",
            ),
            models.CheckConstraint(
                # A sheet may not say when the work was done; the act of signing off always does.
                condition=~Q(status=Status.RESOLVED) | Q(signed_off_on__isnull=False),
                name="resolved_item_has_its_day",
            ),
        ]
        indexes = [
            # All that a list is counted and filtered by, so that its rows need not be read.
            models.Index(
                fields=[
                    *("list", "status", "theme", "category", "place"),
                    *("due", "put_right_by", "done_on", "id"),
                ],
                name="cells_of_a_list",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    def clean(self):
        """Refuse one post for both duties, and posts, places or categories of another committee."""
        if self.owner_post and self.owner_post == self.supervisor_post:  # either may be unsaved
            sentence = _("“%s” can’t own and check the same item. Name another supervisor.")
            raise ValidationError(sentence % self.owner_post, code="supervisor_post")
        things = [self.owner_post, self.supervisor_post, self.place, self.category, self.theme]
        for thing in filter(None, things):
            if self.list_id and thing.committee_id != self.list.committee_id:
                raise ValidationError(_("“%s” belongs to another committee.") % thing)

    def save(
        self, *, entry: Any = None, update_fields: Iterable[str] | None = None, **kwargs: Any
    ) -> None:
        """Save a draft; or, for the ledger alone, a published item with the `entry` of its act.

        Raise `OutsideTheLedger` for a published item without one.
        """
        if self.status != Status.DRAFT and (entry is None or entry.pk != self.last_entry_id):
            raise OutsideTheLedger(f"No. {self}")
        # Lines under it change before the item is saved with their entry (items.guards).
        said = self.folded_words() if entry else ""
        if said != self.search_text:
            self.search_text = said
            update_fields = update_fields and {*update_fields, "search_text"}
        return super().save(update_fields=update_fields, **kwargs)

    def folded_words(self, *, measures=None, parts=None, news=None) -> str:
        """Return what the item says in words to everyone, as a search compares it.

        Its own columns, its measures and parts, and the words of its public news that stand today;
        whoever has read these already hands them in.
        """
        texts = [getattr(self, name) for name in (PROMISED if self.hardship else SEARCHABLE)]
        measures = measures_of(self.pk) if measures is None else measures
        texts += [text for row in measures for text in (row.text, row.text_en)]
        if not self.hardship:
            for part in _searched_parts(self.pk) if parts is None else parts:
                texts += [part.title, part.title_en, part.progress]
            texts += _searched_news(self.pk) if news is None else news
        return fold("\n".join(dict.fromkeys(filter(None, texts))))  # a part repeats its report

    def delete(self, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete a draft; a published number is never deleted."""
        if self.status != Status.DRAFT:
            raise Refused(_("A published number stays. Withdraw the item instead."))
        if self.adoptions.exists():
            raise Refused(
                _("Workers’ suggestions became “%s”. Take them up again first.") % self,
            )
        return super().delete(**kwargs)

    def knows(self, relation: str) -> bool:
        """Tell whether what it points to is in memory already."""
        return self._meta.get_field(relation).is_cached(self)

    def earlier(self) -> Sequence["Item"]:
        """Return the items of earlier lists that it goes on with, the latest first."""
        if self.origin_id is None:  # no queryset: an empty one would still write its SQL
            return []
        rows = Item.objects.of_matter(self.origin_id).filter(pk__lt=self.pk)
        return [*rows.select_related("list").order_by("-pk")]

    def story(self) -> Sequence[int]:
        """Return its key, and those of the items of earlier lists that it goes on with."""
        return [self.pk, *(item.pk for item in self.earlier())]

    @property
    def title_words(self) -> Words:
        return Words(self.title, self.title_en)

    @property
    def group(self) -> Group:
        return GROUP_OF[Status(self.status)]

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_signed_and_up(self) -> bool:
        """Tell whether its sign-off is up for objections: the last news, until that ends."""
        news = self.last_news
        up = news is not None and news.verb == Verb.PUT_UP
        return up and news.facts["verb"] == Verb.SIGN_OFF

    @property
    def deadline(self) -> date | None:
        """Return the day from which lateness counts: once it was returned, that to put it right."""
        return self.put_right_by or self.due

    def overdue_days(self, today: date) -> int:
        """Return by how many days an item that isn't done has passed its deadline; else 0."""
        if self.status not in NOT_DONE or self.deadline is None:
            return 0
        return max(0, (today - self.deadline).days)

    def start_late_days(self, today: date) -> int:
        """Return by how many days work that hasn't begun has passed its day to start by; else 0."""
        if self.status != Status.NOT_STARTED or self.start_by is None:
            return 0
        return max(0, (today - self.start_by).days)

    def late_part_days(self, today: date) -> int:
        """Return by how many days the latest part of an item that isn't done is overdue; else 0.

        The item was read `with_next_part`.
        """
        if self.status not in NOT_DONE or self.next_part_due is None:
            return 0
        return max(0, (today - self.next_part_due).days)

    def first_ran_out(self, today: date) -> int:
        """Return how many days ago the first promise of a carried item ran out; else 0."""
        if self.carried_from_id is None or self.status not in NOT_DONE or self.first_due is None:
            return 0
        return max(0, (today - self.first_due).days)

    def done_late_days(self) -> int:
        """Return how many days after the deadline a resolved item was done; else 0."""
        if self.status != Status.RESOLVED or self.deadline is None or self.done_on is None:
            return 0
        return max(0, (self.done_on - self.deadline).days)

    def percent_done(self) -> Decimal | None:
        """Return the percent done, computed from the count where there is one to rely on."""
        if self.target_count and self.done_count is not None and not self.count_in_doubt:
            return tenths(min(100, Decimal(100) * self.done_count / self.target_count))
        return self.percent

    def target_missed(self) -> bool:
        """Tell whether the count is known to be below its target."""
        return bool(self.target_count) and (self.done_count or 0) < self.target_count


@compiled_query
def measures_of(item):
    """Return an item's measures, in their order."""
    return Item.measures.rel.related_model.objects.filter(item=item)


@compiled_query
def _searched_parts(item):
    return Item.parts.rel.related_model.objects.filter(item=item)


@compiled_query
def _searched_news(item):
    """Return the words of an item's public news; of those that were erased none are left."""
    news = Item.entries.rel.related_model.objects.public().filter(item=item, verb__in=NEWS)
    return news.order_by("seq").values_list("words__text", flat=True)

"""A year's list of practical matters."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from items.models.history import DraftRecords
from items.models.line import Line
from items.models.named import Named
from items.models.organisation import Committee
from items.models.person import Person
from items.models.tie import joined_by, read_by
from items.models.versioned import Versioned
from items.privacy.short_codes import LENGTH, new_code
from items.states import ListStatus
from items.words import Words


def thing(row: models.Model) -> str:
    """Return by which word the ledger and the names at a closing know a row: "post:7"."""
    return f"{row._meta.model_name}:{row.pk}"


class ItemListQuerySet(models.QuerySet):
    def public(self):
        """Return the lists that a visitor may see."""
        return self.exclude(status=ListStatus.DRAFT)

    def drafts(self):
        return self.filter(status=ListStatus.DRAFT)

    def announced(self):
        """Return the drafts that are up for objections."""
        entries = self.model.entries.rel.related_model.objects.announcements().of_lists()
        return self.drafts().filter(pk__in=entries.order_by().values("list"))

    def visible_to(self, person: Person, today: date):
        """Return what `person` may read on the desk; drafts only as office or auditor."""
        if not person.is_active:
            return self.none()
        joined = joined_by(person.pk, "committee", today) & ~Q(status=ListStatus.DRAFT)
        return self.filter(read_by(person.pk, "committee") | joined)


class ItemList(Versioned, Named):
    """A committee's numbered list for a year."""

    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="lists", verbose_name=_("committee")
    )
    slug = models.SlugField(
        _("address"), unique=True, help_text=_("The last part of the list’s permanent address.")
    )
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1990), MaxValueValidator(2100)]
    )
    programme = Line(_("parent programme"), max_length=200, blank=True)
    programme_en = Line(_("parent programme in English"), max_length=200, blank=True)
    # Public with the list; from then on only an entry of the ledger changes it.
    plan = models.TextField(_("implementation plan"), blank=True, editable=False)
    plan_en = models.TextField(_("implementation plan in English"), blank=True, editable=False)
    status = models.CharField(
        _("status"), max_length=20, choices=ListStatus, default=ListStatus.DRAFT, editable=False
    )
    published_on = models.DateField(_("published on"), null=True, editable=False)
    closed_on = models.DateField(_("closed on"), null=True, editable=False)
    closing_figures = models.JSONField(_("closing figures"), null=True, editable=False)

    code = models.CharField(max_length=LENGTH, unique=True, default=new_code, editable=False)

    objects = ItemListQuerySet.as_manager()
    history = DraftRecords(excluded_fields=["code"])

    class Meta:
        verbose_name = _("list")
        verbose_name_plural = _("lists")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status=ListStatus.DRAFT) | models.Q(published_on__isnull=False),
                name="published_list_has_its_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=ListStatus.CLOSED)
                | models.Q(closed_on__isnull=False, closing_figures__isnull=False),
                name="closed_list_has_its_figures",
            ),
        ]

    @cached_property
    def names_then(self) -> dict[str, Words]:
        """Return what was renamed since the list was closed, as it was called until then."""
        rows = self.closing_names.all() if self.closed_on else ()
        return {row.thing: row.words for row in rows if row.name}

    def called(self, row: models.Model | None) -> Words:
        """Return what a post, a unit, a committee … is called on this list; none is called ""."""
        if row is None:
            return Words()
        return self.names_then.get(thing(row), row.shown_words)

    def as_of(self, today: date) -> date:
        """Return the day for which the list is shown: a closed one stays as on its last day."""
        return self.closed_on or today

    @property
    def programme_words(self) -> Words:
        return Words(self.programme, self.programme_en)

    @property
    def plan_words(self) -> Words:
        return Words(self.plan, self.plan_en)

    @property
    def is_draft(self) -> bool:
        return self.status == ListStatus.DRAFT

"""An assessment (测评): how a body, as a workers' congress, voted on each item of a list.

Its figures add up: the database holds it, and `items.rules.ballots` says what doesn't. Once it is
issued it stays as it is; a mistake gets an erratum in the ledger.
"""

from datetime import date
from itertools import combinations
from typing import Any, Self

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from items.models.item import Item
from items.models.ledger import Entry, digest
from items.models.line import Line
from items.models.list import ItemList
from items.models.person import Person
from items.models.versioned import Versioned
from items.states import Basis, Majority, Satisfaction


class AssessmentQuerySet(models.QuerySet):
    def issued(self) -> Self:
        """Return those that everyone reads."""
        return self.exclude(issued_on=None)


class Assessment(Versioned):
    """A dated vote on the items of a list, also of a closed one, and the rule of its grades."""

    list = models.ForeignKey(
        ItemList, models.PROTECT, related_name="assessments", verbose_name=_("list")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    held_on = models.DateField(_("held on"))
    body = Line(_("held by"), max_length=100)
    scrutineers = Line(_("scrutineers"), max_length=100, blank=True)
    tellers = Line(_("tellers"), max_length=100, blank=True)
    majority = models.CharField(_("majority"), max_length=10, choices=Majority)
    basis = models.CharField(pgettext_lazy("assessment", "of"), max_length=10, choices=Basis)
    # By when an item that fails is put right; said beforehand.
    put_right_days = models.PositiveSmallIntegerField(_("days to put it right"))
    prepared_by = models.ForeignKey(Person, models.PROTECT, editable=False, related_name="+")
    issued_on = models.DateField(_("issued on"), null=True, editable=False)
    entry = models.OneToOneField(
        Entry, models.PROTECT, null=True, editable=False, related_name="assessment"
    )

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["list", "number"], name="assessment_number_once"),
            models.CheckConstraint(
                condition=Q(majority__in=Majority.values, basis__in=Basis.values),
                name="assessment_has_its_rule",
            ),
            models.CheckConstraint(
                condition=Q(issued_on=None, entry=None)
                | Q(issued_on__isnull=False, entry__isnull=False, issued_on__gte=F("held_on")),
                name="issued_assessment_has_its_entry",
            ),
        ]

    def __str__(self):
        return f"{self.body} · {self.held_on}"

    @property
    def is_issued(self) -> bool:
        return self.issued_on is not None

    def digest(self) -> str:
        """Return the digest of all that it says, as the ledger keeps it."""
        said: dict[str, Any] = {name: getattr(self, name) for name in SAID}
        said["held_on"] = date.isoformat(self.held_on)
        rows = self.rows.order_by("item__number").values("item__number", *ROW_SAYS)
        return digest(said | {"rows": list(rows)})


SAID = ["number", "body", "scrutineers", "tellers", "majority", "basis", "put_right_days"]
# The columns of the ballots, from the votes that count to all who might have voted
BALLOTS = ["valid", "returned", "given", "present", "members"]
VOTES = ["satisfied", "basically", "unsatisfied", "abstained"]
FIGURES = [*VOTES, "valid", "invalid", "returned", "given", "present", "members"]
ROW_SAYS = [*FIGURES, "grade", "as_in_source", "comes_first"]

CAST = F("satisfied") + F("basically") + F("unsatisfied") + Coalesce(F("abstained"), Value(0))
VOTED = Q(satisfied__isnull=False, basically__isnull=False, unsatisfied__isnull=False)
NO_VOTES = Q(satisfied=None, basically=None, unsatisfied=None, abstained=None)
# An unknown figure makes a comparison unknown, which a check lets pass.
WITHIN = Q()
for fewer, more in combinations(BALLOTS, 2):
    WITHIN &= Q(**{f"{fewer}__lte": F(more)})


def _figure(name: Any) -> Any:
    return models.PositiveIntegerField(name, null=True, blank=True)


class AssessmentRow(models.Model):
    """How was voted on an item. A figure that the source lacks is None, and never computed."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="rows")
    item = models.ForeignKey(
        Item, models.PROTECT, related_name="assessment_rows", verbose_name=_("item")
    )
    satisfied = _figure(pgettext_lazy("votes", "satisfied"))
    basically = _figure(pgettext_lazy("votes", "basically satisfied"))
    unsatisfied = _figure(pgettext_lazy("votes", "not satisfied"))
    abstained = _figure(pgettext_lazy("votes", "abstained"))
    valid = _figure(pgettext_lazy("ballots", "valid"))
    invalid = _figure(pgettext_lazy("ballots", "invalid"))
    returned = _figure(pgettext_lazy("ballots", "returned"))
    given = _figure(pgettext_lazy("ballots", "given out"))
    present = _figure(pgettext_lazy("ballots", "present"))
    members = _figure(pgettext_lazy("ballots", "members"))
    grade = models.CharField(_("grade"), max_length=12, choices=Satisfaction)
    # What is needed to compute it isn't known: it stands as whoever counted gave it.
    as_in_source = models.BooleanField(_("as in the source"), default=False)
    comes_first = models.BooleanField(default=False, editable=False)  # it failed the last time

    class Meta:
        verbose_name = _("item of an assessment")
        verbose_name_plural = _("items of assessments")
        ordering = ["item__number"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "item"], name="assessed_once"),
            models.CheckConstraint(
                condition=Q(grade__in=Satisfaction.values), name="assessed_item_has_its_grade"
            ),
            models.CheckConstraint(
                condition=VOTED | NO_VOTES & Q(as_in_source=True), name="votes_are_whole"
            ),
            models.CheckConstraint(condition=Q(valid=CAST), name="votes_are_the_valid_ones"),
            models.CheckConstraint(
                condition=Q(returned=F("valid") + F("invalid")) & Q(returned=CAST + F("invalid")),
                name="valid_and_invalid_are_returned",
            ),
            models.CheckConstraint(condition=WITHIN, name="ballots_are_within_each_other"),
            models.CheckConstraint(
                condition=Q(satisfied=None)
                | Q(valid__isnull=False)
                | Q(returned__isnull=False, invalid__isnull=False)
                | Q(present__isnull=False, present=CAST),
                name="votes_are_checked",
            ),
            models.CheckConstraint(
                condition=Q(returned__gte=CAST) & Q(given__gte=CAST) & Q(present__gte=CAST),
                name="votes_are_within_the_ballots",
            ),
        ]

    def __str__(self):
        return f"{self.item_id} · {self.get_grade_display()}"

    @property
    def figures(self) -> dict[str, int | None]:
        """Return its columns of votes and ballots by name."""
        return {name: getattr(self, name) for name in FIGURES}

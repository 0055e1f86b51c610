"""How a list was judged: an assessment with its votes, grades and rule, in the list's order."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from items import models
from items.models import Entry
from items.models.assessment import VOTES
from items.public.lists import Head, head
from items.rules.ballots import rule_in_short, rule_sentence
from items.states import Satisfaction
from items.words import Words, day

# The columns of the ballots as they are printed, from all members to the votes that count
PRINTED = ("members", "present", "given", "returned", "valid", "invalid")


@dataclass(frozen=True, slots=True)
class Count:
    """A column with its number."""

    name: str  # a column of `items.models.assessment`
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class AssessedItem:
    """How an item was judged. What the source doesn't say isn't there."""

    number: int
    title: Words
    grade: str  # a states.Satisfaction value
    grade_label: str
    as_in_source: bool  # what is needed to compute it isn't known
    votes: tuple[Count, ...]  # none where the source gives the grade alone
    ballots: tuple[Count, ...]  # its own, where they aren't the same for all
    comes_first: bool


@dataclass(frozen=True, slots=True)
class Erratum:
    """What was found to be wrong in an issued assessment."""

    day: date
    text: str
    erased_on: date | None


@dataclass(frozen=True, slots=True)
class Assessment:
    """An assessment of a list, issued or, at the desk, a draft."""

    head: Head
    number: int
    held_on: date
    body: str
    scrutineers: str
    tellers: str
    rule: str
    consequence: str  # what happens with what failed, said beforehand
    issued_on: date | None
    ballots: tuple[Count, ...]  # the same for all items
    missing: tuple[str, ...]  # labels of the columns that nobody gave
    rows: tuple[AssessedItem, ...]
    not_voted: tuple[int, ...]  # numbers of items on which nobody voted
    hardship: tuple[int, ...]  # numbers of those that nobody judges in public
    grades: tuple[Count, ...]  # how many items have each grade
    errata: tuple[Erratum, ...]  # the earliest first

    @property
    def first(self) -> tuple[int, ...]:
        """Return the numbers of what failed the last time, which comes first in this one."""
        return tuple(row.number for row in self.rows if row.comes_first)

    @property
    def from_source(self) -> tuple[int, ...]:
        """Return the numbers of those whose grade can't be computed again."""
        return tuple(row.number for row in self.rows if row.as_in_source)


@dataclass(frozen=True, slots=True)
class Judgement:
    """How an item was judged at one assessment, as it stands beside the item itself."""

    slug: str  # of the list
    assessment: int  # its number
    held_on: date
    body: str
    rule: str  # in short
    row: AssessedItem

    @property
    def text(self) -> str:
        """Return all of it in one line, as a cell of the ledger has it."""
        votes = [f"{count.label}{count.number}" for count in self.row.votes]
        if self.row.as_in_source:
            votes.append(_("grade as in the source"))
        said = {"grade": self.row.grade_label, "votes": _(", ").join(votes), "rule": self.rule}
        said |= {"day": day(self.held_on), "body": self.body}
        return _("%(grade)s (%(votes)s; %(day)s, %(body)s; %(rule)s)") % said


@dataclass(frozen=True, slots=True)
class BoardAssessment:
    """An assessment in brief, as the board has it."""

    number: int
    held_on: date
    body: str
    rule: str  # in short
    grades: tuple[Count, ...]


def judgement(row: models.AssessmentRow) -> Judgement:
    """Return how an item was judged; the row knows its assessment with its list, and the item."""
    of = row.assessment
    return Judgement(
        slug=of.list.slug,
        assessment=of.number,
        held_on=of.held_on,
        body=of.body,
        rule=rule_in_short(of.majority, of.basis),
        row=assessed_item(row),
    )


def board_assessment(of: models.Assessment, tally: dict[str, int]) -> BoardAssessment:
    """Return an assessment in brief; `tally` counts the items by their grade."""
    return BoardAssessment(
        number=of.number,
        held_on=of.held_on,
        body=of.body,
        rule=rule_in_short(of.majority, of.basis),
        grades=grade_counts(tally),
    )


def label_of_figure(name: str) -> str:
    """Return what a column of votes or ballots is called."""
    return str(models.AssessmentRow._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def assessment(
    row: models.Assessment,
    rows: Iterable[models.AssessmentRow],
    items: Iterable[models.Item],
    errata: Iterable[Entry] = (),
    *,
    closed: bool,
) -> Assessment:
    """Return an assessment with its rows, of the published items of its list, in their order.

    `closed` says that its list was closed before it was issued, so that nothing is done again.
    """
    rows, items = list(rows), list(items)
    judged = {each.item_id for each in rows}
    common = {
        name: each.pop()
        for name in PRINTED
        if len(each := {getattr(of, name) for of in rows}) == 1 and each != {None}
    }
    columns = (*VOTES, *PRINTED)
    known = {name for name in columns for of in rows if getattr(of, name) is not None}
    tally = dict(Counter(of.grade for of in rows))
    return Assessment(
        head=head(row.list),
        number=row.number,
        held_on=row.held_on,
        body=row.body,
        scrutineers=row.scrutineers,
        tellers=row.tellers,
        rule=rule_sentence(row.majority, row.basis),
        consequence=consequence(row.put_right_days, closed=closed),
        issued_on=row.issued_on,
        ballots=_counts(common),
        missing=tuple(label_of_figure(name) for name in columns if name not in known),
        rows=tuple(assessed_item(of, common) for of in rows),
        not_voted=tuple(i.number for i in items if i.pk not in judged and not i.hardship),
        hardship=tuple(item.number for item in items if item.hardship),
        grades=grade_counts(tally),
        errata=tuple(map(erratum, errata)),
    )


def consequence(days: int, *, closed: bool) -> str:
    """Return what the rule says beforehand of what is judged not satisfied."""
    if closed:
        return _(
            "What is “not satisfied” comes first at the next assessment. The list is closed: its"
            " figures stay as they are."
        )
    return ngettext(
        "What is “not satisfied” is done again, to be put right within %(days)d day of the"
        " issue, and comes first at the next assessment.",
        "What is “not satisfied” is done again, to be put right within %(days)d days of the"
        " issue, and comes first at the next assessment.",
        days,
    ) % {"days": days}


def grade_counts(tally: dict[str, int]) -> tuple[Count, ...]:
    """Return how many items have each grade, the best first; what nobody has, too."""
    return tuple(Count(grade, str(grade.label), tally.get(grade, 0)) for grade in Satisfaction)


def assessed_item(row: models.AssessmentRow, common: Iterable[str] = ()) -> AssessedItem:
    """Return how an item was judged; `common` names the ballots that stand above all."""
    own = {name: getattr(row, name) for name in PRINTED if name not in common}
    return AssessedItem(
        number=row.item.number,
        title=row.item.title_words,
        grade=row.grade,
        grade_label=str(Satisfaction(row.grade).label),
        as_in_source=row.as_in_source,
        votes=_counts({name: getattr(row, name) for name in VOTES}),
        ballots=_counts(own),
        comes_first=row.comes_first,
    )


def _counts(figures: dict[str, int | None]) -> tuple[Count, ...]:
    return tuple(
        Count(name, label_of_figure(name), number)
        for name, number in figures.items()
        if number is not None
    )


def erratum(entry: Entry) -> Erratum:
    return Erratum(entry.happened_on, entry.words.text, entry.words.erased_on)

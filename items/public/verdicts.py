"""What workers say of an item, as counts of the days that are over: raw, never a percent."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from items import models
from items.models.verdict import EndedWhy
from items.public.assessments import Judgement
from items.public.reviews import Review
from items.public.suggestions import Addressee, ItemLink
from items.states import Grade, Status
from items.words import day as in_words


@dataclass(frozen=True, slots=True)
class GradeCount:
    """How many said the same."""

    key: str  # a Grade value
    label: str | Promise
    number: int


@dataclass(frozen=True, slots=True)
class VerdictDay:
    """What was said on one day, by grade in their order."""

    day: date
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class VerdictRound:
    """The days in which workers are asked about an item, and what they said so far."""

    opened_on: date
    ends_on: date | None  # None: until the claim is checked
    ended_why: str | Promise  # "" unless it ended early
    is_open: bool
    counts: tuple[GradeCount, ...]  # always all four
    total: int
    from_wall: int  # how many of the total came with the code on the wall's sheet
    unverified: tuple[GradeCount, ...]  # apart from the counts; none where nobody was
    days: tuple[VerdictDay, ...]

    @property
    def when(self) -> str:
        """Say from which day to which it goes."""
        first = {"first": in_words(self.opened_on)}
        if self.ends_on is None:
            return _("Answers since %(first)s, until it has been checked") % first
        last = {"last": in_words(self.ends_on)}
        return _("Answers from %(first)s to %(last)s") % (first | last)


@dataclass(frozen=True, slots=True)
class VerdictPage:
    """The page on which a worker says whether an item is done."""

    addressee: Addressee
    item: ItemLink
    rounds: tuple[VerdictRound, ...]  # the latest first
    refusal: str  # why nobody can answer now; "" if they can
    hardship: bool
    reviews: tuple[Review, ...]  # the latest first

    @property
    def heading(self) -> str:
        return _("What the workers say") if self.refusal else question(self.item.status)


def question(status: str) -> str:
    """Return what workers are asked: before the check it is about the claim."""
    if status == Status.PENDING_CHECK:
        return _("The owner says it is done. Is that so?")
    return _("How was this done? Say it yourself")


def verdict_round(
    row: models.VerdictRound, counts: Iterable[models.VerdictCount], today: date
) -> VerdictRound:
    """Return a round with those of the counts that are its own."""
    own = [count for count in counts if count.round_id == row.pk]
    good, doubtful = ([c for c in own if c.verified is verified] for verified in (True, False))
    by_grade = _by_grade(good)
    return VerdictRound(
        opened_on=row.opened_on,
        ends_on=row.ends_on,
        ended_why=EndedWhy(row.ended_why).label if row.ended_why else "",
        is_open=row.is_open(today),
        counts=by_grade,
        total=sum(count.number for count in by_grade),
        from_wall=sum(count.number for count in good if count.from_wall),
        unverified=tuple(count for count in _by_grade(doubtful) if count.number),
        days=tuple(
            VerdictDay(day, tuple(c.number for c in _by_grade([c for c in good if c.day == day])))
            for day in sorted({count.day for count in good})
        ),
    )


def _by_grade(counts: Iterable[models.VerdictCount]) -> tuple[GradeCount, ...]:
    numbers: Counter[str] = Counter()
    for count in counts:
        numbers[count.grade] += count.number
    return tuple(GradeCount(grade.value, grade.label, numbers[grade]) for grade in Grade)


@dataclass(frozen=True, slots=True)
class ReleasedWords:
    """What a worker wrote about an item, in the words that the office released."""

    said: str | Promise  # what they chose beside it; "" where they chose nothing
    words: str
    shown_on: date


def released_words(row: models.Suggestion) -> ReleasedWords:
    assert row.shown_on is not None  # since it was released
    said = row.get_grade_display() if row.grade else ""
    return ReleasedWords(said, row.shown_words, row.shown_on)


@dataclass(frozen=True, slots=True)
class WorkersVoice:
    """What workers say of an item, beside the other two voices."""

    slug: str  # of the list
    number: int
    hardship: bool  # they aren't asked
    rounds: tuple[VerdictRound, ...]  # the latest first
    reviews: tuple[Review, ...]  # of what they doubt, the latest first
    words: tuple[ReleasedWords, ...]
    judgements: tuple[Judgement, ...] = ()  # at assessments, the latest first

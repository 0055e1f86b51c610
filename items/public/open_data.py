"""Lists, items and moves as open data: what is public of them, under names that stay.

These names are the contract with other programs: JSON, CSV and API are made from these shapes, and
docs/open-data.md from their fields. What is computed comes from the row of the board.
"""

from collections.abc import Callable, Iterable
from dataclasses import Field, dataclass, field, fields
from datetime import date
from functools import cache
from typing import Any

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from items import models
from items.models import Entry, Item
from items.public.assessments import Judgement
from items.public.entry_words import text_of
from items.public.lists import Arithmetic, Head, Row
from items.public.moves import Move, sentence
from items.states import Group, Status, Verb
from items.words import Words


def of(column: str, says: str, heading: str | Promise = "") -> dict[str, Any]:
    """Return what is told of a field: of which column it says something, and what it says.

    `column` is one of `items.columns`, which tells who may see it. `heading` stands over it in
    CSV; without one it stands in JSON alone.
    """
    return {"column": column, "says": says, "heading": heading}


@dataclass(frozen=True, slots=True)
class OpenMeasure:
    """One of the things that will be done about an item."""

    words: Words
    done_on: date | None


@dataclass(frozen=True, slots=True)
class OpenUnit:
    """A unit's share in an item."""

    name: Words
    role: str  # "lead", "joint" or "support"


@dataclass(frozen=True, slots=True)
class OpenPart:
    """A further line under a number."""

    title: Words
    unit: Words
    start_by: date | None
    due: date | None
    due_words: str
    done_on: date | None
    overdue_days: int
    progress: str


@dataclass(frozen=True, slots=True)
class OpenCarried:
    """The item of an earlier list with which an item goes on."""

    list: str  # the last part of its address
    number: int


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An item. Days are ISO 8601, in the plant's time zone; null is not known, "" says nothing."""

    number: int = field(
        metadata=of("number", "Its number, which never changes and is never reused", _("number"))
    )
    page: str = field(metadata=of("number", "The address of its page", _("address of its page")))
    title: Words = field(metadata=of("title", "The matter", _("matter")))
    status: str = field(
        metadata=of(
            "status",
            "not_started, in_progress, pending_check (the owner says it is done), resolved (signed"
            " off), on_hold or withdrawn",
        )
    )
    status_words: Words = field(
        metadata=of("status", "The status in words, as pages say it", _("status"))
    )
    group: str = field(
        metadata=of(
            "status",
            "The term of the equation that counts it: resolved, in_progress, not_started, on_hold"
            " or withdrawn",
        )
    )
    problem: Words = field(metadata=of("problem", "What is wrong", _("problem")))
    effect: Words = field(metadata=of("effect", "What that leads to", _("effect")))
    category: Words = field(metadata=of("category", "Its category", _("category")))
    theme: Words = field(metadata=of("theme", "The theme that it belongs to", _("theme")))
    place: Words = field(metadata=of("place", "Where it is", _("place")))
    measures: tuple[OpenMeasure, ...] = field(
        metadata=of("measures", "What will be done", _("measures"))
    )
    criteria: tuple[Words, ...] = field(
        metadata=of("criteria", "What a worker sees when it is done", _("what done looks like"))
    )
    parts: tuple[OpenPart, ...] = field(
        metadata=of(
            "parts",
            "Further lines under the number; the equation counts numbers, not parts",
            _("parts"),
        )
    )
    owner_post: Words = field(
        metadata=of("owner_post", "The post that is responsible", _("owner’s post"))
    )
    supervisor_post: Words = field(
        metadata=of("supervisor_post", "The post that checks and signs off", _("supervisor’s post"))
    )
    units: tuple[OpenUnit, ...] = field(
        metadata=of("shares", "The units that do it", _("responsible units"))
    )
    term: str = field(
        metadata=of("term", "short, mid_long, standing, or nothing where it isn't said")
    )
    start_by: date | None = field(metadata=of("start_by", "The day to start by", _("start by")))
    start_is_the_matter: bool = field(
        metadata=of("start_is_the_matter", "The promise is to start by that day")
    )
    first_due: date | None = field(
        metadata=of("first_due", "The deadline that was promised first", _("first deadline"))
    )
    due: date | None = field(
        metadata=of("due", "The deadline today; its day is included", _("deadline"))
    )
    due_words: str = field(
        metadata=of("due_words", "The deadline as the sheet wrote it", _("deadline in words"))
    )
    put_right_by: date | None = field(
        metadata=of(
            "put_right_by",
            "The day to put it right, after it was sent back or reopened: lateness counts from it",
            _("to be put right by"),
        )
    )
    times_extended: int = field(
        metadata=of("times_extended", "How often more time was given", _("times extended"))
    )
    times_reduced: int = field(metadata=of("times_reduced", "How often the promise became smaller"))
    times_reopened: int = field(
        metadata=of("times_reopened", "How often a sign-off was overturned")
    )
    overdue_days: int = field(
        metadata=of(
            "due",
            "By how many days an item that isn't done has passed its deadline",
            _("days overdue"),
        )
    )
    done_late_days: int = field(
        metadata=of(
            "done_on", "How many days after its deadline a resolved item was done", _("days late")
        )
    )
    light: str = field(metadata=of("light", "The warning light: red, yellow, or nothing"))
    percent: float | None = field(
        metadata=of(
            "percent",
            "How far it is, of 100; computed from the count where there is one",
            _("percent"),
        )
    )
    done_count: int | None = field(metadata=of("done_count", "How many are done", _("done so far")))
    target_count: int | None = field(metadata=of("target_count", "Of how many", _("target")))
    first_target: int | None = field(
        metadata=of("first_target", "Of how many at first, before it was lowered")
    )
    count_unit: str = field(metadata=of("count_unit", "What is counted", _("counted in")))
    count_in_doubt: bool = field(
        metadata=of("count_in_doubt", "It was counted before the item was returned, and not since")
    )
    progress: Words = field(
        metadata=of("progress", "What was said last of how it goes", _("latest words"))
    )
    progress_on: date | None = field(
        metadata=of("last_news", "The day on which that happened", _("latest news on"))
    )
    result: str = field(metadata=of("result", "What came of it", _("result")))
    published_on: date | None = field(
        metadata=of("published_on", "The day on which it was put on the list")
    )
    added_later: bool = field(
        metadata=of("added_later", "It was added after the list was published")
    )
    started_on: date | None = field(metadata=of("started_on", "The day on which work began"))
    claimed_on: date | None = field(
        metadata=of("claimed_on", "The day on which the owner said that it is done")
    )
    done_on: date | None = field(
        metadata=of(
            "done_on", "The day on which it was done, confirmed at the sign-off", _("done on")
        )
    )
    signed_off_on: date | None = field(
        metadata=of(
            "signed_off_on", "The day on which the supervisor signed it off", _("Signed off on")
        )
    )
    held_on: date | None = field(metadata=of("held_on", "The day on which it was put on hold"))
    hold_review_on: date | None = field(
        metadata=of(
            "hold_review_on", "The day on which the hold is looked at again", _("review on")
        )
    )
    days_held: int = field(metadata=of("days_held", "How many days it was on hold before"))
    withdrawn_on: date | None = field(
        metadata=of("withdrawn_on", "The day on which it was taken off the list", _("withdrawn on"))
    )
    satisfaction: str = field(
        metadata=of("satisfaction", "How it was judged at the last assessment", _("satisfaction"))
    )
    hardship: bool = field(
        metadata=of("hardship", "Help for a family in difficulty: nothing tells of whom")
    )
    illustrative: bool = field(
        metadata=of("illustrative", "An example that was made up, not a promise")
    )
    carried_from: OpenCarried | None = field(
        metadata=of("carried_from", "The item of an earlier list with which it goes on")
    )


ITEM_FIELDS: tuple[Field, ...] = fields(OpenItem)


@dataclass(frozen=True, slots=True)
class OpenCounts:
    """The public equation: the total is the sum of the five groups."""

    total: int  # all numbers ever published, withdrawn ones included
    resolved: int
    in_progress: int
    not_started: int
    on_hold: int
    withdrawn: int
    percent: float | None  # of the total that is resolved; null for an empty list
    overdue: int  # of those that aren't done


@dataclass(frozen=True, slots=True)
class OpenList:
    """A published list."""

    slug: str  # the last part of its address
    page: str  # its address
    name: Words
    programme: Words
    year: int
    committee: Words
    organisation: Words
    published_on: date
    closed_on: date | None  # a closed list stays as it was on that day
    as_of: date  # the day for which everything is computed
    demonstration: bool  # made up, to try the program with
    counts: OpenCounts


@dataclass(frozen=True, slots=True)
class OpenMove:
    """Something that happened to an item, or to its list as a whole."""

    id: str  # it never changes, and no other move has it
    number: int | None  # of the item; null: it is about the list
    sentence: Words  # as pages of each language say it
    happened_on: date
    written_on: date  # the day on which it was written down


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A move with its permanent name."""

    id: str
    move: Move


@dataclass(frozen=True, slots=True)
class Feed:
    """What moved last on a list or with one of its items, the latest first."""

    head: Head
    number: int | None  # of the item; None: it is the list's
    title: Words  # the item's
    since: date  # from which day something can have moved
    entries: tuple[FeedEntry, ...]
    arithmetic: Arithmetic  # of the list


@dataclass(frozen=True, slots=True)
class Deadline:
    """An item in a calendar of deadlines."""

    row: Row
    on: date
    moves: int  # how often the day moved, or the item was taken off the list
    changed_on: date  # when it last did


@dataclass(frozen=True, slots=True)
class Calendar:
    """The deadlines of a list's items."""

    head: Head
    deadlines: tuple[Deadline, ...]
    arithmetic: Arithmetic


def open_item(
    item: Item,
    row: Row,
    page: str,
    lines: "UnderItem",
    judged: Judgement | None,
) -> OpenItem:
    """Return an item as open data; `row` is the board's, `lines` are the rows under it."""
    called, known = item.list.called, row.progress
    before = item.carried_from
    return OpenItem(
        number=row.number,
        page=page,
        title=row.title,
        status=row.status,
        status_words=status_words(row),
        group=row.group,
        problem=Words(item.problem, item.problem_en),
        effect=Words(item.effect, item.effect_en),
        category=called(item.category),
        theme=called(item.theme),
        place=row.place,
        measures=tuple(OpenMeasure(line.words, line.done_on) for line in lines.measures),
        criteria=tuple(line.words for line in lines.criteria),
        parts=tuple(_part(line, item, lines.today) for line in lines.parts),
        owner_post=row.owner.post,
        supervisor_post=row.supervisor.post,
        units=tuple(OpenUnit(called(share.unit), share.role) for share in lines.shares),
        term=item.term,
        start_by=item.start_by,
        start_is_the_matter=item.start_is_the_matter,
        first_due=row.first_due,
        due=row.due,
        due_words=row.due_words,
        put_right_by=row.put_right_by,
        times_extended=row.times_extended,
        times_reduced=row.times_reduced,
        times_reopened=row.times_reopened,
        overdue_days=row.overdue_days,
        done_late_days=row.done_late_days,
        light=row.light,
        percent=None if known.percent is None else float(known.percent),
        done_count=known.done,
        target_count=known.target,
        first_target=row.first_target,
        count_unit=known.count_unit,
        count_in_doubt=known.in_doubt,
        progress=in_both(lambda: text_of(item.last_news, item.list.committee.show_names)),
        progress_on=row.last_on,
        result=item.result,
        published_on=item.published_on,
        added_later=item.added_later,
        started_on=item.started_on,
        claimed_on=item.claimed_on,
        done_on=row.done_on,
        signed_off_on=row.signed_off_on,
        held_on=item.held_on,
        hold_review_on=row.hold_review_on,
        days_held=item.days_held,
        withdrawn_on=row.withdrawn_on,
        satisfaction=judged.text if judged else "",
        hardship=item.hardship,
        illustrative=row.illustrative,
        carried_from=OpenCarried(before.list.slug, before.number) if before else None,
    )


@dataclass(frozen=True, slots=True)
class UnderItem:
    """The rows under an item, as they stand on a day."""

    measures: Iterable[models.Measure]
    criteria: Iterable[models.Criterion]
    parts: Iterable[models.Part]
    shares: Iterable[models.UnitShare]
    today: date


def _part(line: models.Part, item: Item, today: date) -> OpenPart:
    return OpenPart(
        title=line.words,
        unit=item.list.called(line.unit),
        start_by=line.start_by,
        due=line.due,
        due_words=line.due_words,
        done_on=line.done_on,
        overdue_days=line.overdue_days(item, today),
        progress=line.progress,
    )


def status_words(row: Row) -> Words:
    """Return a row's status in both languages, as pages of each say it."""
    return _status_words(row.status, row.announced == Verb.SIGN_OFF)


@cache
def _status_words(status: str, up: bool) -> Words:
    if up:
        return in_both(lambda: gettext("Checked, up for objections"))
    return in_both(lambda: str(Status(status).label))


def in_both(say: Callable[[], str]) -> Words:
    """Return a sentence of ours in both languages; in one where both are the same."""
    said = []
    for code in ("zh-hans", "en"):
        with translation.override(code):
            said.append(say())
    zh, en = said
    return Words(zh, en if en != zh else "")


def open_counts(arithmetic: Arithmetic, overdue: int) -> OpenCounts:
    known = {term.key: term.count for term in arithmetic.groups}
    percent = arithmetic.percent
    return OpenCounts(
        total=arithmetic.total,
        **{group.value: known.get(group.value, 0) for group in Group},
        percent=None if percent is None else float(percent),
        overdue=overdue,
    )


def open_list(head: Head, page: str, as_of: date, counts: OpenCounts) -> OpenList:
    return OpenList(
        slug=head.slug,
        page=page,
        name=head.name,
        programme=head.programme,
        year=head.year,
        committee=head.committee,
        organisation=head.organisation,
        published_on=head.published_on,
        closed_on=head.closed_on,
        as_of=as_of,
        demonstration=head.demonstration,
        counts=counts,
    )


def open_move(entry: Entry, id: str, show_names: bool) -> OpenMove:
    return OpenMove(
        id=id,
        number=entry.item.number if entry.item else None,
        sentence=in_both(lambda: sentence(entry, show_names)),
        happened_on=entry.happened_on,
        written_on=timezone.localdate(entry.written_at),
    )

"""Lists and their items as lines: headings, the equation, rows, and blocks of a strip."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from items.models import Item, ItemList, Post
from items.public.entry_words import label_of, text_of
from items.public.sentences import brief
from items.rules.light import behind, light
from items.states import Group, Status
from items.words import NOWHERE, OfficeContact, Words


@dataclass(frozen=True, slots=True)
class Head:
    """A list's heading."""

    slug: str
    name: Words
    programme: Words
    year: int
    committee: Words
    organisation: Words
    published_on: date
    closed_on: date | None
    demonstration: bool
    committee_slug: str = ""
    office: OfficeContact = NOWHERE  # of the committee, as it is today
    code: str = ""  # in its short address


@dataclass(frozen=True, slots=True)
class GroupCount:
    """One term of the equation."""

    key: str  # a states.Group value, and the last part of the address of its page
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The public equation: total = sum of the groups, and the share that is resolved."""

    total: int
    groups: tuple[GroupCount, ...]  # resolved and in_progress always; the others when not 0
    percent: Decimal | None  # of 100, one decimal; None for an empty list


@dataclass(frozen=True, slots=True)
class RunningList:
    """Another list of a committee that isn't closed yet, in one line."""

    head: Head
    arithmetic: Arithmetic
    overdue_count: int


@dataclass(frozen=True, slots=True)
class Share:
    """A list in brief, for its picture in other apps."""

    arithmetic: Arithmetic
    strip: tuple["Block", ...]  # none where they are too many


@dataclass(frozen=True, slots=True)
class Holder:
    """A post, and the person who holds it today when the committee shows names."""

    post: Words
    name: str
    vacant: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work is: a percent, or a count from which it is computed."""

    percent: Decimal | None
    done: int | None
    target: int | None
    count_unit: str
    in_doubt: bool = False  # it was counted before the item was returned, and not since


@dataclass(frozen=True, slots=True)
class Row:
    """An item as a line of the board. Every span of days is computed for one day, `as_of`."""

    number: int
    title: Words
    place: Words
    status: str  # a states.Status value
    status_label: str
    group: str  # a states.Group value
    owner: Holder
    supervisor: Holder
    illustrative: bool
    due: date | None
    first_due: date | None
    due_words: str  # as the sheet wrote the deadline
    times_extended: int
    overdue_days: int  # > 0: open or on hold, and the deadline has passed
    due_in_days: int | None  # open and not overdue: days to the deadline, 0 is today
    light: str  # "", "yellow" or "red"
    progress: Progress
    done_on: date | None
    signed_off_on: date | None
    done_late_days: int  # > 0: resolved, after the deadline
    hold_review_on: date | None
    withdrawn_on: date | None
    added_on: date | None  # only for an item added after the list was published
    times_reopened: int
    brought_in: bool  # resolved or moving before this system
    last_verb: str  # what happened last, in words; its text; its day
    last_text: str
    last_on: date | None
    last_days_ago: int
    stale: bool  # open, and nothing was heard for longer than the committee allows
    first_days_ago: int = 0  # > 0: it was carried over, and its first deadline ran out before
    start_late_days: int = 0  # > 0: not started, and the day to start by has passed
    first_target: int | None = None  # what was promised before the target was lowered
    times_reduced: int = 0
    put_right_by: date | None = None  # after it was last returned: lateness counts from it
    behind: str = ""  # "", "some" or "far": the work lags behind a straight line to its deadline
    result: str = ""  # of a resolved one: what came of it, in short
    photo: str = ""  # the stem of a public photo from afterwards, of a pair; on boards only
    late_part_days: int = 0  # > 0: a part has passed its deadline, and the item isn't done
    announced: str = ""  # of states.ANNOUNCEABLE: what is up for objections
    announced_until: date | None = None
    announced_over: bool = False  # its days are over, and it waits for answers
    code: str = ""  # in its short address; none for help for families, which no paper points at


@dataclass(frozen=True, slots=True)
class Block:
    """An item as a block of the strip, where no row tells more of it."""

    number: int
    title: Words
    status: str  # a states.Status value
    status_label: str
    group: str  # a states.Group value
    overdue_days: int


def head(item_list: ItemList) -> Head:
    committee = item_list.committee
    return Head(
        slug=item_list.slug,
        name=item_list.words,
        programme=item_list.programme_words,
        year=item_list.year,
        committee=item_list.called(committee),
        committee_slug=committee.slug,
        organisation=item_list.called(committee.organisation),
        published_on=item_list.published_on,
        closed_on=item_list.closed_on,
        demonstration=committee.organisation.demonstration,
        office=committee.office_contact,
        code=item_list.code,
    )


def arithmetic(rows: Iterable[Row] | Iterable[Item]) -> Arithmetic:
    """Return the equation of the rows: every published number, withdrawn ones included."""
    return equation({group: sum(1 for row in rows if row.group == group) for group in Group})


def add_up(equations: Iterable[Arithmetic]) -> Arithmetic:
    """Return the equation of several lists together: each of its numbers is the sum of theirs."""
    counts = Counter()
    for summand in equations:
        counts.update({term.key: term.count for term in summand.groups})
    return equation(counts)


def equation(counts: Mapping[Group, int]) -> Arithmetic:
    """Return the equation of so many items in each group."""
    always = {Group.RESOLVED, Group.IN_PROGRESS}
    total = sum(counts[group] for group in Group)
    return Arithmetic(
        total=total,
        groups=tuple(
            GroupCount(group.value, group.label, counts[group])
            for group in Group
            if counts[group] or group in always
        ),
        percent=round(Decimal(100) * counts[Group.RESOLVED] / total, 1) if total else None,
    )


def row(item: Item, today: date, show_names: bool | None = None) -> Row:
    """Return an item as a line of the board, with every span of days computed for `today`.

    `show_names`: for staff, whatever the committee shows to visitors.
    """
    committee = item.list.committee
    names = committee.show_names if show_names is None else show_names
    news = item.last_news
    overdue = item.overdue_days(today)
    silent_days = days_ago(news.happened_on, today)
    return Row(
        number=item.number,
        title=item.title_words,
        place=item.list.called(item.place),
        status=item.status,
        status_label=_status_label(item),
        group=item.group.value,
        owner=holder(item.owner_post, item.list, today, names),
        supervisor=holder(item.supervisor_post, item.list, today, names),
        illustrative=item.illustrative,
        due=item.due,
        first_due=item.first_due,
        due_words=item.due_words,
        times_extended=item.times_extended,
        overdue_days=overdue,
        result=brief(item.result, 24) if item.status == Status.RESOLVED else "",
        late_part_days=item.late_part_days(today),
        due_in_days=(item.deadline - today).days if item.is_open and not overdue else None,
        light=light(item, today),
        progress=progress(item),
        done_on=item.done_on,
        signed_off_on=item.signed_off_on,
        done_late_days=item.done_late_days(),
        hold_review_on=item.hold_review_on,
        withdrawn_on=item.withdrawn_on,
        added_on=item.published_on if item.added_later else None,
        times_reopened=item.times_reopened,
        brought_in=hasattr(item, "brought_in"),
        last_verb=label_of(news),
        last_text=text_of(news, names),
        last_on=news.happened_on,
        last_days_ago=silent_days,
        first_days_ago=item.first_ran_out(today),
        stale=item.is_open and silent_days > committee.stale_after_days,
        start_late_days=item.start_late_days(today),
        first_target=item.first_target,
        times_reduced=item.times_reduced,
        put_right_by=item.put_right_by,
        behind=behind(item, today),
        code="" if item.hardship else item.code,
        **_announced(item, today),
    )


def _status_label(item: Item) -> str:
    """Return an item's status in words, as text: a page says it several times."""
    if item.is_signed_and_up:
        return _("Checked, up for objections")
    return str(Status(item.status).label)


def _announced(item: Item, today: date) -> dict[str, Any]:
    """Return what of an item is up for objections, as it was read `with_announcement`."""
    if item.announced is None:
        return {}
    until = date.fromisoformat(item.announced["until"])
    return {
        "announced": item.announced["verb"],
        "announced_until": until,
        "announced_over": until < today,
    }


def block(item: Item, today: date) -> Block:
    """Return an item as a block of a strip, or as what its lines stand under."""
    return Block(
        number=item.number,
        title=item.title_words,
        status=item.status,
        status_label=_status_label(item),
        group=item.group.value,
        overdue_days=item.overdue_days(today),
    )


def holder(post: Post, item_list: ItemList, today: date, show_name: bool) -> Holder:
    person = post.holder(today)
    return Holder(
        post=item_list.called(post),
        name=item_list.called(person).zh if show_name else "",
        vacant=person is None,
    )


def progress(item: Item) -> Progress:
    return Progress(
        percent=item.percent_done(),
        done=item.done_count,
        target=item.target_count,
        count_unit=item.count_unit,
        in_doubt=item.count_in_doubt,
    )


def days_ago(day: date | None, today: date) -> int:
    return max(0, (today - day).days) if day else 0

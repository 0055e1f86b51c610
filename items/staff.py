"""What the desk shows to staff: frozen shapes that may hold names and private entries.

No public page is made from these; a visitor's shapes are those of `items.public`.
"""

from dataclasses import dataclass
from datetime import date, datetime

from items import public
from items.staff_voice import ToAnswer
from items.words import Words


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the ledger with all that staff may read of it."""

    pk: int
    seq: int
    verb: str  # a states.Verb value
    label: str
    text: str
    evidence: str  # of a claim, or why there is none
    facts: tuple[tuple[str, str], ...]  # label and value: dates, counts, old and new words
    happened_on: date
    written_at: datetime
    by: str  # the name as it was then
    by_me: bool  # whoever looks wrote it
    post: str  # for which post they spoke, "" for none
    role: str  # in words
    public: bool
    erased_on: date | None
    status_label: str  # the status after it, "" when it did not change
    about: int | None  # the entry that it answers
    waiting: bool  # nobody has answered it


@dataclass(frozen=True, slots=True)
class Task:
    """An open task: a decision of a meeting that waits to be finished."""

    entry: Entry
    who: str  # "owner", "supervisor" or "office"
    who_label: str
    by_when: date
    late_days: int  # > 0: that day has passed
    mine: bool  # it falls to whoever looks, today


@dataclass(frozen=True, slots=True)
class Line:
    """An item as a line of a queue or a pack, with what has to be known to decide."""

    pk: int
    list_slug: str
    list_name: Words
    row: public.Row  # with names
    extension: Entry | None  # more time asked for, not decided
    new_due: date | None  # until when it asks
    entered: Entry | None  # entered for the owner, not released
    claim: Entry | None  # the latest, while it waits for the check
    claimed_on: date | None  # since when it waits for the check
    claimed_done_on: date | None
    returned: Entry | None  # the latest sending back
    reopened: Entry | None  # the latest reopening
    tasks: tuple[Task, ...]  # those that are open, the nearest day first


@dataclass(frozen=True, slots=True)
class Queue:
    """The beginning of a queue, or one page of it."""

    key: str
    label: str
    count: int  # of the whole queue
    lines: tuple[Line, ...]
    page: int = 1
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Notice:
    """An entry that somebody was told of and hasn't seen."""

    pk: int
    entry: Entry
    list_slug: str
    number: int
    title: Words


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo of an item, whether the public sees it or not."""

    seq: int  # of the entry that it came with, by which the desk addresses it
    words: Words
    side_label: str
    spot: Words  # none for one taken during the work
    taken_on: date
    state: str  # "waiting", "public" or "hidden"
    state_label: str
    added_by: str
    kept: bool  # its files weren't deleted
    small_width: int
    small_height: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """A line of an item's delivery list, with who received it."""

    seq: int  # of its entry, by which the desk addresses it
    line: public.Delivery
    received_by: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """A day on which an item takes place."""

    seq: int  # of the entry that planned it, by which the desk addresses it
    line: public.Occasion


@dataclass(frozen=True, slots=True)
class Gaps:
    """What rules 1 and 2 find missing in a published list."""

    list_slug: str
    list_name: Words
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListLine:
    """A list among others: where it stands, and its equation once it is published."""

    slug: str
    name: Words
    year: int
    status: str  # a states.ListStatus value
    status_label: str
    drafts: int  # items that aren't published
    arithmetic: public.Arithmetic | None  # None of a draft


@dataclass(frozen=True, slots=True)
class CommitteeLists:
    """The lists of a committee, the newest year first."""

    committee: Words
    lists: tuple[ListLine, ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """What staff look for in a list; "" for everything."""

    q: str = ""
    status: str = ""  # a public group, or "pending_check"
    late: str = ""  # "overdue" or "done"
    owner: str = ""  # the key of a post

    def __bool__(self):
        return any([self.q, self.status, self.late, self.owner])


@dataclass(frozen=True, slots=True)
class ListPage:
    """A published list with one page of what was found in it."""

    head: public.Head
    arithmetic: public.Arithmetic  # of the whole list, whatever was looked for
    rows: tuple[public.Row, ...]  # with names
    found: int  # on all pages
    page: int
    pages: int
    owners: tuple[tuple[str, str], ...]  # key and name of the posts that own its items


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post: who has the duty, who had it before, and for how much."""

    pk: int
    name: Words
    is_leader: bool
    holding: int  # the key of the holding in force, which a form gives back; 0 when vacant
    holder: str  # the name, "" when vacant
    since: date | None  # when it was taken up, or fell vacant; None for a post never held
    before: str  # who held it before, "" for nobody
    owned: int  # items of published lists that go over with it, as owner's
    supervised: int  # and as supervisor's
    idle_in: tuple[Words, ...]  # the published lists in which a leader owns no item (rule 1)

    @property
    def passes_on(self) -> int:
        """Return for how many items the duty goes to the next holder."""
        return self.owned + self.supervised  # a database constraint: never both for one item


@dataclass(frozen=True, slots=True)
class Posts:
    """The posts of one committee; what nobody holds comes first."""

    committee: Words
    organisation: Words
    why_not: str  # why whoever looks may not appoint here, "" when they may
    posts: tuple[HeldPost, ...]
    vacant: int


@dataclass(frozen=True, slots=True)
class Desk:
    """My desk: what waits for one person."""

    sides: frozenset[str]  # "owner", "supervisor", "office": which of them the person is
    queues: tuple[Queue, ...]
    gaps: tuple[Gaps, ...]  # for the office, of its lists that have any
    notices: tuple[Notice, ...]  # unseen, the newest first
    unseen: int  # how many there are
    to_answer: ToAnswer | None  # suggestions that wait for an answer, for the office
    as_of: date


@dataclass(frozen=True, slots=True)
class Ball:
    """Whose turn it is, for what, and since when."""

    side: str  # "owner", "supervisor" or "office"
    what: str  # in words
    since: date
    days: int
    until: date | None  # the day of review of what is on hold, else None


@dataclass(frozen=True, slots=True)
class Inside:
    """A text of an item that only staff read."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class ItemDesk:
    """A published item as staff work on it."""

    pk: int
    version: int  # what a form gives back, so that nobody overwrites another's change
    list_slug: str
    list_name: Words
    list_status: str  # a states.ListStatus value
    line: Line  # with the row, what waits, and the open tasks
    owner_says: Entry | None  # the latest claim or progress
    supervisor_found: Entry | None  # the latest sign-off, sending back or visit
    balls: tuple[Ball, ...]  # whose turn it is; none once it is resolved or withdrawn
    acts: dict[str, str]  # by verb: why this person may not, "" when they may
    finishable: frozenset[int]  # the open tasks (their entries) that this person may finish
    ledger: tuple[Entry, ...]  # all of it, the newest first
    photos: tuple[Photo, ...]  # those that wait first
    deliveries: tuple[Delivery, ...]
    handed_out: public.Deliveries | None  # their sum; None when there are none
    occasions: tuple[Occasion, ...]  # the earliest first
    case: int | None  # documents in its file; None for whoever may not see it
    promise: public.Promise
    # For staff only
    inside: tuple[Inside, ...]
    recheck_on: date | None
    handlers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """What a meeting needs: the figures of the board, and what has to be decided, in order."""

    head: public.Head
    arithmetic: public.Arithmetic
    tasks: tuple[Line, ...]  # open tasks of earlier meetings, the earliest day first
    overdue: tuple[Line, ...]  # the latest first
    extensions: tuple[Line, ...]
    claims: tuple[Line, ...]  # waiting for the check, the longest first
    reopened: tuple[Line, ...]  # and not resolved again
    stale: tuple[Line, ...]  # the most silent first
    gaps: tuple[str, ...]  # of rules 1 and 2, in sentences
    as_of: date

"""A bulletin's article, paragraph by paragraph, and the frame in which an issued one stands."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from items.models import Bulletin, BulletinErratum, Entry
from items.models.bulletin import Kind, Section
from items.public.figures import BeforeAfter, Figures
from items.public.lists import Arithmetic, Head, Row
from items.public.moves import sentence
from items.public.sentences import brief, suggestions_line
from items.public.suggestions import SuggestionCounts
from items.states import Status, Verb
from items.words import Words

NO_WORDS = Words()


@dataclass(frozen=True, slots=True)
class BulletinLine:
    """A line about an item, or, without a number, about all."""

    text: str
    number: int | None = None
    title: Words = NO_WORDS
    day: date | None = None  # on which it happened
    written_on: date | None = None  # when that was later
    entry: int = 0  # the number of the ledger's entry whose words it says; 0: of none


@dataclass(frozen=True, slots=True)
class BulletinGroup:
    """Lines of a paragraph that belong together, in the list's order."""

    label: str  # "" where the paragraph has one group
    lines: tuple[BulletinLine, ...]


@dataclass(frozen=True, slots=True)
class BulletinSection:
    """A paragraph that the program prepares."""

    key: str  # a Section value
    heading: str
    count: int | None  # of the items that it tells of; None where it counts none
    groups: tuple[BulletinGroup, ...]  # none where there is nothing
    nothing: str  # what is said then
    figures: tuple[Figures, ...] = ()  # of the year's report
    pictures: tuple[BeforeAfter, ...] = ()  # as well


@dataclass(frozen=True, slots=True)
class BulletinRow:
    """An item in the table of all."""

    number: int
    title: Words
    owner: Words
    supervisor: Words
    deadline: str
    status: str  # a Status value
    status_label: str
    overdue: str
    since: date | None  # the day on which a resolved one was done


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved a bulletin (签发人), and when."""

    post: Words
    name: str
    day: date


@dataclass(frozen=True, slots=True)
class BulletinArticle:
    """All that a bulletin says, in the reader's language."""

    head: Head
    title: str
    number: int
    as_of: date
    arithmetic: Arithmetic
    before: "BulletinBefore | None"  # the last one that was issued
    foreword: Words
    sections: tuple[BulletinSection, ...]
    rows: tuple[BulletinRow, ...]
    closing: Words
    approved: Approval | None  # None: of a draft


@dataclass(frozen=True, slots=True)
class BulletinBefore:
    """What an earlier bulletin said of the whole."""

    number: int
    as_of: date
    equation: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """Where an erratum to a bulletin stands."""

    number: int  # of the bulletin that says it
    section: str  # the heading of the paragraph that it corrects
    day: date


@dataclass(frozen=True, slots=True)
class Stub:
    """An erasure for privacy, with the article's digest before and after it."""

    day: date
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class BulletinPage:
    """An issued bulletin: its stored article, and the frame around it."""

    head: Head
    title: str
    kind: str  # a Kind value
    number: int
    as_of: date
    article: str  # HTML, the same bytes for ever
    content: dict[str, Any]  # the same as data
    sha256: str
    ledger_head: str
    corrected: tuple[Corrected, ...]
    stubs: tuple[Stub, ...]
    all: tuple["BulletinLink", ...]  # of the committee's lists, the newest first


@dataclass(frozen=True, slots=True)
class BulletinLink:
    """An issued bulletin as other pages name it."""

    slug: str
    list_name: Words
    title: str
    number: int
    as_of: date


def line_of_entry(entry: Entry, show_names: bool) -> BulletinLine:
    """Return what an entry says, in the sentence of the board."""
    assert entry.item  # by the query
    written = timezone.localdate(entry.written_at)
    return BulletinLine(
        text=sentence(entry, show_names),
        number=entry.item.number,
        title=entry.item.title_words,
        day=entry.happened_on,
        written_on=written if written > entry.happened_on else None,
        entry=entry.seq,
    )


def kind_of(entry: Entry) -> str:
    """Return what an entry moved, as a key of `MOVED`; "" where a bulletin doesn't tell of it."""
    if entry.status_to == Status.RESOLVED != entry.status_from:
        return "resolved"
    if entry.status_from == Status.NOT_STARTED and entry.status_to == Status.IN_PROGRESS:
        return "begun"
    if entry.verb == Verb.DECIDE_EXTENSION and not entry.facts.get("agreed"):
        return ""
    return KINDS.get(Verb(entry.verb), "")


KINDS = {
    Verb.DECIDE_EXTENSION: "extended",
    Verb.EXTEND_PART: "extended",
    Verb.WITHDRAW: "withdrawn",
    Verb.HAND_OVER: "handed_over",
    Verb.SEND_BACK: "again",
    Verb.REOPEN: "again",
    Verb.BRING_BACK: "again",
    Verb.PUT_ON_HOLD: "held",
    Verb.RESUME: "held",
    Verb.ADD_ITEM: "added",
}
MOVED = ("resolved", "begun", "extended", "withdrawn", "handed_over", "again", "held", "added")


def moved_label(kind: str) -> str:
    """Return what a group of moves is called."""
    return {
        "resolved": _("Checked and resolved"),
        "begun": _("Begun"),
        "extended": _("Deadline moved"),
        "withdrawn": _("Taken off the list"),
        "handed_over": _("Handed over"),
        "again": _("To be done again"),
        "held": _("Put on hold, or going on again"),
        "added": _("Added to the list"),
    }[kind]


def waits_label(kind: str) -> str:
    """Return what items wait for, as a group of a bulletin is called."""
    return {
        "news": _("Without news for too long"),
        "check": _("Said to be done, waiting for the check"),
        "time": _("Waiting for a decision on more time"),
        "held_up": _("Held up"),
        "on_hold": _("On hold"),
    }[kind]


def erratum_line(row: BulletinErratum) -> BulletinLine:
    values = {"number": row.of.number, "section": Section(row.section).label, "text": row.text}
    return BulletinLine(_("Bulletin no. %(number)s, “%(section)s”: %(text)s") % values)


def assessment_erratum(entry: Entry, show_names: bool) -> BulletinLine:
    return BulletinLine(sentence(entry, show_names), day=entry.happened_on, entry=entry.seq)


def suggestion_lines(counts: SuggestionCounts) -> tuple[BulletinLine, ...]:
    """Return what became of the suggestions in the board's sentence, and how many are answered."""
    waiting = sum(term.count for term in counts.terms if term.key == "waiting")
    answered = _("%(n)d of %(total)d answered")
    values = {"n": counts.total - waiting, "total": counts.total}
    return (BulletinLine(suggestions_line(counts)), BulletinLine(answered % values))


def reason_of(entry: Entry | None) -> str:
    """Return the reason that was last given, in short; that there is none is said."""
    if entry is None:
        return _("no reason was given")
    return _("reason last given: %(words)s") % {"words": brief(entry.words.text)}


def bulletin_link(row: Bulletin) -> BulletinLink:
    assert row.as_of  # of an issued one
    return BulletinLink(row.list.slug, row.list.words, title_of(row), row.number, row.as_of)


def title_of(row: Bulletin) -> str:
    """Return what a bulletin is called, in the reader's language."""
    values = {"number": row.number, "year": row.list.year}
    if row.kind == Kind.YEAR:
        return _("Report of the year %(year)s, bulletin no. %(number)s") % values
    return _("Progress bulletin no. %(number)s") % values


def bulletin_row(row: Row, deadline: str, overdue: str) -> BulletinRow:
    return BulletinRow(
        number=row.number,
        title=row.title,
        owner=row.owner.post,
        supervisor=row.supervisor.post,
        deadline=deadline,
        status=row.status,
        status_label=row.status_label,
        overdue=overdue,
        since=row.done_on if row.status == Status.RESOLVED else None,
    )

"""The ledger as a table: its columns, and each item as one row of values, as staff read it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from items import columns, models, public
from items.models import Entry, Item
from items.models.share import UnitShare
from items.rules.light import light
from items.states import Kept, Status, Term, Verb

# Text, a day, a whole number, or a share of one (0.55 is 55 %); None: nothing is known.
Value = str | date | int | Fraction | None


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """A column of the ledger's table."""

    name: str
    label: str | Promise  # on pages
    heading: str  # in sheets: the ledger's own, in Chinese
    kind: str  # "number", "choice", "line", "long", "day", "percent"
    inside: bool = False  # only the office and auditors read it
    in_sheets: bool = True  # an exported sheet has it


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """How an office's own sheet looks: its title, and its headings by the ledger's columns."""

    title: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """An item as one row of the ledger's table."""

    pk: int
    number: int
    status: str  # a states.Status value
    values: Mapping[str, Value]  # by the column's name


@dataclass(frozen=True, slots=True)
class LedgerCell:
    """A column of the ledger with what it says of one item."""

    column: LedgerColumn
    value: Value


# In Chinese each is the ledger's own heading; forms call some otherwise (items.public.corrections).
LABELS: dict[str, str | Promise] = {
    "number": _("number"),
    "title": _("matter"),
    "source": _("source"),
    "problem": _("problem"),
    "category": _("category"),
    "theme": _("theme"),
    "place": _("place"),
    "measures": _("measures"),
    "criteria": _("what done looks like"),
    "owner_post": _("owner’s post"),
    "shares": _("responsible units"),
    "support_units": _("supporting units"),
    "handlers": _("handlers"),
    "supervisor_post": _("supervisor’s post"),
    "term": _("term"),
    "start_by": _("start by"),
    "first_due": _("first deadline"),
    "due": _("deadline"),
    "status": _("status"),
    "overdue_days": _("days overdue"),
    "times_extended": _("times extended"),
    "progress": _("latest words"),
    "last_news_on": _("latest news on"),
    "visited_on": _("supervisor there on"),
    "percent": _("how far it is"),
    "light": _("warning light"),
    "result": _("result"),
    "done_on": _("done on"),
    "signed_off_on": _("signed off on"),
    "signed_off_by": _("signed off by"),
    "satisfaction": _("satisfaction"),
    "recheck_on": _("look back on"),
    "looked_back": _("what the look-back found"),
    "budget": _("budget"),
    "remark": _("remark"),
    "internal_note": _("internal note"),
}
# What else stays inside is called as its form calls it
INTERNAL = [c.name for c in columns.STORED if c.shade == "staff" and c.name not in LABELS]
LABELS |= {name: Item._meta.get_field(name).verbose_name for name in INTERNAL}
# What is reckoned, with its heading in sheets
COMPUTED = {
    "overdue_days": "逾期天数",
    "times_extended": "延期次数",
    "last_news_on": "最近进展日期",
    "visited_on": "最近核查日期",
    "looked_back": "回头看结果",
}
ON_PAGES_ALONE = ("theme", "times_extended", "last_news_on")
KINDS = {
    "category": "choice",
    "term": "choice",
    "status": "choice",
    "light": "choice",
    "signed_off_by": "choice",
    "number": "number",
    "overdue_days": "number",
    "times_extended": "number",
    "last_news_on": "day",
    "visited_on": "day",
    "looked_back": "line",
    "percent": "percent",
    "measures": "long",
    "criteria": "long",
}
LIGHTS = {
    "red": pgettext_lazy("light", "red"),
    "yellow": pgettext_lazy("light", "yellow"),
}


def _column(name: str) -> LedgerColumn:
    column = BY_NAME.get(name)
    heading = COMPUTED.get(name) or column.headings[0]
    kind = KINDS.get(name) or (column.kind if column.kind in ("day", "long") else "line")
    inside = column is not None and column.shade == "staff"
    return LedgerColumn(name, LABELS[name], heading, kind, inside, name not in ON_PAGES_ALONE)


BY_NAME = {column.name: column for column in columns.COLUMNS}
LEDGER = tuple(_column(name) for name in LABELS)


def sheet_layout(row: models.SheetLayout | None, *, is_own: bool) -> SheetLayout:
    """Return how a sheet looks; of another list only its headings, not its title."""
    if row is None:
        return SheetLayout()
    names = {column.in_sheets: column.name for column in columns.COLUMNS} | {"lead_unit": "shares"}
    headings: dict[str, str] = {}
    for in_sheets, heading in row.columns:
        if (name := names.get(in_sheets, "")) in LABELS:
            headings.setdefault(name, heading)
    return SheetLayout(row.title if is_own else "", headings)


def ledger_row(
    item: Item,
    today: date,
    *,
    said: Entry | None = None,
    signed: Entry | None = None,
    visited_on: date | None = None,
    judged: public.Judgement | None = None,
    looked: Entry | None = None,
) -> LedgerRow:
    """Return an item as a row; it knows its list, its latest news and all its lines.

    `said` is the entry of the owner's latest report, `signed` that of the sign-off, `visited_on`
    when the supervisor's side last looked, `judged` how the latest assessment graded it, `looked`
    the entry of the latest look back.
    """
    beside: dict[str, Value] = {
        "progress": said.words.text if said else _progress_of_draft(item),
        "signed_off_by": _signer(signed) if signed else "",
        "visited_on": visited_on,
        "satisfaction": judged.text if judged else "",
        "looked_back": _look(looked) if looked else "",
    }
    return LedgerRow(
        item.pk,
        item.number,
        item.status,
        {name: of(item, today) for name, of in VALUES.items()} | beside,
    )


# What the page of an item says in words of its own, above the ledger's columns
SAID_ABOVE = {"number", "title", "problem", "place", "measures", "criteria", "owner_post"}
SAID_ABOVE |= {"supervisor_post", "shares", "support_units", "handlers", "status", "progress"}
SAID_ABOVE |= {"percent"}


def ledger_cells(row: LedgerRow, *, inside: bool) -> Iterator[LedgerCell]:
    """Yield what an item's page shows of the ledger's columns: what isn't blank, nor said above."""
    for column in LEDGER:
        value = row.values[column.name]
        if column.name not in SAID_ABOVE and value not in (None, "") and inside >= column.inside:
            yield LedgerCell(column, value)


def _signer(entry: Entry) -> str:
    """Return who signed, as they were called then; a sheet that was brought in says it itself."""
    return entry.words.new if entry.verb == Verb.BRING_IN else entry.words.name or entry.words.post


def _look(entry: Entry) -> str:
    """Return when somebody looked back, and whether it was still good: 2026-09-01 保持良好."""
    return f"{entry.happened_on.isoformat()} {Kept(entry.facts['kept']).label}"


def _called(name: str) -> Callable[[Item, date], Value]:
    return lambda item, today: item.list.called(getattr(item, name)).zh


def _column_of(name: str) -> Callable[[Item, date], Value]:
    return lambda item, today: getattr(item, name)


def numbered(texts: list[str]) -> str:
    """Return lines as one text, each with its number where there are several."""
    if len(texts) < 2:
        return "".join(texts)
    return "\n".join(f"{number}. {text}" for number, text in enumerate(texts, start=1))


def _measures(item: Item, today: date) -> str:
    return numbered([measure.text for measure in item.measures.all()])


def _criteria(item: Item, today: date) -> str:
    return numbered([criterion.text for criterion in item.criteria.all()])


def _units(*roles: str) -> Callable[[Item, date], Value]:
    def units(item: Item, today: date) -> str:
        shares = [share for share in item.unit_shares.all() if share.role in roles]
        return "、".join(item.list.called(share.unit).zh for share in shares)

    return units


def _handlers(item: Item, today: date) -> str:
    return "、".join(person.name for person in item.handlers.all())


def _due(item: Item, today: date) -> Value:
    return item.due or item.due_words


def _first_due(item: Item, today: date) -> Value:
    return item.first_due or item.due


def _status(item: Item, today: date) -> str:
    return str(Status(item.status).label)


def _term(item: Item, today: date) -> str:
    return str(Term(item.term).label) if item.term else ""


def _light(item: Item, today: date) -> str:
    return str(LIGHTS.get(light(item, today), "")) if item.published_on else ""


def _progress_of_draft(item: Item) -> str:
    """Return what the sheet says of the progress that a draft was brought in with."""
    return item.brought_in.progress if hasattr(item, "brought_in") else ""


def _last_news_on(item: Item, today: date) -> Value:
    return item.last_news.happened_on if item.last_news else None


def _percent(item: Item, today: date) -> Value:
    """Return a count as it is written, "90/120间", else the percent as a share of one."""
    if item.target_count is not None and item.done_count is not None:
        return f"{item.done_count}/{item.target_count}{item.count_unit}"
    percent: Decimal | None = item.percent_done()
    return None if percent is None else Fraction(percent) / 100


VALUES: dict[str, Callable[[Item, date], Value]] = {
    "number": _column_of("number"),
    "title": _column_of("title"),
    "source": _column_of("source"),
    "problem": _column_of("problem"),
    "category": _called("category"),
    "theme": _called("theme"),
    "place": _called("place"),
    "measures": _measures,
    "criteria": _criteria,
    "owner_post": _called("owner_post"),
    "shares": _units(UnitShare.Role.LEAD, UnitShare.Role.JOINT),
    "support_units": _units(UnitShare.Role.SUPPORT),
    "handlers": _handlers,
    "supervisor_post": _called("supervisor_post"),
    "term": _term,
    "start_by": _column_of("start_by"),
    "first_due": _first_due,
    "due": _due,
    "status": _status,
    "overdue_days": lambda item, today: item.overdue_days(today) or None,
    "times_extended": lambda item, today: item.times_extended or None,
    "last_news_on": _last_news_on,
    "percent": _percent,
    "light": _light,
    "result": _column_of("result"),
    "done_on": _column_of("done_on"),
    "signed_off_on": _column_of("signed_off_on"),
    "recheck_on": _column_of("recheck_on"),
    "budget": _column_of("budget"),
    "remark": _column_of("remark"),
    "internal_note": _column_of("internal_note"),
}


VALUES |= {name: _column_of(name) for name in INTERNAL}


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """One page of the ledger's table."""

    arithmetic: (
        public.Arithmetic | None
    )  # of the whole list, whatever was looked for; of drafts none
    strip: tuple[public.Block, ...]  # likewise; none where the list is too long for one
    dim: frozenset[int]  # the numbers in the strip that weren't found
    rows: tuple[LedgerRow, ...]
    as_of: date
    count: int  # of what was found, on all pages
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view of the table that somebody saved."""

    pk: int
    name: str
    query: str  # as it stands in the table's address
    shared: bool  # it is the office's


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """An entry of the ledger as one line among all of a list, in the order of writing."""

    happened_on: date
    written_at: datetime  # local
    number: int | None  # None: it is about the list itself
    title: str
    label: str  # what was done
    status: str  # where the item stands after it
    by: str  # the name and the post, as they were called then
    text: str  # "" where there was none, or it was erased
    evidence: str
    old: str  # what was replaced, and by what
    new: str
    erased: bool


def ledger_line(entry: Entry, number: int | None = None, title: str = "") -> LedgerLine:
    """Return an entry as a line, with its item's number and title; it knows its words."""
    words = entry.words
    return LedgerLine(
        happened_on=entry.happened_on,
        written_at=timezone.localtime(entry.written_at),
        number=number,
        title=title,
        label=str(public.label_of(entry)),
        status=str(Status(entry.status_to).label) if entry.status_to else "",
        by=" ".join(filter(None, [words.post, words.name])),
        text=words.text,
        evidence=words.evidence,
        old=words.old,
        new=words.new,
        erased=words.erased_on is not None,
    )

"""What waits, with its acts: each row of a queue has the verbs that answer it as buttons.

A form opens in its row: `?open=<list>/<number>/<verb>`. When it is done, the next row that has the
same verb stands open. What needs a page of its own, for there is more to look at, leads there.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise

from items import queries, rules, staff
from items.staff import ItemHead, Line, Queue
from welfare.desk.items.acts import ACTS, Act
from welfare.desk.items.forms import ActForm


@dataclass(frozen=True)
class Way:
    """A button in a row."""

    label: Promise
    address: str


@dataclass(frozen=True)
class Opened:
    """A form that stands open in its row; where it goes on, and how it is shut."""

    act: Act
    item: ItemHead
    form: ActForm
    why_not: str
    next: str
    shut: str


@dataclass(frozen=True)
class Row:
    """An item as a row of a queue."""

    line: Line
    ways: list[Way]
    opened: Opened | None


@dataclass(frozen=True)
class Shown:
    """A queue with its rows."""

    queue: Queue
    rows: list[Row]


def shown(request, queue, today, page: str) -> Shown:
    """Return a queue as a page shows it; `page` is the page's address."""
    rows = []
    for at, line in enumerate(queue.lines):
        acts = [ACTS[verb] for verb in line.acts]
        ways = [Way(act.label, address(act, line, page)) for act in acts]
        act = next((a for a in acts if not a.own_page and name(a, line) == asked(request)), None)
        opened = act and open_in(request, act, line, queue.lines[at + 1 :], today, page)
        rows.append(Row(line, ways, opened))
    return Shown(queue, rows)


def asked(request) -> str:
    return request.GET.get("open", "")


def name(act, line) -> str:
    """Return how an address calls an act on an item."""
    return f"{line.list_slug}/{line.row.number}/{act.verb}"


def address(act, line, page) -> str:
    """Return where a button leads: to the open form in its row, or to the page of the act."""
    if act.own_page:
        to = reverse(f"desk:{act.name}", args=[line.list_slug, line.row.number])
        return f"{to}?{urlencode({'next': page})}"
    joined = "&" if "?" in page else "?"
    return f"{page}{joined}{urlencode({'open': name(act, line)}, safe='/')}#item-{line.pk}"


def open_in(request, act, line, following, today, page) -> Opened | None:
    """Return an act's form for the row of an item; None where it is theirs no longer."""
    item = queries.seen_item(line.list_slug, line.row.number, request.user, today)
    if item is None:
        return None
    why_not = rules.why_not(act.verb, request.user, item)
    after = next((row for row in following if act.verb in row.acts), None)
    return Opened(
        act=act,
        item=staff.item_head(item),
        form=act.form(of=item),
        why_not=why_not,
        next=address(act, after, page) if after else page,
        shut=f"{page}#item-{line.pk}",
    )

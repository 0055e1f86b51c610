"""The ledger of a list as one table: what is looked for, in which order, with which columns.

Internal columns are edited in it; every other cell leads to the verb that changes it.
"""

from dataclasses import dataclass, field

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from items import actions, queries, rules, staff
from items.actions.annotation import INTERNAL
from items.errors import Conflict, Refused
from items.queries.desk_lists import CHOSEN
from items.states import ListStatus, Status, Term
from welfare.desk import rights
from welfare.desk.drafts.columns import by_heading
from welfare.desk.lists.forms import SearchForm, parse_search
from welfare.desk.lists.internal_columns import InternalRow, InternalRows
from welfare.desk.lists.views import get_list
from welfare.desk.parameters import page_number
from welfare.http.form_recovery import recovers

# What the table shows until somebody chooses
FIRST = ("number", "title", "place", "owner_post", "shares", "supervisor_post", "status")
FIRST += ("first_due", "due", "times_extended", "percent", "last_news_on", "visited_on", "light")
FIRST += ("budget", "remark")
FIRST_CHOICES = ("q", "status", "late", "owner")  # the others are folded away

# The verb that a cell opens, by whom it is for; a correction's address names the column.
CORRECTED = ("problem", "category", "theme", "place", "measures", "criteria", "shares")
CORRECTED += ("handlers", "term", "start_by", "result")
OPENS: dict[str, dict[str, str]] = {
    "anybody": {"number": "", "title": ""},  # the item itself
    "office": {name: f"correct/?field={name}" for name in CORRECTED}
    | {
        "support_units": "correct/?field=shares",
        "owner_post": "hand_over/",
        "supervisor_post": "hand_over/",
        "due": "correct/?field=due",
        "progress": "enter_for_owner/",
        "percent": "enter_for_owner/",
    },
    "asked": {"due": "decide_extension/", "first_due": "decide_extension/"},
    "owner": {
        "due": "ask_extension/",
        "first_due": "ask_extension/",
        "progress": "report_progress/",
        "percent": "report_progress/",
    },
    "supervisor": {"visited_on": "log_visit/"},
    "waiting": {"status": "sign_off/"},
}


class TableForm(SearchForm):
    """What the table looks for."""

    supervisor = forms.ChoiceField(label=gettext_lazy("Supervisor’s post"), required=False)
    unit = forms.ChoiceField(label=gettext_lazy("Unit"), required=False)
    place = forms.ChoiceField(label=gettext_lazy("Place"), required=False)
    theme = forms.ChoiceField(label=gettext_lazy("Theme"), required=False)
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    term = forms.ChoiceField(label=gettext_lazy("Term"), required=False)

    def __init__(self, *args, choices, is_draft, **kwargs):
        super().__init__(*args, **kwargs)
        if is_draft:  # no draft has begun, and none is late
            del self.fields["status"], self.fields["late"]
        every = ("", _("All"))
        self.fields["term"].choices = [every, *Term.choices]
        for name, known in choices.items():
            self.fields[name].choices = [every, *known]
            if not known:
                del self.fields[name]


@dataclass
class ColumnChoice:
    """A column that the table can show, and the columns with it one place earlier, or later."""

    column: staff.LedgerColumn
    shown: bool
    earlier: list[str] = field(default_factory=list)  # none: it stands at that end
    later: list[str] = field(default_factory=list)


@dataclass
class Cell:
    """A cell of the table: a value, with the address of its verb, or with its field."""

    column: staff.LedgerColumn
    value: object
    opens: str | None = None  # below the item's address; None: it opens nothing
    field: forms.BoundField | None = None
    theirs: str = ""  # what somebody else wrote there meanwhile

    @property
    def says(self):
        """Return the class of a cell that only says something."""
        return "" if self.field or self.opens is not None else " says"


@recovers(InternalRow)
@require_http_methods(["GET", "HEAD", "POST"])
def table(request, slug):
    """Show a page of a list's ledger as a table, a draft's too; write its internal columns."""
    item_list = get_list(request, slug)
    if request.method != "POST":
        return _show(request, item_list)
    rights.ask("annotate", request, item_list)
    rows = InternalRows(item_list, request.POST)
    if not rows.is_valid():
        rights.ask_now("annotate", request, item_list)
        return _show(request, item_list, rows, status=422)
    try:
        actions.annotate_items(item_list, rows.annotations(), by=request.user)
    except Refused as refused:
        rows.add_refusal(refused)
        return _show(request, item_list, rows, status=409 if isinstance(refused, Conflict) else 403)
    messages.success(request, rows.saved_message())
    return redirect(request.get_full_path())


def _show(request, item_list, rows=None, status=200):
    """Show the table; with `rows` those that were sent, with what was typed and what is wrong."""
    known = {c.name: c for c in _known(request, item_list)}
    shown = list(dict.fromkeys(n for n in request.GET.getlist("columns") if n in known))
    shown = shown or [name for name in FIRST if name in known]
    search, sort = parse_search(request.GET), request.GET.get("sort", "")
    page = queries.ledger_page(
        item_list,
        localdate(),
        search,
        sort=sort,
        page=page_number(request.GET),
        numbers=rows.numbers if rows else None,
    )
    columns = [known[name] for name in shown]
    edited = [column.name for column in columns if column.inside and column.name in INTERNAL]
    edits = bool(edited) and not rules.why_not("annotate", request.user, item_list)
    if edits and rows is None:
        rows = InternalRows.of(item_list, page.rows, edited)
    choices = queries.choices(item_list)
    context = {
        "at": "lists",
        "list": staff.list_head(item_list),
        "form": TableForm(
            initial=request.GET.dict(),
            choices=choices,
            is_draft=item_list.is_draft,
            auto_id="%s",
        ),
        "first": FIRST_CHOICES,
        "more": any(getattr(search, name) for name in CHOSEN if name not in FIRST_CHOICES),
        "search": search,
        "sort": sort,
        "columns": [(column, *orders_of(column.name, sort)) for column in columns],
        "choices": column_choices(known, shown),
        "chosen": "columns" in request.GET,
        "views": queries.saved_views(item_list, request.user),
        "query": query_of(request),
        "table": page,
        "edits": edits,
        "returns": not rules.why_not("return_ledger", request.user, item_list),
        "sent": rows if edits else None,
        "headings": by_heading(edited) if edits else {},
        "rows": _cells(request, item_list, page, columns, rows if edits else None),
    }
    return render(request, "desk/table.html", context, status=status)


def _known(request, item_list):
    inside = queries.reads_inside(request.user, item_list)
    return [column for column in staff.LEDGER if inside or not column.inside]


def query_of(request):
    """Return the address's query without what holds for this look alone."""
    query = request.GET.copy()
    for name in ("page", "arrange"):
        query.pop(name, None)
    return query.urlencode()


def orders_of(name, sort):
    """Return by what a column's heading sorts, "" where it can't, and how it does now, for ARIA."""
    if name not in queries.SORTED:
        return "", ""
    now = {name: "ascending", f"-{name}": "descending"}.get(sort, "")
    return f"-{name}" if now == "ascending" else name, now


def column_choices(known, shown):
    """Return every column: those that are shown in their order, then the rest."""
    chosen = [
        ColumnChoice(known[name], True, _moved(shown, at, -1), _moved(shown, at, 1))
        for at, name in enumerate(shown)
    ]
    return chosen + [ColumnChoice(c, False) for name, c in known.items() if name not in shown]


def _moved(names, at, by):
    """Return the names with one of them moved by a place; none where it can't go there."""
    to = at + by
    if not 0 <= to < len(names):
        return []
    moved = [*names]
    moved[at], moved[to] = moved[to], moved[at]
    return moved


def _cells(request, item_list, page, columns, rows):
    """Return each row of the page with its cells."""
    opens = _opens(request, item_list, page)
    forms_by = rows.by_number if rows else {}
    return [
        (
            row,
            [_cell(row, column, opens, forms_by.get(row.number)) for column in columns],
            forms_by.get(row.number),
        )
        for row in page.rows
    ]


def _cell(row, column, opens, form):
    if form and column.name in form.fields:
        bound, theirs = form[column.name], form.theirs.get(column.name, "")
        return Cell(column, row.values[column.name], field=bound, theirs=theirs)
    verb = next((verbs[column.name] for verbs in opens(row) if column.name in verbs), None)
    return Cell(column, row.values[column.name], opens=verb)


def _opens(request, item_list, page):
    """Return a function from a row to what its cells open for this person, the first first."""
    if item_list.status != ListStatus.PUBLISHED:
        return lambda row: [OPENS["anybody"]]
    numbers, today = [row.number for row in page.rows], localdate()
    mine = queries.roles_in(item_list, numbers, request.user, today)
    asked = queries.asked_for_time(item_list, numbers)
    of_office = not rules.why_not("annotate", request.user, item_list)

    def verbs(row):
        yield OPENS["anybody"]
        if row.number in mine["supervisor"]:
            yield OPENS["supervisor"]
            if row.status == Status.PENDING_CHECK:
                yield OPENS["waiting"]
        if row.number in mine["owner"]:
            yield OPENS["owner"]
        if of_office and row.number in asked:
            yield OPENS["asked"]
        if of_office:
            yield OPENS["office"]

    return verbs

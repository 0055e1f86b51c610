"""The ledger of a list as one table: what is looked for, in which order, with which columns."""

from django import forms
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from items import queries, staff
from items.queries.desk_lists import CHOSEN
from items.states import Term
from welfare.desk.lists.forms import SearchForm, parse_search
from welfare.desk.lists.views import get_list
from welfare.desk.parameters import page_number

# What the table shows until somebody chooses
FIRST = ("number", "title", "place", "owner_post", "shares", "supervisor_post", "status")
FIRST += ("first_due", "due", "times_extended", "percent", "last_news_on", "visited_on", "light")
FIRST += ("budget", "remark")
FIRST_CHOICES = ("q", "status", "late", "owner")  # the others are folded away


class TableForm(SearchForm):
    """What the table looks for, and the columns that it shows."""

    supervisor = forms.ChoiceField(label=gettext_lazy("Supervisor’s post"), required=False)
    unit = forms.ChoiceField(label=gettext_lazy("Unit"), required=False)
    place = forms.ChoiceField(label=gettext_lazy("Place"), required=False)
    theme = forms.ChoiceField(label=gettext_lazy("Theme"), required=False)
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    term = forms.ChoiceField(label=gettext_lazy("Term"), required=False)
    columns = forms.MultipleChoiceField(
        label=gettext_lazy("Columns"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, columns, choices, is_draft, **kwargs):
        super().__init__(*args, **kwargs)
        if is_draft:  # no draft has begun, and none is late
            del self.fields["status"], self.fields["late"]
        every = ("", _("All"))
        self.fields["term"].choices = [every, *Term.choices]
        labels = [(column.name, capfirst(column.label)) for column in columns]
        self.fields["columns"].choices = labels
        for name, known in choices.items():
            self.fields[name].choices = [every, *known]
            if not known:
                del self.fields[name]


@require_safe
def table(request, slug):
    """Show a page of a list's ledger as a table, a draft's too."""
    item_list = get_list(request, slug)
    inside = queries.reads_inside(request.user, item_list)
    known = [column for column in staff.LEDGER if inside or not column.inside]
    chosen = [column.name for column in known if column.name in request.GET.getlist("columns")]
    shown = [column for column in known if column.name in (chosen or FIRST)]
    search, sort = parse_search(request.GET), request.GET.get("sort", "")
    form = TableForm(
        initial=request.GET.dict() | {"columns": [column.name for column in shown]},
        columns=known,
        choices=queries.choices(item_list),
        is_draft=item_list.is_draft,
        auto_id="%s",
    )
    page = queries.ledger_page(
        item_list, localdate(), search, sort=sort, page=page_number(request.GET)
    )
    context = {
        "at": "lists",
        "list": staff.list_head(item_list),
        "form": form,
        "first": FIRST_CHOICES,
        "more": any(getattr(search, name) for name in CHOSEN if name not in FIRST_CHOICES),
        "search": search,
        "sort": sort,
        "columns": [(column, *_orders(column.name, sort)) for column in shown],
        "table": page,
        "rows": [
            (row.number, row.status, [(c, row.values[c.name]) for c in shown]) for row in page.rows
        ],
    }
    return render(request, "desk/table.html", context)


def _orders(name, sort):
    """Return by what a column's heading sorts, "" where it can't, and how it does now, for ARIA."""
    if name not in queries.SORTED:
        return "", ""
    now = {name: "ascending", f"-{name}": "descending"}.get(sort, "")
    return f"-{name}" if now == "ascending" else name, now

"""Drafts: many in one table, one on a page of its own, and an item that joins a published list."""

from django.contrib import messages
from django.db.models import Max
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from items import actions, public, queries, rules, staff
from items.errors import Conflict, Refused
from welfare.desk import parameters, rights
from welfare.desk.drafts.arrange import arranged
from welfare.desk.drafts.columns import known, shown
from welfare.desk.drafts.forms import AddForm, DraftForm
from welfare.desk.drafts.table import MOST, Row, Table
from welfare.desk.lists.forms import parse_search
from welfare.desk.lists.table import (
    FIRST_CHOICES,
    TableForm,
    column_choices,
    orders_of,
    query_of,
)
from welfare.desk.lists.table import table as read_table
from welfare.desk.lists.views import get_list
from welfare.http.form_recovery import recovers


@recovers(Row)
def table(request, slug):
    """Show a list's ledger as a table: a draft to whoever may edit it as fields, else to read."""
    item_list = get_list(request, slug)
    if request.method == "POST" and (item_list.is_draft or "rows" in request.POST):
        return write_table(request, item_list)
    why_not = rules.why_not("import_into", request.user, item_list)
    if why_not or request.method == "POST" or request.GET.get("view") == "read":
        return read_table(request, slug)
    return table_page(request, item_list, made_table(request, item_list))


def edit_drafts(request, slug):
    """Lead from where the table of drafts stood to where it stands; what was typed goes along."""
    if request.method == "POST":
        return table(request, slug)
    get_list(request, slug)
    return redirect(f"{reverse('desk:table', args=[slug])}{query(request)}", permanent=True)


def query(request):
    """Return a request's query string with its question mark, "" without one."""
    return f"?{request.GET.urlencode()}" if request.GET else ""


def write_table(request, item_list):
    """Write what was changed in the table, all or nothing, or only move its rows about."""
    rights.ask("import_into", request, item_list)
    if "do" in request.POST:
        rights.ask_now("import_into", request, item_list)
        last = item_list.items.aggregate(last=Max("number"))["last"] or 0
        post, row = arranged(request.POST, last=last, most=MOST)
        return table_page(request, item_list, made_table(request, item_list, post), moved=row)
    made = made_table(request, item_list, request.POST)
    if not made.is_valid():
        rights.ask_now("import_into", request, item_list)
        return table_page(request, item_list, made, 422)
    try:
        actions.write_table(item_list, made.lines(), by=request.user, names=made.names)
    except Refused as refused:
        made.add_refusal(refused)
        return table_page(request, item_list, made, 409 if isinstance(refused, Conflict) else 403)
    messages.success(request, saved_message(made))
    return redirect(f"{reverse('desk:table', args=[item_list.slug])}{query(request)}")


def made_table(request, item_list, post=None):
    """Return the table with the columns and the drafts that a request asks for."""
    chosen = post.getlist("columns") if post is not None else []
    columns = shown(item_list, chosen or request.GET.getlist("columns"))
    search, sort = parse_search(request.GET), request.GET.get("sort", "")
    found = queries.sorted_by(queries.matches(item_list, localdate(), search), sort)
    page = parameters.page_number(request.GET)
    return Table(item_list, post, columns=columns, found=found, page=page)


def table_page(request, item_list, made, status=200, moved=""):
    """Show the table with its fields, above it what is looked for; `moved` is a row's place."""
    sort = request.GET.get("sort", "")
    columns, search = {column.name: column for column in known()}, parse_search(request.GET)
    choices = queries.choices(item_list)
    context = {
        "at": "lists",
        "table": made,
        "form": TableForm(initial=request.GET.dict(), choices=choices, is_draft=True, auto_id="%s"),
        "first": FIRST_CHOICES,
        "more": any(getattr(search, name) for name in choices if name not in FIRST_CHOICES),
        "sort": sort,
        "columns": [(columns[name], *orders_of(name, sort)) for name in made.shown],
        "choices": column_choices(columns, made.shown),
        "chosen": "columns" in request.GET,
        "views": queries.saved_views(item_list, request.user),
        "query": query_of(request),
        "moved": moved,
        "moves": sort.removeprefix("-") in ("", "number"),
        "offers": made.offers(),
        "headings": made.headings(),
        "names": made.known_names(),
        "why_not": rules.why_not("import_into", request.user, item_list),
        "list": staff.list_head(item_list),
    }
    return render(request, "desk/drafts.html", context, status=status)


def saved_message(table):
    """Return the sentence that says what was saved."""
    lines = table.lines()
    if not lines:
        return _("Nothing was changed.")
    counts = {
        "new": sum(1 for line in lines if not line.item),
        "changed": sum(1 for line in lines if line.item and not line.delete),
        "deleted": sum(1 for line in lines if line.delete),
    }
    return _("Saved: %(new)d new, %(changed)d changed, %(deleted)d deleted.") % counts


@recovers(DraftForm)
def edit_draft(request, slug, number):
    """Show a whole draft on one page, and write it."""
    item_list = get_list(request, slug)
    item = get_draft(item_list, number)
    if request.method != "POST":
        if item is None:
            return redirect("desk:item", slug, number)
        return draft_page(request, DraftForm(item_list=item_list, of=item))
    rights.ask("import_into", request, item_list)
    if item is None:  # published while somebody wrote
        rights.ask_now("import_into", request, item_list)
    form = DraftForm(request.POST, item_list=item_list, of=item)
    if not form.is_valid():
        rights.ask_now("import_into", request, item_list)
        return draft_page(request, form, 422)
    try:
        actions.write_table(item_list, [form.line()], by=request.user)
    except Refused as refused:
        return not_written(request, form, refused)
    messages.success(request, _("Saved: No. %d.") % form.cleaned_data["number"])
    return redirect("desk:edit_draft", slug, form.cleaned_data["number"])


def get_draft(item_list, number):
    """Return the draft of that number, None when it is published; 404 when there is none."""
    item = item_list.items.filter(number=number).first()
    if item is None:
        raise Http404
    return item if item.status == "draft" else None


def draft_page(request, form, status=200):
    """Show a draft's form between its neighbours."""
    item_list = form.item_list
    numbers = list(item_list.items.order_by("number").values_list("number", flat=True))
    at = numbers.index(form.of.number) if form.of else len(numbers)
    context = {
        "at": "lists",
        "form": form,
        "item": staff.item_head(form.of),
        "list": staff.list_head(item_list),
        "previous": numbers[at - 1] if at else None,
        "next": numbers[at + 1] if at + 1 < len(numbers) else None,
        "why_not": rules.why_not("import_into", request.user, item_list),
        "behind": queries.suggestions_behind(form.of, request.user, localdate()),
        "before": form.of.carried_from and public.carried(form.of.carried_from),
    }
    return render(request, "desk/draft.html", context, status=status)


def not_written(request, form, refused):
    """Show the form again with the same words, beside the conflicts with what others wrote."""
    item_list = get_list(request, form.item_list.slug)
    item = item_list.items.filter(pk=form.of.pk).first()
    again = form.at_current_version(item, refused)
    if again.change and not again.theirs:  # the same twice: a button that was pressed again
        return redirect("desk:edit_draft", item_list.slug, item.number)
    return draft_page(request, again, 409 if isinstance(refused, Conflict) else 403)


def delete_draft(request, slug, number):
    """Ask, then delete a draft in the state in which it was shown."""
    item_list = get_list(request, slug)
    item = get_draft(item_list, number)
    if item is None:
        return redirect("desk:item", slug, number)
    if request.method != "POST":
        return delete_page(request, item)
    seen, item.version = item.version, (parameters.keys(request.POST, "version") or [-1])[0]
    try:
        actions.delete_draft(item, by=request.user)
    except Refused as refused:
        item.version = seen
        return delete_page(request, item, refused)
    messages.success(request, _("Deleted: No. %d.") % number)
    return redirect("desk:list", slug)


def delete_page(request, item, refused=None):
    """Ask whether a draft is to be deleted, or say why it can't be."""
    why_not = rules.why_not("import_into", request.user, item.list)
    context = {"at": "lists", "item": staff.item_head(item), "why_not": why_not}
    context["list"] = staff.list_head(item.list)
    context["sentences"] = refused.sentences if refused else []
    status = 409 if isinstance(refused, Conflict) else 403 if refused or why_not else 200
    return render(request, "desk/delete_draft.html", context, status=status)


@recovers(AddForm)
def add_item(request, slug):
    """Add an item to a published list, with the reason; what was typed is kept."""
    item_list = get_list(request, slug)
    if request.method != "POST":
        return add_page(request, AddForm(item_list=item_list))
    rights.ask("add_item", request, item_list)
    form = AddForm(request.POST, item_list=item_list)
    if not form.is_valid():
        rights.ask_now("add_item", request, item_list)
        return add_page(request, form, 422)
    try:
        said = {"reason": form.cleaned_data["reason"], "yes": form.yes}
        item = actions.add_item(item_list, form.draft(), by=request.user, **said)
    except Refused as refused:
        again = form.at_current_version(None, refused)
        return add_page(request, again, 409 if isinstance(refused, Conflict) else 403)
    messages.success(request, _("No. %d stands on the public list now.") % item.number)
    return redirect("desk:item", slug, item.number)


def add_page(request, form, status=200):
    """Show the form of a new item, or why there is none."""
    why_not = rules.why_not("add_item", request.user, form.item_list)
    context = {"at": "lists", "form": form, "why_not": why_not}
    context["list"] = staff.list_head(form.item_list)
    return render(request, "desk/add_item.html", context, status=403 if why_not else status)

"""The change of year in steps: each is read from the rows, so it can be left and taken up again."""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from items import actions, queries, rules, staff
from items.errors import Conflict, Refused
from items.rules.gaps import gaps
from welfare.desk.lists.publishing import proposed_leaders
from welfare.desk.lists.views import get_list
from welfare.desk.parameters import page_number
from welfare.desk.year.forms import CarryForm, ChangeYearForm
from welfare.http.form_recovery import recovers

# Where each thing that waits is settled: its act, or a place on the item's page; what the link says
SETTLED_AT = {
    "ask_extension": ("desk:decide_extension", "", gettext_lazy("Decide on more time")),
    "enter_for_owner": ("desk:release_entry", "", gettext_lazy("Release the entry")),
    "put_up": ("desk:take_down", "", gettext_lazy("Don’t let it take effect")),
    "photo": ("desk:item", "#photos", gettext_lazy("Look at the photos")),
    "set_task": ("desk:item", "#tasks", gettext_lazy("Finish the task")),
    "hold": ("desk:resume_item", "", gettext_lazy("Resume the item")),
    "review": ("desk:item", "", gettext_lazy("Look at the review")),
}


@dataclass(frozen=True)
class Settle:
    """What waits, with the page where it is settled."""

    waiting: staff.Waiting
    address: str
    label: Promise


def settle(year: staff.Year) -> list[Settle]:
    """Return each thing that waits with the way to settle it."""
    return [
        Settle(waiting, reverse(name, args=[year.head.slug, waiting.number]) + place, label)
        for waiting in year.waiting
        for name, place, label in [SETTLED_AT[waiting.kind]]
    ]


def get_next(request, item_list):
    """Return the draft list in which this one goes on: the one named, else the likeliest."""
    drafts = queries.next_lists(item_list)
    named = (request.POST if request.method == "POST" else request.GET).get("into")
    if named:
        return next((row for row in drafts if row.slug == named), None)
    return drafts[0] if drafts else None


def year_page(request, item_list, into, step, status=200, **context):
    """Show a step, or why this person can't take it; of a list that has ended, how it went on."""
    if item_list.is_draft:
        return redirect("desk:list", item_list.slug)
    why_not = rules.why_not("carry_over", request.user, item_list)
    context |= {"at": "lists", "list": staff.list_head(item_list), "why_not": why_not, "step": step}
    if item_list.closed_on:
        return done_page(request, item_list, context)
    if not why_not:
        year = queries.year(item_list, into, localdate())
        context |= {"year": year, "settle": settle(year)}
        context["all_chosen"] = year.next is not None and year.open == year.chosen
    status = 403 if why_not else status
    return render(request, f"desk/year/{step}.html", context, status=status)


def done_page(request, item_list, context):
    """Show both lists, the one that was closed and the one that goes on."""
    after = queries.year_after(item_list)
    context |= {"arithmetic": queries.figures(item_list), "step": "done"}
    if after:
        context |= {"after": staff.list_head(after), "sum": queries.figures(after)}
    return render(request, "desk/year/done.html", context)


@require_safe
def settle_year(request, slug):
    """Show what still waits in a list, each with the page where it is settled."""
    item_list = get_list(request, slug)
    return year_page(request, item_list, get_next(request, item_list), "settle")


@recovers(CarryForm)
def carry_over(request, slug):
    """Choose which open items go over, and by when; it can be done in several goes."""
    item_list = get_list(request, slug)
    into, page = get_next(request, item_list), page_number(request.GET)
    if into is None or rules.why_not("carry_over", request.user, item_list):
        return year_page(request, item_list, into, "carry")
    lines, page, pages = queries.going(item_list, into, localdate(), page)
    context = {"page": page, "pages": pages}
    if request.method != "POST":
        form = CarryForm(item_list=item_list, into=into, lines=lines)
        return year_page(request, item_list, into, "carry", form=form, **context)
    form = CarryForm(request.POST, item_list=item_list, into=into, lines=lines)
    if "fill-in" in request.POST:
        form = form.filled()
        status = 200 if form.is_valid() else 422
        return year_page(request, item_list, into, "carry", status, form=form, **context)
    if not form.is_valid():
        return year_page(request, item_list, into, "carry", 422, form=form, **context)
    chosen = form.chosen()
    try:
        before, after = form.as_seen()
        carried = actions.carry_over(before, into=after, chosen=chosen, by=request.user)
    except Refused as refused:
        return refused_page(request, form, refused, "carry", lines=lines, **context)
    messages.success(request, carried_message(len(carried), len(chosen)))
    if page < pages:
        return redirect(f"{request.path}?into={into.slug}&page={page + 1}")
    return redirect("desk:change_year", slug)


def carried_message(carried: int, asked: int) -> str:
    """Return the sentence that says what goes over, and that nothing does."""
    if not asked:
        return _("Nothing is open here, so that nothing goes over.")
    if not carried:
        return _("None of these goes over.")
    goes = ngettext("%(n)d item goes over.", "%(n)d items go over.", carried) % {"n": carried}
    if carried == asked:
        return goes
    stays = asked - carried
    return f"{goes} " + ngettext("%(n)d stays.", "%(n)d stay.", stays) % {"n": stays}


def refused_page(request, form, refused, step, lines=None, **context):
    """Show a form again with what was typed, at the versions of now."""
    item_list = get_list(request, form.item_list.slug)
    into = get_next(request, item_list)
    if into is None or item_list.closed_on:  # somebody changed the year meanwhile
        return year_page(request, item_list, into, step)
    page = context.get("page", 1)
    more = {} if lines is None else {"lines": queries.going(item_list, into, localdate(), page)[0]}
    again = form.at_current_version(item_list, into, refused, **more)
    status = 409 if isinstance(refused, Conflict) else 403
    return year_page(request, item_list, into, step, status, form=again, **context)


@recovers(ChangeYearForm)
def change_year(request, slug):
    """Show the next list with what it lacks; publish it and close this one in one moment."""
    item_list = get_list(request, slug)
    into = get_next(request, item_list)
    if into is None or rules.why_not("close_list", request.user, item_list):
        return year_page(request, item_list, into, "publish")
    posted = request.POST if request.method == "POST" else None
    form = ChangeYearForm(posted, item_list=item_list, into=into)
    proposed = proposed_leaders(into).exists()
    missing = gaps(into, localdate(), closing=item_list, leaders_proposed=proposed)
    shown = {"reasons": missing, "proof": queries.proof(into, localdate(), item_list)}
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return year_page(request, item_list, into, "publish", status, form=form, **shown)
    try:
        before, after = form.as_seen()
        who = {"by": request.user, "yes": form.yes}
        actions.change_year(before, into=after, leaders=form.chosen_leaders, **who)
    except Refused as refused:
        return refused_page(request, form, refused, "publish", **shown)
    messages.success(request, _("“%s” is published.") % into)
    return redirect("desk:change_year", slug)

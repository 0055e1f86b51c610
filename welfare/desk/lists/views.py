"""Lists at the desk: those that this person may see, one of them, a new one, and the acts."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from items import actions, queries, rules, staff
from items.errors import Conflict, Refused
from items.models import ItemList
from items.rules.announcing import was_announced
from items.rules.gaps import gaps
from welfare.desk import rights
from welfare.desk.lists import forms
from welfare.desk.lists.acts import closed_ways, ways
from welfare.desk.parameters import page_number
from welfare.http.form_recovery import recovers


@require_safe
def lists(request):
    """Show the lists that this person may see."""
    context = {
        "at": "lists",
        "committees": queries.desk_lists(request.user, localdate()),
        "may_open": forms.offices(request.user).exists(),
    }
    return render(request, "desk/lists.html", context)


def get_list(request, slug):
    """Return a list that this person may see at the desk; to others it doesn't exist."""
    lists = ItemList.objects.visible_to(request.user, localdate())
    item_list = lists.select_related("committee__organisation").filter(slug=slug).first()
    if item_list is None:
        raise Http404
    return item_list


@require_safe
def list_page(request, slug):
    """Show a list: its drafts with what they lack, or its equation with what a search finds."""
    item_list = get_list(request, slug)
    open_ways = ways(item_list, request.user)
    context = {"at": "lists", "list": staff.list_head(item_list), "ways": open_ways}
    context["not_ways"] = closed_ways(open_ways)
    context |= (draft_context if item_list.is_draft else search_context)(request, item_list)
    return render(request, "desk/list.html", context)


def draft_context(request, item_list):
    """Return what the page of a draft list shows."""
    page = queries.drafts_page(item_list, page=page_number(request.GET))
    reasons = gaps(item_list, localdate())
    lacking = {number for gap in reasons for number in getattr(gap, "numbers", ())}
    return {
        "page": page,
        "reasons": reasons,
        "lacking": lacking,
        "proposal": queries.proposals_of([item_list.pk], localdate()).get(item_list.pk),
        "was_announced": was_announced(item_list),
    }


def search_context(request, item_list):
    """Return what the page of a published list shows."""
    search = forms.parse_search(request.GET)
    page = page_number(request.GET)
    shown = queries.list_page(item_list, localdate(), search, page=page)
    form = forms.SearchForm(initial=request.GET.dict(), owners=shown.owners, auto_id="%s")
    state = queries.bulletins_state(item_list, localdate())
    prints = not item_list.closed_on and queries.reads_inside(request.user, item_list)
    context = {"shown": shown, "search": search, "form": form}
    return context | {"bulletins": state, "prints": prints}


@recovers(forms.NewListForm)
def new_list(request):
    """Open a draft list, or say why not; what was typed is kept."""
    if not forms.offices(request.user).exists():
        return new_page(request, None, 403)
    form = forms.NewListForm(request.POST or None, person=request.user)
    if not form.is_valid():
        return new_page(request, form, 422 if form.is_bound else 200)
    try:
        item_list = actions.create_list(by=request.user, **form.cleaned_data)
    except Refused as refused:
        form.say_refused(refused)
        return new_page(request, form, 403)
    messages.success(request, _("The draft list is open. Now fill it."))
    return redirect("desk:list", item_list.slug)


def new_page(request, form, status):
    """Show the form of a new list; without one, that this person opens none."""
    return render(request, "desk/new_list.html", {"at": "lists", "form": form}, status=status)


def do(request, slug, act):
    """Do a verb to a list, or say every reason why not; what was typed is kept."""
    item_list = get_list(request, slug)
    if request.method != "POST":
        why_not = rules.why_not(act.verb, request.user, item_list)
        form = act.form(item_list=item_list)
        return act_page(request, act, form, 403 if why_not else 200, why_not=why_not)
    rights.ask(act.verb, request, item_list)
    form = act.form(request.POST, item_list=item_list)
    if not form.is_valid():
        rights.ask_now(act.verb, request, item_list)
        return act_page(request, act, form, 422)
    if form.preview:
        return act_page(request, act, form, 200)
    try:
        act.do(form.as_seen(), by=request.user, **form.action_fields())
    except Refused as refused:
        again = form.at_current_version(get_list(request, slug), refused)
        return act_page(request, act, again, 409 if isinstance(refused, Conflict) else 403)
    messages.success(request, act.done % item_list)
    return redirect("desk:list", slug)


def act_page(request, act, form, status, why_not=""):
    """Show a verb's form, or what stands in the way."""
    reasons = [] if why_not else act.reasons(form.item_list)
    again = [error for error in form.non_field_errors() if error not in reasons]
    context = {"at": "lists", "act": act, "form": form, "list": staff.list_head(form.item_list)}
    context |= {"why_not": why_not, "reasons": reasons, "sentences": again}
    if act.proofread and not why_not:
        context["proof"] = queries.proof(form.item_list, localdate())
    context["arithmetic"] = None if form.item_list.is_draft else queries.figures(form.item_list)
    return render(request, "desk/list_act.html", context, status=status)

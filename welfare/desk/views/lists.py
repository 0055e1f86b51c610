"""Lists at the desk: those that this person may see, one of them, and a new one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from items import actions, queries
from items.errors import Refused
from items.models import ItemList
from items.rules.gaps import gaps
from welfare.desk import forms, list_forms
from welfare.desk.list_acts import closed_ways, ways

PAGE = 100


@require_safe
def lists(request):
    """Show the lists that this person may see."""
    context = {
        "at": "lists",
        "committees": queries.desk_lists(request.user, localdate()),
        "may_open": list_forms.offices(request.user).exists(),
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
    """Show a list: its drafts with what they lack, or its equation with what is found."""
    item_list = get_list(request, slug)
    found_ways = ways(item_list, request.user)
    context = {"at": "lists", "list": item_list, "ways": found_ways}
    context["not_ways"] = closed_ways(found_ways)
    context |= (drafts if item_list.is_draft else found)(request, item_list)
    return render(request, "desk/list.html", context)


def drafts(request, item_list):
    """Return what the page of a draft list shows."""
    items = item_list.items.select_related("place", "owner_post", "supervisor_post")
    page = Paginator(items.order_by("number"), PAGE).get_page(forms.page_number(request.GET))
    reasons = gaps(item_list, localdate())
    lacking = {number for gap in reasons for number in getattr(gap, "numbers", ())}
    return {"page": page, "reasons": reasons, "lacking": lacking}


def found(request, item_list):
    """Return what the page of a published list shows."""
    sought = list_forms.sought(request.GET)
    page = forms.page_number(request.GET)
    shown = queries.list_page(item_list, localdate(), sought, page=page)
    form = list_forms.SoughtForm(initial=request.GET.dict(), owners=shown.owners, auto_id="%s")
    return {"shown": shown, "sought": sought, "form": form}


def new_list(request):
    """Open a draft list, or say why not; what was typed is kept."""
    if not list_forms.offices(request.user).exists():
        return new_page(request, None, 403)
    form = list_forms.NewListForm(request.POST or None, person=request.user)
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

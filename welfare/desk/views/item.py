"""An item at the desk: all that is known of it, and each verb with its form."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.text import get_text_list
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from items import rules
from items.errors import Conflict, Refused
from items.models import Item


@require_safe
def item(request, slug, number):
    """Show an item with all that stands in its ledger, and what can be done."""
    item = get_item(request, slug, number)
    return render(request, "desk/item.html", {"item": item})


def get_item(request, slug, number):
    """Return an item that this person may see at the desk; to others it doesn't exist."""
    items = Item.objects.visible_to(request.user, localdate())
    items = items.select_related("list__committee", "owner_post", "supervisor_post", "last_entry")
    item = items.filter(list__slug=slug, number=number).first()
    if item is None:
        raise Http404
    return item


def do(request, slug, number, act):
    """Do a verb to an item, or say why not; what was typed is kept."""
    item = get_item(request, slug, number)
    if request.method != "POST":
        why_not = rules.why_not(act.verb, request.user, item)
        form = act.form(item=item, initial=request.GET.dict())
        return act_page(request, act, form, 403 if why_not else 200, why_not=why_not)
    form = act.form(request.POST, item=item)
    if not form.is_valid():
        return act_page(request, act, form, 422)
    try:
        entry = act.do(form.as_seen(), by=request.user, **form.said())
    except Refused as refused:
        return not_done(request, act, form, refused)
    say_written(request, entry)
    return redirect("desk:item", slug, number)


def act_page(request, act, form, status, **said):
    """Show a verb's form, or why there is none."""
    context = {"act": act, "form": form, "item": form.item, **said}
    return render(request, "desk/act.html", context, status=status)


def not_done(request, act, form, refused):
    """Show the form again: the words are kept, and what others wrote meanwhile stands above."""
    item = get_item(request, form.item.list.slug, form.item.number)
    since = item.entries.filter(seq__gt=form.cleaned_data["last_seq"]).select_related("words", "by")
    if sent_twice(act, form, since, request.user):
        return redirect("desk:item", item.list.slug, item.number)
    again = form.shown_anew(item)
    again.full_clean()
    for sentence in refused.sentences:
        again.add_error(None, sentence)
    status = 409 if isinstance(refused, Conflict) else 403
    return act_page(request, act, again, status, since=since)


def sent_twice(act, form, since, person):
    """Tell whether the same person just wrote the same: a button pressed twice."""
    said = form.cleaned_data.values()
    mine = [entry for entry in since if (entry.verb, entry.by_id) == (act.verb, person.pk)]
    return any(entry.words.text in said for entry in mine)


def say_written(request, entry):
    """Say that it stands in the ledger, and on whose desk it shows."""
    names = [notice.person.name for notice in entry.notices.select_related("person")]
    if names:
        told = get_text_list(names, _("and"))
        messages.success(request, _("Written into the ledger. On the desk of: %s.") % told)
    else:
        messages.success(request, _("Written into the ledger."))

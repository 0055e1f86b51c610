"""Names at the desk: what published lists show, and renaming it openly."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from items import actions, queries, rules
from items.errors import Conflict, Refused
from items.models import Committee
from items.models.organisation import at_address
from items.models.tie import read_by
from welfare.desk import rights
from welfare.desk.names.forms import RenameForm
from welfare.http.form_recovery import recovers


@require_safe
def names(request, slug):
    """Show what a committee's published lists show by name."""
    committee = get_committee(request, slug)
    page = queries.shown_names(committee, localdate())
    if page is None:
        raise Http404
    why_not = rules.why_not("rename", request.user, committee)
    return render(request, "desk/names.html", {"at": "posts", "page": page, "why_not": why_not})


@recovers(RenameForm)
def rename(request, slug, kind, pk):
    """Rename what published lists show, or say why not; what was typed is kept."""
    committee = get_committee(request, slug)
    row = queries.shown_row(committee, kind, pk, localdate())
    if row is None:
        raise Http404
    is_programme = kind == "programme"
    now = row.programme_words if is_programme else row.shown_words
    if request.method != "POST":
        why_not = rules.why_not("rename", request.user, committee)
        form = RenameForm(initial=named(now, "seen") | named(now, "name"), kind=kind)
        return rename_page(request, committee, kind, row, now, form, why_not)
    rights.ask("rename", request, committee)
    form = RenameForm(request.POST, kind=kind)
    if not form.is_valid():
        return rename_page(request, committee, kind, row, now, form, status=422)
    sent = {"reason": form.cleaned_data["reason"], "seen": form.shown, "programme": is_programme}
    try:
        entries = actions.rename(
            row, form.new, committee=committee, by=request.user, yes=form.yes, **sent
        )
    except Refused as refused:
        form.refuse(refused, now)
        status = 409 if isinstance(refused, Conflict) else 403
        return rename_page(request, committee, kind, row, now, form, status=status)
    say_renamed(request, now, form.new, len(entries))
    return redirect("desk:names", slug)


def get_committee(request, slug):
    """Return a committee that this person reads; to others it doesn't exist."""
    committees = Committee.objects.without_tree_fields().select_related("organisation", "parent")
    committee = committees.filter(read_by(request.user.pk, "pk"), at_address(slug)).first()
    if committee is None or not request.user.is_active:
        raise Http404
    return committee


def rename_page(request, committee, kind, row, now, form, why_not="", status=200):
    context = {"at": "posts", "slug": committee.slug, "kind": kind, "pk": row.pk, "now": now}
    context |= {"form": form, "why_not": why_not}
    return render(request, "desk/rename.html", context, status=403 if why_not else status)


def named(words, field):
    """Return a name as a form's two fields hold it."""
    return {field: words.zh, f"{field}_en": words.en}


def say_renamed(request, old, new, count):
    """Say what it is called now, and in how many lists' ledgers that stands."""
    names = {"old": old.zh, "new": new.zh}
    messages.success(request, _("“%(old)s” is called “%(new)s” from now on.") % names)
    if count:
        sentence = ngettext(
            "The ledger of %(n)d list says so.", "The ledgers of %(n)d lists say so.", count
        )
        messages.success(request, sentence % {"n": count})

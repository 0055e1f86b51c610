"""Where a committee's activity office is found: read and set at the desk."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from items import actions, queries, rules
from items.errors import Conflict, Refused
from items.models import Committee
from items.models.organisation import at_address
from items.models.tie import read_by
from welfare.desk import rights
from welfare.desk.office_contact.forms import OfficeContactForm, initial
from welfare.http.form_recovery import recovers


@recovers(OfficeContactForm)
def set_office_contact(request, slug):
    """Set the room, telephone and hours, or say why not; what was typed is kept."""
    committee = get_committee(request, slug)
    if request.method != "POST":
        why_not = rules.why_not("set_office_contact", request.user, committee)
        form = OfficeContactForm(initial=initial(committee.office_contact))
        return contact_page(request, committee, form, 403 if why_not else 200, why_not)
    rights.ask("set_office_contact", request, committee)
    form = OfficeContactForm(request.POST)
    if not form.is_valid():
        return contact_page(request, committee, form, 422)
    seen = form.cleaned_data["seen"]
    try:
        actions.set_office_contact(
            committee, form.contact, by=request.user, seen=seen, yes=form.yes
        )
    except Refused as refused:
        now = get_committee(request, slug)
        form.refuse(refused, now.office_contact)
        return contact_page(request, now, form, 409 if isinstance(refused, Conflict) else 403)
    messages.success(request, _("Saved. Public pages show it now."))
    return redirect("desk:posts")


def get_committee(request, slug):
    """Return a committee that this person reads; to others it doesn't exist."""
    committees = Committee.objects.without_tree_fields().select_related("organisation")
    committee = committees.filter(read_by(request.user.pk, "pk"), at_address(slug)).first()
    if committee is None or not request.user.is_active:
        raise Http404
    return committee


def contact_page(request, committee, form, status, why_not=""):
    page = queries.office_contact_page(committee)
    context = {"at": "posts", "page": page, "form": form, "why_not": why_not}
    return render(request, "desk/set_office_contact.html", context, status=status)

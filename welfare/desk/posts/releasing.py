"""Which post of a committee releases what the office enters for owners: named at the desk."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from items import actions, rules
from items.errors import Conflict, Refused
from welfare.desk import rights
from welfare.desk.office_contact.views import get_committee
from welfare.desk.posts.forms import VACANT, ReleasingPostForm
from welfare.http.form_recovery import recovers


@recovers(ReleasingPostForm)
def name_releasing_post(request, slug):
    """Name the post, or that none is, or say why not; what was chosen is kept."""
    committee = get_committee(request, slug)
    if request.method != "POST":
        why_not = rules.why_not("name_releasing_post", request.user, committee)
        named = committee.releasing_post_id
        initial = {"seen": named or 0, "post": named or VACANT}
        form = ReleasingPostForm(initial=initial, committee=committee)
        return naming_page(request, committee, form, 403 if why_not else 200, why_not)
    rights.ask("name_releasing_post", request, committee)
    form = ReleasingPostForm(request.POST, committee=committee)
    if not form.is_valid():
        return naming_page(request, committee, form, 422)
    post, seen = form.cleaned_data["post"], form.cleaned_data["seen"] or None
    try:
        actions.name_releasing_post(committee, post, by=request.user, seen=seen, yes=form.yes)
    except Refused as refused:
        committee = get_committee(request, slug)
        form.refuse(refused, committee.releasing_post_id or 0)
        status = 409 if isinstance(refused, Conflict) else 403
        return naming_page(request, committee, form, status)
    messages.success(request, _("Saved. The ledger of each list that runs says so, inside."))
    return redirect("desk:posts")


def naming_page(request, committee, form, status, why_not=""):
    context = {"at": "posts", "committee": committee.words, "slug": committee.slug}
    post = committee.releasing_post
    context |= {"named": post.words if post else None, "form": form, "why_not": why_not}
    return render(request, "desk/name_releasing_post.html", context, status=status)

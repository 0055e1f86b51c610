"""Leaders' visits at the desk: what was written down, a new one, and a mistake withdrawn."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from items import actions, queries, rules, staff
from items.errors import Conflict, Refused
from welfare.desk import parameters, rights
from welfare.desk.visits.forms import VisitForm, WithdrawVisitForm, posts_of
from welfare.http.form_recovery import recovers


@recovers(VisitForm)
def visits(request):
    """Show the visits that this person may see, and write another one down."""
    posts = list(posts_of(request.user))
    if request.method != "POST":
        return visits_page(request, posts, VisitForm(person=request.user))
    rights.refuse("" if posts else _("Only the office and leaders write visits down."))
    form = VisitForm(request.POST, person=request.user)
    if not form.is_valid():
        return visits_page(request, posts, form, 422)
    try:
        visit = actions.log_site_visit(by=request.user, **form.action_fields())
    except Refused as refused:
        form.say_refused(refused)
        return visits_page(request, posts, form, 403)
    messages.success(request, _("Written down; everyone can read it."))
    if came := visit.suggestions.count():
        sentence = ngettext("%d suggestion waits for its answer.", "%d suggestions wait.", came)
        messages.success(request, sentence % came)
    return redirect("desk:visits")


def visits_page(request, posts, form, status=200):
    """Show the visits below the form; who writes none down sees the visits alone."""
    page = parameters.page_number(request.GET)
    context = {"at": "visits", "form": form if posts else None}
    context["page"] = queries.desk_visits(request.user, localdate(), page=page)
    context["mine"] = {post.pk for post in posts}
    return render(request, "desk/visits.html", context, status=status)


@recovers(WithdrawVisitForm)
def withdraw_visit(request, pk):
    """Ask why, then withdraw a visit openly."""
    visit = get_object_or_404(queries.visits_at_desk(request.user, localdate()), pk=pk)
    why_not = rules.why_not("withdraw_visit", request.user, visit)
    if request.method != "POST":
        status = 403 if why_not else 200
        return withdraw_page(request, visit, WithdrawVisitForm(), status, why_not=why_not)
    rights.refuse("" if visit.withdrawn_on else why_not)
    form = WithdrawVisitForm(request.POST)
    if not form.is_valid():
        rights.refuse(why_not)
        return withdraw_page(request, visit, form, 422)
    try:
        actions.withdraw_visit(visit, by=request.user, yes=form.yes, **form.cleaned_data)
    except Conflict:
        raise
    except Refused as refused:
        form.say_refused(refused)
        return withdraw_page(request, visit, form, 403)
    messages.success(request, _("The visit is withdrawn; your reason stands beside it."))
    return redirect("desk:visits")


def withdraw_page(request, visit, form, status, **extra):
    context = {"at": "visits", "visit": staff.site_visit(visit), "form": form, **extra}
    return render(request, "desk/withdraw_visit.html", context, status=status)

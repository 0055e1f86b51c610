"""A committee's synonyms at the desk: shown beside those that are shipped, and written."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from items import actions, rules
from items.errors import Conflict, Refused
from items.search import shipped_lines
from welfare.desk import rights
from welfare.desk.names.views import get_committee
from welfare.desk.synonyms.forms import SynonymsForm
from welfare.http.form_recovery import recovers


@recovers(SynonymsForm)
def synonyms(request, slug):
    """Show which words a committee's search takes for one another; its office writes more."""
    committee = get_committee(request, slug)
    now = actions.synonyms_of(committee)
    if request.method != "POST":
        why_not = rules.why_not("set_synonyms", request.user, committee)
        return synonyms_page(request, committee, SynonymsForm(synonyms=now), why_not=why_not)
    rights.ask("set_synonyms", request, committee)
    form = SynonymsForm(request.POST, synonyms=now)
    if not form.is_valid():
        return synonyms_page(request, committee, form, 422)
    sent = {"lines": form.cleaned_data["lines"], "seen": form.cleaned_data["version"]}
    sent["dismissed"] = form.cleaned_data.get("dismissed", ())
    try:
        actions.set_synonyms(committee, by=request.user, yes=form.yes, **sent)
    except Refused as refused:
        form.refuse(refused, actions.synonyms_of(committee))
        status = 409 if isinstance(refused, Conflict) else 403
        return synonyms_page(request, committee, form, status)
    messages.success(request, _("Saved. The search of every list of this committee finds by it."))
    return redirect("desk:synonyms", committee.slug)


def synonyms_page(request, committee, form, status=200, why_not=""):
    context = {"at": "posts", "name": committee.words, "form": form, "why_not": why_not}
    context["shipped"] = shipped_lines()
    return render(request, "desk/synonyms.html", context, status=status)

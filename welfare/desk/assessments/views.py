"""How a list was judged, at the desk: typed or read from a sheet, tried, saved, and issued."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from items import actions, public, queries, rules, staff
from items.errors import Conflict, Refused
from items.models import Assessment
from items.public.assessments import label_of_figure
from items.rules.assessing import failed_before, judged, why_not_issue
from items.sheets.votes import missing_columns, read_votes
from welfare.desk import rights
from welfare.desk.assessments import forms
from welfare.desk.lists.views import get_list
from welfare.http.form_recovery import recovers


@require_safe
def assessments(request, slug):
    """Show how a list was judged: what is issued, and to those who prepare it the drafts."""
    item_list = get_list(request, slug)
    rows = readable(request, item_list).order_by("-number")
    context = {"at": "lists", "list": staff.list_head(item_list)}
    context["assessments"] = [staff.assessment_line(row) for row in rows]
    context["why_not"] = rules.why_not("write_assessment", request.user, item_list)
    return render(request, "desk/assessments.html", context)


def readable(request, item_list):
    """Return the assessments that this person may read: drafts only who reads what waits."""
    rows = item_list.assessments.all()
    inside = queries.reads_releases(request.user, item_list, localdate())
    return rows if inside else rows.issued()


def get_assessment(request, slug, number):
    """Return an assessment that this person may read; to others it doesn't exist."""
    item_list = get_list(request, slug)
    row = readable(request, item_list).select_related("entry", "prepared_by").filter(number=number)
    if (assessment := row.first()) is None:
        raise Http404
    assessment.list = item_list
    return assessment


@require_safe
def assessment(request, slug, number):
    """Show an assessment as everyone reads it once it is issued, and what can be done with it."""
    row = get_assessment(request, slug, number)
    context = page_of(row)
    context["acts"] = [(act, act.why_not(row, request.user, localdate())) for act in ALL]
    context["why_not_write"] = (
        _("It is issued already, and stays as it is.")
        if row.is_issued
        else rules.why_not("write_assessment", request.user, row.list)
    )
    return render(request, "desk/assessment.html", context)


def page_of(row):
    """Return what every page of an assessment shows."""
    context = {"at": "lists", "list": staff.list_head(row.list)}
    return context | {"page": queries.any_assessment(row), "prepared_by": row.prepared_by.name}


@recovers(forms.SentAssessment)
def write_assessment(request, slug, number=None):
    """Draw up an assessment in one table, or change a draft; what was typed is kept."""
    item_list = get_list(request, slug)
    draft = get_assessment(request, slug, number) if number else None
    rights.ask_now("write_assessment", request, item_list)
    items = judged(item_list)
    if draft and draft.is_issued:
        return redirect("desk:assessment", slug, number)
    if request.method != "POST":
        whole, rows = forms.initial_of(draft) if draft else ({}, {})
        bare = [forms.VotesForm(item=item, initial=rows.get(item.number)) for item in items]
        return table(request, item_list, draft, forms.AssessmentForm(initial=whole), bare)
    if "read" in request.POST:
        return read_sheet(request, item_list, draft, items)
    whole, rows = bound(request.POST, items)
    if not sound(whole, rows):
        return table(request, item_list, draft, whole, rows, 422)
    if "check" in request.POST:
        return tried(request, item_list, draft, whole, rows)
    try:
        written = actions.write_assessment(
            item_list, assessment=as_seen(draft, whole), **said(request, whole, rows)
        )
    except Refused as refused:
        return refused_table(request, item_list, draft, whole, rows, refused)
    messages.success(request, _("The draft is saved. Nobody outside sees it until it is issued."))
    return redirect("desk:assessment", slug, written.number)


def bound(sent, items):
    return forms.AssessmentForm(sent), [forms.VotesForm(sent, item=item) for item in items]


def sound(whole, rows) -> bool:
    """Tell whether all that was typed can be read; else say so above, each with its item."""
    found = [whole.is_valid(), *(row.is_valid() for row in rows)]
    for row in rows:
        for sentences in row.errors.values():
            for sentence in sentences:
                gap = {"number": row.number, "title": row.title.zh, "gap": sentence}
                whole.add_error(None, _("No. %(number)s “%(title)s”: %(gap)s") % gap)
    return all(found)


def as_seen(draft, whole):
    """Return the draft at the version that the reader saw."""
    if draft:
        draft.version = whole.cleaned_data["version"] or 0
    return draft


def said(request, whole, rows) -> dict:
    """Return what was typed as the actions take it."""
    cleaned = whole.cleaned_data
    figures = {row.number: row.figures(cleaned) for row in rows if row.says_something()}
    return {"by": request.user, "rows": figures, **whole.columns()}


def tried(request, item_list, draft, whole, rows, status=200, **context):
    """Show which grades what was typed gives; nothing is saved yet."""
    try:
        found = actions.try_assessment(item_list, assessment=draft, **said(request, whole, rows))
    except Refused as refused:
        return refused_table(request, item_list, draft, whole, rows, refused, **context)
    for row in rows:
        judgement = found.get(row.number)
        row.found = public.assessed_item(judgement) if judgement else None
    return table(request, item_list, draft, whole, rows, status, is_tried=True, **context)


def read_sheet(request, item_list, draft, items):
    """Fill the table in from a sheet, and try it if the rest is there; nothing is saved yet."""
    file = forms.VotesSheet(request.POST, request.FILES)
    whole, rows = unchecked(request.POST, items)
    if not file.is_valid():
        return table(request, item_list, draft, whole, rows, 422, file=file)
    try:
        votes = read_votes(file.cleaned_data["file"], items)
    except Refused as refused:
        file.say_refused(refused)
        return table(request, item_list, draft, whole, rows, 422, file=file)
    sent = forms.with_votes(request.POST, votes)
    missing = [label_of_figure(name) for name in missing_columns(votes)]
    context = {"read": votes, "missing": missing}
    whole, rows = bound(sent, items)
    if whole.is_valid() and all(row.is_valid() for row in rows) and not votes.wrong:
        return tried(request, item_list, draft, whole, rows, **context)
    whole, rows = unchecked(sent, items)
    return table(request, item_list, draft, whole, rows, 422 if votes.wrong else 200, **context)


def unchecked(sent, items):
    """Return the forms with what was sent, of which nothing is said yet."""
    values = sent.dict()
    rows = [
        forms.VotesForm(
            item=item,
            initial={n: sent.get(f"{item.number}-{n}") for n in forms.VotesForm.base_fields},
        )
        for item in items
    ]
    return forms.AssessmentForm(initial=values), rows


def refused_table(request, item_list, draft, whole, rows, refused, **context):
    """Show the table again with what was typed, and why it wasn't taken; each row says its own."""
    whole.say_refused(refused)
    for row in rows:
        for sentence in getattr(refused, "rows", {}).get(row.key, ()):
            row.add_error(None, sentence)
    is_conflict = isinstance(refused, Conflict)
    if draft and is_conflict:
        draft.refresh_from_db()
        if draft.is_issued:
            context["issued"] = True
        whole.data = whole.data.copy()
        whole.data["version"] = str(draft.version)
        context["theirs"] = queries.any_assessment(draft)
    return table(request, item_list, draft, whole, rows, 409 if is_conflict else 422, **context)


def table(request, item_list, draft, whole, rows, status=200, **context):
    context = {"file": forms.VotesSheet(), **context, "form": whole, "rows": rows}
    context |= {"at": "lists", "list": staff.list_head(item_list), "number": draft and draft.number}
    context["first"] = comes_first(item_list)
    context["hardship"] = [
        item.number for item in item_list.items.published().filter(hardship=True)
    ]
    return render(request, "desk/write_assessment.html", context, status=status)


def comes_first(item_list):
    """Return the numbers of what failed at the last assessment: today's begins with it."""
    failed = failed_before(Assessment(list=item_list, held_on=localdate()))
    return [item.number for item in judged(item_list) if item.pk in failed]


# What is done with one


@dataclass(frozen=True)
class AssessmentAct:
    """A verb of an assessment as a page: `…/<path>/` shows `form` and calls `do`."""

    verb: str  # of LIST_MOVES; also the name of the action and the address
    path: str
    label: Promise
    form: type[forms.AssessmentActForm]
    do: Callable
    why_not: Callable
    hint: Promise  # what it leads to
    done: Promise  # the message afterwards


def why_no_erratum(row, person, today) -> str:
    if not row.is_issued:
        return _("It isn’t issued yet. Change the draft.")
    return rules.why_not("add_erratum", person, row.list, today=today)


ALL = [
    AssessmentAct(
        "issue_assessment",
        "issue",
        gettext_lazy("Issue the assessment"),
        forms.AssessmentActForm,
        actions.issue_assessment,
        why_not_issue,
        gettext_lazy("Everyone reads it from then on, and it stays as it is for ever."),
        gettext_lazy("The assessment is issued. Everyone can read it."),
    ),
    AssessmentAct(
        "add_erratum",
        "erratum",
        gettext_lazy("Add an erratum"),
        forms.ErratumForm,
        actions.add_erratum,
        why_no_erratum,
        gettext_lazy("It stands beside the assessment for ever."),
        gettext_lazy("The erratum stands beside the assessment."),
    ),
]


def do(request, slug, number, act):
    """Do a verb to an assessment, or say why not; what was typed is kept."""
    row = get_assessment(request, slug, number)
    why_not = act.why_not(row, request.user, localdate())
    if request.method != "POST":
        return act_page(request, act, act.form(assessment=row), 403 if why_not else 200, why_not)
    rights.ask(act.verb, request, row.list)
    form = act.form(request.POST, assessment=row)
    if not form.is_valid():
        return act_page(request, act, form, 403 if why_not else 422, why_not)
    try:
        act.do(form.as_seen(), by=request.user, **form.action_fields())
    except Refused as refused:
        again = form.at_current_version(get_assessment(request, slug, number), refused)
        return act_page(request, act, again, 409 if isinstance(refused, Conflict) else 403)
    messages.success(request, act.done)
    return redirect("desk:assessment", slug, number)


def act_page(request, act, form, status, why_not=""):
    context = page_of(form.assessment) | {"act": act, "form": form, "why_not": why_not}
    return render(request, "desk/assessment_act.html", context, status=status)

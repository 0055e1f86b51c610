"""Bulletins at the desk: a list of them, the draft with its preview, and what is done with it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.safestring import mark_safe
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from items import actions, queries, rules, staff
from items.errors import Conflict, Refused
from items.exports.article import LIST, compose
from items.rules.issuing import why_not_issue_bulletin
from welfare.desk import rights
from welfare.desk.bulletins import forms
from welfare.desk.lists.views import get_list
from welfare.http.form_recovery import recovers


@require_safe
def bulletins(request, slug):
    """Show a list's bulletins, how long ago the last one was, and the draft to who prepares it."""
    item_list = published(request, slug)
    rows = list(readable(request, item_list).order_by("-number").defer("article", "article_en"))
    context = {"at": "lists", "list": staff.list_head(item_list)}
    context["bulletins"] = [staff.bulletin_line(row) for row in rows]
    context["draft"] = next((row.number for row in rows if not row.is_issued), None)
    context["state"] = queries.bulletins_state(item_list, localdate())
    context["why_not"] = rules.why_not("write_bulletin", request.user, item_list)
    return render(request, "desk/bulletins.html", context)


def published(request, slug):
    """Return a list that this person may see, once it is published: a draft has no bulletins."""
    item_list = get_list(request, slug)
    if item_list.is_draft:
        raise Http404
    return item_list


def readable(request, item_list):
    """Return the bulletins that this person may read: a draft only who reads what waits."""
    rows = item_list.bulletins.select_related("list")
    inside = queries.reads_releases(request.user, item_list, localdate())
    return rows if inside else rows.issued()


def get_bulletin(request, slug, number):
    """Return a bulletin that this person may read; to others it doesn't exist."""
    item_list = published(request, slug)
    rows = readable(request, item_list).select_related("entry__by", "prepared_by", "signed_post")
    if (bulletin := rows.filter(number=number).first()) is None:
        raise Http404
    bulletin.list = item_list
    return bulletin


@require_safe
def bulletin(request, slug, number):
    """Show a bulletin: the draft as it would be issued today, or what was issued."""
    row = get_bulletin(request, slug, number)
    context = page_of(row)
    today = localdate()
    context["acts"] = [(act, act.why_not(row, request.user, today)) for act in ALL]
    context["why_not_write"] = why_not_write(row, request.user, today)
    return render(request, "desk/bulletin.html", context)


def why_not_write(row, person, today) -> str:
    if row.is_issued:
        return _("It is issued already, and stays as it is.")
    return rules.why_not("write_bulletin", person, row.list, today=today)


def page_of(row, article=None, *, deeper=False):
    """Return what every page of a bulletin shows; `deeper`: it lies below the bulletin's own."""
    html = frozen(row) if row.is_issued else in_language(article or compose(row, localdate()))
    if deeper:  # the article's links are relative
        html = html.replace(f'href="{LIST}', f'href="{LIST}../')
    errata = () if row.is_issued else queries.errata_of(row)
    context = {"at": "lists", "list": staff.list_head(row.list), "article": mark_safe(html)}
    return context | {"bulletin": staff.bulletin_desk(row, errata)}


def frozen(row) -> str:
    return row.article_en if in_english() else row.article


def in_language(article) -> str:
    return article.en if in_english() else article.zh


def in_english() -> bool:
    return get_language().startswith("en")


@recovers(forms.SentBulletin)
def write_bulletin(request, slug, number=None):
    """Prepare a bulletin or change what the office writes in the draft; what was typed is kept."""
    item_list = published(request, slug)
    draft = get_bulletin(request, slug, number) if number else None
    rights.ask_now("write_bulletin", request, item_list)
    if draft and draft.is_issued:
        return redirect("desk:bulletin", slug, number)
    if request.method != "POST":
        begun = item_list.bulletins.drafts().first()
        if begun and not draft:
            return redirect("desk:write_bulletin", slug, begun.number)
        initial = forms.initial_of(draft) if draft else forms.wanted(request.GET)
        form = forms.BulletinForm(initial=initial, item_list=item_list)
        return table(request, item_list, draft, form)
    form = forms.BulletinForm(request.POST, item_list=item_list)
    if not form.is_valid():
        return table(request, item_list, draft, form, 422)
    if draft:
        draft.version = form.cleaned_data["version"] or 0
    try:
        written = actions.write_bulletin(
            item_list, bulletin=draft, by=request.user, **form.columns()
        )
    except Refused as refused:
        return refused_table(request, item_list, number, form, refused)
    messages.success(request, _("The draft is saved. Nobody outside sees it until it is issued."))
    return redirect("desk:bulletin", slug, written.number)


def refused_table(request, item_list, number, form, refused):
    """Show the form again with what was typed, and beside it what others wrote meanwhile."""
    form.say_refused(refused)
    if not isinstance(refused, Conflict):
        draft = get_bulletin(request, item_list.slug, number) if number else None
        return table(request, item_list, draft, form, 422)
    theirs = item_list.bulletins.filter(number=number) if number else item_list.bulletins.drafts()
    draft = theirs.select_related("list", "prepared_by", "signed_post", "entry__by").first()
    form.data = form.data.copy()
    form.data["version"] = str(draft.version if draft else 0)
    return table(
        request, item_list, draft, form, 409, theirs=draft and staff.bulletin_desk(draft, ())
    )


def table(request, item_list, draft, form, status=200, **context):
    context |= {"form": form, "number": draft and draft.number, "at": "lists"}
    context["issued"] = bool(draft and draft.is_issued)
    context["list"] = staff.list_head(item_list)
    return render(request, "desk/write_bulletin.html", context, status=status)


# What is done with one


@dataclass(frozen=True)
class BulletinAct:
    """What is done to a bulletin as a page: `…/<path>/` shows `form` and calls `do`."""

    name: str  # of the action and of the address
    verb: str  # of LIST_MOVES, whose right it takes
    path: str
    label: Promise
    form: type[forms.BulletinActForm]
    do: Callable
    why_not: Callable
    hint: Promise  # what it leads to
    done: Promise  # the message afterwards


def why_not_correct(row, person, today) -> str:
    if refusal := why_not_write(row, person, today):
        return refusal
    if not row.list.bulletins.issued().exists():
        return _("No bulletin of this list is issued yet, so that there is nothing to correct.")
    return ""


ALL = [
    BulletinAct(
        "ask_for_bulletin",
        "write_bulletin",
        "ask",
        gettext_lazy("Ask for the second yes"),
        forms.BulletinActForm,
        actions.ask_for_bulletin,
        why_not_write,
        gettext_lazy("It appears on the desks of those who may issue it."),
        gettext_lazy("It is on the desks of those who may issue it."),
    ),
    BulletinAct(
        "correct_bulletin",
        "write_bulletin",
        "erratum",
        gettext_lazy("Correct an earlier bulletin"),
        forms.CorrectionForm,
        actions.correct_bulletin,
        why_not_correct,
        gettext_lazy("The erratum stands in this bulletin; the earlier one leads to it."),
        gettext_lazy("The erratum stands in the draft."),
    ),
    BulletinAct(
        "issue_bulletin",
        "issue_bulletin",
        "issue",
        gettext_lazy("Issue the bulletin"),
        forms.IssueForm,
        partial(actions.issue_bulletin, compose=compose),
        why_not_issue_bulletin,
        gettext_lazy("Everyone reads it from then on, and it stays as it is for ever."),
        gettext_lazy("The bulletin is issued. Everyone can read it."),
    ),
]


def do(request, slug, number, act):
    """Do something to a bulletin, or say why not; what was typed is kept."""
    row = get_bulletin(request, slug, number)
    why_not = act.why_not(row, request.user, localdate())
    if request.method != "POST":
        article = shown_to(row, request.user)
        form = act.form(bulletin=row, initial=seen_in(act, article))
        return act_page(request, act, form, article, 403 if why_not else 200, why_not)
    rights.ask(act.verb, request, row.list)
    form = act.form(request.POST, bulletin=row)
    if not form.is_valid():
        article = shown_to(row, request.user)
        return act_page(request, act, form, article, 403 if why_not else 422, why_not)
    try:
        act.do(form.as_seen(), by=request.user, **form.action_fields())
    except Refused as refused:
        now = get_bulletin(request, slug, number)
        article = shown_to(now, request.user)
        again = form.at_current_version(now, refused, **seen_in(act, article))
        return act_page(request, act, again, article, 409 if isinstance(refused, Conflict) else 403)
    messages.success(request, act.done)
    return redirect("desk:bulletin", slug, number)


def shown_to(row, person):
    """Return the article as it would be issued by this person today; None of an issued one."""
    if row.is_issued:
        return None
    actions.approved_here(row, person, localdate())
    return compose(row, localdate())


def seen_in(act, article) -> dict:
    """Return the hidden field that says which article stands beside the form."""
    return {"seen": article.seen} if article and act.form is forms.IssueForm else {}


def act_page(request, act, form, article, status, why_not=""):
    context = page_of(form.bulletin, article, deeper=True)
    context |= {"act": act, "form": form, "why_not": why_not}
    return render(request, "desk/bulletin_act.html", context, status=status)


@require_POST
@recovers(forms.BulletinActForm)
def drop_erratum(request, slug, number, pk):
    """Take an erratum out of a draft."""
    row = get_bulletin(request, slug, number)
    rights.ask_now("write_bulletin", request, row.list)
    form = forms.BulletinActForm(request.POST, bulletin=row)
    if form.is_valid():
        try:
            actions.drop_erratum(form.as_seen(), pk, by=request.user)
        except Refused as refused:
            messages.error(request, " ".join(refused.sentences))
        else:
            messages.success(request, _("The erratum is taken out."))
    return redirect("desk:bulletin", slug, number)

"""The second yes for a list: what waits, released or refused card by card."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from items import actions, queries, rules, staff
from items.errors import Conflict, Refused
from items.states import MOVES
from welfare.desk import rights
from welfare.desk.lists.views import get_list
from welfare.desk.releases.forms import RefuseBatchForm, ReleaseBatchForm, TickedCardsForm
from welfare.http.form_recovery import recovers


@recovers(RefuseBatchForm)
def releases(request, slug):
    """Show what waits for a second yes in a list; say yes or no to a card, or say why not."""
    item_list, today = get_list(request, slug), localdate()
    if request.method != "POST":
        if not queries.reads_releases(request.user, item_list, today):
            rights.refuse(not_theirs(item_list))
        return releases_page(request, item_list)
    if not rules.releases_in(request.user, item_list, today):
        rights.refuse(not_theirs(item_list))
    if "together" in request.POST:
        return answer_ticked(request, item_list)
    form = form_of(request.POST)
    if not form.is_valid():
        return releases_page(request, item_list, form, 422)
    said = {name: form.cleaned_data[name] for name in form.fields if name != "answer"}
    answer = form.cleaned_data["answer"]
    do = actions.refuse_batch if answer == "refuse" else actions.release_batch
    try:
        entries = do(item_list, by=request.user, yes=form.yes, **said)
    except Refused as refused:
        return not_answered(request, item_list, form, refused)
    say_answered(request, answer, len(entries))
    return redirect("desk:releases", slug)


def answer_ticked(request, item_list):
    """Release or refuse the cards that are ticked, each by itself.

    What can't be answered stays ticked, with the reason against it.
    """
    form = TickedCardsForm(request.POST)
    if not form.is_valid():
        return releases_page(request, item_list, status=422, ticked=form)
    said, do = {"by": request.user}, actions.release_batch
    if (answer := form.cleaned_data["answer"]) == "refuse":
        said["reason"], do = form.cleaned_data["reason"], actions.refuse_batch
    answered = 0
    for card, seen in form.cleaned_data["cards"]:
        try:
            answered += len(do(item_list, card=card, seen=seen, **said))
        except Refused as refused:
            form.why_not[card] = " ".join(refused.sentences)
    if answered:
        say_answered(request, answer, answered)
    if form.why_not:
        return releases_page(request, item_list, status=409, ticked=form)
    return redirect("desk:releases", item_list.slug)


def not_theirs(item_list):
    """Return the sentence for whoever has no second yes in this list."""
    return str(MOVES["release"].who.otherwise % {"committee": item_list.committee})


def form_of(sent):
    kind = RefuseBatchForm if sent.get("answer") == "refuse" else ReleaseBatchForm
    return kind(sent, auto_id=f"{sent.get('answer')}-{sent.get('card')}-%s")


def not_answered(request, item_list, form, refused):
    """Show the page as it stands now, with what changed; a reason that was typed stays."""
    card, seen = form.cleaned_data["card"], form.cleaned_data["seen"]
    conflict = isinstance(refused, Conflict)
    if conflict and queries.answered_by(item_list, card, seen, request.user):
        messages.info(request, _("You have answered this already; it stands in the ledger once."))
        return redirect("desk:releases", item_list.slug)
    form.say_refused(refused)
    changes = ()
    if conflict:
        changes = queries.changes_of_card(item_list, card, seen, request.user, localdate())
    return releases_page(request, item_list, form, 409 if conflict else 403, changes)


def say_answered(request, answer, count):
    if answer == "refuse":
        sentence = ngettext(
            "Refused: %(n)d item. Whoever entered it reads why.",
            "Refused: %(n)d items. Whoever entered them reads why.",
            count,
        )
    else:
        sentence = ngettext(
            "Released: %(n)d item. It is public now.",
            "Released: %(n)d items. They are public now.",
            count,
        )
    messages.success(request, sentence % {"n": count})


def releases_page(request, item_list, sent=None, status=200, changes=(), ticked=None):
    """Show the cards with their forms; `sent` is one that came back, `ticked` that of several."""
    today = localdate()
    page = queries.releases_page(item_list, request.user, today)
    answers = rules.releases_in(request.user, item_list, today)
    cards = [(card, *forms_of(card, sent), tick_of(card, ticked)) for card in page.cards]
    known = sent is not None and any(card.key == sent.data.get("card") for card in page.cards)
    context = {"at": "lists", "list": staff.list_head(item_list), "page": page, "cards": cards}
    context |= {"answers": answers, "sent": sent, "changes": changes, "known": known}
    context["together"] = ticked or TickedCardsForm()
    answerable = sum(bool(card.ready or card.may_refuse) for card in page.cards)
    context["several"] = ticked is not None or answerable > 1
    shown = {card.key for card in page.cards}
    why_not = ticked.why_not if ticked else {}
    context["gone"] = {why for key, why in why_not.items() if key not in shown}
    return render(request, "desk/releases.html", context, status=status)


def tick_of(card, ticked) -> dict:
    """Return whether a card is ticked, and what stood against it; unasked it isn't."""
    sent = {value.partition(":")[0] for value in ticked.data.getlist("cards")} if ticked else set()
    why_not = ticked.why_not.get(card.key, "") if ticked else ""
    return {"ticked": card.key in sent, "why_not": why_not}


def forms_of(card, sent):
    """Return a card's two forms, about how it looks now; the one that came back keeps its words."""
    for kind, answer in ((ReleaseBatchForm, "release"), (RefuseBatchForm, "refuse")):
        now = {"card": card.key, "seen": card.state, "answer": answer}
        if sent is not None and type(sent) is kind and sent.data.get("card") == card.key:
            sent.data = sent.data.copy()
            sent.data["seen"] = card.state
            yield sent
        else:
            yield kind(initial=now, auto_id=f"{answer}-{card.key}-%s")

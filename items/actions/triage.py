"""The office reads what workers suggested, and none of it ends without an answer."""

from collections.abc import Callable
from datetime import datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from items import personal, rules
from items.actions.door import need, refuse_if
from items.actions.draft import Draft, fill
from items.actions.suggest import write_step
from items.errors import Refused
from items.models import (
    Adoption,
    Category,
    Contact,
    ContactLook,
    Item,
    ItemList,
    Person,
    Place,
    Suggestion,
    SuggestionEntry,
)
from items.models.versioned import lock
from items.outcomes import ENDED, SUGGESTION_MOVES, WAITING
from items.states import UNCHANGED, Status


def let_in(suggestion: Suggestion, *, by: Person, now=None) -> SuggestionEntry:
    """Take a suggestion out of moderation: from now on it counts."""

    def change(today):
        refuse_if("" if suggestion.in_moderation else _("It isn’t in moderation."))
        suggestion.in_moderation = False

    return _act("let_in", suggestion, by=by, now=now, change=change)


def sort(
    suggestion: Suggestion,
    *,
    by: Person,
    category: Category | None = None,
    place: Place | None = None,
    now=None,
) -> SuggestionEntry:
    """Note what kind of concern it is, and which place it is about."""

    def change(today):
        for row in filter(None, [category, place]):
            foreign = row.committee_id != suggestion.committee_id
            refuse_if(_("“%s” belongs to another committee.") % row if foreign else "")
        suggestion.category, suggestion.place = category, place

    return _act("sort", suggestion, by=by, now=now, change=change)


def ask_back(suggestion: Suggestion, *, by: Person, text: str, now=None) -> SuggestionEntry:
    """Ask the suggester something, who reads it with the code."""
    text = need(text, _("Write what you want to know."))
    refuse_if("" if suggestion.code_hash else _("Nobody has a code for this one: it was heard."))
    return _act("ask_back", suggestion, by=by, now=now, text=text, to_suggester=True)


@transaction.atomic
def merge(
    suggestion: Suggestion, *, by: Person, into: Suggestion, text: str = "", now=None
) -> SuggestionEntry:
    """Put a suggestion together with another that says the same: it ends as that one ends."""
    refuse_if(_("It can’t be put together with itself.") if into.pk == suggestion.pk else "")
    keys = sorted([suggestion.pk, into.root.pk])  # in one order, so that nobody waits in a ring
    both = Suggestion.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    other = next((row for row in both if row.pk != suggestion.pk), suggestion)

    def change(today):
        foreign = other.committee_id != suggestion.committee_id or other.pk == suggestion.pk
        refuse_if(_("These two can’t be put together.") if foreign or other.merged_into_id else "")
        refuse_if(
            _("The other one is still in moderation. Let it in first.")
            if other.in_moderation
            else ""
        )
        for follower in suggestion.merged.all():
            facts = {"into": other.pk}
            write_step(follower, "merge", day=today, by=by, text=text, facts=facts)
            follower.merged_into = other
            follower.save()
        suggestion.merged_into = other
        return {"into": other.pk}

    return _act("merge", suggestion, by=by, now=now, text=text, change=change)


def adopt(
    suggestion: Suggestion, *, by: Person, items: list[Item], text: str, now=None
) -> SuggestionEntry:
    """Let a suggestion become one or several items, and tell the suggester so."""
    text = need(text, _("Write the answer; the suggester reads it."))
    refuse_if("" if items else _("Choose the item that it becomes, or draw up a new one."))

    def change(today):
        _refuse_items(suggestion, items)
        return {"items": [str(item) for item in items]}

    def then():
        known = set(suggestion.adoptions.values_list("item", flat=True))
        new = [item for item in items if item.pk not in known]
        Adoption.objects.bulk_create(Adoption(suggestion=suggestion, item=item) for item in new)

    said = {"text": text, "to_suggester": True, "change": change, "then": then}
    return _act("adopt", suggestion, by=by, now=now, **said)


@transaction.atomic
def adopt_as_draft(
    suggestion: Suggestion,
    *,
    by: Person,
    item_list: ItemList,
    title: str,
    text: str,
    now=None,
) -> Item:
    """Draw up a new draft item under the next number, and let the suggestion become it."""
    title = need(title, _("Write what the matter is called."))
    lock(item_list)
    refuse_if(rules.why_not("import_into", by, item_list))
    fields = {"title": title, "source": _("Workers’ suggestion"), "place": suggestion.place}
    fields["category"] = suggestion.category
    number = item_list.items.next_number()
    item = fill(item_list, number, Draft(fields=fields), by=by, now=now or timezone.now())
    adopt(suggestion, by=by, items=[item], text=text, now=now)
    return item


def _refuse_items(suggestion, items):
    for item in items:
        if item.list.committee_id != suggestion.committee_id:
            raise Refused(_("“%s” belongs to another committee.") % item)
        if item.status == Status.WITHDRAWN:
            raise Refused(_("“%s” was withdrawn. Nothing becomes it any more.") % item)


def settle(suggestion: Suggestion, *, by: Person, text: str, now=None) -> SuggestionEntry:
    """Say that it was done at once, and what was done."""
    text = need(text, _("Write what was done; the suggester reads it."))
    return _act("settle", suggestion, by=by, now=now, text=text, to_suggester=True)


def decline(suggestion: Suggestion, *, by: Person, text: str, now=None) -> SuggestionEntry:
    """Say why a suggestion isn't adopted."""
    text = need(text, _("Write why it isn’t adopted; the suggester reads it."))
    return _act("decline", suggestion, by=by, now=now, text=text, to_suggester=True)


def take_up_again(suggestion: Suggestion, *, by: Person, text: str, now=None) -> SuggestionEntry:
    """Take up anew what had ended; the answer that was given stays in its history."""
    text = need(text, _("Write why it is taken up again; the suggester reads it."))

    def change(today):
        suggestion.merged_into = None
        _stop_showing(suggestion)

    def then():
        suggestion.adoptions.all().delete()

    said = {"text": text, "to_suggester": True, "change": change, "then": then}
    return _act("take_up_again", suggestion, by=by, now=now, **said)


def show_answer(
    suggestion: Suggestion, *, by: Person, words: str, answer: str, now=None
) -> SuggestionEntry:
    """Let everyone read what was suggested and what was answered, in words that are released."""
    words = need(words, _("Write what was suggested, as everyone may read it."))
    answer = need(answer, _("Write the answer, as everyone may read it."))

    def change(today):
        if suggestion.in_moderation:
            raise Refused(_("It is still in moderation. Let it in first."))
        suggestion.shown_words, suggestion.shown_answer = words, answer
        suggestion.shown_on = today
        return personal.ask(words, answer)

    return _act("show_answer", suggestion, by=by, now=now, text=f"{words}\n{answer}", change=change)


def hide_answer(suggestion: Suggestion, *, by: Person, text: str, now=None) -> SuggestionEntry:
    """Show an answer to everyone no longer; who has the code still reads their own."""
    text = need(text, _("Write why it is no longer shown."))

    def change(today):
        refuse_if("" if suggestion.shown_on else _("It isn’t shown to everyone."))
        _stop_showing(suggestion)

    return _act("hide_answer", suggestion, by=by, now=now, text=text, change=change)


def erase(suggestion: Suggestion, *, by: Person, text: str, now=None) -> SuggestionEntry:
    """Erase for good what was written, the photos and the contact; that it came stays."""
    text = need(text, _("Write why the words are erased."))

    def change(today):
        suggestion.words = suggestion.location = ""
        _stop_showing(suggestion)

    def then():
        suggestion.photos.all().delete()
        Contact.objects.filter(suggestion=suggestion).delete()
        # What was written before this step; an append-only row yields to nothing else.
        before = suggestion.entries.filter(seq__lt=suggestion.last_seq)
        models.QuerySet(SuggestionEntry).filter(pk__in=before.values("pk")).update(text="")

    return _act("erase", suggestion, by=by, now=now, text=text, change=change, then=then)


@transaction.atomic
def see_contact(
    suggestion: Suggestion, *, by: Person, why: str, now: datetime | None = None
) -> Contact | None:
    """Return who wrote it, if they said so; that somebody looked is written down first."""
    now = now or timezone.now()
    why = need(why, _("Write what you need the contact for."))
    refuse_if(rules.why_not("see_contact", by, suggestion, today=timezone.localdate(now)))
    refuse_if("" if has_contact(suggestion) else _("They left no name and no contact."))
    ContactLook.objects.create(suggestion=suggestion, by=by, at=now, why=why[:200])
    return Contact.objects.get(suggestion=suggestion)


def has_contact(suggestion: Suggestion) -> bool:
    """Tell whether a name or a contact is there to be looked at."""
    return Contact.objects.filter(suggestion=suggestion).exists()


def forget_contacts(today=None) -> int:
    """Delete the contacts whose time is over; return how many they were."""
    deleted, _kinds = Contact.objects.overdue(today or timezone.localdate()).delete()
    return deleted


def _stop_showing(suggestion):
    suggestion.shown_words = suggestion.shown_answer = ""
    suggestion.shown_on = None


@transaction.atomic
def _act(
    verb: str,
    suggestion: Suggestion,
    *,
    by: Person,
    now: datetime | None = None,
    change: Callable = lambda today: None,
    then: Callable = lambda: None,
    **written,
) -> SuggestionEntry:
    """Do `verb` on a suggestion: lock, ask, change, write the step; all or nothing."""
    today = timezone.localdate(now or timezone.now())
    lock(suggestion)
    refuse_if(rules.why_not(verb, by, suggestion, today=today))
    facts = change(today) or {}
    target = SUGGESTION_MOVES[verb][1]
    if target != UNCHANGED:
        suggestion.status = target
    if suggestion.status in WAITING:
        suggestion.ended_on = None
    elif verb in ENDS:
        suggestion.ended_on = today
    step = write_step(suggestion, verb, day=today, by=by, facts=facts, **written)
    then()
    suggestion.save()
    return step


ENDS = {verb for verb, (_sources, target) in SUGGESTION_MOVES.items() if target in ENDED}

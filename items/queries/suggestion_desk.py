"""A suggestion as the office works on it: what was written, what was done, who may do what."""

from datetime import date

from django.db.models import Case, IntegerField, Q, When

from items import staff_voice
from items.models import Contact, Item, Person, Suggestion
from items.queries.alike import alike, alike_items, current_items
from items.rules import why_not_standing
from items.rules.standing import Standing
from items.suggestion_states import SUGGESTION_MOVES, SuggestionVerb
from items.suggestion_states import SuggestionStatus as S

ACTS = [verb for verb in SUGGESTION_MOVES if verb != SuggestionVerb.REPLY]  # that is the worker's


def suggestion_desk(
    suggestion: Suggestion, person: Person, today: date
) -> staff_voice.SuggestionDesk:
    """Return a suggestion as `person` works on it."""
    standing = Standing(person, suggestion, today)
    acts = {verb: why_not_standing(verb, standing) for verb in ACTS}
    triaging = not acts["merge"] and bool(suggestion.words)
    return staff_voice.SuggestionDesk(
        suggestion=suggestion,
        acts=acts,
        steps=tuple(suggestion.entries.all()),
        photos=tuple(suggestion.photos.defer("large", "small")),
        merged=tuple(suggestion.merged.order_by("received_on", "pk")),
        items=tuple(suggestion.root.items.select_related("list").order_by("list", "number")),
        looks=tuple(suggestion.looks.select_related("by")),
        alike=tuple(alike(suggestion)) if triaging else (),
        alike_items=_alike_items(suggestion) if triaging else (),
        has_contact=not acts["see_contact"] and _has_contact(suggestion),
        next=next_to_answer(suggestion) if standing.is_office else None,
    )


def _has_contact(suggestion):
    return Contact.objects.filter(suggestion=suggestion).exists()


def _alike_items(suggestion):
    return tuple(alike_items(suggestion, list(current_items(suggestion))))


def next_to_answer(suggestion: Suggestion) -> Suggestion | None:
    """Return the committee's suggestion that waits after this one; after the last, the first."""
    waiting = Suggestion.objects.filter(
        committee=suggestion.committee_id,
        status=S.RECEIVED,
        in_moderation=suggestion.in_moderation,
    ).exclude(pk=suggestion.pk)
    later = Q(answer_by__gt=suggestion.answer_by)
    later |= Q(answer_by=suggestion.answer_by, pk__gt=suggestion.pk)
    around = Case(When(later, then=0), default=1, output_field=IntegerField())
    return waiting.order_by(around, "answer_by", "pk").first()


def suggestions_behind(item: Item, person: Person, today: date) -> tuple[Suggestion, ...]:
    """Return the suggestions that became an item; none to those who may not read them."""
    behind = Suggestion.objects.visible_to(person, today).behind([item])
    return tuple(behind.order_by("received_on", "pk"))

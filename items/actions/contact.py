"""Contacts: who sent a suggestion, if they said so; apart, looked at on record, kept for a time."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from items.actions.step import acting_on_suggestion
from items.actions.validation import need
from items.errors import Refused
from items.models import Contact, ContactLook, Person, Suggestion, SuggestionEntry
from items.rules import why_not


@transaction.atomic
def see_contact(
    suggestion: Suggestion, *, by: Person, why: str, now: datetime | None = None
) -> Contact | None:
    """Return who wrote it, if they said so; that somebody looked is written down first."""
    now = now or timezone.now()
    why = need(why, _("Write what you need the contact for."))
    if refusal := why_not("see_contact", by, suggestion, today=timezone.localdate(now)):
        raise Refused(refusal)
    if not has_contact(suggestion):
        raise Refused(_("They left no name and no contact."))
    ContactLook.objects.create(suggestion=suggestion, by=by, at=now, why=why[:200])
    return Contact.objects.get(suggestion=suggestion)


def tell_by_phone(
    suggestion: Suggestion, *, by: Person, now: datetime | None = None
) -> SuggestionEntry:
    """Write down that the suggester was told of the answer by telephone."""
    with acting_on_suggestion("tell_by_phone", suggestion, by=by, now=now) as act:
        if not Contact.objects.to_call().filter(suggestion=suggestion).exists():
            raise Refused(_("Nobody waits for a call about it."))
        ended = suggestion.root.ended_on
        if not suggestion.looks.filter(at__date__gte=ended).exists():
            raise Refused(_("Look at the contact first; that you did is written down."))
        return act.write()


def has_contact(suggestion: Suggestion) -> bool:
    """Tell whether a name or a contact is there to be looked at."""
    return Contact.objects.filter(suggestion=suggestion).exists()


def forget_contacts(today: date | None = None) -> int:
    """Delete the contacts whose time is over; return how many they were."""
    deleted, _kinds = Contact.objects.overdue(today or timezone.localdate()).delete()
    return deleted

"""Suggestions that came on paper, by telephone or at a meeting: the office enters them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from items.actions.attached_photos import MOST_AT_ONCE
from items.actions.step import keep_contact, keep_pictures, short, write_step
from items.actions.validation import need
from items.errors import Refused
from items.ledger import not_in_future
from items.models import Call, Category, Committee, Person, Place, Suggestion
from items.photos import picture
from items.photos.picture import Upload
from items.rules import why_not
from items.suggestion_states import ENTERED, Channel


def enter_suggestion(
    committee: Committee,
    *,
    by: Person,
    channel: Channel,
    words: str,
    received_on: date,
    location: str = "",
    category: Category | None = None,
    place: Place | None = None,
    name: str = "",
    contact: str = "",
    photos: Sequence[Upload] = (),
    now: datetime | None = None,
) -> Suggestion:
    """Take in what somebody said without the form; it is answered as any other.

    `photos` are pictures of the paper: whoever may read the words sees them, and nobody else, and
    they are erased with the words.

    Its answer is due as if it had come by the form on that day. It has no receipt code: whoever
    enters it would know the code, and could speak as the suggester.
    """
    today = timezone.localdate(now or timezone.now())
    suggestion = Suggestion(
        committee=committee,
        channel=channel,
        words=short(need(words, _("Write what it is about."))),
        received_on=not_in_future(received_on, today),
        location=location.strip()[:100],
        category=category,
        place=place,
    )
    if refusal := why_not("enter_suggestion", by, suggestion, today=today):
        raise Refused(refusal)
    _refuse_what_does_not_fit(suggestion)
    if len(photos) > MOST_AT_ONCE:
        raise Refused(too_many())
    pictures = [picture.read(file) for file in photos]  # the hard work before the transaction
    with transaction.atomic():
        _refuse_entered_again(suggestion)
        _enter(suggestion, by, today, {"name": name.strip(), "contact": contact.strip()})
        keep_pictures(suggestion.photos, pictures)
    return suggestion


def too_many() -> str:
    most = ngettext(
        "At most %(n)d photo goes with it. Choose fewer.",
        "At most %(n)d photos go with it. Choose fewer.",
        MOST_AT_ONCE,
    )
    return most % {"n": MOST_AT_ONCE}


def _enter(suggestion: Suggestion, by: Person, today: date, who: dict[str, str]) -> None:
    committee, received_on = suggestion.committee, suggestion.received_on
    call = Call.objects.open(received_on).filter(committee=committee).first()
    soon = received_on + timedelta(days=committee.answer_within_days)
    suggestion.call, suggestion.answer_by = call, call.answer_by if call else soon
    suggestion.save(force_insert=True)
    write_step(suggestion, "enter_suggestion", day=today, by=by)
    suggestion.save()
    if any(who.values()):
        keep_contact(suggestion, who["name"], who["contact"])


def _refuse_what_does_not_fit(suggestion: Suggestion) -> None:
    if suggestion.channel not in ENTERED:
        raise Refused(_("Choose whether it came on paper, by telephone or at a meeting."))
    rows: list[Category | Place | None] = [suggestion.category, suggestion.place]
    for row in rows:
        if row and row.committee_id != suggestion.committee_id:
            raise Refused(_("“%s” belongs to another committee.") % row)


def _refuse_entered_again(suggestion: Suggestion) -> None:
    what = ("committee", "channel", "words", "received_on", "location", "place")
    same: dict[str, Any] = {name: getattr(suggestion, name) for name in what}
    if Suggestion.objects.filter(**same).exists():  # a button that was pressed again
        raise Refused(_("It is entered already: the same words of the same day."))

"""A worker suggests and replies, without an account: what comes in is kept once, and no trace."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from items.actions.input import need
from items.errors import Refused
from items.models import Call, Category, Committee, Contact, Suggestion, SuggestionPhoto
from items.models.versioned import lock
from items.photos.picture import Picture
from items.privacy.receipt_codes import hashed
from items.suggestion_states import SUGGESTION_MOVES, SuggestionVerb

LONGEST = 2000  # letters of what somebody writes


def suggest(
    committee: Committee,
    *,
    words: str,
    code: str,
    location: str = "",
    kind: str = "",
    category: Category | None = None,
    name: str = "",
    contact: str = "",
    pictures: tuple[Picture, ...] = (),
    moderated: bool = False,
    today: date | None = None,
) -> Suggestion:
    """Take in what a worker wrote; the same code once more leads to what is there already.

    What is `moderated` counts nowhere until the office lets it in. The pictures are clean already
    (see `items.photos.picture.read`), so that nobody waits for them.
    """
    today = today or timezone.localdate()
    suggestion = Suggestion(
        committee=committee,
        code_hash=hashed(code),
        words=short(need(words, _("Write what it is about."))),
        location=location.strip()[:100],
        kind=kind,
        category=category,
        received_on=today,
        in_moderation=moderated,
    )
    if category is not None and category.committee_id != committee.pk:
        raise Refused(_("“%s” belongs to another committee.") % category)
    try:
        with transaction.atomic():
            _keep(suggestion, name.strip()[:50], contact.strip()[:100], pictures, today)
    except IntegrityError:  # the same form once more, or at the same moment
        there = Suggestion.objects.filter(code_hash=suggestion.code_hash).first()
        if there is None:
            raise
        return there
    return suggestion


def _keep(suggestion, name, contact, pictures, today):
    call = Call.objects.open(today).filter(committee=suggestion.committee_id).first()
    soon = today + timedelta(days=suggestion.committee.answer_within_days)
    suggestion.call, suggestion.answer_by = call, call.answer_by if call else soon
    suggestion.save(force_insert=True)
    if name or contact:
        Contact.objects.create(suggestion=suggestion, name=name, contact=contact)
    for order, picture in enumerate(pictures):
        width, height = picture.size
        small_width, small_height = picture.small_size
        SuggestionPhoto.objects.create(
            suggestion=suggestion,
            order=order,
            large=picture.large,
            small=picture.small,
            width=width,
            height=height,
            small_width=small_width,
            small_height=small_height,
        )


@transaction.atomic
def reply(suggestion: Suggestion, *, words: str, today: date | None = None) -> None:
    """Answer, as the one who has the code, what the office asked back."""
    words = short(need(words, _("Write your answer.")))
    lock(suggestion)
    row = SUGGESTION_MOVES["reply"]
    if suggestion.status not in row.sources:
        raise Refused(_("The office waits for no answer from you now."))
    day = today or timezone.localdate()
    write_step(suggestion, SuggestionVerb.REPLY, day=day, text=words, to_suggester=True)
    suggestion.status = row.target
    suggestion.save()


def write_step(suggestion, verb, *, day, by=None, **written):
    """Write a step of a suggestion's history; save the suggestion after it."""
    suggestion.last_seq += 1
    return suggestion.entries.create(
        seq=suggestion.last_seq, verb=verb, by=by, name=by.name if by else "", day=day, **written
    )


def short(words: str) -> str:
    """Return words that aren't longer than anybody has to read at once."""
    if len(words) > LONGEST:
        raise Refused(
            _("That is too long: %(most)d letters are the most. Say it shorter, or send it in two.")
            % {"most": LONGEST}
        )
    return words

"""Suggestions: what workers send in, and what they do with the code afterwards.

A worker acts without an account: what comes in is kept once, and no trace of who sent it.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items.actions.sought import count_sought
from items.actions.step import (
    forget_words,
    keep_contact,
    keep_pictures,
    leave_other,
    locked_other,
    refuse_personal_data,
    short,
    write_step,
)
from items.actions.validation import need
from items.errors import Refused
from items.models import (
    Appeal,
    Call,
    Category,
    Committee,
    Entry,
    Item,
    Suggestion,
    SuggestionEntry,
)
from items.models.versioned import lock
from items.photos.picture import Picture
from items.privacy.receipt_codes import hashed
from items.rules.announcing import is_open
from items.states import ListStatus, Status
from items.suggestion_states import (
    ANSWERED,
    FINAL,
    SETTLES_QUESTION,
    SUGGESTION_MOVES,
    WAITING,
    SuggestionStatus,
    SuggestionVerb,
)


def suggest(
    committee: Committee,
    *,
    words: str,
    code: str,
    location: str = "",
    kind: str = "",
    category: Category | None = None,
    about: Item | None = None,
    grade: str = "",
    objects_to: Entry | None = None,
    objects_to_number: int | None = None,
    name: str = "",
    contact: str = "",
    pictures: tuple[Picture, ...] = (),
    sought: str = "",
    moderated: bool = False,
    today: date | None = None,
) -> Suggestion:
    """Take in what a worker wrote; the same code once more leads to what is there already.

    `grade` is what they said of the item that it is `about`, beside their words. `objects_to` is
    the announcement (公示) of that item to which they object, or of a draft list; of one of its
    items then, by `objects_to_number`.
    What is `moderated` counts nowhere until the office lets it in. `sought` is what the worker
    looked for in vain before: it is counted, apart from what was written. The pictures are clean
    already (see `items.photos.picture.read`), so that nobody waits for them.
    """
    today = today or timezone.localdate()
    code_hash = hashed(code)
    assert code_hash is not None  # the code is made by the form, not typed
    suggestion = Suggestion(
        committee=committee,
        code_hash=code_hash,
        words=short(need(words, _("Write what it is about."))),
        location=location.strip()[:100],
        kind=kind,
        category=category,
        about=about,
        grade=grade if about else "",
        objects_to=objects_to,
        objects_to_number=objects_to_number,
        received_on=today,
        in_moderation=moderated,
    )
    if about is not None and not _is_public_item_of(about, committee):
        raise Refused(_("That item isn’t on a published list of this committee."))
    if objects_to is not None and not is_open(objects_to, today):
        raise Refused(str(NOT_UP_ANY_MORE))
    if objects_to_number is not None and not _stands_on(objects_to, objects_to_number):
        raise Refused(_("No item on that list has this number."))
    if category is not None and category.committee_id != committee.pk:
        raise Refused(_("“%s” belongs to another committee.") % category)
    try:
        with transaction.atomic():
            _keep(suggestion, name.strip(), contact.strip(), pictures, today)
            if not moderated:
                count_sought(committee, sought)
    except IntegrityError:  # the same form once more, or at the same moment
        earlier = Suggestion.objects.filter(code_hash=suggestion.code_hash).first()
        if earlier is None:
            raise
        return earlier
    return suggestion


def _stands_on(announcement: Entry | None, number: int) -> bool:
    """Tell whether a draft list that is up has an item of this number."""
    if announcement is None or announcement.item_id is not None:
        return False
    return Item.objects.filter(list=announcement.list_id, number=number).exists()


NOT_UP_ANY_MORE = gettext_lazy(
    "It isn’t up for objections any more. Send it all the same: it goes to the office as a"
    " suggestion."
)


def _is_public_item_of(item: Item, committee: Committee) -> bool:
    shown = item.status != Status.DRAFT and item.list.status != ListStatus.DRAFT
    return shown and item.list.committee_id == committee.pk


def _keep(
    suggestion: Suggestion, name: str, contact: str, pictures: Sequence[Picture], today: date
) -> None:
    call = Call.objects.open(today).filter(committee=suggestion.committee_id).first()
    soon = today + timedelta(days=suggestion.committee.answer_within_days)
    suggestion.call, suggestion.answer_by = call, call.answer_by if call else soon
    suggestion.save(force_insert=True)
    if name or contact:
        keep_contact(suggestion, name, contact)
    keep_pictures(suggestion.photos, pictures)


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


@transaction.atomic
def ask_again(suggestion: Suggestion, *, words: str, today: date | None = None) -> None:
    """Ask, as the one who has the code, once about each answer what it left unclear.

    The suggestion stays answered, and its counts as they are; the office sees the question.
    """
    words = short(need(words, _("Write what isn’t clear yet.")))
    lock(suggestion)
    if refusal := why_not_asked_again(suggestion):
        raise Refused(refusal)
    refuse_personal_data(words)
    day = today or timezone.localdate()
    write_step(suggestion, SuggestionVerb.ASK_AGAIN, day=day, text=words, to_suggester=True)
    suggestion.save()


def why_not_asked_again(suggestion: Suggestion) -> str:
    """Say why its suggester can't ask about the answer; "" when they can."""
    if suggestion.root.status not in ANSWERED:
        return _("It has no answer yet that you could ask about.")
    told = suggestion.entries.filter(verb__in=SETTLES_QUESTION | {SuggestionVerb.ASK_AGAIN})
    last = told.order_by("seq").last()
    if last is not None and last.verb == SuggestionVerb.ASK_AGAIN:
        return _("You have asked about this answer already. The office reads it.")
    return ""


REOPEN_DAYS = 30  # after it was said to be done; as long as a round of verdicts goes on


@transaction.atomic
def reopen_suggestion(suggestion: Suggestion, *, words: str, today: date | None = None) -> None:
    """Say, as the one who has the code, once that what is said to be done isn't.

    It waits for the office again, with all that was answered. What had been put together with
    another one is parted from it.
    """
    words = short(need(words, _("Write what isn’t done yet.")))
    day = today or timezone.localdate()
    locked_other(suggestion, suggestion.root.pk)
    suggestion.refresh_from_db()
    if refusal := why_not_reopened(suggestion, day):
        raise Refused(refusal)
    refuse_personal_data(words)
    root = suggestion.root
    facts = {"answered_at": root.last_seq} | leave_other(suggestion)
    told: dict[str, Any] = {"text": words, "to_suggester": True, "facts": facts}
    write_step(suggestion, SuggestionVerb.REOPEN_SUGGESTION, day=day, **told)
    suggestion.status, suggestion.reopened_on = SuggestionStatus.RECEIVED, day
    suggestion.ended_on = root.ended_on
    suggestion.save()


def why_not_reopened(suggestion: Suggestion, today: date) -> str:
    """Say why its suggester can't say that it isn't done; "" when they can."""
    root = suggestion.root
    if root.status != SuggestionStatus.SETTLED:
        return _("It isn’t said to be done at once, or no longer.")
    if suggestion.reopened_on:
        return _("You have said so already. That is possible once.")
    if today > last_day_to_reopen(root):
        return _("That was possible for %(n)d days. Send in a new suggestion.") % {"n": REOPEN_DAYS}
    if Appeal.objects.holding(root).exists():
        return _("Somebody else looks at the answer just now. Say so when that has ended.")
    return ""


def last_day_to_reopen(root: Suggestion) -> date:
    """Return the last day on which suggesters may say that what was done isn't."""
    assert root.ended_on is not None
    return root.ended_on + timedelta(days=REOPEN_DAYS)


@transaction.atomic
def take_words_back(suggestion: Suggestion, *, today: date | None = None) -> None:
    """Take back, as the one who has the code, what one wrote, while nobody has answered.

    What others said stays: where they were put together with this one, it waits on, without words.
    """
    day = today or timezone.localdate()
    locked_other(suggestion, suggestion.root.pk)
    suggestion.refresh_from_db()
    if refusal := why_not_taken_back(suggestion):
        raise Refused(refusal)
    write_step(suggestion, SuggestionVerb.TAKE_WORDS_BACK, day=day, to_suggester=True)
    suggestion.words = suggestion.location = ""
    if not suggestion.merged.exists():
        suggestion.status, suggestion.ended_on = SuggestionStatus.TAKEN_BACK, day
        suggestion.merged_into = None
    forget_words(suggestion)
    suggestion.save()


def why_not_taken_back(suggestion: Suggestion) -> str:
    """Say why its suggester can't take the words back; "" when they can."""
    if not suggestion.words:
        return _("There are no words left to take back.")
    keys = {suggestion.pk, suggestion.root.pk}
    answered = SuggestionEntry.objects.filter(suggestion__in=keys, verb__in=FINAL).exists()
    if answered or suggestion.root.status not in WAITING:
        return _("It has been answered. You can still ask for your words to be erased.")
    return ""


@transaction.atomic
def ask_erasing(suggestion: Suggestion, *, today: date | None = None) -> None:
    """Ask, as the one who has the code, for one's words to be erased; once is enough."""
    lock(suggestion)
    if not suggestion.words or not why_not_taken_back(suggestion):
        raise Refused(_("There is nothing to ask for: take the words back yourself, if any stand."))
    if suggestion.entries.filter(verb=SuggestionVerb.ASK_ERASING).exists():
        return
    day = today or timezone.localdate()
    write_step(suggestion, SuggestionVerb.ASK_ERASING, day=day, to_suggester=True)
    suggestion.save()

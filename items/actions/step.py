"""Steps with a suggestion: the one door through which its history grows, and what they share."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from items.actions.kept_upload import take
from items.errors import BrokenAct, Refused
from items.ledger import one_transaction
from items.models import Contact, Person, ResultPhoto, Suggestion, SuggestionEntry
from items.models.versioned import columns_of, lock, put_back
from items.photos.picture import Picture
from items.privacy import personal_data
from items.privacy.telephone import is_telephone
from items.rules import why_not
from items.states import UNCHANGED
from items.suggestion_states import (
    ENDED,
    SUGGESTION_MOVES,
    WAITING,
    SuggestionStatus,
    SuggestionVerb,
)

LONGEST = 2000  # letters of what somebody writes


def write_step(
    suggestion: Suggestion, verb: str, *, day: date, by: Person | None = None, **written: Any
) -> SuggestionEntry:
    """Write a step of a suggestion's history; save the suggestion after it."""
    suggestion.last_seq += 1
    return suggestion.entries.create(
        seq=suggestion.last_seq, verb=verb, by=by, name=by.name if by else "", day=day, **written
    )


@contextmanager
def acting_on_suggestion(
    verb: str,
    suggestion: Suggestion,
    *,
    by: Person,
    now: datetime | None = None,
    with_other: int | None = None,
) -> Iterator["SuggestionAct"]:
    """Do `verb` on a suggestion, as `items.ledger.acting` does on an item.

    `with_other` is the key of another one that the block writes to: both are locked in one order,
    so that nobody waits in a ring.
    """
    today, read = timezone.localdate(now or timezone.now()), {}
    try:
        with one_transaction():
            other = locked_other(suggestion, with_other) if with_other else suggestion
            lock(suggestion, "committee")
            read = columns_of(suggestion)
            if refusal := why_not(verb, by, suggestion, today=today):
                raise Refused(refusal)
            act = SuggestionAct(verb, suggestion, by=by, today=today, other=other)
            yield act
            act.leave()
    except BaseException:
        if read:
            put_back(suggestion, read)
        raise


def locked_other(suggestion: Suggestion, key: int) -> Suggestion:
    """Lock both and return the other one; the suggestion itself where they are the same."""
    keys = {suggestion.pk, key}
    both = Suggestion.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    return next((row for row in both if row.pk != suggestion.pk), suggestion)


class SuggestionAct:
    """What the office is doing to a locked suggestion; `acting_on_suggestion` makes it."""

    def __init__(
        self,
        verb: str,
        suggestion: Suggestion,
        *,
        by: Person,
        today: date,
        other: Suggestion,
    ) -> None:
        self.verb, self.suggestion, self.by, self.today = verb, suggestion, by, today
        self.other = other  # the suggestion itself, where the act is about no other one
        self.step: SuggestionEntry | None = None

    def write(
        self,
        text: str = "",
        *,
        facts: dict | None = None,
        to_suggester: bool = False,
        target: str = "",
    ) -> SuggestionEntry:
        """Write the step of its history, and give the suggestion the status to which it leads.

        That is the verb's, or the `target` of a verb that leads to several. What hangs on the
        suggestion changes after it: the database wants a step first.
        """
        suggestion, target = self.suggestion, target or SUGGESTION_MOVES[self.verb].target
        if target not in (UNCHANGED, SuggestionStatus.NOT_ADOPTED):
            suggestion.reason, suggestion.under_way = "", None
        if target != UNCHANGED:
            suggestion.status = target
        if suggestion.status in WAITING:
            suggestion.ended_on = None
        elif target in ENDED:
            suggestion.ended_on = self.today
        written = {"text": text, "facts": facts or {}, "to_suggester": to_suggester}
        step = write_step(suggestion, self.verb, day=self.today, by=self.by, **written)
        self.step = step
        return step

    def leave(self) -> None:
        """Save the suggestion; raise `BrokenAct` when no step was written."""
        if self.step is None:
            raise BrokenAct(f"{self.verb} was left without act.write(…): no step says so.")
        self.suggestion.save()


def leave_other(suggestion: Suggestion) -> dict[str, int]:
    """Part a suggestion from the one it was put together with, if any; return what says so."""
    facts = left(suggestion)
    suggestion.merged_into = None
    return facts


def left(suggestion: Suggestion) -> dict[str, int]:
    """Return the fact up to which step it went along with the one it was put together with."""
    other = suggestion.merged_into
    return {"left_at": other.last_seq} if other else {}


def keep_pictures(photos: models.Manager, pictures: Sequence[Picture]) -> None:
    """Keep clean pictures among the photos of a suggestion, or of a step with it."""
    for order, picture in enumerate(pictures):
        width, height = picture.size
        small_width, small_height = picture.small_size
        photos.create(
            order=order,
            large=picture.large,
            small=picture.small,
            width=width,
            height=height,
            small_width=small_width,
            small_height=small_height,
        )
        take(picture)


def keep_contact(suggestion: Suggestion, name: str, contact: str) -> None:
    """Keep who wrote it, as they said, and whether they can be telephoned."""
    called = is_telephone(contact)
    said = {"name": name[:50], "contact": contact[:100], "telephone": called}
    Contact.objects.create(suggestion=suggestion, **said)


def short(words: str) -> str:
    """Return words that aren't longer than anybody has to read at once."""
    if len(words) > LONGEST:
        raise Refused(
            _("That is too long: %(most)d letters are the most. Say it shorter, or send it in two.")
            % {"most": LONGEST}
        )
    return words


def refuse_personal_data(words: str) -> None:
    """Raise `Refused` when words that stay in the history tell how to find somebody."""
    if kinds := sorted({kind for kind, _text in personal_data.find(words)}):
        found = [str(personal_data.LABELS[kind]) for kind in kinds]
        raise Refused(
            _(
                "This looks like %(found)s. What you ask stays in the history: take it out. Who"
                " wants to be called leaves a contact with a new suggestion, where it is deleted."
            )
            % {"found": get_text_list(found, _("and"))}
        )


# What the suggester wrote, and what repeats it
SUGGESTERS_WORDS = [
    SuggestionVerb.REPLY,
    SuggestionVerb.ASK_AGAIN,
    SuggestionVerb.REOPEN_SUGGESTION,
    SuggestionVerb.APPEAL,
    SuggestionVerb.SHOW_ANSWER,
]


def forget_words(suggestion: Suggestion, *, every_word: bool = False) -> None:
    """Empty what hangs on a suggestion; the step that says so is written already."""
    suggestion.photos.all().delete()
    Contact.objects.filter(suggestion=suggestion).delete()
    # What was written before this step; an append-only row yields to nothing else.
    before = suggestion.entries.filter(seq__lt=suggestion.last_seq)
    if every_word:
        ResultPhoto.objects.filter(entry__suggestion=suggestion).delete()
    else:
        before = before.filter(verb__in=SUGGESTERS_WORDS)
    models.QuerySet(SuggestionEntry).filter(pk__in=before.values("pk")).update(text="")


def stop_showing(suggestion: Suggestion) -> None:
    suggestion.shown_words = suggestion.shown_answer = ""
    suggestion.shown_on = None

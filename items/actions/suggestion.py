"""Suggestions: what workers send in and reply, and how the office answers every one of them.

A worker acts without an account: what comes in is kept once, and no trace of who sent it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from items.actions.draft import Draft, fill
from items.actions.kept_upload import take
from items.actions.sought import count_sought
from items.actions.validation import need
from items.errors import BrokenAct, Refused
from items.ledger import one_transaction
from items.models import (
    Adoption,
    Call,
    Category,
    Committee,
    Contact,
    Entry,
    Item,
    ItemList,
    Person,
    Place,
    Suggestion,
    SuggestionEntry,
    SuggestionPhoto,
)
from items.models.versioned import columns_of, lock, put_back
from items.photos.picture import Picture
from items.privacy import personal_data
from items.privacy.receipt_codes import hashed
from items.rules import why_not
from items.rules.announcing import is_open
from items.states import UNCHANGED, ListStatus, Status
from items.suggestion_states import (
    ANSWERED,
    ENDED,
    FINAL,
    SETTLES_QUESTION,
    SUGGESTION_MOVES,
    WAITING,
    SuggestionStatus,
    SuggestionVerb,
)

LONGEST = 2000  # letters of what somebody writes


# The worker


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
    name: str = "",
    contact: str = "",
    pictures: tuple[Picture, ...] = (),
    sought: str = "",
    moderated: bool = False,
    today: date | None = None,
) -> Suggestion:
    """Take in what a worker wrote; the same code once more leads to what is there already.

    `grade` is what they said of the item that it is `about`, beside their words. `objects_to` is
    the announcement (公示) of that item to which they object.
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
        received_on=today,
        in_moderation=moderated,
    )
    if about is not None and not _is_public_item_of(about, committee):
        raise Refused(_("That item isn’t on a published list of this committee."))
    if objects_to is not None and not is_open(objects_to, today):
        raise Refused(
            _(
                "It isn’t up for objections any more. Send it all the same: it goes to the"
                " office as a suggestion about the item."
            )
        )
    if category is not None and category.committee_id != committee.pk:
        raise Refused(_("“%s” belongs to another committee.") % category)
    try:
        with transaction.atomic():
            _keep(suggestion, name.strip()[:50], contact.strip()[:100], pictures, today)
            if not moderated:
                count_sought(committee, sought)
    except IntegrityError:  # the same form once more, or at the same moment
        earlier = Suggestion.objects.filter(code_hash=suggestion.code_hash).first()
        if earlier is None:
            raise
        return earlier
    return suggestion


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
        Contact.objects.create(suggestion=suggestion, name=name, contact=contact)
    keep_pictures(suggestion, pictures)


def keep_pictures(suggestion: Suggestion, pictures: Sequence[Picture]) -> None:
    """Keep the clean pictures that came with a suggestion, in their order."""
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
        take(picture)


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


def why_not_asked_again(suggestion: Suggestion) -> str:
    """Say why its suggester can't ask about the answer; "" when they can."""
    if suggestion.root.status not in ANSWERED:
        return _("It has no answer yet that you could ask about.")
    told = suggestion.entries.filter(verb__in=SETTLES_QUESTION | {SuggestionVerb.ASK_AGAIN})
    last = told.order_by("seq").last()
    if last is not None and last.verb == SuggestionVerb.ASK_AGAIN:
        return _("You have asked about this answer already. The office reads it.")
    return ""


@transaction.atomic
def take_words_back(suggestion: Suggestion, *, today: date | None = None) -> None:
    """Take back, as the one who has the code, what one wrote, while nobody has answered.

    What others said stays: where they were put together with this one, it waits on, without words.
    """
    day = today or timezone.localdate()
    _locked_other(suggestion, suggestion.root.pk)
    suggestion.refresh_from_db()
    if refusal := why_not_taken_back(suggestion):
        raise Refused(refusal)
    write_step(suggestion, SuggestionVerb.TAKE_WORDS_BACK, day=day, to_suggester=True)
    suggestion.words = suggestion.location = ""
    if not suggestion.merged.exists():
        suggestion.status, suggestion.ended_on = SuggestionStatus.TAKEN_BACK, day
        suggestion.merged_into = None
    _forget(suggestion)
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


def write_step(
    suggestion: Suggestion, verb: str, *, day: date, by: Person | None = None, **written: Any
) -> SuggestionEntry:
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


# The office


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
            other = _locked_other(suggestion, with_other) if with_other else suggestion
            lock(suggestion)
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


def _locked_other(suggestion: Suggestion, key: int) -> Suggestion:
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
        self, text: str = "", *, facts: dict | None = None, to_suggester: bool = False
    ) -> SuggestionEntry:
        """Write the step of its history, and give the suggestion the status to which it leads.

        What hangs on the suggestion changes after it: the database wants a step first.
        """
        suggestion, target = self.suggestion, SUGGESTION_MOVES[self.verb].target
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


def let_in(suggestion: Suggestion, *, by: Person, now: datetime | None = None) -> SuggestionEntry:
    """Take a suggestion out of moderation: from now on it counts."""
    with acting_on_suggestion("let_in", suggestion, by=by, now=now) as act:
        if not suggestion.in_moderation:
            raise Refused(_("It isn’t in moderation."))
        suggestion.in_moderation = False
        return act.write()


def sort(
    suggestion: Suggestion,
    *,
    by: Person,
    category: Category | None = None,
    place: Place | None = None,
    now: datetime | None = None,
) -> SuggestionEntry:
    """Note what kind of concern it is, and which place it is about."""
    with acting_on_suggestion("sort", suggestion, by=by, now=now) as act:
        rows: list[Category | Place | None] = [category, place]
        for row in rows:
            if row and row.committee_id != suggestion.committee_id:
                raise Refused(_("“%s” belongs to another committee.") % row)
        suggestion.category, suggestion.place = category, place
        return act.write()


def ask_back(
    suggestion: Suggestion, *, by: Person, text: str, now: datetime | None = None
) -> SuggestionEntry:
    """Ask the suggester something, who reads it with the code."""
    text = need(text, _("Write what you want to know."))
    if not suggestion.code_hash:
        raise Refused(_("Nobody has a code for this one: it was heard."))
    with acting_on_suggestion("ask_back", suggestion, by=by, now=now) as act:
        return act.write(text, to_suggester=True)


def merge(
    suggestion: Suggestion,
    *,
    by: Person,
    into: Suggestion,
    text: str = "",
    now: datetime | None = None,
) -> SuggestionEntry:
    """Put a suggestion together with another that says the same: it ends as that one ends."""
    if into.pk == suggestion.pk:
        raise Refused(_("It can’t be put together with itself."))
    who: dict[str, Any] = {"by": by, "now": now}
    with acting_on_suggestion("merge", suggestion, **who, with_other=into.root.pk) as act:
        other = act.other
        foreign = other.committee_id != suggestion.committee_id or other.pk == suggestion.pk
        if foreign or other.merged_into_id:
            raise Refused(_("These two can’t be put together."))
        if other.in_moderation:
            raise Refused(_("The other one is still in moderation. Let it in first."))
        facts = {"into": other.pk}
        for follower in suggestion.merged.all():
            told = facts | _left(follower)
            write_step(follower, "merge", day=act.today, by=by, text=text, facts=told)
            follower.merged_into = other
            follower.save()
        suggestion.merged_into = other
        return act.write(text, facts=facts)


def adopt(
    suggestion: Suggestion, *, by: Person, items: list[Item], text: str, now: datetime | None = None
) -> SuggestionEntry:
    """Let a suggestion become one or several items, and tell the suggester so."""
    text = need(text, _("Write the answer; the suggester reads it."))
    if not items:
        raise Refused(_("Choose the item that it becomes, or draw up a new one."))
    with acting_on_suggestion("adopt", suggestion, by=by, now=now) as act:
        return _adopt(act, items, text)


def adopt_as_draft(
    suggestion: Suggestion,
    *,
    by: Person,
    item_list: ItemList,
    title: str,
    text: str,
    now: datetime | None = None,
) -> Item:
    """Draw up a new draft item under the next number, and let the suggestion become it."""
    title = need(title, _("Write what the matter is called."))
    text = need(text, _("Write the answer; the suggester reads it."))
    now = now or timezone.now()
    with acting_on_suggestion("adopt", suggestion, by=by, now=now) as act:
        lock(item_list)
        if refusal := why_not("import_into", by, item_list):
            raise Refused(refusal)
        fields: dict[str, Any] = {
            "title": title,
            "source": _("Workers’ suggestion"),
            "place": suggestion.place,
        }
        fields["category"] = suggestion.category
        number = item_list.items.next_number()
        item = fill(item_list, number, Draft(fields=fields), by=by, now=now)
        _adopt(act, [item], text)
    return item


def _adopt(act: SuggestionAct, items: list[Item], text: str) -> SuggestionEntry:
    suggestion = act.suggestion
    _refuse_items(suggestion, items)
    step = act.write(text, facts={"items": [str(item) for item in items]}, to_suggester=True)
    known = set(suggestion.adoptions.values_list("item", flat=True))
    new = [item for item in items if item.pk not in known]
    Adoption.objects.bulk_create(Adoption(suggestion=suggestion, item=item) for item in new)
    return step


def _refuse_items(suggestion: Suggestion, items: list[Item]) -> None:
    for item in items:
        if item.list.committee_id != suggestion.committee_id:
            raise Refused(_("“%s” belongs to another committee.") % item)
        if item.status == Status.WITHDRAWN:
            raise Refused(_("“%s” was withdrawn. Nothing becomes it any more.") % item)


def settle(
    suggestion: Suggestion, *, by: Person, text: str, now: datetime | None = None
) -> SuggestionEntry:
    """Say that it was done at once, and what was done."""
    text = need(text, _("Write what was done; the suggester reads it."))
    with acting_on_suggestion("settle", suggestion, by=by, now=now) as act:
        return act.write(text, to_suggester=True)


def decline(
    suggestion: Suggestion, *, by: Person, text: str, now: datetime | None = None
) -> SuggestionEntry:
    """Say why a suggestion isn't adopted."""
    text = need(text, _("Write why it isn’t adopted; the suggester reads it."))
    with acting_on_suggestion("decline", suggestion, by=by, now=now) as act:
        return act.write(text, to_suggester=True)


def answer_again(
    suggestion: Suggestion, *, by: Person, text: str, now: datetime | None = None
) -> SuggestionEntry:
    """Answer what its suggester asked about the answer; what was decided stays."""
    text = need(text, _("Write the answer; the suggester reads it."))
    with acting_on_suggestion("answer_again", suggestion, by=by, now=now) as act:
        if not suggestion.entries.open_questions().exists():
            raise Refused(_("No question about the answer waits."))
        return act.write(text, to_suggester=True)


def take_up_again(
    suggestion: Suggestion, *, by: Person, text: str, now: datetime | None = None
) -> SuggestionEntry:
    """Take up anew what had ended; the answer that was given stays in its history."""
    text = need(text, _("Write why it is taken up again; the suggester reads it."))
    with acting_on_suggestion("take_up_again", suggestion, by=by, now=now) as act:
        facts = leave_other(suggestion)
        stop_showing(suggestion)
        step = act.write(text, facts=facts, to_suggester=True)
        suggestion.adoptions.all().delete()
    return step


def leave_other(suggestion: Suggestion) -> dict[str, int]:
    """Part a suggestion from the one it was put together with, if any; return what says so."""
    facts = _left(suggestion)
    suggestion.merged_into = None
    return facts


def _left(suggestion: Suggestion) -> dict[str, int]:
    """Return the fact up to which step it went along with the one it was put together with."""
    other = suggestion.merged_into
    return {"left_at": other.last_seq} if other else {}


def show_answer(
    suggestion: Suggestion,
    *,
    by: Person,
    words: str,
    answer: str,
    yes: bool = False,
    now: datetime | None = None,
) -> SuggestionEntry:
    """Let everyone read what was suggested and what was answered, in words that are released."""
    words = need(words, _("Write what was suggested, as everyone may read it."))
    answer = need(answer, _("Write the answer, as everyone may read it."))
    with acting_on_suggestion("show_answer", suggestion, by=by, now=now) as act:
        if suggestion.in_moderation:
            raise Refused(_("It is still in moderation. Let it in first."))
        suggestion.shown_words, suggestion.shown_answer = words, answer
        suggestion.shown_on = act.today
        return act.write(f"{words}\n{answer}", facts=personal_data.ask(words, answer, yes=yes))


def hide_answer(
    suggestion: Suggestion, *, by: Person, text: str, now: datetime | None = None
) -> SuggestionEntry:
    """Show an answer to everyone no longer; who has the code still reads their own."""
    text = need(text, _("Write why it is no longer shown."))
    with acting_on_suggestion("hide_answer", suggestion, by=by, now=now) as act:
        if not suggestion.shown_on:
            raise Refused(_("It isn’t shown to everyone."))
        stop_showing(suggestion)
        return act.write(text)


def erase(
    suggestion: Suggestion,
    *,
    by: Person,
    text: str,
    answers: bool = False,
    now: datetime | None = None,
) -> SuggestionEntry:
    """Erase for good what the suggester wrote, the photos and the contact; that it came stays.

    What the office answered stays, for whoever said the same reads it, too; with `answers` its
    words go as well, because they tell about a person.
    """
    text = need(text, _("Write why the words are erased."))
    with acting_on_suggestion("erase", suggestion, by=by, now=now) as act:
        suggestion.words = suggestion.location = ""
        stop_showing(suggestion)
        step = act.write(text)
        _forget(suggestion, every_word=answers)
    return step


# What the suggester wrote, and what repeats it
SUGGESTERS_WORDS = [
    SuggestionVerb.REPLY,
    SuggestionVerb.ASK_AGAIN,
    SuggestionVerb.APPEAL,
    SuggestionVerb.SHOW_ANSWER,
]


def _forget(suggestion: Suggestion, *, every_word: bool = False) -> None:
    """Empty what hangs on a suggestion; the step that says so is written already."""
    suggestion.photos.all().delete()
    Contact.objects.filter(suggestion=suggestion).delete()
    # What was written before this step; an append-only row yields to nothing else.
    before = suggestion.entries.filter(seq__lt=suggestion.last_seq)
    before = before if every_word else before.filter(verb__in=SUGGESTERS_WORDS)
    models.QuerySet(SuggestionEntry).filter(pk__in=before.values("pk")).update(text="")


def stop_showing(suggestion: Suggestion) -> None:
    suggestion.shown_words = suggestion.shown_answer = ""
    suggestion.shown_on = None

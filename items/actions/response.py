"""How the office answers suggestions: each ends with an answer, and every act is a step."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from items.actions.attached_photos import MOST_AT_ONCE
from items.actions.draft import Draft, fill
from items.actions.list import add_item
from items.actions.step import (
    SuggestionAct,
    acting_on_suggestion,
    forget_words,
    keep_pictures,
    leave_other,
    left,
    stop_showing,
    write_step,
)
from items.actions.validation import need
from items.errors import Refused
from items.ledger import several_acts
from items.models import (
    Adoption,
    Category,
    Item,
    ItemList,
    Person,
    Place,
    Suggestion,
    SuggestionEntry,
)
from items.models.versioned import lock
from items.photos import picture
from items.photos.picture import Upload
from items.privacy import personal_data
from items.rules import why_not
from items.rules.confirming import has_checker
from items.states import Status
from items.suggestion_states import Reason, SuggestionStatus


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
        for follower in Suggestion.objects.filter(merged_into=suggestion):
            told = facts | left(follower)
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


def adopt_as_added(
    suggestion: Suggestion,
    *,
    by: Person,
    item_list: ItemList,
    draft: Draft,
    reason: str,
    text: str,
    yes: bool = False,
    now: datetime | None = None,
) -> Item:
    """Add an item to a published list, public at once, and let the suggestion become it.

    `reason` is read by everyone, `text` by the suggester.
    """
    text = need(text, _("Write the answer; the suggester reads it."))
    with several_acts(suggestion, item_list):
        item = add_item(item_list, draft, by=by, reason=reason, yes=yes, now=now)
        adopt(suggestion, by=by, items=[item], text=text, now=now)
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
    suggestion: Suggestion,
    *,
    by: Person,
    text: str,
    photos: Sequence[Upload | picture.Picture] = (),
    now: datetime | None = None,
) -> SuggestionEntry:
    """Say that it was done at once, and what was done.

    With photos of the result it has ended. Without one it waits until a supervisor has looked.
    """
    text = need(text, _("Write what was done; the suggester reads it."))
    pictures = clean_result("settle", suggestion, photos, by=by, now=now)
    with acting_on_suggestion("settle", suggestion, by=by, now=now) as act:
        if not pictures and suggestion.status == SuggestionStatus.TO_CONFIRM:
            raise Refused(_("A supervisor looks at it already. Choose a photo of the result."))
        if not pictures and not has_checker(suggestion, act.today):
            raise Refused(
                _(
                    "No supervisor of the committee is free to confirm it. Choose a photo of the"
                    " result."
                )
            )
        target = SuggestionStatus.SETTLED if pictures else SuggestionStatus.TO_CONFIRM
        step = act.write(text, to_suggester=True, target=target)
        keep_pictures(step.photos, pictures)
    return step


def clean_result(
    verb: str,
    suggestion: Suggestion,
    photos: Sequence[Upload | picture.Picture],
    *,
    by: Person,
    now: datetime | None,
) -> list[picture.Picture]:
    """Return photos made clean, before the transaction and only for whoever may do `verb`."""
    if not photos:
        return []
    if refusal := why_not(verb, by, suggestion, today=timezone.localdate(now or timezone.now())):
        raise Refused(refusal)
    if len(photos) > MOST_AT_ONCE:
        raise Refused(most_photos())
    return [file if isinstance(file, picture.Picture) else picture.read(file) for file in photos]


def most_photos() -> str:
    return _("At most %s photos show the result. Choose fewer.") % MOST_AT_ONCE


def decline(
    suggestion: Suggestion,
    *,
    by: Person,
    reason: str,
    text: str,
    under_way: Item | None = None,
    now: datetime | None = None,
) -> SuggestionEntry:
    """Say why a suggestion isn't adopted: in words, and by a kind of reason that everyone sees.

    What is `under_way` already names the published item of the committee as which it is.
    """
    text = need(text, _("Write why it isn’t adopted; the suggester reads it."))
    if reason not in Reason.values:
        raise Refused(_("Choose for which kind of reason it isn’t adopted."))
    if (reason == Reason.UNDER_WAY) != bool(under_way):
        raise Refused(_("Choose the item as which it is under way, for that kind of reason alone."))
    with acting_on_suggestion("decline", suggestion, by=by, now=now) as act:
        if under_way:
            _refuse_under_way(suggestion, under_way)
        suggestion.reason, suggestion.under_way = reason, under_way
        facts = {"reason": reason}
        if under_way:
            facts["under_way"] = f"{under_way.list.slug}/{under_way.number}"
        return act.write(text, facts=facts, to_suggester=True)


def _refuse_under_way(suggestion: Suggestion, item: Item) -> None:
    _refuse_items(suggestion, [item])
    if item.status == Status.DRAFT or item.hardship:
        raise Refused(_("Choose a published item; help for families is never named here."))


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
        forget_words(suggestion, every_word=answers)
    return step

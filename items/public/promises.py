"""What a list's promises were made smaller by: later, less, dropped or waiting, all together."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from items.models import Entry
from items.public.entry_words import day_of, decision_of, in_words
from items.public.lists import Head
from items.states import Smaller, Status, Verb
from items.words import Words


@dataclass(frozen=True, slots=True)
class SmallerPromise:
    """An act that made an item's promise smaller."""

    number: int
    title: Words
    status_label: str  # of the item today
    happened_on: date
    kind: str  # a states.Smaller value
    kind_label: str
    old: str
    new: str
    reason: str
    erased_on: date | None
    decision: str  # "" for acts from before a decision was asked for


@dataclass(frozen=True, slots=True)
class PromisesPage:
    """A list's smaller promises, the latest first."""

    head: Head
    promises: tuple[SmallerPromise, ...]
    count: int  # on all pages
    as_of: date
    page: int = 1
    pages: int = 1


def smaller_promise(entry: Entry) -> SmallerPromise:
    item = entry.item
    assert item  # by the query
    kind = Smaller(entry.facts.get("smaller") or KINDS[entry.verb])
    old, new = _old_and_new(entry)
    return SmallerPromise(
        number=item.number,
        title=item.title_words,
        status_label=str(Status(item.status).label),
        happened_on=entry.happened_on,
        kind=kind.value,
        kind_label=str(kind.label),
        old=old,
        new=new,
        reason=entry.words.text,
        erased_on=entry.words.erased_on,
        decision=decision_of(entry),
    )


# Of acts from before kinds were written
KINDS = {
    Verb.WITHDRAW: Smaller.DROPPED,
    Verb.PUT_ON_HOLD: Smaller.WAITING,
    Verb.DECIDE_EXTENSION: Smaller.TIME,
}


def _old_and_new(entry: Entry) -> tuple[str, str]:
    known, words = entry.facts, entry.words
    if entry.verb == Verb.DECIDE_EXTENSION:
        return day_of(known["old_due"]), day_of(known["new_due"])
    if entry.verb == Verb.PUT_ON_HOLD:
        return "", _("to be reviewed on %(day)s") % {"day": day_of(known["review_on"])}
    old, new = in_words(words.old, words.old_en), in_words(words.new, words.new_en)
    if known.get("field") != "target_count" or words.erased_on:
        return old, new
    unit = entry.item.count_unit if entry.item else ""
    pattern = _("%(count)s %(unit)s")
    return pattern % {"count": old, "unit": unit}, pattern % {"count": new, "unit": unit}

"""Erasing words for privacy: a dated stub stays of what was said, wherever it was said."""

from copy import copy
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from items.actions.delivery import forget_delivery
from items.actions.occasion import forget_occasion
from items.actions.photo import forget, forget_spots
from items.actions.stub import bulletins_without, digests_of, save_stubs
from items.actions.validation import need
from items.errors import Conflict, Refused
from items.ledger import Act, ActOnList, acting, acting_on_list
from items.models import BroughtIn, ClosingName, Entry, EntryWords, Item, LedgerExport, Part, Person
from items.models.photo import OF_SPOT
from items.states import Status

RELEASED = ["release", "release_photo"]
SENTENCE = ["words", "words_en"]  # what a correction of a photo may be of


def erase_words(
    entry: Entry, *, by: Person, reason: str, yes: bool = False, now: datetime | None = None
) -> Entry:
    """Erase an entry's words and names for privacy; a dated stub and the reason stay."""
    reason = need(reason, _("Write why the words are erased, without repeating them."))
    who: dict[str, Any] = {"by": by, "now": now, "yes": yes}
    if entry.item_id is None:
        with acting_on_list("erase_words", entry.list_id, **who) as act:
            if sentence := why_kept(entry):
                raise Refused(sentence)
            return _erase(act, None, entry, reason)
    with acting("erase_words", entry.item_id, **who) as act:
        if sentence := why_kept(entry):
            raise Refused(sentence)
        return _erase(act, act.item, entry, reason)


def erase_closing_name(
    name: ClosingName, *, by: Person, reason: str, yes: bool = False, now: datetime | None = None
) -> Entry:
    """Erase what a closed list goes on calling something; it shows the present name instead."""
    reason = need(reason, _("Write why the words are erased, without repeating them."))
    with acting_on_list("erase_words", name.list_id, by=by, now=now, yes=yes) as act:
        rows: QuerySet[ClosingName] = QuerySet(ClosingName).filter(pk=name.pk).exclude(name="")
        if not rows.exists():
            raise Conflict(_("These words were erased already."))
        entry = act.write(reason, facts={"erased_name": name.thing})
        rows.update(name="", name_en="")
        _forget_exports(entry)
    return entry


def why_kept(entry: Entry) -> str:
    """Say why an entry's words stay: what is up for objections is read until it is taken down.

    And in the plan that everyone reads now the list's words stand.
    """
    if entry.verb == "put_up" and not entry.answers.exists():
        return _("This is up for objections. Wait for its end, or take it down first and say why.")
    plans = Entry.objects.filter(list=entry.list, verb="publish_plan")
    if entry.verb == "publish_plan" and entry == plans.latest("seq"):
        return _("This is the plan that everyone reads. Publish another one first.")
    return ""


def _erase(act: Act | ActOnList, item: Item | None, entry: Entry, reason: str) -> Entry:
    """Write down that the words are erased, then erase them wherever they stand."""
    words = list(EntryWords.objects.filter(entry__in=[entry, *_with_same_words(entry)]))
    said = [copy(row) for row in words]
    if any(row.erased_on for row in words):
        raise Conflict(_("These words were erased already."))
    texts = [row.text for row in words if row.text]
    stubs = bulletins_without(words, act.today)
    erased = act.write(
        reason,
        lines=_lines_without(item, texts) if item else None,
        about=entry,
        public=any(row.entry.public for row in words),  # else it would tell that there was one
        facts={"erased": [row.entry.seq for row in words]} | digests_of(stubs),
    )
    save_stubs(stubs, erased)
    if item and entry.facts.get("field") in OF_SPOT:
        forget_spots(item, _wordings(entry))
    for row in words:
        _forget(item, row)
        forget(row.entry)
        forget_delivery(row.entry)
        forget_occasion(row.entry)
        row.erase(act.today)
    _forget_exports(erased)
    if item and isinstance(act, Act):
        _forget_later(act, item, {row.pk: row.text for row in said}, reason)
    return erased


def _forget_later(act: Act, item: Item, said: dict[int, str], reason: str) -> None:
    """Erase the same words where the item goes on in later lists, which took them along."""
    texts = [text for text in said.values() if text]
    later = Item.objects.of_matter(item.origin_id or item.pk).filter(pk__gt=item.pk)
    for other in later.select_related("list__committee").locked() if texts else ():
        words = EntryWords.objects.filter(entry__item=other, text__in=texts, erased_on=None)
        planned = list(words.filter(entry__verb="plan_occasion").select_related("entry"))
        copied = other.result in texts or other.parts.filter(progress__in=texts).exists()
        if not (planned or copied):
            continue
        if other.status != Status.DRAFT:
            seqs = [row.entry.seq for row in planned]
            lines = _lines_without(other, texts)
            stubs = bulletins_without(planned, act.today) if planned else []
            facts = {"erased": seqs} | digests_of(stubs)
            entry = act.write_on(other, reason, facts=facts, lines=lines)
            save_stubs(stubs, entry)
            _forget_exports(entry)
        for text in texts:
            _forget(other, EntryWords(text=text))
        for row in planned:
            forget_occasion(row.entry)
            row.erase(act.today)
        other.save(entry=None if other.status == Status.DRAFT else entry)


def _forget_exports(erased: Entry) -> None:
    """Empty what exports of the list said, since the words may stand there."""
    LedgerExport.objects.filter(list=erased.list_id).forget()


def _with_same_words(entry: Entry) -> QuerySet[Entry]:
    """Return the entries with the same words: of what was entered or added, and its release.

    A report's words may stand under its photos, too; and a photo's sentence, or the name of its
    spot, in corrections.
    """
    field = entry.facts.get("field")
    origin = entry.about if entry.verb in RELEASED or field in SENTENCE else entry
    assert origin is not None  # what is released or corrected is named by its entry
    first = Q(pk=origin.pk)
    if text := origin.words.text[:300]:
        first |= Q(item=entry.item, verb="add_photo", words__text=text)
    origins = Entry.objects.filter(first).values("pk")
    again = Q(pk__in=origins) | Q(about__in=origins, verb__in=RELEASED)
    again |= Q(about__in=origins, facts__field__in=SENTENCE)
    if field in OF_SPOT:
        called = Q(words__old__in=_wordings(entry)) | Q(words__new__in=_wordings(entry))
        again |= called & Q(item=entry.item, facts__field=field)
    same = Entry.objects.filter(again, words__erased_on=None)
    return same.exclude(pk=entry.pk)


def _wordings(correction: Entry) -> list[str]:
    return [words for words in (correction.words.old, correction.words.new) if words]


def _lines_without(item: Item, texts: list[str]) -> dict[str, list[Part]] | None:
    """Return the item's parts as they will be without the words; None where none has them."""
    parts = list(item.parts.all())
    with_them = [part for part in parts if part.progress in texts]
    for part in with_them:
        part.progress = ""
    return {"parts": parts} if with_them else None


def _forget(item: Item | None, words: EntryWords) -> None:
    """Empty the copies of the words on the item, on its parts and in what was brought in."""
    if item is None or not words.text:
        return
    item.result = "" if item.result == words.text else item.result
    item.parts.filter(progress=words.text).update(progress="")
    before = BroughtIn.objects.filter(item=item, progress=words.text)
    before.update(progress="", signed_off_by="")

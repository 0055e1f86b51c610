"""Erasing words for privacy: a dated stub stays of what was said, wherever it was said."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from items import rules
from items.actions.correct import OF_SPOT
from items.actions.deliver import forget_delivery
from items.actions.door import need, refuse_if, write_entry
from items.actions.occasion import forget_occasion
from items.actions.photo import forget, forget_spots
from items.models import BroughtIn, Entry, EntryWords, Item, Person

RELEASED = ["release", "release_photo"]
SENTENCE = ["words", "words_en"]  # what a correction of a photo may be of


@transaction.atomic
def erase_words(entry: Entry, *, by: Person, reason: str, now=None) -> Entry:
    """Erase an entry's words and names for privacy; a dated stub and the reason stay."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    reason = need(reason, _("Write why the words are erased, without repeating them."))
    refuse_if(rules.why_not("erase_words", by, entry.list, today=today))
    item = _locked_item(entry)
    _refuse_current_plan(entry)
    words = list(EntryWords.objects.filter(entry__in=[entry, *_said_again(entry)]))
    refuse_if(_("These words were erased already.") if any(w.erased_on for w in words) else "")
    erased = write_entry(
        entry.list,
        "correct",
        item=item,
        by=by,
        role=rules.role_of("erase_words", by, entry.list, today),
        happened_on=today,
        now=now,
        text=reason,
        about=entry,
        public=any(each.entry.public for each in words),  # else it would tell that there was one
        facts={"erased": [each.entry.seq for each in words]},
    )
    if entry.facts.get("field") in OF_SPOT:
        forget_spots(item, _told(entry))
    for each in words:
        _forget(item, each)
        forget(each.entry)
        forget_delivery(each.entry)
        forget_occasion(each.entry)
        each.erase(today)
    if item:
        item.save()
    return erased


def _refuse_current_plan(entry):
    """Refuse to erase the plan that everyone reads now: what the list says stands in it."""
    plans = Entry.objects.filter(list=entry.list, verb="publish_plan")
    refuse_if(
        _("This is the plan that everyone reads. Publish another one first.")
        if entry.verb == "publish_plan" and entry == plans.latest("seq")
        else ""
    )


def _locked_item(entry):
    items = Item.objects.select_for_update(of=("self",), no_key=True)
    return items.filter(pk=entry.item_id).first()


def _said_again(entry):
    """Return the entries with the same words: of what was entered or added, and its release.

    A report's words may stand under its photos, too; and a photo's sentence, or the name of its
    spot, in corrections.
    """
    field, origin = entry.facts.get("field"), entry
    if entry.verb in RELEASED or field in SENTENCE:
        origin = entry.about
    first = Q(pk=origin.pk)
    if text := origin.words.text[:300]:
        first |= Q(item=entry.item, verb="add_photo", words__text=text)
    first = Entry.objects.filter(first).values("pk")
    again = Q(pk__in=first) | Q(about__in=first, verb__in=RELEASED)
    again |= Q(about__in=first, facts__field__in=SENTENCE)
    if field in OF_SPOT:
        called = Q(words__old__in=_told(entry)) | Q(words__new__in=_told(entry))
        again |= called & Q(item=entry.item, facts__field=field)
    same = Entry.objects.filter(again, words__erased_on=None)
    return same.exclude(pk=entry.pk)


def _told(correction):
    return [words for words in (correction.words.old, correction.words.new) if words]


def _forget(item, words):
    """Empty the copies of the words on the item, on its parts and in what was brought in."""
    if item is None or not words.text:
        return
    item.result = "" if item.result == words.text else item.result
    item.parts.filter(progress=words.text).update(progress="")
    before = BroughtIn.objects.filter(item=item, progress=words.text)
    before.update(progress="", signed_off_by="")

"""Corrections in the open: what was published changes only by a dated, visible entry."""

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from items import rules
from items.actions.deliver import forget_delivery
from items.actions.door import move, need, refuse_if, write_entry
from items.actions.draft import LINES, checked
from items.actions.photo import forget
from items.errors import Refused
from items.gaps import same_person_gap
from items.models import BroughtIn, Entry, EntryWords, Item, Person, UnitShare
from items.models.versioned import lock
from items.words import Words

CORRECTABLE = ["title", "title_en", "problem", "problem_en", "effect", "effect_en", "result"]
CORRECTABLE += ["category", "theme", "place", "term", "target_count", "count_unit", "hardship"]

PHOTOS = ["add_photo", "release_photo"]


@transaction.atomic
def correct_item(item: Item, *, by: Person, field: str, value, reason: str, now=None) -> Entry:
    """Correct one published field; the entry shows the old words and the new ones.

    `field` is a column of the item, or "measures", "shares" or "handlers" with a value as `Draft`
    has it.
    """
    refuse_if("" if field in [*CORRECTABLE, *LINES] else _("“%s” can’t be corrected.") % field)
    lock(item)  # the old words are those that are published
    old, new = shown(held(item, field)), shown(value)
    refuse_if(_("That is what it says already.") if new == old else "")
    refuse_if("" if value or field != "measures" else _("At least one measure has to stay."))

    def change(today):
        if field == "hardship" and item.case_files.kept().exists():
            raise Refused(_("Documents lie in its file. Remove them first."))
        if field in CORRECTABLE:
            setattr(item, field, value)
            checked(item)
        return {"field": field}

    def then():
        if field in LINES:
            LINES[field](item, value)
            refuse_if("; ".join(same_person_gap(item, timezone.localdate(now))))

    return move(
        "correct",
        item,
        by=by,
        text=need(reason, _("Write why it is corrected; everyone will read it.")),
        old=old,
        new=new,
        public=field != "handlers",  # the public never sees who they are
        change=change,
        then=then,
        now=now,
    )


def held(item, field):
    """Return what the item says in a column or in its lines, as `correct_item` takes it."""
    if field == "measures":
        return [measure.words for measure in item.measures.all()]
    if field == "shares":
        return [(share.unit, share.role) for share in item.unit_shares.all()]
    return list(item.handlers.order_by("pk")) if field == "handlers" else getattr(item, field)


def shown(value) -> str:
    """Return a value in words, each line of several on its own."""
    if isinstance(value, list):
        return "\n".join(map(shown, value))
    if isinstance(value, tuple):
        unit, role = value
        return f"{unit} · {UnitShare.Role(role).label}"
    if isinstance(value, Words):
        return " / ".join(filter(None, [value.zh, value.en]))
    if isinstance(value, models.Model):
        return value.name
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


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
    for each in words:
        _forget(item, each)
        forget(each.entry)
        forget_delivery(each.entry)
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
    """Return the entries with the same words: what was entered or added, and its release.

    A report's words may stand under its photos, too.
    """
    released = ["release", "release_photo"]
    origin = entry.about if entry.verb in released else entry
    again = Q(pk=origin.pk) | Q(about=origin, verb__in=released)
    if text := origin.words.text[:300]:
        again |= Q(item=entry.item, verb__in=PHOTOS, words__text=text)
    same = Entry.objects.filter(again, words__erased_on=None)
    return same.exclude(pk=entry.pk)


def _forget(item, words):
    """Empty the copies of the words on the item, on its parts and in what was brought in."""
    if item is None or not words.text:
        return
    item.result = "" if item.result == words.text else item.result
    item.parts.filter(progress=words.text).update(progress="")
    before = BroughtIn.objects.filter(item=item, progress=words.text)
    before.update(progress="", signed_off_by="")

"""Corrections in the open: what was published changes only by a dated, visible entry."""

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from items.actions.door import move, need, not_in_future, refuse_if
from items.actions.draft import LINES, checked
from items.errors import Refused
from items.models import Entry, Item, Person, Photo, UnitShare
from items.models.versioned import lock
from items.rules.gaps import same_person_gap
from items.words import Words

CORRECTABLE = ["title", "title_en", "problem", "problem_en", "effect", "effect_en", "result"]
CORRECTABLE += ["category", "theme", "place", "term", "target_count", "count_unit", "hardship"]
OF_PHOTO = ["words", "words_en", "taken_on"]
OF_SPOT = {"spot_title": "title", "spot_title_en": "title_en"}


@transaction.atomic
def correct_item(item: Item, *, by: Person, field: str, value, reason: str, now=None) -> Entry:
    """Correct one published field; the entry shows the old words and the new ones.

    `field` is a column of the item, or "measures", "shares" or "handlers" with a value as `Draft`
    has it.
    """
    refuse_if("" if field in [*CORRECTABLE, *LINES] else _("“%s” can’t be corrected.") % field)
    lock(item)  # the old words are those that are published
    old, new = shown(held(item, field)), shown(value)
    _refuse_same(old, new)
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
        text=_why(reason),
        old=old,
        new=new,
        public=field != "handlers",  # the public never sees who they are
        change=change,
        then=then,
        now=now,
    )


@transaction.atomic
def correct_photo(photo: Photo, *, by: Person, field: str, value, reason: str, now=None) -> Entry:
    """Correct what a photo or its spot is said to be; the public reads it only where it sees that.

    `field` is one of `OF_PHOTO` or `OF_SPOT`.
    """
    item = photo.item
    lock(item)
    photo.refresh_from_db()
    row, column = written_at(photo, field)
    refuse_if(_("The files of this photo were deleted. Add it again.") if not photo.stem else "")
    value = value.strip() if isinstance(value, str) else value
    old = getattr(row, column)
    _refuse_same(old, value)

    def change(today):
        setattr(row, column, value)
        checked(row, only=[column])
        _refuse_second_spot(row, field)
        if field != "taken_on":
            return {"field": field} | ({"side": photo.side} if row is photo else {})
        days = {"old_taken_on": str(old), "taken_on": str(not_in_future(value, today))}
        return {"field": field, "side": photo.side} | days

    said = {"old": old, "new": value} if isinstance(value, str) else {}  # days stand in the facts
    seen = Photo.objects.public().filter(**{"pk" if row is photo else "spot": row.pk})
    return move(
        "correct",
        item,
        by=by,
        text=_why(reason),
        **said,
        public=seen.exists(),  # else it would tell that there is one
        about=photo.entry,
        change=change,
        then=row.save,
        now=now,
    )


def written_at(photo, field):
    """Return the row and its column that `field` of a photo stands for."""
    known = field in OF_PHOTO or (field in OF_SPOT and photo.spot)
    refuse_if("" if known else _("“%s” can’t be corrected.") % field)
    return (photo, field) if field in OF_PHOTO else (photo.spot, OF_SPOT[field])


def _refuse_second_spot(row, field):
    """Refuse to call a spot as another of the same item is called."""
    if field == "spot_title":
        others = row.item.spots.filter(title=row.title).exclude(pk=row.pk)
        refuse_if(_("Another spot of this item has that name.") if others.exists() else "")


def _refuse_same(old, new):
    refuse_if(_("That is what it says already.") if new == old else "")


def _why(reason):
    return need(reason, _("Write why it is corrected; everyone will read it."))


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

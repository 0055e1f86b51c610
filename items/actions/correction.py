"""Corrections in the open: what was published changes only by a dated, visible entry."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from items.actions.draft import LINES, write_lines
from items.actions.validation import checked, need
from items.columns import STORED, names, placed
from items.errors import Refused
from items.ledger import Act, acting, not_in_future
from items.models import Entry, Item, Person, Photo, Spot, UnitShare
from items.models.item import measures_of
from items.models.named import Named
from items.models.photo import OF_PHOTO, OF_SPOT
from items.models.versioned import lock
from items.rules.gaps import same_person_gap
from items.rules.smaller import why_smaller
from items.states import Status, Term
from items.words import Words, day, one_line, visible

CORRECTABLE = names(placed("correctable", STORED))


def correct_item(
    item: Item,
    *,
    by: Person,
    field: str,
    value: Any,
    reason: str,
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Correct one published field; the entry shows the old words and the new ones.

    `field` is a column of the item, or "measures", "criteria", "shares" or "handlers" with a value
    as `Draft` has it.
    """
    reason = why_corrected(reason)
    with acting("correct", item, by=by, now=now, yes=yes) as act:
        correct(act, field, value, reason)
    return act.entry


def correct(act: Act, field: str, value: Any, reason: str) -> None:
    """Correct one published field of an item within an act; else as `correct_item`."""
    item = act.item
    lines, words = take_correction(item, field, value)
    public = field != "handlers"  # the public never sees who they are
    act.write(reason, facts={"field": field}, public=public, lines=lines, **words)
    if lines:
        write_lines(item, lines)
        if gaps := same_person_gap(item, act.today):
            raise Refused("; ".join(gaps))


def take_correction(
    item: Item, field: str, value: Any
) -> tuple[dict[str, list[Any]] | None, dict[str, Any]]:
    """Say a corrected field in the item, saving nothing; raise `Refused` when it can't be so.

    Return the rows that will stand under the item, if it is about some, and the entry's words.
    """
    if field not in [*CORRECTABLE, *LINES]:
        raise Refused(_("“%s” can’t be corrected.") % field)
    value = visible_value(Item, field, value)
    words: dict[str, Any] = in_both_languages(field, old=held(item, field), new=value)
    _refuse_same(*([words[name], words[f"{name}_en"]] for name in ("old", "new")))
    if field == "measures" and not value:
        raise Refused(_("At least one measure has to stay."))
    if field == "criteria" and not value:
        raise Refused(_("At least one line has to stay of what done looks like."))
    if smaller := why_smaller(field, held(item, field), value):
        raise Refused(smaller)
    if field == "hardship" and item.case_files.kept().exists():
        raise Refused(_("Documents lie in its file. Remove them first."))
    if field in DAYS:
        _refuse_unless_mistyped(item, field, value)
    if field in CORRECTABLE:
        setattr(item, field, value)
        _follow_the_deadline(item, field)
        checked(item)
        _refuse_more_than_was_done(item, field)
    return ({field: LINES[field](item, value)} if field in LINES else None), words


def correct_photo(
    photo: Photo,
    *,
    by: Person,
    field: str,
    value: Any,
    reason: str,
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Correct what a photo or its spot is said to be; the public reads it only where it sees that.

    `field` is one of `OF_PHOTO` or `OF_SPOT`.
    """
    reason = why_corrected(reason)
    with acting("correct", photo.item, by=by, now=now, about=photo.entry, yes=yes) as act:
        lock(photo)
        row, column = written_at(photo, field)
        if not photo.stem:
            raise Refused(_("The files of this photo were deleted. Add it again."))
        value = visible_value(type(row), column, value)
        old = getattr(row, column)
        _refuse_same(old, value)
        setattr(row, column, value)
        checked(row, only=[column])
        _refuse_second_spot(row, field)
        facts = {"field": field} | ({"side": photo.side} if row is photo else {})
        if field == "taken_on":
            facts |= {"old_taken_on": str(old), "taken_on": str(not_in_future(value, act.today))}
        words: dict[str, Any] = {}
        if isinstance(value, str):  # days are facts
            words = {"old": old, "new": value}
        seen = Photo.objects.public().filter(**{"pk" if row is photo else "spot": row.pk})
        public = seen.exists()  # else it would tell that there is one
        act.write(reason, facts=facts, public=public, **words)
        row.save()
    return act.entry


def written_at(photo: Photo, field: str) -> tuple[Photo | Spot, str]:
    """Return the row and its column that `field` of a photo stands for."""
    if field in OF_PHOTO:
        return photo, field
    if field in OF_SPOT and photo.spot:
        return photo.spot, OF_SPOT[field]
    raise Refused(_("“%s” can’t be corrected.") % field)


def visible_value(model: type[models.Model], field: str, value: Any) -> Any:
    """Return a value as the column keeps it: the entry says the same as the row."""
    if isinstance(value, str):
        column: Any = model._meta.get_field(field)
        return visible(column.to_python(value)).strip()
    if isinstance(value, list):
        return [_visible_words(row) if isinstance(row, Words) else row for row in value]
    return value


def _visible_words(words: Words) -> Words:
    return Words(one_line(words.zh), one_line(words.en))


def _refuse_second_spot(row: Photo | Spot, field: str) -> None:
    """Refuse to call a spot as another of the same item is called."""
    if isinstance(row, Spot) and field == "spot_title":
        others = row.item.spots.filter(title=row.title).exclude(pk=row.pk)
        if others.exists():
            raise Refused(_("Another spot of this item has that name."))


def _refuse_same(old: Any, new: Any) -> None:
    if new == old:
        raise Refused(_("That is what it says already."))


DAYS = ["start_by", "due"]


def _refuse_unless_mistyped(item: Item, field: str, value: date | None) -> None:
    """Refuse a day that gives more time, or that isn't the one of the publication any more."""
    if field == "due":
        assert item.due is not None  # the database wants one of a published item
        if item.times_extended or item.put_right_by:
            raise Refused(_("This deadline was moved since the publication: it is no slip."))
        if value is None or value > item.due:
            raise Refused(_("A later deadline is more time: the owner’s side asks for it."))
    elif item.start_is_the_matter:
        raise Refused(_("Starting is the matter: correct the deadline, which is that day."))
    elif value and item.due and value > item.due:
        raise Refused(_("It can’t be started after its deadline, %s.") % day(item.due))


def _follow_the_deadline(item: Item, field: str) -> None:
    """Let the days follow a deadline that was mistyped at publication."""
    if field == "due":
        item.first_due = item.due
        if item.start_is_the_matter or (item.start_by and item.due and item.start_by > item.due):
            item.start_by = item.due


def _refuse_more_than_was_done(item: Item, field: str) -> None:
    """Refuse to put the target of a resolved item above what was done when it was signed off."""
    if field == "target_count" and item.status == Status.RESOLVED and item.target_missed():
        raise Refused(
            _(
                "It was signed off with %(done)s done. Open it again first: with a target of"
                " %(target)s it is not resolved."
            )
            % {"done": item.done_count or 0, "target": item.target_count}
        )


def why_corrected(reason: str) -> str:
    """Return the reason of a correction; raise `Refused` when there is none."""
    return need(reason, _("Write why it is corrected; everyone will read it."))


def held(item: Item, field: str) -> Any:
    """Return what the item says in a column or in its lines, as `correct_item` takes it."""
    if field == "measures":
        return [measure.words for measure in measures_of(item.pk)]
    if field == "criteria":
        return [criterion.words for criterion in item.criteria.all()]
    if field == "shares":
        return [(share.unit, share.role) for share in item.unit_shares.all()]
    return list(item.handlers.order_by("pk")) if field == "handlers" else getattr(item, field)


def in_both_languages(field: str, **values: Any) -> dict[str, str]:
    """Return what a column said and says as an entry's words, for readers of either language."""
    words = {}
    for name, value in values.items():
        for suffix, language in (("", "zh-hans"), ("_en", "en")):
            with override(language):
                words[name + suffix] = shown(value, field)
        if words[f"{name}_en"] == words[name]:
            words[f"{name}_en"] = ""
    return words


def read_back(field: str, new: str, new_en: str, old: Any) -> Any:
    """Return the value of `in_both_languages`' words: a count, or lines; `old` ones are known."""
    if field not in ("measures", "criteria"):
        return int(new) if new.isdecimal() else None
    known = {shown(words): words for words in old}
    return [known.get(line) or Words(*_divided(line)) for line in new.splitlines()]


def _divided(line: str) -> tuple[str, str]:
    zh, _between, en = line.partition(BETWEEN)
    return zh, en


BETWEEN = " / "  # the Chinese and the English of a line


def shown(value: Any, field: str = "") -> str:
    """Return a value in words of the current language, each line of several on its own."""
    if isinstance(value, list):
        return "\n".join(map(shown, value))
    if isinstance(value, tuple):
        unit, role = value
        return f"{shown(unit)} · {UnitShare.Role(role).label}"
    if isinstance(value, Words):
        return BETWEEN.join(filter(None, [value.zh, value.en]))
    if isinstance(value, Named):
        return value.words.in_language(get_language() or "")[0]
    if isinstance(value, Person):
        return value.name
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return day(value)
    if field == "term" and value in Term.values:
        return str(Term(value).label)
    return "" if value is None else str(value)

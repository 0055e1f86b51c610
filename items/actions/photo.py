"""Photos: added by those who work on an item, released, blacked out and hidden by the office.

A picture is made clean and written to the disk before the transaction begins; a file whose row
isn't written is an orphan, which `items.media.sweep` removes.
"""

import hashlib
from contextlib import contextmanager
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from items import personal, rules
from items.actions.door import move, need, not_in_future, people_for, refuse_if, write_entry
from items.errors import Refused
from items.models import Entry, Item, Person, Photo, Spot
from items.photos import picture, storage
from items.words import Words

SPOT_LETTERS = Spot._meta.get_field("title").max_length
State, Side = Photo.State, Photo.Side


def add_photo(
    item: Item,
    *,
    by: Person,
    file,
    words: str,
    side: str = Side.DURING,
    spot: Spot | None = None,
    spot_title: str = "",
    spot_title_en: str = "",
    taken_on: date | None = None,
    words_en: str = "",
    now=None,
) -> Entry:
    """Add a photo, which the public sees once the office has released it.

    One from before or after the work belongs to a spot: an existing one, or a new one under
    `spot_title`. `file` is what was sent: bytes, or an upload.
    """
    words = need(words, _("Write in a sentence what the photo shows."))
    refuse_if(rules.why_not("add_photo", by, item, today=_today(now)))  # before the hard work
    with kept([picture.read(file)]) as (new,), transaction.atomic():
        photo = Photo(item=_as_it_is(item), side=side, words=words, words_en=words_en, added_by=by)
        return write_photo(photo, new, spot or Words(spot_title, spot_title_en), taken_on, now)


def release_photo(photo: Photo, *, by: Person, areas=(), now=None) -> Entry:
    """Release a photo: now it is public. `areas` of it are blacked out, and the original is gone.

    Each area is (left, top, width, height) in parts of the picture. What was hidden can be
    released again, unless its files were deleted.
    """
    refuse_if(rules.why_not("release_photo", by, photo.item, today=_today(now)))
    seen = photo.stem
    refuse_if(_("The files of this photo were deleted. Add it again.") if not seen else "")
    large = storage.content(seen)
    refuse_if(_("The photo’s file is missing. Add it again.") if large is None else "")
    with kept([picture.black_out(large, areas)] if areas else []) as new, transaction.atomic():
        item = _as_it_is(photo.item)
        _re_read(photo, seen)
        refuse_if(_("This photo is public already.") if photo.state == State.PUBLIC else "")
        _refuse_full_slot(photo)
        for stem, clean in new:
            _take_files(photo, stem, clean)
            _remove_afterwards(seen)
            large = clean.large
        return move(
            "release_photo",
            item,
            by=by,
            text=photo.words,
            now=now,
            about=photo.entry,
            change=lambda today: _facts(photo, large) | _asked(photo),
            then=lambda: _show(photo),
            tell=lambda today: [photo.added_by],
        )


def hide_photo(photo: Photo, *, by: Person, reason: str, delete=False, now=None) -> Entry:
    """Hide a photo from the public at once; with `delete` its files are gone for good.

    It can be done on a closed list, too: privacy doesn't end with the year.
    """
    reason = need(reason, _("Write why the photo is hidden."))
    now = now or timezone.now()
    today, seen = timezone.localdate(now), photo.stem
    refuse_if(rules.why_not("hide_photo", by, photo.item.list, today=today))
    with transaction.atomic():
        item = _as_it_is(photo.item)
        _re_read(photo, seen)
        nothing_left = photo.state == State.HIDDEN and not (delete and photo.stem)
        refuse_if(_("This photo is hidden already.") if nothing_left else "")
        entry = write_entry(
            item.list,
            "hide_photo",
            item=item,
            by=by,
            role=rules.role_of("hide_photo", by, item.list, today),
            happened_on=today,
            now=now,
            text=reason,
            about=photo.entry,
            public=photo.state == State.PUBLIC,  # else it would tell that there was one
            facts={"side": photo.side, "deleted": bool(delete)},
        )
        _hide(photo, delete)
        item.save()
    return entry


def forget_spots(item: Item, said: list[str]) -> None:
    """Give the item's spots that are called by these words the item's name, or none in English."""
    item.spots.filter(title__in=said).update(title=_name_of(item).zh[:SPOT_LETTERS], title_en="")
    item.spots.filter(title_en__in=said).update(title_en="")


@contextmanager
def kept(pictures):
    """Keep pictures on the disk while a row is written for each; remove them when none is."""
    written = [(storage.keep(clean), clean) for clean in pictures]
    try:
        yield written
    except Refused:  # after any other failure the rows may have been written: see `sweep`
        for stem, _clean in written:
            storage.remove(stem)
        raise


def forget(entry: Entry) -> None:
    """Delete the files and the sentence of the photo that came with an entry."""
    for photo in Photo.objects.filter(entry=entry):
        photo.words = photo.words_en = ""
        _hide(photo, delete=True)


def _hide(photo, delete):
    photo.state = State.HIDDEN
    if delete and photo.stem:
        stem, photo.stem = photo.stem, ""
        _remove_afterwards(stem)
    photo.save()


def _remove_afterwards(stem):
    """Remove the files once no row names them; what fails then is left to the sweep."""
    transaction.on_commit(lambda: storage.remove(stem), robust=True)


def _show(photo):
    photo.state = State.PUBLIC
    photo.save()


def _today(now):
    return timezone.localdate(now or timezone.now())


def _as_it_is(item):
    """Lock the item and return it as it stands: a photo takes nothing back that others wrote."""
    return Item.objects.select_for_update(no_key=True).get(pk=item.pk)


def _re_read(photo, seen):
    photo.refresh_from_db()
    refuse_if(
        _("Somebody else has changed this photo meanwhile. Look at it again.")
        if photo.stem != seen
        else ""
    )


def _refuse_full_slot(photo):
    if photo.spot_id is None:
        return
    there = Photo.objects.filter(spot=photo.spot_id, side=photo.side, state=State.PUBLIC)
    refuse_if(
        _("“%(spot)s” shows a photo “%(side)s” already. Hide that one first.")
        % {"spot": photo.spot, "side": photo.get_side_display()}
        if there.exclude(pk=photo.pk).exists()
        else ""
    )


def write_photo(photo: Photo, new, spot=None, taken_on=None, now=None, about=None) -> Entry:
    """Write a new photo's row and its entry, inside the transaction.

    `new` is what `kept` yields of it; `about` is the entry of the act that it came along with.
    """
    stem, clean = new
    item, now = photo.item, now or timezone.now()
    _take_files(photo, stem, clean)
    _refuse_second(photo, clean.large)

    def change(today):
        photo.taken_on = not_in_future(taken_on or today, today)
        refuse_if(
            _("This spot belongs to another item.")
            if isinstance(spot, Spot) and spot.item_id != item.pk
            else ""
        )
        return {"side": photo.side, "taken_on": str(photo.taken_on)}

    def then():
        photo.entry, photo.added_at = Entry.objects.filter(item=item).latest("seq"), now
        photo.spot = None if photo.side == Side.DURING else _spot_of(item, spot)
        photo.save()

    return move(
        "add_photo",
        item,
        by=photo.added_by,
        text=photo.words,
        about=about,
        public=False,
        change=change,
        then=then,
        now=now,
        tell=lambda today: people_for(item, "office", today),
    )


def _refuse_second(photo, large):
    """Refuse what was sent twice: a button pressed again while the photo was on its way."""
    same = ["item", "added_by", "words", "side", "bytes", "width", "height"]
    twins = Photo.objects.filter(**{name: getattr(photo, name) for name in same})
    stems = twins.filter(state=State.WAITING).values_list("stem", flat=True)
    refuse_if(
        _("You have added this photo already; it waits for release.")
        if any(storage.content(stem) == large for stem in stems)
        else ""
    )


def _spot_of(item, spot):
    """Return a spot, or the item's spot of these words, made when there is none."""
    if isinstance(spot, Spot):
        return spot
    spot = spot if spot.zh.strip() else _name_of(item)
    title = spot.zh.strip()[:SPOT_LETTERS]
    order = (item.spots.aggregate(last=Max("order"))["last"] or 0) + 1
    there = item.spots.filter(title=title).first()
    return there or item.spots.create(title=title, title_en=spot.en[:200], order=order)


def _name_of(item):
    """Return what a spot is called that nobody has named."""
    return item.place.words if item.place else item.title_words


def _take_files(photo, stem, clean):
    photo.stem, photo.bytes = stem, len(clean.large)
    photo.width, photo.height = clean.size
    photo.small_width, photo.small_height = clean.small_size


def _facts(photo, large):
    """Return what the ledger notes of a public photo: with its digest nobody swaps the picture."""
    digest = hashlib.sha256(large).hexdigest()
    return {"side": photo.side, "taken_on": str(photo.taken_on), "picture": digest}


def _asked(photo):
    """Ask about what the photo shows with it; its sentence is asked about with the entry."""
    spot = photo.spot
    return personal.ask(photo.words_en, *([spot.title, spot.title_en] if spot else []))

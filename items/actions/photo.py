"""Photos: added by those who work on an item, released, blacked out and hidden by the office.

A picture is made clean and written to the disk before the transaction begins; a file whose row
isn't written is an orphan, which `items.actions.photo_files.sweep` removes.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import Max
from django.db.transaction import TransactionManagementError
from django.utils import timezone
from django.utils.translation import gettext as _

from items.actions.kept_upload import take
from items.actions.stub import bulletins_without_photo, digests_of, save_stubs
from items.actions.validation import need
from items.errors import Conflict, Refused
from items.ledger import Act, ActOnBoth, acting, not_in_future
from items.models import Entry, Item, Person, Photo, Spot
from items.models.versioned import lock
from items.photos import picture, storage
from items.photos.picture import Area, Upload
from items.rules import why_not
from items.words import Words, one_line

SPOT_LETTERS = Spot._meta.get_field("title").max_length
KeptPicture = tuple[str, picture.Picture]  # under which name it lies on the disk, and the picture
State, Side = Photo.State, Photo.Side


def add_photo(
    item: Item,
    *,
    by: Person,
    file: Upload,
    words: str,
    side: str = Side.DURING,
    spot: Spot | None = None,
    spot_title: str = "",
    spot_title_en: str = "",
    taken_on: date | None = None,
    words_en: str = "",
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Add a photo, which the public sees once the office has released it.

    One from before or after the work belongs to a spot: an existing one, or a new one under
    `spot_title`. `file` is what was sent: bytes, or an upload.
    """
    words = need(words, _("Write in a sentence what the photo shows."))
    if side not in Photo.OF_THE_WORK:
        raise Refused(_("Say when it was taken: before the work, during it or after it."))
    _refuse_early("add_photo", item, by, now)
    with (
        kept([picture.read(file)]) as (new,),
        acting("add_photo", item, by=by, now=now, yes=yes) as act,
    ):
        photo = Photo(item=act.item, side=side, words=words, words_en=words_en, added_by=by)
        write_photo(act, photo, new, spot or Words(spot_title, spot_title_en), taken_on)
        act.tell_office(act.entry)
    return act.entry


def release_photo(
    photo: Photo,
    *,
    by: Person,
    areas: Sequence[Area] = (),
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Release a photo: now it is public. `areas` of it are blacked out, and the original is gone.

    It is the photo that `by` saw, or `Conflict`: a colleague may just have hidden it.

    Each area is (left, top, width, height) in parts of the picture. What was hidden can be
    released again, unless its files were deleted.
    """
    _refuse_early("release_photo", photo.item, by, now, photo.entry)
    seen = photo.stem
    if not seen:
        raise Refused(_("The files of this photo were deleted. Add it again."))
    large = storage.content(seen)
    if large is None:
        raise Refused(_("The photo’s file is missing. Add it again."))
    who: dict[str, Any] = {"by": by, "now": now, "yes": yes}
    with (
        kept([picture.black_out(large, areas)] if areas else []) as new,
        acting("release_photo", photo.item_id, **who, about=photo.entry) as act,
    ):
        lock(photo)
        if photo.state == State.PUBLIC:
            raise Conflict(_("This photo is public already."))
        _refuse_full_slot(photo)
        for stem, clean in new:
            _take_files(photo, stem, clean)
            _remove_afterwards(seen)
            large = clean.large
        shown = [photo.spot.title, photo.spot.title_en] if photo.spot else []
        asked = act.ask(photo.words_en, *shown)  # its sentence is asked about with the entry
        act.write(photo.words, facts=_facts(photo, large) | asked)
        photo.state = State.PUBLIC
        photo.save()
        act.tell(photo.added_by)
    return act.entry


def hide_photo(
    photo: Photo,
    *,
    by: Person,
    reason: str,
    delete: bool = False,
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Hide a photo from the public at once; with `delete` its files are gone for good.

    It can be done on a closed list, too: privacy doesn't end with the year.
    """
    reason = need(reason, _("Write why the photo is hidden."))
    who: dict[str, Any] = {"by": by, "now": now, "yes": yes}
    with acting("hide_photo", photo.item_id, **who, about=photo.entry) as act:
        lock(photo)
        if photo.state == State.HIDDEN and not (delete and photo.stem):
            raise Conflict(_("This photo is hidden already."))
        facts = {"side": photo.side, "deleted": bool(delete)}
        stubs = bulletins_without_photo(photo.entry, act.today)
        # One that wasn't public is hidden in silence: else it would tell that there was one.
        entry = act.write(
            reason, facts=facts | digests_of(stubs), public=photo.state == State.PUBLIC
        )
        save_stubs(stubs, entry)
        _hide(photo, delete)
    return act.entry


def forget_spots(item: Item, wordings: list[str]) -> None:
    """Give the item's spots that are called by these words the item's name, or none in English."""
    item.spots.filter(title__in=wordings).update(
        title=_name_of(item).zh[:SPOT_LETTERS], title_en=""
    )
    item.spots.filter(title_en__in=wordings).update(title_en="")


@contextmanager
def kept(pictures: Iterable[picture.Picture]) -> Iterator[list[KeptPicture]]:
    """Keep pictures on the disk while a row is written for each; remove them when none is."""
    written: list[KeptPicture] = []
    try:
        for clean in pictures:
            written.append((storage.keep(clean), clean))
        yield written
    except Exception:
        _remove_unnamed([stem for stem, _clean in written])
        raise


def _remove_unnamed(stems: list[str]) -> None:
    """Remove the files that no row names; where nobody can ask, they are left to the sweep."""
    with suppress(DatabaseError, TransactionManagementError):
        named = set(Photo.objects.filter(stem__in=stems).values_list("stem", flat=True))
        for stem in stems:
            if stem not in named:
                storage.remove(stem)


def forget(entry: Entry) -> None:
    """Delete the files and the sentence of the photo that came with an entry."""
    for photo in Photo.objects.filter(entry=entry):
        photo.words = photo.words_en = ""
        _hide(photo, delete=True)


def _hide(photo: Photo, delete: bool) -> None:
    photo.state = State.HIDDEN
    if delete and photo.stem:
        stem, photo.stem = photo.stem, ""
        _remove_afterwards(stem)
    photo.save()


def _remove_afterwards(stem: str) -> None:
    """Remove the files once no row names them; what fails then is left to the sweep."""
    transaction.on_commit(lambda: storage.remove(stem), robust=True)


def _refuse_early(
    verb: str, item: Item, by: Person, now: datetime | None, about: Entry | None = None
) -> None:
    """Refuse whoever may not do it before the hard work; the transaction asks again."""
    today = timezone.localdate(now or timezone.now())
    if refusal := why_not(verb, by, item, today=today, about=about):
        raise Refused(refusal)


def _refuse_full_slot(photo: Photo) -> None:
    if photo.spot_id is None or photo.side == Side.LATER:  # whoever looks back, adds another
        return
    beside = Photo.objects.filter(spot=photo.spot_id, side=photo.side, state=State.PUBLIC)
    if beside.exclude(pk=photo.pk).exists():
        raise Refused(
            _("“%(spot)s” shows a photo “%(side)s” already. Hide that one first.")
            % {"spot": photo.spot, "side": photo.get_side_display()}
        )


def write_photo(
    act: Act | ActOnBoth,
    photo: Photo,
    new: KeptPicture,
    spot: Spot | Words | None = None,
    taken_on: date | None = None,
    about: Entry | None = None,
    paired: bool = True,
    verb: str = "add_photo",
) -> Entry:
    """Write a new photo's row and its entry, as an act of its own or along with another.

    `new` is what `kept` yields of it; `about` is the entry of the act that it came along with.
    One from before or after the work stands at a spot, unless it isn't `paired`.
    """
    stem, clean = new
    _take_files(photo, stem, clean)
    _refuse_second(photo, clean.large)
    photo.taken_on = not_in_future(taken_on or act.today, act.today)
    if isinstance(spot, Spot) and spot.item_id != act.item.pk:
        raise Refused(_("This spot belongs to another item."))
    facts = {"side": photo.side, "taken_on": str(photo.taken_on)}
    photo.entry = act.write(
        photo.words,
        verb=verb,
        facts=facts,
        public=False,
        about=about,
        happened_on=act.today,
    )
    photo.added_at = act.now
    if paired and photo.side != Side.DURING:
        photo.spot = _spot_of(act.item, spot)
    photo.save()
    take(clean)
    return photo.entry


def _refuse_second(photo: Photo, large: bytes) -> None:
    """Refuse what was sent twice: a button pressed again while the photo was on its way."""
    same = ["item", "added_by", "words", "side", "bytes", "width", "height"]
    twins = Photo.objects.filter(**{name: getattr(photo, name) for name in same})
    stems = twins.filter(state=State.WAITING).values_list("stem", flat=True)
    if any(storage.content(stem) == large for stem in stems):
        raise Refused(_("You have added this photo already; it waits for release."))


def has_free_spot(item: Item, side: str) -> bool:
    """Tell whether a photo of that side can stand at the spot that nobody has to name.

    Where somebody named spots, nobody knows at which of them it was taken.
    """
    title = one_line(_name_of(item).zh)[:SPOT_LETTERS]
    there = item.photos.exclude(state=State.HIDDEN).filter(spot__title=title, side=side)
    return not item.spots.exclude(title=title).exists() and not there.exists()


def _spot_of(item: Item, spot: Spot | Words | None) -> Spot:
    """Return a spot, or the item's spot of these words, made when there is none."""
    if isinstance(spot, Spot):
        return spot
    words = spot if spot and one_line(spot.zh) else _name_of(item)
    title = one_line(words.zh)[:SPOT_LETTERS]
    order = (item.spots.aggregate(last=Max("order"))["last"] or 0) + 1
    known = item.spots.filter(title=title).first()
    return known or item.spots.create(title=title, title_en=words.en[:200], order=order)


def _name_of(item: Item) -> Words:
    """Return what a spot is called that nobody has named."""
    return item.place.words if item.place else item.title_words


def _take_files(photo: Photo, stem: str, clean: picture.Picture) -> None:
    photo.stem, photo.bytes = stem, len(clean.large)
    photo.width, photo.height = clean.size
    photo.small_width, photo.small_height = clean.small_size


def _facts(photo: Photo, large: bytes) -> dict[str, str]:
    """Return what the ledger notes of a public photo: with its digest nobody swaps the picture."""
    digest = hashlib.sha256(large).hexdigest()
    return {"side": photo.side, "taken_on": str(photo.taken_on), "picture": digest}

"""The stored photos and their rows: whether they fit together, and what nobody needs any more."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from items.models import Entry, Photo
from items.photos import decoder, jpeg, storage


def sweep(now: float | None = None) -> list[str]:
    """Remove the files that no row names, once they are an hour old; return their names.

    An upload that failed leaves them, and so does a crash before the row was written.
    """
    old = storage.older(now=now)  # before the rows: a newer file can't be among them
    named = set(Photo.objects.kept().values_list("stem", flat=True))
    orphans = [file for file in old if storage.stem_of(file) not in named]
    for file in orphans:
        file.unlink(missing_ok=True)
    return [file.name for file in orphans]


def faults() -> Iterator[str]:
    """Yield what is wrong with the stored photos, in sentences."""
    photos = {photo.stem: photo for photo in Photo.objects.kept()}
    lying = {file.name for file in storage.files()}
    for file in storage.files():
        yield from (_about(file, fault) for fault in _faults_of(file, photos))
    for stem in photos:
        for small in (False, True):
            place = storage.path(stem, small=small)
            if place.name not in lying:
                yield _about(place, _("is missing"))


def _about(file: Path, fault: str) -> str:
    return f"{file.name}: {fault}"


def _faults_of(file: Path, photos: dict[str, Photo]) -> Iterator[str]:
    photo = photos.get(storage.stem_of(file))
    if photo is None:
        yield _("belongs to no photo")
    content = file.read_bytes()
    small = file.name.endswith("-small.jpg")
    for fault in jpeg.faults(content, decoder.MOST_PIXELS):
        yield _("is no clean picture: %s") % fault
    if small and len(content) > decoder.SMALL_BYTES:
        yield _("is larger than a list may load")
    if photo and not small and _is_another(photo, content):
        yield _("is not the picture that the ledger names")


def _is_another(photo: Photo, content: bytes) -> bool:
    """Tell whether a public picture isn't the one that was released."""
    released = Entry.objects.filter(about=photo.entry_id, verb="release_photo").last()
    if photo.state != Photo.State.PUBLIC or released is None:
        return False
    return hashlib.sha256(content).hexdigest() != released.facts["picture"]

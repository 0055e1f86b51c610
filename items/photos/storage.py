"""Photo storage: two files under a random name, synced to the disk before a row names them."""

import os
import re
import secrets
import time
from pathlib import Path

from django.conf import settings

from items.photos.picture import Picture

STEM = "[0-9a-f]{32}"
STORED = re.compile(rf"({STEM})(-small)?\.jpg")
HOUR = 60 * 60  # seconds; nobody's upload takes so long


def folder() -> Path:
    """Return the folder in which the photos lie."""
    return Path(settings.MEDIA_ROOT) / "photos"


def path(stem: str, *, small=False) -> Path:
    """Return where a photo's large or small file lies."""
    return folder() / f"{stem}{'-small' if small else ''}.jpg"


def keep(picture: Picture) -> str:
    """Write both files, wait until they are on the disk, and return the stem of their names.

    Call it outside the transaction: the row that names them is written afterwards. Without a row
    they are orphans, which `sweep` removes. Where there is no room, nothing of them stays.
    """
    folder().mkdir(parents=True, exist_ok=True)
    stem = secrets.token_hex(16)
    try:
        for small, content in [(False, picture.large), (True, picture.small)]:
            _write(path(stem, small=small), content)
        _sync_folder()
    except OSError:
        remove(stem)
        raise
    return stem


def _write(place, content):
    """Write a file atomically: under another name, synced, then renamed."""
    unfinished = place.with_suffix(".part")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(place)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def _sync_folder():
    """Sync the folder, so that the names are on the disk, too."""
    descriptor = os.open(folder(), os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def content(stem: str, *, small=False) -> bytes | None:
    """Return a file's bytes; None when it isn't there."""
    try:
        return path(stem, small=small).read_bytes()
    except FileNotFoundError:
        return None


def remove(stem: str) -> None:
    """Remove both files; what is gone already is no mistake."""
    for small in (False, True):
        path(stem, small=small).unlink(missing_ok=True)


def files() -> list[Path]:
    """Return everything that lies in the folder, in order."""
    return sorted(folder().iterdir()) if folder().exists() else []


def older(than: float = HOUR, now: float | None = None) -> list[Path]:
    """Return the files that were written longer ago than so many seconds."""
    before = (time.time() if now is None else now) - than
    return [file for file in files() if file.stat().st_mtime < before]


def stem_of(file: Path) -> str:
    """Return the stem that a file's name begins with; "" when it is none of ours."""
    match = STORED.fullmatch(file.name)
    return match[1] if match else ""

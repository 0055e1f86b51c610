"""PDF and PNG generation: a template of Typst and data become the same bytes for the same data.

Typst runs in a process of its own with limits (renderer.py), of which only a few are at work at
once on a machine. What was made is kept on disk by what it was made of, for a day and up to a size.
"""

import hashlib
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from items.photos.slots import NoSlot, slot
from welfare.printing import font

TIMEOUT = 20  # seconds, for a document
PATIENCE = 4  # seconds, for a free slot
KEPT_FOR = 24 * 60 * 60  # seconds: tomorrow's sheet says tomorrow's day
KEPT_BYTES = 64 * 2**20  # of all that is kept
NO_PHOTOS: Mapping[str, Path] = MappingProxyType({})
BEGINNINGS = (b"%PDF-", b"\x89PNG")
RENDERER = Path(__file__).parent / "renderer.py"
# One thread, so that a stranger's document takes one core. No secret of ours goes along.
ENVIRONMENT = {"MALLOC_ARENA_MAX": "1", "RAYON_NUM_THREADS": "1", "PATH": os.defpath}

log = logging.getLogger(__name__)


class CannotPrint(Exception):
    """No document came of it; `remedy` says in a sentence why, and what to do."""

    remedy = _(
        "The document could not be made. The site’s administrator finds the reason in the log;"
        " until then print the page itself."
    )


class NotInstalled(CannotPrint):
    """Typst or its font isn't there."""

    remedy = _(
        "What makes PDFs isn’t installed on this machine. The site’s administrator installs"
        " requirements/base.txt; until then print the page itself."
    )


class Busy(CannotPrint):
    """All that may be made at once is being made."""

    remedy = _("Many documents are being made just now. Try again in a minute.")


class TooLarge(CannotPrint):
    """It takes more memory or time than a document may."""

    remedy = _(
        "The document is too large for one file. Print less of it: a single matter, or a volume,"
        " without what stays inside. If that is too much, too, tell the site’s administrator."
    )


def pdf_of(
    template: str,
    data: dict,
    day: date,
    *,
    keep: bool = True,
    photos: Mapping[str, Path] = NO_PHOTOS,
) -> bytes:
    """Return the PDF of `templates/print/<template>.typ` with data, dated `day`.

    `data` are what JSON can hold; strings stay strings there, whatever signs they have. `photos`
    lie by their names in `photos/` beside the template. `keep=False` is for what isn't public, or
    shows photos: no copy of it stays. Raise `CannotPrint`.
    """
    return _document(template, data, day, keep, photos, format="pdf")


def png_of(template: str, data: dict, day: date, *, says: str, keep: bool = True) -> bytes:
    """Return the PNG of a template's one page, a pixel for each of its points.

    `says` is all that it says, and is written into the file as its description.
    """
    return _document(template, data, day, keep, NO_PHOTOS, format="png", says=font.printable(says))


def _document(
    template: str, data: dict, day: date, keep: bool, photos: Mapping[str, Path], **how: str
) -> bytes:
    order = _order(template, data, day) | how
    if not keep:
        with _room(photos) as room:
            return _make(order | {"folder": str(room)})
    assert not photos  # they aren't in the hash by which it is kept
    written = json.dumps(order, sort_keys=True).encode()
    versions = f"{_typst()} {version('pillow')}".encode()
    made_of = (_templates(folder()), versions, font.SHA256.encode(), written)
    path = _kept() / f"{hashlib.sha256(b'|'.join(made_of)).hexdigest()}.{how['format']}"
    try:
        return path.read_bytes()
    except OSError:  # it wasn't made yet, or can't be read
        pass
    made = _make(order)
    _keep(path, made)
    return made


@contextmanager
def _room(photos: Mapping[str, Path]) -> Iterator[Path]:
    """Hold a folder with the templates, and links to photos: Typst asks for nothing outside it."""
    with tempfile.TemporaryDirectory(prefix="printing-") as name:
        room = Path(name)
        for file in folder().glob("*.typ"):
            shutil.copyfile(file, room / file.name)  # a link would lead out of its root
        (room / "photos").mkdir()
        for called, file in photos.items():
            (room / "photos" / called).symlink_to(file.absolute())
        yield room


def _order(template: str, data: dict, day: date) -> dict[str, Any]:
    fonts = font.font_file()
    if fonts is None or not _typst():
        raise NotInstalled
    return {
        "folder": str(folder()),
        "template": template,
        "fonts": str(fonts.parent),
        "data": _printable(data),
        "timestamp": int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()),
    }


def folder() -> Path:
    """Return the folder of the templates."""
    return settings.BASE_DIR / "templates" / "print"


def forget_old(now: float) -> int:
    """Delete what was made more than a day ago; return how many files they were."""
    old = [path for made, _size, path in _all_kept() if made < now - KEPT_FOR]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _make(order: dict[str, Any]) -> bytes:
    """Run Typst once a slot is free; it holds the slot, also should this process die."""
    try:
        with slot(PATIENCE, "printers") as held:
            done = subprocess.run(
                [sys.executable, "-I", str(RENDERER)],
                input=json.dumps(order, sort_keys=True).encode(),
                capture_output=True,
                timeout=TIMEOUT,
                env=ENVIRONMENT,
                pass_fds=[held],
            )
    except NoSlot as error:
        raise Busy from error
    except subprocess.TimeoutExpired as error:
        log.error("A document took more than %s seconds.", TIMEOUT)
        raise TooLarge from error
    if done.returncode or not done.stdout.startswith(BEGINNINGS):
        log.error("Typst ended with %s: %s", done.returncode, done.stderr.decode()[-500:])
        if done.returncode < 0:  # by a signal: out of memory, or of the processor's time
            raise TooLarge
        raise CannotPrint
    return done.stdout


def _printable(data):
    """Return the data with only such signs as the font has, in all strings but names of fields."""
    if isinstance(data, str):
        return font.printable(data)
    if isinstance(data, dict):
        return {name: _printable(value) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [_printable(value) for value in data]
    return data


def _typst() -> str:
    """Return the version of Typst that is installed; "" where there is none."""
    try:
        return version("typst")
    except PackageNotFoundError:
        return ""


@lru_cache(maxsize=1)
def _templates(where: Path) -> bytes:
    """Return what stands for all templates: another release makes its documents anew."""
    files = sorted(where.glob("*.typ"))
    return hashlib.sha256(b"|".join(file.read_bytes() for file in files)).digest()


# What is kept: files, as any other would lock the database for a stranger's request


def _kept() -> Path:
    return Path(settings.VAR_DIR) / "printed"


def _keep(path: Path, made: bytes) -> None:
    """Write the file atomically, and delete the oldest above the size; a full disk keeps none."""
    unfinished = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished.write_bytes(made)
        unfinished.replace(path)
    except OSError:
        with suppress(OSError):
            unfinished.unlink()
        return
    room = KEPT_BYTES
    for _made, size, older in sorted(_all_kept(), reverse=True):
        room -= size
        if room < 0:
            older.unlink(missing_ok=True)


def _all_kept() -> list[tuple[float, int, Path]]:
    """Return when each file was made, its size and its path; also what was left half-written."""
    found = []
    for path in _kept().iterdir() if _kept().is_dir() else ():
        try:
            about = path.stat()
        except FileNotFoundError:
            continue  # another process has just deleted it
        found.append((about.st_mtime, about.st_size, path))
    return found

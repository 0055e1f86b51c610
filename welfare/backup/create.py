"""Making a backup while people write: the database as it is at one moment, then the files.

A photo's files are on the disk before the row that names them, so that files that are copied after
the rows lack none; but a photo that was deleted for good in between. Then all begins anew.
"""

import errno
import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from items.guards import arrival
from items.photos import storage
from welfare.backup import BackupError, DiskFull, archive, databases, retention
from welfare.backup.scratch import scratch_folder

ATTEMPTS = 3
UNFINISHED = ".part"


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was written and read again."""

    path: Path
    files: int
    bytes: int
    missing: list[str]  # pictures that rows name and that the site itself lacks
    deleted: list[Path]  # earlier backups that no period keeps


class Vanished(Exception):
    """A picture that a row named was deleted while the files were copied."""


def make(folder: Path, now: datetime | None = None) -> Made:
    """Write a backup into a folder, read it again, and delete those that are kept no longer.

    Call it within `lock.only_one`, so that nobody signs heads or makes another one meanwhile. Raise
    `BackupError`, and leave nothing, where it can't be made whole.
    """
    now = now or timezone.now()
    key = settings.BACKUP_KEY
    if key:
        archive.identity_of(key)
    with _in_sentences(folder):
        folder.mkdir(exist_ok=True)
        Path(settings.VAR_DIR).mkdir(parents=True, exist_ok=True)
        retention.remove_unfinished(folder)
        _need_room(folder)
        _forget_order()
        path = folder / retention.name(now, bool(key))
        for _attempt in range(ATTEMPTS):
            try:
                made = _written(path, key, now)
                break
            except Vanished:
                continue
        else:
            raise BackupError(_("Photos went on being deleted meanwhile. Try again."))
        manifest, missing = made
        deleted = retention.prune(folder)
        size = path.stat().st_size
    return Made(path, len(manifest["files"]), size, missing, deleted)


def make_due(now: datetime) -> int:
    """Make the day's backup in BACKUP_DIR; return how many that were: none without that setting."""
    if not settings.BACKUP_DIR:
        return 0
    today = timezone.localdate(now)
    if any(at.date() == today for at in retention.backups(settings.BACKUP_DIR).values()):
        return 0
    make(settings.BACKUP_DIR, now)
    return 1


def _forget_order() -> None:
    """Copy no order of arrival along, unless a table is in use: a backup late is worse."""
    try:
        arrival.forget()
    except DatabaseError:
        logging.getLogger(__name__).warning(
            "The backup may tell in which order today's suggestions came: a table was in use."
        )


def _written(path: Path, key: str, now: datetime) -> tuple[archive.Manifest, list[str]]:
    """Write, read again and only then name a backup; return its manifest and missing pictures."""
    unfinished = path.with_name(path.name + UNFINISHED)
    try:
        with scratch_folder(Path(settings.VAR_DIR)) as scratch, _created(unfinished) as out:
            with archive.encrypted(out, key) as stream, archive.writing(stream) as writer:
                missing = _fill(writer, scratch, now)
            out.flush()
            os.fsync(out.fileno())
        manifest = archive.read(unfinished, key)
        unfinished.rename(path)
        _sync(path.parent)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return manifest, missing


def _created(place: Path) -> IO[bytes]:
    """Return a new file, which this account alone may read."""
    return os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _fill(writer: archive.Writer, scratch: Path, now: datetime) -> list[str]:
    """Write the members; return the names of the pictures that are missing."""
    kind = databases.kind()
    place = scratch / kind.MEMBER
    with kind.snapshot(place) as cursor:
        facts, stems = databases.facts(cursor), databases.stems(cursor)
    writer.add(kind.MEMBER, place)
    place.unlink()
    for name, file in _all_files():
        writer.add(name, file)
    missing = missing_pictures(stems, set(writer.files))
    if missing and _deleted_meanwhile(missing):
        raise Vanished
    writer.finish(
        {
            "made_at": timezone.localtime(now).isoformat(),
            "database": connection.vendor,
            "database_version": kind.version(),
            "missing": missing,
            **facts,
        }
    )
    return missing


def missing_pictures(stems: set[str], members: set[str]) -> list[str]:
    """Return the names of the pictures that rows name and no member is."""
    root = Path(settings.MEDIA_ROOT)
    names = [
        f"media/{storage.path(stem, small=small).relative_to(root).as_posix()}"
        for stem in sorted(stems)
        for small in (False, True)
    ]
    return [name for name in names if name not in members]


def _deleted_meanwhile(missing: list[str]) -> bool:
    """Tell whether no row names one of these pictures any more."""
    with connection.cursor() as cursor:
        named = set(missing_pictures(databases.stems(cursor), set()))
    return not named.issuperset(missing)


def _all_files() -> Iterator[tuple[str, Path]]:
    """Yield name and place of each finished file of the photos and of the signed heads."""
    for prefix, folder in (("media", settings.MEDIA_ROOT), ("ledger", settings.LEDGER_DIR)):
        root = Path(folder)
        for place in sorted(root.rglob("*")):
            if place.suffix != UNFINISHED and place.is_file() and not place.is_symlink():
                yield f"{prefix}/{place.relative_to(root).as_posix()}", place


def _need_room(folder: Path) -> None:
    """Refuse at once what won't fit, before the site itself has no room left."""
    database = databases.kind().size()
    files = sum(place.stat().st_size for _name, place in _all_files())
    for place, needed in ((folder, database + files), (Path(settings.VAR_DIR), database)):
        free = shutil.disk_usage(place).free
        if free < needed * 1.05:
            raise DiskFull(
                _("%(place)s is full: a backup takes %(needed)s, %(free)s are free.")
                % {"place": place, "needed": megabytes(needed), "free": megabytes(free)}
            )


def megabytes(count: float) -> str:
    return f"{count / 2**20:,.0f} MB"


@contextmanager
def _in_sentences(folder: Path) -> Iterator[None]:
    """Say in a sentence what a disk or a folder refuses."""
    try:
        yield
    except OSError as failure:
        if failure.errno in (errno.ENOSPC, errno.EDQUOT):
            sentence = _("The disk of %s is full. No backup was kept; make room and try again.")
            raise DiskFull(sentence % folder) from failure
        sentence = _("No backup was made in %(folder)s: %(why)s.")
        why = failure.strerror or str(failure)
        raise BackupError(sentence % {"folder": folder, "why": why}) from failure


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

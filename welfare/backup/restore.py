"""Restoring a backup: all of it is read and compared before anything of the site changes.

Files come first and the database last, in one piece, so that no row ever names a file that isn't
there. What the site had is not deleted: photos that no row names any more go with the next sweep,
another ledger's folder is moved aside.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import strftime
from typing import IO

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from items.guards import revision
from items.models.revision import current_revision
from welfare.backup import BackupError, archive, databases
from welfare.backup.scratch import scratch_folder

OURS = ("items", "welfare")


def restore(path: Path, *, overwrite: bool = False) -> archive.Manifest:
    """Make the site what a backup holds, brought up to this version; return its manifest.

    Call it within `lock.only_one`, with the site stopped. Raise `BackupError`, and change nothing,
    where the backup is damaged, of another kind of database or of a newer version, or where the
    site holds anything and `overwrite` doesn't say that it may go.
    """
    if not path.is_file():
        raise BackupError(_("There is no file %s.") % path)
    if not overwrite and not is_empty():
        raise BackupError(
            _(
                "This site isn’t empty, and nothing was changed. To put the backup in place of"
                " everything that is here, stop the site and say --overwrite."
            )
        )
    before = _number()
    with _unpacked(path) as (folder, manifest):
        _refuse_another_kind(manifest)
        _refuse_a_newer_one(manifest)
        _put_files(folder / "media", Path(settings.MEDIA_ROOT))
        _put_ledger(folder / "ledger")
        os.sync()  # before a row names one of them
        databases.kind().put(folder / databases.kind().MEMBER)
    with connection.cursor() as cursor:
        _compare(databases.facts(cursor), manifest)
    ContentType.objects.clear_cache()
    call_command("migrate", verbosity=0, interactive=False)
    with connection.cursor() as cursor:
        revision.begin_above(cursor, max(before, manifest["revision"]))
    return manifest


def is_empty() -> bool:
    """Tell whether there is nothing here that anybody made."""
    folders = (Path(settings.MEDIA_ROOT), Path(settings.LEDGER_DIR))
    if any(place.is_file() for folder in folders for place in folder.rglob("*")):
        return False
    if not databases.kind().is_there():
        return True
    own_rows = revision.REVISION  # `migrate` makes it
    try:
        with connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
            for table in tables:
                if table.startswith("items_") and table != own_rows:
                    cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')
                    if cursor.fetchone():
                        return False
    except DatabaseError:  # it can't be read: what it holds nobody knows
        return False
    finally:
        connection.close()
    return True


def _number() -> int:
    """Return the revision that the site has now; 0 where it has none, or can't be read."""
    try:
        return current_revision()
    except DatabaseError:
        return 0
    finally:
        connection.close()


@contextmanager
def _unpacked(path: Path) -> Iterator[tuple[Path, archive.Manifest]]:
    """Yield a folder beside the photos with all that a backup holds, compared with its manifest."""
    parent = Path(settings.MEDIA_ROOT).parent  # on one disk with them: files are renamed
    with scratch_folder(parent) as folder:

        def put(member: str, content: IO[bytes]) -> None:
            place = folder / member
            place.parent.mkdir(parents=True, exist_ok=True)
            # As they were made: a key is for this account alone.
            mode = 0o640 if member.startswith("media/") else 0o600
            descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
            with os.fdopen(descriptor, "wb") as file:
                shutil.copyfileobj(content, file, archive.CHUNK)

        try:
            manifest = archive.read(path, settings.BACKUP_KEY, put)
        except OSError as failure:
            sentence = _("%(file)s can’t be unpacked in %(folder)s: %(why)s.")
            why = failure.strerror or str(failure)
            said = {"file": path, "folder": parent, "why": why}
            raise BackupError(sentence % said) from failure
        yield folder, manifest


def _refuse_another_kind(manifest: archive.Manifest) -> None:
    if manifest["database"] != connection.vendor:
        raise BackupError(
            _(
                "The backup is of a %(theirs)s database, and DATABASE_URL names a %(ours)s one."
                " Restore it into a site with %(theirs)s. Nothing was changed."
            )
            % {"theirs": manifest["database"], "ours": connection.vendor}
        )


def _refuse_a_newer_one(manifest: archive.Manifest) -> None:
    disk = MigrationLoader(None).disk_migrations
    known = {*disk, *(key for migration in disk.values() for key in migration.replaces)}
    unknown = [
        name for app, name in manifest["migrations"] if app in OURS and (app, name) not in known
    ]
    if unknown:
        raise BackupError(
            _(
                "The backup was made by a newer version of this software (it has %s). Install"
                " that version, then restore. Nothing was changed."
            )
            % unknown[-1]
        )


def _put_files(source: Path, target: Path) -> None:
    """Move each file to its place; others that lie there stay."""
    for place in sorted(source.rglob("*")) if source.exists() else []:
        if place.is_file():
            there = target / place.relative_to(source)
            there.parent.mkdir(parents=True, exist_ok=True)
            os.replace(place, there)
    target.mkdir(parents=True, exist_ok=True)


def _put_ledger(source: Path) -> None:
    """Put heads and key in their place, unless the folder has them all; move another's aside."""
    target = Path(settings.LEDGER_DIR)
    theirs = {place.name: place for place in source.iterdir()} if source.exists() else {}
    if all(_same(place, target / name) for name, place in theirs.items()):
        return  # statements that were signed after the backup stay, and bear witness
    if target.exists() and any(target.iterdir()):
        target.rename(target.with_name(f"{target.name}.before-{strftime('%Y%m%d-%H%M%S')}"))
    target.mkdir(parents=True, exist_ok=True)
    for name, place in theirs.items():
        shutil.move(place, target / name)


def _same(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()


def _compare(restored: dict, manifest: archive.Manifest) -> None:
    """Hold each table against what it was when the backup was made."""
    there, told = restored["tables"], manifest["tables"]
    wrong = sorted(name for name in {*there, *told} if there.get(name) != told.get(name))
    if wrong:
        sentence = _("These tables aren’t what the backup says: %s. Restore another one.")
        raise BackupError(sentence % ", ".join(wrong))


@contextmanager
def scratch_site() -> Iterator[None]:
    """Let database, photos and heads be others, empty ones, for as long as the block runs."""
    names = ("MEDIA_ROOT", "LEDGER_DIR")
    kept = {name: getattr(settings, name) for name in names}
    with scratch_folder(Path(settings.MEDIA_ROOT).parent) as folder:
        settings.MEDIA_ROOT, settings.LEDGER_DIR = folder / "media", folder / "ledger"
        try:
            with databases.kind().scratch(folder):
                yield
        finally:
            for name, value in kept.items():
                setattr(settings, name, value)

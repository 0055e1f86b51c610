"""SQLite's part in backup and restore: its online backup API, both ways."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import strftime

from django.db import connection
from django.utils.translation import gettext as _

from welfare.backup import BackupError

MEMBER = "database.sqlite3"
TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
)


def version() -> str:
    return sqlite3.sqlite_version


def is_there() -> bool:
    return Path(connection.settings_dict["NAME"]).exists()


def size() -> int:
    """Return the bytes of the database."""
    place = Path(connection.settings_dict["NAME"])
    return sum(part.stat().st_size for part in (place, _beside(place, "-wal")) if part.exists())


@contextmanager
def snapshot(place: Path) -> Iterator[sqlite3.Cursor]:
    """Copy the database as it is at one moment, whoever writes; yield a cursor on the copy."""
    own = connection.copy()
    own.connect()
    try:
        with closing(sqlite3.connect(place)) as copy:
            own.connection.backup(copy)  # in one step: WAL lets others write meanwhile
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
            (told,) = copy.execute("PRAGMA integrity_check").fetchone()
            if told != "ok":
                raise BackupError(_("The database is damaged: %s. Restore a backup.") % told)
            yield copy.cursor()
    finally:
        own.close()


def fingerprint(cursor, table: str) -> list:
    """Return how many rows a table has; the file's hash says the rest."""
    return list(cursor.execute(f'SELECT count(*) FROM "{table}"').fetchone())


def put(place: Path) -> None:
    """Make the site's database what the file holds: all of it, or nothing.

    Other processes that have it open see the new content. One that can't be read any more is
    moved aside first.
    """
    connection.close()
    target = Path(connection.settings_dict["NAME"])
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        _copy(place, target)
    except sqlite3.DatabaseError as damaged:
        if isinstance(damaged, sqlite3.OperationalError):
            raise
        aside = f".damaged-{strftime('%Y%m%d-%H%M%S')}"
        for part in (target, _beside(target, "-wal"), _beside(target, "-shm")):
            if part.exists():
                part.rename(_beside(part, aside))
        _copy(place, target)


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as whole, closing(sqlite3.connect(target)) as site:
        site.execute("PRAGMA synchronous=FULL")
        whole.backup(site)


def _beside(place: Path, ending: str) -> Path:
    return place.with_name(place.name + ending)


@contextmanager
def scratch(folder: Path) -> Iterator[None]:
    """Let the site's database be another one, in a folder, for as long as the block runs."""
    connection.close()
    name = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = str(folder / "scratch.sqlite3")
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name

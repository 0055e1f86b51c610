"""Retention of backups: 7 daily, 4 weekly and 12 monthly ones are kept, the newest of each."""

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from django.utils import timezone

NAME = re.compile(r"welfare-(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d)\.tar(\.age)?")
STAMP = "%Y-%m-%dT%H-%M-%S"
PERIODS: list[tuple[int, Callable[[date], tuple]]] = [
    (7, lambda day: (day,)),
    (4, lambda day: day.isocalendar()[:2]),
    (12, lambda day: (day.year, day.month)),
]


def name(now: datetime, encrypted: bool) -> str:
    """Return what a backup of this moment is called."""
    stamp = timezone.localtime(now).strftime(STAMP)
    return f"welfare-{stamp}.tar{'.age' if encrypted else ''}"


def backups(folder: Path) -> dict[Path, datetime]:
    """Return the backups in a folder with their local times, the newest first."""
    found = {
        path: datetime.strptime(match[1], STAMP)
        for path in (folder.iterdir() if folder.is_dir() else [])
        if (match := NAME.fullmatch(path.name))
    }
    return dict(sorted(found.items(), key=lambda pair: pair[1], reverse=True))


def prune(folder: Path) -> list[Path]:
    """Delete the backups that no period keeps; return them. Nothing else in the folder is touched.

    A period counts the days, weeks and months that have a backup: after a month without one, the
    old ones are still there.
    """
    made = backups(folder)
    kept: set[Path] = set()
    for count, period in PERIODS:
        newest: dict[tuple, Path] = {}
        for path, at in made.items():
            newest.setdefault(period(at.date()), path)
        kept.update(list(newest.values())[:count])
    gone = [path for path in made if path not in kept]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def remove_unfinished(folder: Path) -> None:
    """Remove what a backup that was killed left behind."""
    for path in folder.glob("welfare-*.part"):
        if NAME.fullmatch(path.name.removesuffix(".part")):
            path.unlink(missing_ok=True)

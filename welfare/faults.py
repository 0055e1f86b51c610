"""What a fault means for whoever was writing: no room left, or the site can't write now."""

import errno
import shutil
import sqlite3
from pathlib import Path

from django.db import DatabaseError, connection
from psycopg2.errors import DiskFull

NOTHING = 64 * 2**10  # bytes free; less is none


def disk_is_full(failure: Exception) -> bool:
    """Tell whether a database or a file refused a write because there is no room left."""
    if isinstance(failure, OSError):
        return failure.errno in (errno.ENOSPC, errno.EDQUOT)
    if not isinstance(failure, DatabaseError):
        return False
    cause = failure.__cause__
    said = str(failure).lower()
    if isinstance(cause, DiskFull) or "no space left" in said or "disk is full" in said:
        return True
    if getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
        return True
    return connection.vendor == "sqlite" and _is_full(connection.settings_dict["NAME"])


def _is_full(name) -> bool:
    """Look at the disk itself: SQLite calls a full one also an I/O error, or can't open a file."""
    folder = Path(name).absolute().parent
    return folder.is_dir() and shutil.disk_usage(folder).free < NOTHING

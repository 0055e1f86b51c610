"""A full disk: what says so, among the errors of files and of both databases."""

import errno
import sqlite3

from django.db import DatabaseError

OF_FILES = {errno.ENOSPC, errno.EDQUOT}
OF_POSTGRESQL = "DiskFull"  # what psycopg calls the SQLSTATE 53100


def says_full(exception: BaseException) -> bool:
    """Tell whether an exception means that there is no room left to write."""
    if isinstance(exception, OSError):
        return exception.errno in OF_FILES
    if not isinstance(exception, DatabaseError):
        return False
    cause = exception.__cause__
    full = getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return full or type(cause).__name__ == OF_POSTGRESQL

"""The site, telling for how long each transaction held SQLite's one write lock.

    HELD_FILE=… granian --interface wsgi held:application

Writes the milliseconds of each to the file, its commit included; nothing on PostgreSQL.
"""

import os
import time

from django.db.backends.sqlite3.base import DatabaseWrapper

from welfare.wsgi import application

__all__ = ["application"]

FILE = os.open(os.environ["HELD_FILE"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)


def begun(begin):
    def tell(self):
        begin(self)
        self.held_since = time.perf_counter()

    return tell


def ended(end):
    def tell(self):
        end(self)
        if since := self.__dict__.pop("held_since", None):
            os.write(FILE, b"%.3f\n" % ((time.perf_counter() - since) * 1000))

    return tell


for name, told in {
    "_start_transaction_under_autocommit": begun,
    "_commit": ended,
    "_rollback": ended,
}.items():
    setattr(DatabaseWrapper, name, told(getattr(DatabaseWrapper, name)))

"""People who act at the same moment, each over a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from items.errors import Conflict


def together(*acts):
    """Run the acts in threads that start at one moment; return what each returned or raised."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait(30)
            return act()
        except Exception as raised:
            return raised
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def until_done(act):
    """Do an act anew, reading anew, until nobody came in between; return what it returned."""
    while True:
        try:
            return act()
        except Conflict:
            continue

"""Counters in hourly windows: how many came from whom in this hour, under hashes that tell nobody.

They are rows, locked in the transaction that does what is counted, so that none is counted twice or
lost (docs/decisions/0603-tallies-in-a-table.md). From whom, only the key in memory can tell.
"""

import time

from welfare.memory_key import keyed_hash
from welfare.models import Tally

HOUR = 60 * 60  # seconds


def this_hour(now: float | None = None) -> int:
    return int((now or time.time()) // HOUR)


def locked(*senders: tuple[str, str]) -> list[Tally]:
    """Return tallies of this hour, which nobody else changes until the transaction ends.

    A sender is a kind and who it is. All transactions wait for each other in one order.
    """
    hour = this_hour()
    keys = [hashed(kind, sender, hour) for kind, sender in senders]
    new = [Tally(key=key, hour=hour) for key in sorted(keys)]
    Tally.objects.bulk_create(new, ignore_conflicts=True)
    rows = Tally.objects.select_for_update().filter(key__in=keys).order_by("key")
    by_key = {tally.key: tally for tally in rows}
    return [by_key[key] for key in keys]


def forget_earlier(now: float | None = None) -> int:
    """Delete the tallies of the hours before; return how many they were."""
    deleted, _kinds = Tally.objects.filter(hour__lt=this_hour(now)).delete()
    return deleted


def hashed(kind: str, sender: str, hour: int) -> str:
    """Return the hash that stands in the table instead of who it is."""
    return keyed_hash(kind, sender, str(hour))

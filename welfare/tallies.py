"""Counters in hourly windows: how many came from whom in this hour, under hashes that tell nobody.

They are rows, locked in the transaction that does what is counted, so that none is counted twice or
lost (docs/decisions/0603-tallies-in-a-table.md).
"""

import time

from django.utils.crypto import salted_hmac

from welfare.models import Tally

HOUR = 60 * 60  # seconds
SALT = "welfare.voice.tallies"  # of the rows in the table: another one would forget them


def this_hour(now: float | None = None) -> int:
    return int((now or time.time()) // HOUR)


def locked(*senders: tuple[str, str]) -> list[Tally]:
    """Return tallies of this hour, which nobody else changes until the transaction ends.

    A sender is a kind and who it is. All transactions wait for each other in one order.
    """
    hour = this_hour()
    keys = [hashed(kind, sender, hour) for kind, sender in senders]
    new = [Tally(key=key, hour=hashed("hour", "", hour)) for key in sorted(keys)]
    Tally.objects.bulk_create(new, ignore_conflicts=True)
    rows = Tally.objects.select_for_update().filter(key__in=keys).order_by("key")
    by_key = {tally.key: tally for tally in rows}
    return [by_key[key] for key in keys]


def forget_earlier(now: float | None = None) -> int:
    """Delete the tallies of the hours before, but not of the next, which may have begun elsewhere.

    Return how many they were.
    """
    hour = this_hour(now)
    kept = [hashed("hour", "", number) for number in (hour, hour + 1)]
    deleted, _kinds = Tally.objects.exclude(hour__in=kept).delete()
    return deleted


def hashed(kind: str, sender: str, hour: int) -> str:
    """Return the hash that stands in the table instead of who it is and when."""
    value = "\0".join([kind, sender, str(hour)])
    return salted_hmac(SALT, value, algorithm="sha256").hexdigest()

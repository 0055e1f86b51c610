"""Rate limit of suggestions in hourly windows: so many from a browser, counted from a network.

The counts are rows, locked in the transaction that saves the suggestion, so that none is counted
twice or lost (docs/decisions/0603-tallies-in-a-table.md).
"""

import time

from django.conf import settings
from django.utils.crypto import salted_hmac

from welfare.models import Tally

PER_BROWSER = 10  # an hour
KEPT_PER_NETWORK = 60  # forms an hour whose photos are kept when they come back
HOUR = 60 * 60  # seconds
SALT = "welfare.voice.tallies"  # of the rows in the table: another one would forget them


class Reached(Exception):
    """This browser has sent as many as are taken in an hour."""


def this_hour(now: float | None = None) -> int:
    return int((now or time.time()) // HOUR)


def minutes_left() -> int:
    """Return after how many minutes the next hour begins, from 1 to 60."""
    return 60 - int(time.time() % HOUR // 60)


def check_browser(browser: str) -> None:
    """Raise `Reached` when the browser has sent its share; for a look before the work is done."""
    tally = Tally.objects.filter(key=hashed("browser", browser, this_hour())).first()
    if browser and tally and tally.count >= PER_BROWSER:
        raise Reached


def count_browser(tally: Tally) -> None:
    """Count one more from a browser, or raise `Reached`."""
    if tally.count >= PER_BROWSER:
        raise Reached
    tally.count += 1
    tally.save()


def count_network(tally: Tally) -> bool:
    """Count one more from a network; tell whether that is more than usual."""
    tally.count += 1
    tally.save()
    return tally.count > settings.SUGGESTIONS_PER_ADDRESS


def count_kept(tally: Tally) -> bool:
    """Count one more form whose photos are kept; tell whether they may be."""
    if tally.count >= KEPT_PER_NETWORK:
        return False
    tally.count += 1
    tally.save()
    return True


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

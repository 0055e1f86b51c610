"""How many suggestions an hour are taken from one browser, and counted from one neighbourhood."""

import time

from django.conf import settings
from django.utils.crypto import salted_hmac

from welfare.models import Tally

PER_BROWSER = 10  # an hour
HOUR = 60 * 60  # seconds


class Full(Exception):
    """This browser has sent as many as are taken in an hour."""


def this_hour() -> int:
    return int(time.time() // HOUR)


def minutes_left() -> int:
    """Return after how many minutes the next hour begins, from 1 to 60."""
    return 60 - int(time.time() % HOUR // 60)


def refuse_if_full(browser: str) -> None:
    """Raise `Full` when the browser has sent its share; for a look before the work is done."""
    tally = Tally.objects.filter(key=name("browser", browser, this_hour())).first()
    if browser and tally and tally.count >= PER_BROWSER:
        raise Full


def count_browser(tally: Tally) -> None:
    """Count one more from a browser, or raise `Full`."""
    if tally.count >= PER_BROWSER:
        raise Full
    tally.count += 1
    tally.save()


def count_place(tally: Tally) -> bool:
    """Count one more from a neighbourhood; tell whether that is more than usual."""
    tally.count += 1
    tally.save()
    return tally.count > settings.SUGGESTIONS_PER_ADDRESS


def locked(*who: tuple[str, str]) -> list[Tally]:
    """Return tallies of this hour, which nobody else changes until the transaction ends.

    Each is asked for by a kind and who it is. All wait for each other in one order.
    """
    hour = this_hour()
    keys = [name(kind, each, hour) for kind, each in who]
    new = [Tally(key=key, hour=name("hour", "", hour)) for key in sorted(keys)]
    Tally.objects.bulk_create(new, ignore_conflicts=True)
    found = Tally.objects.select_for_update().filter(key__in=keys).order_by("key")
    by_key = {tally.key: tally for tally in found}
    return [by_key[key] for key in keys]


def forget_earlier() -> None:
    """Delete the tallies of the hours before; that of the next may have begun elsewhere."""
    hour = this_hour()
    kept = [name("hour", "", each) for each in (hour, hour + 1)]
    Tally.objects.exclude(hour__in=kept).delete()


def name(kind: str, who: str, hour: int) -> str:
    """Return what stands in the table instead of who it is and when."""
    said = "\0".join([kind, who, str(hour)])
    return salted_hmac("welfare.voice.tallies", said, algorithm="sha256").hexdigest()

"""Rate limit of suggestions in hourly windows: so many from a browser, counted from a network."""

import time

from django.conf import settings

from welfare.models import Tally
from welfare.tallies import HOUR, hashed, this_hour

PER_BROWSER = 10  # an hour


class Reached(Exception):
    """This browser has sent as many as are taken in an hour."""


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

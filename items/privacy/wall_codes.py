"""The code on the sheet on the wall: who types it with an answer was there, or was told it.

One code a list and month, by the site's key, taken until the end of the next month: a sheet hangs
for some weeks. Nothing is stored. It is one for the whole list, as one for each place or machine
would tell of a small group which of them answered.
"""

import re
import unicodedata
from datetime import date, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

from items.privacy.short_codes import SIGNS

LENGTH = 6


def wall_code(item_list: int, day: date) -> str:
    """Return the code that a sheet of a list carries that is printed on a day."""
    said = f"{item_list}\0{day:%Y-%m}"
    digest = salted_hmac("items.wall_codes", said, algorithm="sha256").digest()
    return "".join(SIGNS[byte % len(SIGNS)] for byte in digest[:LENGTH])


def last_day(day: date) -> date:
    """Return until when the code of a sheet is taken that is printed on a day."""
    after = _next_month(_next_month(day))
    return after - timedelta(days=1)


def is_wall_code(typed: str, item_list: int, today: date) -> bool:
    """Tell whether somebody typed the code of a sheet that may hang there today."""
    signs = re.sub(r"[\s\-–—_.·]", "", unicodedata.normalize("NFKC", typed[:40])).upper()
    before = today.replace(day=1) - timedelta(days=1)
    return any(constant_time_compare(signs, wall_code(item_list, day)) for day in (today, before))


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)

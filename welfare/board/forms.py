"""The query string of a public page: search, filters and pagination, as far as understood."""

import re
from dataclasses import fields, replace
from datetime import date

from items.public import BoardSearch
from items.words import fold, tidy

MAX_QUERY = 60  # letters of a search


def parse_search(query) -> tuple[BoardSearch, bool]:
    """Return what the reader searches for, and whether its words were cut."""
    search = BoardSearch(**{field.name: query.get(field.name, "") for field in fields(BoardSearch)})
    # Cut first: folding may lengthen the text, and somebody may send a megabyte.
    words = tidy(search.q[: 4 * MAX_QUERY])
    return replace(search, q=words[:MAX_QUERY].strip()), len(words) > MAX_QUERY


DAY = re.compile(r"([0-9]{4})[^0-9]{1,2}([0-9]{1,2})[^0-9]{1,2}([0-9]{1,2})[^0-9]?")


def parse_day(query) -> date | None:
    """Return the day that the reader asks for, as a browser or a hand writes it; else None."""
    written = DAY.fullmatch(fold(query.get("day", "")[:20]).strip())
    try:
        return date(*map(int, written.groups())) if written else None
    except ValueError:
        return None


def page_number(query) -> int:
    """Return which page of several the reader asks for; the first, if that makes no sense."""
    page = query.get("page", "")
    return int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1

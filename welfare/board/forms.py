"""The query string of a public page: search, filters and pagination, as far as understood."""

from dataclasses import fields, replace

from items.public import BoardSearch
from items.words import tidy

MAX_QUERY = 60  # letters of a search


def parse_search(query) -> tuple[BoardSearch, bool]:
    """Return what the reader searches for, and whether its words were cut."""
    search = BoardSearch(**{field.name: query.get(field.name, "") for field in fields(BoardSearch)})
    # Cut first: folding may lengthen the text, and somebody may send a megabyte.
    words = tidy(search.q[: 4 * MAX_QUERY])
    return replace(search, q=words[:MAX_QUERY].strip()), len(words) > MAX_QUERY


def page_number(query) -> int:
    """Return which page of several the reader asks for; the first, if that makes no sense."""
    page = query.get("page", "")
    return int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1

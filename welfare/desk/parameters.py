"""What a query string or a button sends: the number of a page, the keys of rows."""


def page_number(query, name: str = "page") -> int:
    """Return which page is asked for; the first, when that can't be understood."""
    page = query.get(name, "")
    return int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1


def keys(post, name: str) -> list[int]:
    """Return the keys of rows that were sent under a name."""
    sent = post.getlist(name)
    return [int(key) for key in sent if key.isascii() and key.isdigit() and len(key) < 19]

"""What is too long for one page, in pages."""


def nearest(page: int, count: int, size: int) -> tuple[int, int]:
    """Return the page that is nearest to the asked one, and of how many: there is always one."""
    pages = max(1, -(-count // size))
    return min(max(page, 1), pages), pages

"""What a fault means for whoever was writing: no room left, or the site can't write now."""

import errno

DISK_FULL = "53100"  # PostgreSQL's code


def disk_is_full(failure: Exception) -> bool:
    """Tell whether a database or a file refused a write because there is no room left."""
    if isinstance(failure, OSError):
        return failure.errno in (errno.ENOSPC, errno.EDQUOT)
    said = f"{failure} {getattr(failure.__cause__, 'pgcode', '')}".lower()
    return any(sign in said for sign in ("disk is full", "no space left", DISK_FULL))

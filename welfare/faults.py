"""What a database's fault means for whoever was writing: no room left, or it can't write now."""

from django.db import DatabaseError

DISK_FULL = "53100"  # PostgreSQL's code


def disk_is_full(failure: DatabaseError) -> bool:
    """Tell whether a write failed because there is no room left."""
    said = f"{failure} {getattr(failure.__cause__, 'pgcode', '')}".lower()
    return any(sign in said for sign in ("disk is full", "no space left", DISK_FULL))

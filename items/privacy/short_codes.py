"""Short codes: what stands for an item or a list in the short address that QR codes hold.

A code is drawn by lot with the row and never changes, so that what hangs on a wall leads there for
ever. It tells neither number nor order, and nobody finds others by trying: there are 6 × 10¹¹.
"""

import secrets

SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another
LENGTH = 8


def new_code() -> str:
    """Draw a code."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))

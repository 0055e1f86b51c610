"""The token of a reporting link: random, shown once, and stored as its hash alone."""

import hashlib
import secrets

BYTES = 24  # 192 bits: nobody guesses one, and a link is still short enough for a QR code
LONGEST = 64  # letters; what is longer is none


def new_token() -> str:
    return secrets.token_urlsafe(BYTES)


def hashed(token: str) -> str:
    """Return what stands in the ledger instead of a token.

    A plain hash is enough, since there is nothing short to try out.
    """
    return hashlib.sha256(token.encode()).hexdigest()

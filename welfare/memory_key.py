"""A key that lives in memory only: what is hashed with it can't be tried out from a disk.

There are so few addresses that whoever has a hash of one and its key finds it in minutes. So this
key is made when the program is loaded, and is in no setting, file, table, log or environment.
`manage.py serve` loads the program before it starts its processes, which inherit it, as those of
gunicorn with `--preload` do; it ends with them. A process that is started alone has its own, and
counts for itself (docs/decisions/0931-a-key-in-memory.md).
"""

import hmac
import secrets

_KEY = secrets.token_bytes(32)


def keyed_hash(*parts: str) -> str:
    """Return a hash of the parts, the same in all processes of this start and in no other."""
    return hmac.digest(_KEY, "\0".join(parts).encode(), "sha256").hex()

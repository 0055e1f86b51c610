"""Receipt codes: with one of them a worker reads the answer to what they wrote.

A code has 80 bits in sixteen signs that can't be mistaken for each other. Only its hash is kept.
"""

import base64
import hashlib
import re
import unicodedata

from django.utils.crypto import salted_hmac

# Crockford's: no I, L, O or U. https://www.crockford.com/base32.html
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
READ_AS = str.maketrans("OIL", "011")
STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
CODE = re.compile(f"[{SIGNS}]{{16}}")


def code_for(*parts: str | bytes) -> str:
    """Return the code of the parts of a form: equal parts give an equal code, so nothing doubles.

    Nobody without the site's key can reckon it, and nothing of the parts can be found from it.
    """
    digest = hashlib.sha256()
    for part in parts:
        part = part.encode() if isinstance(part, str) else part
        digest.update(len(part).to_bytes(8) + part)
    bits = salted_hmac("items.codes", digest.hexdigest(), algorithm="sha256").digest()[:10]
    signs = base64.b32encode(bits).decode().translate(str.maketrans(STANDARD, SIGNS))
    return "-".join(signs[at : at + 4] for at in range(0, 16, 4))


def hashed(code: str) -> str | None:
    """Return the hash of a code as somebody typed it; None when it can't be one."""
    typed = unicodedata.normalize("NFKC", code).upper().translate(READ_AS)
    signs = re.sub(r"[\s\-‐‑–—_.·]", "", typed)
    return hashlib.sha256(signs.encode()).hexdigest() if CODE.fullmatch(signs) else None

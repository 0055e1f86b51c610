"""What a reader asks of a page, as far as it can be understood."""

import unicodedata
from dataclasses import fields, replace

from items.public import Wanted

LONGEST = 60  # letters to look for


def wanted(said) -> tuple[Wanted, bool]:
    """Return what the reader looks for, and whether only the beginning of the words was taken."""
    wishes = Wanted(**{field.name: said.get(field.name, "") for field in fields(Wanted)})
    # Cut first: folding may lengthen the text, and somebody may send a megabyte.
    words = tidy(wishes.q[: 4 * LONGEST])
    return replace(wishes, q=words[:LONGEST].strip()), len(words) > LONGEST


def page_number(said) -> int:
    """Return which page of several the reader asks for; the first, if that makes no sense."""
    asked = said.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def tidy(text: str) -> str:
    """Return the text in plain width, with single spaces and no signs that can't be seen."""
    folded = unicodedata.normalize("NFKC", text)
    return " ".join("".join(c if c.isprintable() else " " for c in folded).split())

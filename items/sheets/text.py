"""Text normalisation of cells: for comparing and parsing, and shortened for a sentence."""

import unicodedata

from items.words import clean, one_line

__all__ = ["clean", "normalised", "one_line", "quoted"]

QUOTED_CHARACTERS = 40


def normalised(text: str) -> str:
    """Return a short text for comparing and parsing: NFKC (half width), no spaces at all."""
    return "".join(unicodedata.normalize("NFKC", clean(text)).split())


def quoted(text: object) -> str:
    """Shorten what stood in a cell so that a sentence can quote it."""
    line = one_line(str(text))
    return line if len(line) <= QUOTED_CHARACTERS else line[: QUOTED_CHARACTERS - 1] + "…"

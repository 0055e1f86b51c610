"""Query parsing: a search split into words, each with the ways of writing it, or a number."""

import re
from dataclasses import dataclass

from items.numerals import NUMERAL, numeral, read_numeral, with_digits
from items.words import fold, tidy

SEPARATORS = r"\s、,;。《》〈〉「」『』【】“”\""
COUNTER = "[件号项条]"
# What is one word though a space may stand in it: "no. 4", "item 4", "第 4 件".
_NUMBERED = (
    rf"(?:item|number|no)\.?\s*#?\s*(?P<latin>[0-9]{{1,5}})(?![^{SEPARATORS}])"
    rf"|第\s*(?P<ordinal>[0-9]{{1,5}}|{NUMERAL})\s*{COUNTER}"
)
_WORD = re.compile(rf"{_NUMBERED}|[^{SEPARATORS}]+")
_NUMBER = re.compile(rf"[(\[#]*第?([0-9]{{1,5}}|{NUMERAL}){COUNTER}?[)\].]*")
_DIGITS_BEFORE_UNIT = re.compile(r"(?<![0-9])[1-9][0-9]?(?=号)")
LAST = 99_999  # an item's highest number


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a search: found where one of its spellings is said, or as an item's number."""

    spellings: tuple[str, ...]  # folded, as it was written first
    number: int | None = None

    def is_in(self, *texts: str) -> bool:
        """Tell whether one of the texts says it in one of its spellings."""
        folded = fold("\n".join(texts))
        return any(spelling in folded for spelling in self.spellings)


def split(q: str) -> list[str]:
    """Return the words of a search, folded, without what stands between or around them."""
    return [match[0] for match in _WORD.finditer(fold(tidy(q)))]


def words_of(q: str) -> list[Word]:
    """Return the words of a search, each with its spellings and the number that it may be."""
    return [_word(match) for match in _WORD.finditer(fold(tidy(q)))]


def _word(match: re.Match[str]) -> Word:
    word = match[0]
    said = match["latin"] or match["ordinal"]
    if said is None and (alone := _NUMBER.fullmatch(word)):
        said = alone[1]
    return Word(tuple(dict.fromkeys([word, *_written_otherwise(word)])), _number(said))


def _number(said: str | None) -> int | None:
    if not said:
        return None
    number = int(said) if said.isdecimal() else read_numeral(said)
    return number if number and number <= LAST else None


def _written_otherwise(word: str) -> list[str]:
    """Return a word with its numerals as digits, and the other way round: 4号高炉, 四号高炉."""
    in_numerals = _DIGITS_BEFORE_UNIT.sub(lambda digits: numeral(int(digits[0])), word)
    return [with_digits(word), in_numerals]

"""Query parsing: a search split into words, each with the ways of writing it, or a number."""

import re
from dataclasses import dataclass
from functools import lru_cache

from items.numerals import NUMERAL, numeral, read_numeral, with_digits
from items.search.synonyms import SEPARATORS, Thesaurus, is_latin, shipped, whole
from items.words import fold, tidy

COUNTER = "[件号项条]"
# What is one word though a space may stand in it: "no. 4", "item 4", "第 4 件".
_NUMBERED = (
    rf"(?:item|number|no)\.?\s*#?\s*(?P<latin>[0-9]{{1,5}})(?![^{SEPARATORS}])"
    rf"|第\s*(?P<ordinal>[0-9]{{1,5}}|{NUMERAL})\s*{COUNTER}"
)
_NUMBER = re.compile(rf"[(\[#]*第?([0-9]{{1,5}}|{NUMERAL}){COUNTER}?[)\].]*")
_DIGITS_BEFORE_UNIT = re.compile(r"(?<![0-9])[1-9][0-9]?(?=号)")
LAST = 99_999  # an item's highest number


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a search: found where one of its spellings is said, or as an item's number."""

    spellings: tuple[str, ...]  # folded, as it was written first; found in longer words, too
    whole: tuple[str, ...] = ()  # Latin synonyms, which are found as words alone
    number: int | None = None

    def is_written_in(self, *texts: str) -> bool:
        """Tell whether one of the texts says it as it was written: no name has a synonym."""
        return self.spellings[0] in fold("\n".join(texts))

    def is_in(self, *texts: str) -> bool:
        """Tell whether one of the texts says it in one of its spellings."""
        folded = fold("\n".join(texts))
        return any(spelling in folded for spelling in self.spellings) or any(
            word in folded and re.search(whole(word), folded) for word in self.whole
        )


def split(q: str) -> list[str]:
    """Return the words of a search, folded, without what stands between or around them."""
    return [match[0] for match in _pattern("").finditer(fold(tidy(q)))]


def words_of(q: str, thesaurus: Thesaurus | None = None) -> list[Word]:
    """Return the words of a search, each with its spellings and the number that it may be.

    Without a thesaurus it has the synonyms that are shipped.
    """
    known = shipped() if thesaurus is None else thesaurus
    return [_word(match, known) for match in _pattern(known.phrases).finditer(fold(tidy(q)))]


@lru_cache(maxsize=100)  # committees with words of their own
def _pattern(phrases: str) -> re.Pattern[str]:
    """Return the pattern of one word; `phrases` are those of several words that mean one thing."""
    phrase = rf"(?:{phrases})(?:s|es)?(?![^{SEPARATORS}])|" if phrases else ""
    return re.compile(rf"{_NUMBERED}|{phrase}[^{SEPARATORS}]+")


def _word(match: re.Match[str], known: Thesaurus) -> Word:
    word = match[0]
    said = match["latin"] or match["ordinal"]
    if said is None and (alone := _NUMBER.fullmatch(word)):
        said = alone[1]
    synonyms = known.spellings(word)[1:]
    spellings = [word, *_written_otherwise(word), *(s for s in synonyms if not is_latin(s))]
    return Word(
        spellings=tuple(dict.fromkeys(spellings)),
        whole=tuple(filter(is_latin, synonyms)),
        number=_number(said),
    )


def _number(said: str | None) -> int | None:
    if not said:
        return None
    number = int(said) if said.isdecimal() else read_numeral(said)
    return number if number and number <= LAST else None


def _written_otherwise(word: str) -> list[str]:
    """Return a word with its numerals as digits, and the other way round: 4号高炉, 四号高炉."""
    in_numerals = _DIGITS_BEFORE_UNIT.sub(lambda digits: numeral(int(digits[0])), word)
    return [with_digits(word), in_numerals]

"""Synonyms: words that a search takes for one another, shipped in a file and set by offices."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice, product
from pathlib import Path

from django.utils.translation import gettext as _

from items.errors import Refused
from items.numerals import NUMERAL
from items.words import fold, tidy

FILE = Path(__file__).with_name("synonyms.txt")
Group = tuple[str, ...]  # of folded words, each once

SEPARATORS = r"\s、,;。《》〈〉「」『』【】“”\""  # between the words of a search
BETWEEN = re.compile(rf"[{SEPARATORS}=|/]+")
SHORTEST = 2  # signs; one sign stands in too many words
LONGEST, MOST_WORDS, MOST_LINES = 30, 30, 300
MOST_SPELLINGS = 24  # of one word of a search
LATIN = re.compile(r"[a-z0-9][a-z0-9 .&'-]*")
NUMBER = re.compile(rf"第?([0-9]+|{NUMERAL})[件号项条]?")


def groups_of(lines: str) -> list[Group]:
    """Return the groups of a text, one a line; raise `Refused` with the line that is none."""
    groups = []
    for number, words in enumerate(_lines(lines), start=1):
        if words:
            if fault := _why_none(words):
                raise Refused(_("Line %(number)d: %(fault)s") % {"number": number, "fault": fault})
            groups.append(tuple(words))
    if len(groups) > MOST_LINES:
        raise Refused(_("These are too many: %d lines are the most.") % MOST_LINES)
    return groups


def readable_groups(lines: str) -> list[Group]:
    """Return the groups of a text without the lines that are none."""
    return [tuple(words) for words in _lines(lines) if words and not _why_none(words)]


def _lines(text: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        yield list(_words(line.partition("#")[0]))


def _words(line: str) -> Iterator[str]:
    words = (fold(tidy(word.replace("_", " "))) for word in BETWEEN.split(tidy(line)))
    return iter(dict.fromkeys(filter(None, words)))


def _why_none(words: list[str]) -> str:
    """Say what keeps words from being a group, and the remedy; "" when they are one."""
    if len(words) < 2:
        return _("“%s” stands alone. Write at least two words that mean the same.") % words[0]
    if len(words) > MOST_WORDS:
        return _("it has too many words: %d are the most. Write two lines.") % MOST_WORDS
    for word in words:
        if len(word) < SHORTEST:
            return _("“%s” is one sign, which stands in too many words. Write it longer.") % word
        if len(word) > LONGEST:
            return _("“%(word)s” is too long: %(most)d letters are the most. Say it shorter.") % {
                "word": f"{word[:LONGEST]}…",
                "most": LONGEST,
            }
        if NUMBER.fullmatch(word):
            return _("“%s” is the number of an item. Take it out.") % word
    return ""


class Thesaurus:
    """Groups of synonyms, and what a word of a search may be written as instead."""

    def __init__(self, groups: Iterable[Group]) -> None:
        self._groups_of: dict[str, list[Group]] = {}
        for group in groups:
            for word in group:
                self._groups_of.setdefault(word, []).append(group)
        self._longest = max(map(len, self._groups_of), default=0)
        phrases = sorted((word for word in self._groups_of if " " in word), key=len, reverse=True)
        self.phrases = "|".join(map(re.escape, phrases))  # a pattern; "" when there is none

    def and_more(self, groups: Iterable[Group]) -> "Thesaurus":
        """Return these groups and others together."""
        known = {group for of_word in self._groups_of.values() for group in of_word}
        return Thesaurus([*sorted(known), *groups])

    def spellings(self, word: str) -> list[str]:
        """Return a folded word and what means the same, also where it is a part of the word."""
        if others := self._same_as(word):
            return [word, *others][:MOST_SPELLINGS]
        parts = list(self._parts(word))
        choices = [[part, *filter(_is_chinese, self._same_as(part))] for part in parts]
        return list(islice(map("".join, product(*choices)), MOST_SPELLINGS))

    def _same_as(self, word: str) -> list[str]:
        groups = next(filter(None, map(self._groups_of.get, singulars(word))), [])
        same = dict.fromkeys(other for group in groups for other in group)
        return [other for other in same if other != word]

    def _parts(self, word: str) -> Iterator[str]:
        """Cut a Chinese word into the longest known ones, and what lies between."""
        start = at = 0
        while at < len(word):
            ends = range(min(len(word), at + self._longest), at + 1, -1)
            known = (word[at:end] for end in ends if word[at:end] in self._groups_of)
            part = next(filter(_is_chinese, known), "")
            if part:
                yield from filter(None, [word[start:at], part])
                start = at = at + len(part)
            else:
                at += 1
        yield word[start:]


def singulars(word: str) -> list[str]:
    """Return a word, and what it is the English plural of, perhaps."""
    if not is_latin(word):
        return [word]
    return [word, *(word.removesuffix(end) for end in ("s", "es") if word.endswith(end))]


def is_latin(word: str) -> bool:
    """Tell whether a folded word is written in Latin letters, so that it ends where they end."""
    return LATIN.fullmatch(word) is not None


def whole(word: str) -> str:
    """Return the pattern of a Latin word, in one or many, that isn't a part of another."""
    return rf"(^|[^a-z0-9]){re.escape(word)}(s|es)?($|[^a-z0-9])"


def _is_chinese(word: str) -> bool:
    return not is_latin(word)


@cache
def shipped() -> Thesaurus:
    """Return the synonyms that every committee has."""
    return Thesaurus(groups_of("\n".join(shipped_lines())))


@cache
def shipped_lines() -> list[str]:
    """Return the lines of the file that is shipped, without its notes."""
    lines = FILE.read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]

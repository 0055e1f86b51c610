"""Reading numbers as people write them: in any width, in groups, with signs between the groups.

All of it is linear: a text is folded sign by sign (Unicode's NFKC is quadratic over marks that
combine), and from each group only the few lengths are tried that a number can have.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

_WIDTHS = ("<wide>", "<narrow>", "<font>", "<compat>", "<noBreak>")  # not ², nor ① of a list
_DASHES = "‐‑‒–—―−"
_BLOCKS = (range(0x80, 0x2100), range(0x2212, 0x2213), range(0x3000, 0x3001))
_BLOCKS += (range(0xFE00, 0x10000), range(0x1D7CE, 0x1D800))


def _folded(letter: str) -> str | None:
    """Return a letter or digit in ASCII where it is one; None for what nobody sees."""
    kind = unicodedata.category(letter)
    width, _space, codes = unicodedata.decomposition(letter).partition(" ")
    if kind == "Cf" or "\ufe00" <= letter <= "\ufe0f":  # variation selectors
        return None
    if kind == "Nd":
        return str(unicodedata.decimal(letter))
    if letter in _DASHES:
        return "-"
    return chr(int(codes, 16)) if width in _WIDTHS and " " not in codes else letter


_FOLD = {code: _folded(chr(code)) for block in _BLOCKS for code in block}
_FOLD[0x20E3] = None  # the frame of a key: 1️⃣

_SPACES, _BRACKETS = r" \t\n\r\f\v", r"()\[\]"
_BETWEEN = rf"[{_SPACES}{_BRACKETS}\-·•_.。/\\|、,*+~]{{1,4}}"
_X = r"(?<![A-Za-z])[Xx](?![A-Za-z0-9])"  # the last sign of some ID numbers
_RUN = re.compile(rf"[0-9]+(?:(?:{_BETWEEN})?(?:[0-9]+|{_X}))*")
_GROUP = re.compile(r"[0-9]+|[Xx]")
_NO_MARK = re.compile(rf"[{_SPACES}{_BRACKETS}]+")
_PLAIN = {" ", "-", "·", ""}  # what stands within a number rather than between two
_MOST_GROUPS = 5
_DOUBLED = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9]


def fold_signs(text: str) -> str:
    """Return a text with digits, letters and signs in ASCII, without what has no width."""
    return text.translate(_FOLD)


class Kind(NamedTuple):
    """A kind of number: how long it is, what tells it, and whether it has to look like one."""

    name: str
    length: int
    tells: Callable[["Run", int, int], bool]
    written_as_one: bool = True


class Run:
    """Groups of digits in a row, which may be one number or several."""

    def __init__(self, text: str):
        self.groups = _GROUP.findall(text)
        self.gaps = _GROUP.split(text)[1:-1]
        self.digits = "".join(self.groups).upper()
        self.bounds = [0, *accumulate(map(len, self.groups))]
        self._nth = dict(zip(self.bounds, range(len(self.bounds)), strict=True))

    def numbers(self, kinds: dict[str, list[Kind]]) -> Iterator[tuple[str, str]]:
        """Yield each number's kind and how it is written; `kinds` by its first two digits."""
        nth, digits, bounds, ends, rooms = 0, self.digits, self.bounds, self._nth, self._rooms
        while nth < len(self.groups):
            first = bounds[nth]
            room = rooms[nth]
            for name, length, tells, written_as_one in kinds.get(digits[first : first + 2], ()):
                if (written_as_one and length > room) or not (after := ends.get(first + length)):
                    continue
                if tells(self, nth, after) and (not written_as_one or self.is_one(nth, after)):
                    yield name, " ".join(self.groups[nth:after])
                    nth = after
                    break
            else:
                nth += 1

    def matches(self, pattern: re.Pattern[str], nth: int, after: int) -> re.Match[str] | None:
        """Match a pattern against all digits of these groups."""
        return pattern.fullmatch(self.digits, self.bounds[nth], self.bounds[after])

    def has_luhn_digit(self, nth: int, after: int) -> bool:
        """Tell whether the last digit of these groups is the check digit of ISO/IEC 7812."""
        first, end = self.bounds[nth], self.bounds[after]
        sums = self._luhn_sums[end % 2]
        return (sums[end] - sums[first]) % 10 == 0 and self.digits[first:end].isdecimal()

    def ends_group(self, nth: int, length: int) -> bool:
        """Tell whether a group ends `length` digits after the `nth` begins."""
        return self.bounds[nth] + length in self._nth

    def is_one(self, nth: int, after: int) -> bool:
        """Tell whether these groups are written like one number, not like a list of figures."""
        if after == nth + 1:
            return True
        last = after - 1
        sizes, even_until = self._sizes, self._even_until[nth]
        if self.bounds[after] - self.bounds[nth] > self._rooms[nth]:
            return False
        if after - nth > _MOST_GROUPS and sizes[last] > sizes[nth]:
            return False
        if sizes[nth] > 2 or self._unusual[last] == self._unusual[nth]:
            return True
        return sizes[nth] == 1 and even_until >= after

    # What is looked up, each made once for the whole run

    @cached_property
    def _luhn_sums(self) -> list[list[int]]:
        values = [0 if digit == "X" else int(digit) for digit in self.digits]
        return [list(accumulate(_alternating(values, odd), initial=0)) for odd in (1, 0)]

    @cached_property
    def _rooms(self) -> list[int]:
        """By group, how many digits a number may have that begins with it.

        It has few groups, or even ones and a last one that isn't longer; and one kind of mark.
        """
        marks = {gap: _NO_MARK.sub("", gap) for gap in {*self.gaps}}
        rooms, mark, at = [], "", len(self.groups)
        other_mark = at  # the group before the first gap with another mark
        for nth in range(len(self.gaps), -1, -1):
            if nth < len(self.gaps) and (found := marks[self.gaps[nth]]):
                if mark and found != mark:
                    other_mark = at
                mark, at = found, nth
            most = max(nth + _MOST_GROUPS, self._even_until[nth] + 1)
            after = min(other_mark + 1, most, len(self.groups))
            rooms.append(self.bounds[after] - self.bounds[nth])
        return rooms[::-1]

    @cached_property
    def _sizes(self) -> list[int]:
        return [len(group) for group in self.groups]

    @cached_property
    def _even_until(self) -> list[int]:
        """By group, the end of the groups of its size that begin with it."""
        until, end = [], len(self._sizes)
        for nth in range(end - 1, -1, -1):
            if nth + 1 < len(self._sizes) and self._sizes[nth] != self._sizes[nth + 1]:
                end = nth + 1
            until.append(end)
        return until[::-1]

    @cached_property
    def _unusual(self) -> list[int]:
        """By group, how many gaps before it stand between two numbers rather than within one."""
        return [0, *accumulate(gap not in _PLAIN for gap in self.gaps)]


def _alternating(values: list[int], odd: int) -> list[int]:
    """Return the values, doubled as Luhn does those at odd places, or at even ones for 1."""
    doubled = values.copy()
    doubled[1 - odd :: 2] = [_DOUBLED[value] for value in values[1 - odd :: 2]]
    return doubled


def runs(text: str, shortest: int) -> Iterator[Run]:
    """Yield the rows of groups in a folded text that have room for a number."""
    for match in _RUN.finditer(text):
        if match.end() - match.start() >= shortest:
            yield Run(match[0])

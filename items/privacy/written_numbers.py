"""Reading numbers as people write them: in any width, in groups, with signs between the groups.

All of it is linear: a text is folded sign by sign (Unicode's NFKC is quadratic over marks that
combine), and from each group only the few lengths are tried that a number can have.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import accumulate

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
_GROUP = re.compile(rf"([0-9]+|(?<![A-Za-z])[Xx](?![A-Za-z0-9]))({_BETWEEN}(?=[0-9Xx])|(?=[Xx]))?")
_NO_MARK = re.compile(rf"[{_SPACES}{_BRACKETS}]+")
_PLAIN = {" ", "-", "·", ""}  # what stands within a number rather than between two
_MOST_GROUPS = 5
Kind = tuple[int, str, Callable[["Run", int, int], bool]]  # a length, a name, what tells it
_DOUBLED = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9]


def fold_signs(text: str) -> str:
    """Return a text with digits, letters and signs in ASCII, without what has no width."""
    return text.translate(_FOLD)


class Run:
    """Groups of digits in a row, which may be one number or several."""

    def __init__(self, groups: list[str], gaps: list[str]):
        self.groups, self.gaps = groups, gaps
        self.digits = "".join(groups).upper()
        self.bounds = [0, *accumulate(map(len, groups))]
        self._nth = {bound: nth for nth, bound in enumerate(self.bounds)}
        values = [0 if digit == "X" else int(digit) for digit in self.digits]
        self._sums = [list(accumulate(_alternating(values, odd), initial=0)) for odd in (0, 1)]

    def numbers(self, kinds: dict[str, list[Kind]]) -> Iterator[tuple[str, str]]:
        """Yield each number's kind and how it is written; `kinds` by its first two digits."""
        nth = 0
        while nth < len(self.groups):
            first = self.bounds[nth]
            for length, kind, tells in kinds.get(self.digits[first : first + 2], ()):
                after = self._nth.get(first + length)
                if after and tells(self, nth, after):
                    yield kind, " ".join(self.groups[nth:after])
                    nth = after
                    break
            else:
                nth += 1

    def number(self, nth: int, after: int) -> str:
        """Return the digits of the groups from the `nth` up to the one `after` them."""
        return self.digits[self.bounds[nth] : self.bounds[after]]

    def has_luhn_digit(self, nth: int, after: int) -> bool:
        """Tell whether the last digit of these groups is the check digit of ISO/IEC 7812."""
        sums = self._sums[(self.bounds[after] - 1) % 2]
        return (sums[self.bounds[after]] - sums[self.bounds[nth]]) % 10 == 0

    def ends_group(self, nth: int, length: int) -> bool:
        """Tell whether a group ends `length` digits after the `nth` begins."""
        return self.bounds[nth] + length in self._nth

    def is_one(self, nth: int, after: int) -> bool:
        """Tell whether these groups are written like one number, not like a list of figures."""
        gaps = self.gaps[nth : after - 1]
        if not gaps:
            return True
        sizes = [len(group) for group in self.groups[nth:after]]
        are_even = len({*sizes[:-1]}) == 1 and sizes[-1] <= sizes[0]
        if len(sizes) > _MOST_GROUPS and not are_even:
            return False
        marks = {mark for gap in gaps if (mark := _NO_MARK.sub("", gap))}
        return len(marks) < 2 and (_PLAIN.issuperset(gaps) or sizes[0] > 2 or {*sizes} == {1})


def _alternating(values: list[int], odd: int) -> list[int]:
    """Return the values, doubled as Luhn does those at odd places, or at even ones for 1."""
    doubled = values.copy()
    doubled[1 - odd :: 2] = [_DOUBLED[value] for value in values[1 - odd :: 2]]
    return doubled


def runs(text: str, shortest: int) -> Iterator[Run]:
    """Yield the groups of digits that follow each other in a folded text, in rows of them."""
    groups: list[str] = []
    gaps: list[str] = []
    length, end = 0, -1
    for match in _GROUP.finditer(text):
        if match.start() != end and groups:
            if length >= shortest:
                yield Run(groups, gaps)
            groups, gaps, length = [], [], 0
        groups.append(match[1])
        gaps.append(match[2] or "")
        length += len(match[1])
        end = match.end() if match[2] is not None else -1
    if length >= shortest:
        yield Run(groups, gaps)

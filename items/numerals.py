"""Chinese numerals: reading 二十五, 一百零三, 二〇二一; writing small ones."""

import re

_DIGIT = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}
_ONES = "一二三四五六七八九"
_COUNTED = re.compile(rf"(?:([{_ONES}])百零?)?(?:([{_ONES}]?)十)?([{_ONES}]?)")
_SPELLED = re.compile(r"[零〇○一二三四五六七八九]+")

NUMERAL = r"[零〇○一二三四五六七八九十百]+"
# From its first sign alone, else a long run is looked through again from each of its signs.
_BEFORE_UNIT = re.compile(rf"(?<!{NUMERAL[:-1]}){NUMERAL}(?=个?[年月日号季])")
LONGEST = 9  # signs; a longer one is no number of anything


def read_numeral(text: str) -> int | None:
    """Parse a Chinese numeral, counted (二十五, 一百零三) or spelled (二〇二一); else None."""
    if len(text) > LONGEST:
        return None
    if text and (counted := _COUNTED.fullmatch(text)):
        hundreds, tens, ones = counted.groups()
        ten = 0 if tens is None else _DIGIT.get(tens, 1)
        return _DIGIT.get(hundreds, 0) * 100 + ten * 10 + _DIGIT.get(ones, 0)
    if _SPELLED.fullmatch(text):
        return int("".join(str(_DIGIT[char]) for char in text))
    return None


def numeral(number: int) -> str:
    """Write a number from 1 to 99 as a counted numeral."""
    tens, ones = divmod(number, 10)
    ten = "" if tens == 0 else "十" if tens == 1 else f"{_ONES[tens - 1]}十"
    return ten + (_ONES[ones - 1] if ones else "")


def with_digits(text: str) -> str:
    """Turn numerals that stand before 年, 月, 日, 号 or 季 into digits."""
    return _BEFORE_UNIT.sub(_to_digits, text)


def _to_digits(match: re.Match[str]) -> str:
    number = read_numeral(match[0])
    return match[0] if number is None else str(number)

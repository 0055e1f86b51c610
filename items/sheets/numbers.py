"""Number parser: a 序号 in every spelling, the style it is written in, codes of a column."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from items.numerals import NUMERAL, read_numeral

from .errors import BadCell
from .notes import Noted
from .text import clean, figure_as_text, normalised, quoted
from .traditional import simplified

MAX_NUMBER = 99_999

# Styles of numbering from the outermost to the innermost, as headings and parts are written.
STYLES = ("part", "letter", "roman", "han", "han in brackets", "figure", "in brackets", "circled")

_LONGEST = 40  # signs; what is longer is no number
_FORMAL = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰", "一二二三三四五六六七八九十百")
_BRACKETS = str.maketrans("【】[]〔〕〈〉《》「」{}<>", "()()()()()()()()")
_STARS = "★☆*▲△●◆◇■□※\ufe0f\u20e3"
_LABEL_BEFORE = re.compile(r"^(?:第|no\.?|#|编号|序号)+", re.IGNORECASE)
_MARKS, _COUNTERS = ".、,:。-", ("项", "件", "条", "号", "#")
_PART = rf"\d{{1,4}}(?:[-.]\d{{1,4}})*|[a-z]|{NUMERAL}"
_NUMBER = re.compile(
    rf"(?P<number>\d{{1,9}}|{NUMERAL})(?:[-.](?P<part>{_PART})|\((?P<inner>{_PART})\))?",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\([^()\d]{1,12}\)$")
_ROMAN = re.compile("(X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_IS_SECTION = re.compile(
    r"第?[一二三四五六七八九十]{1,3}(?:大?部分|大?类别?|章|篇|节|批|方面|板块)"
)
_CIRCLED = re.compile("[①-⑳❶-❿➀-➉➊-➓]")

# A code of a whole column, such as 2026-01 or MS-007: what all have alike, and a number.
_CODE = re.compile(r"(?P<same>\D{0,30}(?:20\d\d\D{1,5})?)(?P<number>\d{1,5})(?P<end>\D?)")
_YEAR_CODE = re.compile(r"(?P<same>20\d\d)(?P<number>\d{2,4})(?P<end>)")
_NAMES_SOMETHING = re.compile(r"20\d\d|[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Number:
    """An item's number, and the mark of a part under it ("1.2" is number 1, part "2")."""

    number: int
    part: str = ""


def parse_number(value: object) -> Number | Noted | None:
    """Parse a 序号: 1, "1、", "(一)", "第3项", "1.2", Ⅻ, "1#", 【1】; a blank cell means None."""
    if isinstance(value, date):
        raise BadCell(
            _("Excel made a day of this number. Format the cell as text and write it again.")
        )
    typed = figure_as_text(value)
    words = "" if len(typed) > _LONGEST else _compared(typed)
    if not words and not clean(typed):
        return None
    bare = _bare_number(words)
    if remark := _REMARK.search(bare) if not _NUMBER.fullmatch(bare) else None:
        bare = _bare_number(bare[: remark.start()])
    match = _NUMBER.fullmatch(bare)
    number = _read_figure(match["number"]) if match else _roman(bare, typed)
    if not number or number > MAX_NUMBER:
        raise BadCell(
            _("“%(words)s” is not a number. Write a whole number from 1.")
            % {"words": quoted(value)}
        )
    found = Number(number, _part_mark((match["part"] or match["inner"] or "") if match else ""))
    if not remark:
        return found
    sentence = _("It was read as number %(number)s; the words beside it are kept in the remark.")
    return Noted(found, sentence % {"number": number}, kept=clean(typed))


def _compared(typed: str) -> str:
    """Return a number's text in plain figures and brackets, without stars."""
    figures = "".join(_figure_of(char) for char in typed)
    words = simplified(normalised(figures)).translate(_FORMAL).translate(_BRACKETS)
    return words.strip(_STARS)


def _figure_of(char: str) -> str:
    """Write ❶, which NFKC leaves alone, as 1."""
    return f"{unicodedata.numeric(char):.0f}" if "❶" <= char <= "➓" else char


def _bare_number(words: str) -> str:
    """Take "第3项", "3、", "(3)" and "3)" down to the 3."""
    bare = _LABEL_BEFORE.sub("", words).rstrip(_MARKS)
    if bare.endswith(_COUNTERS):
        bare = bare[:-1].rstrip(_MARKS)
    if bare.startswith("(") and bare.count("(") == 1:
        bare = bare.removeprefix("(").replace(")", "", 1)
    return bare if "(" in bare else bare.removesuffix(")")


def _part_mark(mark: str) -> str:
    if mark == "0":  # "1.0" is a number that went through a program, not a part
        return ""
    numeral = read_numeral(mark)
    return mark if numeral is None else str(numeral)


def _read_figure(text: str) -> int | None:
    return int(text) if text.isdecimal() else read_numeral(text)


def _roman(bare: str, typed: str) -> int | None:
    """Read Ⅻ, ⅳ or XII; a single X may be a cross, and small letters may mean anything."""
    is_sign = any("Ⅰ" <= char <= "ⅿ" for char in typed)
    letters = bare.upper() if is_sign else bare
    if not letters or (letters == "X" and not is_sign) or not _ROMAN.fullmatch(letters):
        return None
    values = [_ROMAN_VALUES[letter] for letter in letters]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


def style_of(value: object) -> str:
    """Return the style in which a number is written, one of STYLES; "" for what is none."""
    typed = figure_as_text(value)
    if not typed or len(typed) > _LONGEST:
        return ""
    words = _compared(typed)
    bare = _bare_number(words)
    in_brackets = words.startswith("(") or words.rstrip(_MARKS).endswith(")")
    if _CIRCLED.match(typed):
        return "circled"
    if _IS_SECTION.fullmatch(words.rstrip(_MARKS)):
        return "part"
    if bare[:1].isdecimal():
        return "in brackets" if in_brackets and "(" not in bare else "figure"
    if read_numeral(bare):
        return "han in brackets" if in_brackets else "han"
    if bare and _roman(bare, typed):
        return "roman"
    return "letter" if re.fullmatch("[A-Z甲乙丙丁戊己庚辛]", bare) else ""


def is_outside(style: str, other: str) -> bool:
    """Tell whether a style of numbering stands over another, as 一 stands over 1."""
    return bool(style and other) and STYLES.index(style) < STYLES.index(other)


def read_codes(values: Iterable[object]) -> dict[object, int]:
    """Return the numbers of a column that is numbered by codes, such as 2026-01 … 2026-18.

    They are codes where all have the same beginning, which names a year or something in letters;
    elsewhere the result is empty. A day is what Excel makes of 2026-01.
    """
    found: dict[object, int] = {}
    same = None
    for value in values:
        match = _code(value)
        if not match or not _NAMES_SOMETHING.search(match["same"]):
            return {}
        if same not in (None, (match["same"], match["end"])):
            return {}
        same = match["same"], match["end"]
        found[value] = int(match["number"])
    return found if 0 not in found.values() else {}


def _code(value: object) -> re.Match[str] | None:
    if isinstance(value, date):
        return _CODE.fullmatch(f"{value.year}-{value.month:02}") if value.day == 1 else None
    typed = figure_as_text(value)
    words = _compared(typed) if len(typed) <= _LONGEST else ""
    return _YEAR_CODE.fullmatch(words) or _CODE.fullmatch(words)

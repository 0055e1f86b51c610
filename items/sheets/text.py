"""Text normalisation of cells: for comparing and parsing, and shortened for a sentence."""

import re
import unicodedata

from items.words import clean, one_line

__all__ = [
    "clean",
    "figure_as_text",
    "is_ditto",
    "is_placeholder",
    "normalised",
    "one_line",
    "quoted",
]

QUOTED_CHARACTERS = 40

# What people put into a cell so that it isn't blank, compared in half width and small letters.
_PLACEHOLDERS = {
    "无", "無", "暂无", "暫無", "目前暂无", "空", "空白", "不涉及", "不适用", "未填", "未填写",
    "n/a", "na", "n.a.", "#n/a", "nil", "none", "null", "-无-", "无数据",
}  # fmt: skip
_DITTOS = {"同上", "同上行", "同上一行", "〃", "″", "′′", '"', "''", "ditto"}
_ONLY_MARKS = re.compile(r"[-/\\|_~*.。·•—–―‐‑−─━=]+")
_LONGEST_PLACEHOLDER = 20  # signs


def normalised(text: str) -> str:
    """Return a short text for comparing and parsing: NFKC (half width), no spaces at all."""
    return "".join(unicodedata.normalize("NFKC", clean(text)).split())


def is_placeholder(value: object) -> bool:
    """Tell a cell that was filled so as not to be blank: / \\ - —— 无 暂无 N/A …"""
    if not isinstance(value, str) or len(value) > _LONGEST_PLACEHOLDER:
        return False
    words = normalised(value).lower()
    bare = words.strip("()[]【】").rstrip("。.;")
    return bare in _PLACEHOLDERS or bool(_ONLY_MARKS.fullmatch(words))


def is_ditto(value: object) -> bool:
    """Tell a cell that repeats the one above it: 同上, 〃."""
    if not isinstance(value, str) or len(value) > _LONGEST_PLACEHOLDER:
        return False
    return normalised(value).strip("()[]。") in _DITTOS


def figure_as_text(value: object) -> str:
    """Write a value as it was typed: a whole number without .0, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def quoted(text: object) -> str:
    """Shorten what stood in a cell so that a sentence can quote it."""
    line = one_line(str(text))
    return line if len(line) <= QUOTED_CHARACTERS else line[: QUOTED_CHARACTERS - 1] + "…"

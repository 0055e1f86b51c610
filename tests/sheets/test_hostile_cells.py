"""Patterns are linear: 100,000 signs of anything are looked through in a moment."""

import importlib
import pkgutil
import re
import signal
from collections import deque
from contextlib import contextmanager, suppress

import pytest

import items.privacy
import items.sheets
from items import numerals, words
from items.errors import Refused
from items.privacy import personal_data, receipt_codes
from items.sheets import (
    cells,
    dates,
    deadline,
    groups,
    headings,
    names,
    numbers,
    progress,
    statuses,
)
from items.sheets.errors import BadCell
from items.sheets.text import is_placeholder

LONG = 100_000
# What the patterns look for, repeated: a pattern that isn't linear takes minutes over one of them.
SIGNS = [
    "1",
    ".",
    "、",
    "(",
    "一",
    "○",
    "a",
    " ",
    "-",
    "月",
    "[",
    "T",
    "完",
    "已",
    "张",
    "张 ",
    "张三、",
    "室",
    "厂长",
    "牵头:",
    "138",
    "(1)",
    "共",
    "1,",
    "1%",
    "1/",
    "1间",
    "1 ",
    "1.",
    "a@",
    "中年",
]
PATIENCE = 15  # seconds, on a busy machine; a linear one takes some milliseconds


class TooLong(Exception):
    """A pattern took longer than any linear one."""


@contextmanager
def soon(seconds=PATIENCE):
    def ring(*_signal):
        raise TooLong

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def patterns():
    """Yield each compiled pattern of the rooms that read what people bring, with its name."""
    modules = [words]
    for room in (items.sheets, items.privacy):
        found = pkgutil.iter_modules(room.__path__, f"{room.__name__}.")
        modules += [importlib.import_module(module.name) for module in found]
    for module in modules:
        for name, value in vars(module).items():
            for nth, pattern in enumerate(compiled(value)):
                yield pytest.param(pattern, id=f"{module.__name__}.{name}.{nth}")


def compiled(value):
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from compiled(inner)


def hostile():
    return [(sign * LONG)[:LONG] + end for sign in SIGNS for end in ("", "\0")]


GUARDED = {id(pattern) for pattern, _reader in dates.DATE_PATTERNS}  # MAX_DATE_TEXT


@pytest.mark.slow
@pytest.mark.parametrize("pattern", [*patterns()])
def test_pattern_is_linear(pattern):
    length = dates.MAX_DATE_TEXT if id(pattern) in GUARDED else LONG
    for text in hostile():
        with soon():
            deque(pattern.finditer(text[:length]), maxlen=0)
            pattern.fullmatch(text[:length])


FUNCTIONS = {
    "parse_number": numbers.parse_number,
    "parse_percent": progress.parse_percent,
    "parse_term": cells.parse_term,
    "parse_status": statuses.parse_status,
    "is_not_begun": statuses.is_not_begun,
    "is_placeholder": is_placeholder,
    "parse_yes": cells.parse_yes,
    "style_of": numbers.style_of,
    "read_codes": lambda text: numbers.read_codes([text]),
    "parse_people": names.parse_people,
    "parse_posts": names.parse_posts,
    "parse_units": names.parse_units,
    "parse_units_by_role": lambda text: names.parse_units_by_role(text, has_people=True),
    "name_of_a_group": groups.name_of,
    "split_measures": cells.split_measures,
    "parse_deadline": lambda text: deadline.parse_deadline(text, 2026),
    "parse_planned": lambda text: deadline.parse_planned(text, 2026),
    "parse_date": lambda text: dates.parse_date(text, 2026),
    "ambiguous_date": dates.ambiguous_date,
    "column_of": headings.column_of,
    "with_digits": numerals.with_digits,
    "clean": words.clean,
    "one_line": words.one_line,
    "fold": words.fold,
    "find": lambda text: list(personal_data.find(text)),
    "hashed": receipt_codes.hashed,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", FUNCTIONS)
def test_cell_of_anything_is_read_or_refused_soon(name):
    for text in hostile():
        with soon(), suppress(BadCell, Refused):
            FUNCTIONS[name](text)


def test_pattern_that_is_not_linear_is_found():
    """The negative control: three runs of the same signs before an end that isn't there."""
    cubic = re.compile(r"[.、]*(?:项)?[.、]*$")

    with pytest.raises(TooLong), soon(1):
        cubic.search("." * LONG + "\0")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("3、", 3),
        ("第3项", 3),
        ("3.项。", 3),
        ("3..、件::", 3),
        ("编号3", 3),
        ("(3)", 3),
        ("3项", 3),
    ],
)
def test_marks_around_a_number_go(written, number):
    assert numbers.parse_number(written).number == number


@pytest.mark.parametrize(
    ("written", "found"), [("写信到 li.si+a@example.com。", ["li.si+a@example.com"]), ("a@b", [])]
)
def test_addresses_are_found_as_before(written, found):
    assert [text for kind, text in personal_data.find(written) if kind == "email"] == found

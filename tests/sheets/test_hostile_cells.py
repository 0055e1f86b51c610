"""Patterns are linear, and a full cell of anything is read in a moment."""

import importlib
import pkgutil
import re
import signal
import time
from collections import deque
from contextlib import contextmanager, suppress

import pytest

import items.privacy
import items.sheets
from items import numerals, words
from items.errors import Refused
from items.privacy import personal_data, receipt_codes
from items.sheets import (
    archive,
    cells,
    csv_reader,
    date_patterns,
    date_text,
    dates,
    deadline,
    encoding,
    grid,
    groups,
    headings,
    names,
    numbers,
    progress,
    statuses,
    xlsx_xml,
)
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


GUARDED = {id(pattern) for pattern, _reader in date_patterns.DATE_PATTERNS}  # MAX_DATE_TEXT


@pytest.mark.slow
@pytest.mark.parametrize("pattern", [*patterns()])
def test_pattern_is_linear(pattern):
    length = date_text.MAX_DATE_TEXT if id(pattern) in GUARDED else LONG
    for text in hostile():
        text = text.encode() if isinstance(pattern.pattern, bytes) else text
        with soon():
            deque(pattern.finditer(text[:length]), maxlen=0)
            pattern.fullmatch(text[:length])


def kind_of_style(code: str) -> str:
    styles = xlsx_xml.Styles()
    styles._format({"numFmtId": "164", "formatCode": code})
    return styles._kind("164")


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
    "fold_date_text": date_text.fold_date_text,
    "ambiguous_date": dates.ambiguous_date,
    "column_of": headings.column_of,
    "with_digits": numerals.with_digits,
    "clean": words.clean,
    "one_line": words.one_line,
    "fold": words.fold,
    "put": lambda text: grid.Grid().put(1, 1, text),
    "as_typed": csv_reader._as_typed,
    "decode": lambda text: encoding.decode(text.encode("gb18030")),
    "is_workbook": lambda text: archive.is_workbook(text.encode()),
    "kind_of_style": kind_of_style,
}
# What looks through texts of any length
PROSE = {
    "find": lambda text: list(personal_data.find(text)),
    "hashed": receipt_codes.hashed,
}


# Of processor time for a full cell: 50 on an idle machine, twice that on one that others share.
MILLISECONDS = 100
TRIES = 5  # of which the quickest counts: other programs take some of the machine

# What a cell may be full of, besides SIGNS: what the patterns of days and words look for.
KINDS = [
    *SIGNS, *"07年日号季末前后起自从中上第廿QhJOlI,;:，；、!?）/\\~—'\"“|%&<=①㈠½",
    "\u200b", "\xa0", "\n", "a ", "1/", "1-", "1.1", "6月", "6.3前", "2026", "2026年", "2026-",
    "26.6.", "Jun-", "june 26", "end of ", "q1-", "1q", "五一、", "国庆节", "年年", "1月1", "月一",
    "第一周", "农历", "上旬至", "起至", "自6月", "O0", "O月", "&nbsp;", "a.", "一、", "(1", "1)",
    "① ", "共1", "已1", "1,000", "1:1", "T1:11", "sep=",
]  # fmt: skip


def quickest(function, argument) -> float:
    """Return the milliseconds of the quickest of some tries; one is enough where it is in time."""
    best = float("inf")
    for _try in range(TRIES):
        for remembered in (date_text._fold, dates._find_dates, cells._ordinal):
            remembered.cache_clear()
        begin = time.process_time()
        with suppress(Refused):
            function(argument)
        best = min(best, (time.process_time() - begin) * 1000)
        if best <= MILLISECONDS:
            break
    return best


def slow_ones(function, length: int) -> dict[str, float]:
    """Return the kinds of text over which a function takes too long, with the milliseconds."""
    taken = {kind: quickest(function, (kind * length)[: length - 1] + "\0") for kind in KINDS}
    return {
        kind: milliseconds for kind, milliseconds in taken.items() if milliseconds > MILLISECONDS
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", FUNCTIONS)
def test_full_cell_of_any_kind_is_read_in_a_moment(name):
    assert slow_ones(FUNCTIONS[name], grid.MAX_CELL) == {}


@pytest.mark.parametrize("name", ["parse_deadline", "parse_planned", "parse_date"])
def test_longest_text_in_which_days_are_looked_for_is_read_in_a_moment(name):
    assert slow_ones(FUNCTIONS[name], date_text.MAX_DATE_TEXT + 1) == {}


def test_what_takes_longer_is_found():
    """The negative control: a pattern that looks through the rest from each of its signs."""
    square = re.compile(r"1*2")

    assert quickest(square.findall, "1" * 15_000) > MILLISECONDS


@pytest.mark.slow
@pytest.mark.parametrize("name", PROSE)
def test_prose_of_anything_is_looked_through_soon(name):
    for text in hostile():
        with soon(), suppress(Refused):
            PROSE[name](text)


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

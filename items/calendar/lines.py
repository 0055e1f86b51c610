"""Three columns of a calendar: the day, its kind, and the name of the feast; one day a line."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items.errors import FIELD_ERRORS, Refused
from items.words import day as in_words
from items.words import fold, one_line

YEARS = range(2000, 2101)  # of which a calendar can speak
MOST_LINES, LONGEST = 1000, 30  # lines at once; letters of a name
MOST_SAID = 20  # bad lines that are named


class DayKind(TextChoices):
    """What a day is, whatever its weekday."""

    DAY_OFF = "day_off", gettext_lazy("day off")
    WORKING = "working", gettext_lazy("working day")


class CalendarLine(NamedTuple):
    """A day that isn't what its weekday says, or a feast on a weekend."""

    day: date
    kind: str
    name: str

    @property
    def kind_words(self) -> str:
        return str(DayKind(self.kind).label)


_WORDS = {
    DayKind.DAY_OFF: "放假 休息 休 假 假日 假期 节假日 法定节假日 休息日 day_off holiday off",
    DayKind.WORKING: "上班 补班 班 工作日 补班日 上班日 调休上班 working_day workday make_up",
}
_KIND = {word.replace("_", " "): kind for kind, words in _WORDS.items() for word in words.split()}
_HEADINGS = {"日期", "日子", "day", "date"}
_BETWEEN = re.compile(r"[\t,;，；|]")
_DAY = re.compile(
    r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?|(\d\d)(\d\d))"
    r"\s?\(?(?:周|星期)?[一二三四五六日天]?\)?(?: 00:00:00)?"
)


def read_lines(text: str) -> list[CalendarLine]:
    """Return the days of a text, each once; raise `Refused` with every line that is none."""
    found: dict[date, tuple[int, CalendarLine]] = {}
    faults = []
    for number, line in _filled(text):
        try:
            read = _read(line)
            earlier, same_day = found.setdefault(read.day, (number, read))
            if same_day != read:
                sentence = _("%(day)s stands in line %(earlier)d already, with something else.")
                raise Refused(sentence % {"day": in_words(read.day), "earlier": earlier})
        except Refused as refused:
            said = {"number": number, "fault": refused.sentences[0]}
            faults.append(_("Line %(number)d: %(fault)s") % said)
    if len(faults) > MOST_SAID:
        more = _("And %d more lines can’t be read.") % (len(faults) - MOST_SAID)
        faults = [*faults[:MOST_SAID], more]
    if faults:
        raise Refused(*faults)
    if not found:
        raise Refused(_("There is no day in it. Write one a line: the day, its kind, its name."))
    return [line for _number, line in found.values()]


def _filled(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that say something, with their numbers; no heading, no comment."""
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise Refused(_("These are too many: %d lines are the most.") % MOST_LINES)
    for number, line in enumerate(lines, start=1):
        first, *_others = _BETWEEN.split(line.strip())
        is_empty = not _BETWEEN.sub("", line).strip()
        if not (is_empty or line.startswith("#") or fold(first) in _HEADINGS):
            yield number, line


def _read(line: str) -> CalendarLine:
    cells = [cell for part in _BETWEEN.split(line) if (cell := one_line(part))]
    if len(cells) == 1:
        cells = cells[0].split(" ", maxsplit=2)
    if len(cells) != 3:
        raise Refused(
            _(
                "“%(line)s” lacks a column. It takes three: the day, day off or working day, and"
                " the name, such as 2026-02-17, day off, 春节."
            )
            % {"line": one_line(line)[:50]}
        )
    name = cells[2]
    if len(name) > LONGEST:
        counts = {"show_value": len(name), "limit_value": LONGEST}
        raise Refused(FIELD_ERRORS["max_length"] % counts)
    return CalendarLine(_read_day(cells[0]), _read_kind(cells[1]), name)


def _read_day(words: str) -> date:
    match = _DAY.fullmatch(fold(words))
    if match:
        year, *parts = (int(part) for part in match.groups() if part)
        try:
            if year in YEARS:
                return date(year, *parts)
        except ValueError:
            pass  # 2026-02-30
    raise Refused(
        _("“%(day)s” is no day. Write it with its year, such as 2026-02-17.") % {"day": words[:20]}
    )


def _read_kind(words: str) -> str:
    if kind := _KIND.get(fold(words)):
        return kind
    raise Refused(
        _("“%(kind)s” is neither a day off nor a working day. Write 放假 or 上班, or day off or"
          " working day.")
        % {"kind": words[:20]}
    )  # fmt: skip

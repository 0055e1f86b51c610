"""Days off and make-up working days that are shipped: those of the State Council's notices."""

from datetime import date
from functools import cache
from pathlib import Path

from items.calendar.lines import CalendarLine, read_lines

FILE = Path(__file__).with_name("days.csv")  # names each year's notice


@cache
def shipped_days() -> dict[date, CalendarLine]:
    """Return the shipped days by day."""
    return {line.day: line for line in read_lines(FILE.read_text(encoding="utf-8"))}


@cache
def shipped_years() -> frozenset[int]:
    return frozenset(day.year for day in shipped_days())

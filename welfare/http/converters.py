"""Path converters of our URLs: groups, numbers, days, keys and photo names, and nothing else."""

from datetime import date

from django.urls import register_converter
from django.urls.converters import StringConverter

from items.photos import storage
from items.states import Group


class GroupConverter(StringConverter):
    """A public group of the arithmetic; any other word is no address."""

    regex = "|".join(Group.values)


class NumberConverter:
    """An item's number. It is bounded, so that a huge one is no address rather than an error."""

    regex = "[1-9][0-9]{0,5}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return str(value)


class KeyConverter:
    """A random key of a row: 63 bits; a larger one is no address rather than an error."""

    regex = "[1-9][0-9]{0,18}"

    def to_python(self, value):
        if int(value) >= 2**63:
            raise ValueError
        return int(value)

    def to_url(self, value):
        return str(value)


class WeekConverter:
    """A week by its number, as ISO 8601 writes it: 2026-W47; its value is that week's Monday."""

    regex = "[0-9]{4}-W[0-9]{2}"

    def to_python(self, value):
        year, week = value.split("-W")
        return date.fromisocalendar(int(year), int(week), 1)  # ValueError: no address

    def to_url(self, value):
        year, week, _day = value.isocalendar()
        return f"{year:04d}-W{week:02d}"


class DayConverter:
    """A day, as ISO 8601 writes it: 2026-09-27."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value):
        return date.fromisoformat(value)  # ValueError: no address

    def to_url(self, value):
        return value.isoformat()


class QuarterConverter:
    """A quarter, such as 2026-Q3; its value is that quarter's first day."""

    regex = "[0-9]{4}-Q[1-4]"

    def to_python(self, value):
        year, quarter = value.split("-Q")
        return date(int(year), int(quarter) * 3 - 2, 1)  # ValueError: no address

    def to_url(self, value):
        return f"{value.year:04d}-Q{(value.month + 2) // 3}"


class StemConverter(StringConverter):
    """The random name of a stored photo."""

    regex = storage.STEM


register_converter(StemConverter, "stem")
register_converter(GroupConverter, "group")
register_converter(NumberConverter, "number")
register_converter(WeekConverter, "week")
register_converter(DayConverter, "day")
register_converter(QuarterConverter, "quarter")
register_converter(KeyConverter, "key")

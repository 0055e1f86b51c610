"""Table of feasts: the days of the festivals by which lists name deadlines.

Lunar festivals follow the calendar of GB/T 33661-2017; the days here are those of sxtwl 2.0, and
lunar-python, lunardate and LunarCalendar give the same. 2015 to 2026 agree with the yearly notices
of the State Council on public holidays.
"""

from datetime import date

NEW_YEAR = "01-01"

# By month and day, those that stand on the same one each year
FIXED = {
    NEW_YEAR: ("元旦节", "元旦"),
    "03-08": ("三八妇女节", "三八节", "三八", "妇女节", "女神节"),
    "03-12": ("植树节",),
    "05-01": ("五一国际劳动节", "五一劳动节", "五一节", "五一", "国际劳动节", "劳动节"),
    "05-04": ("五四青年节", "五四", "青年节"),
    "05-12": ("护士节",),
    "06-01": ("六一国际儿童节", "六一儿童节", "六一节", "六一", "国际儿童节", "儿童节"),
    "07-01": ("七一建党节", "七一", "建党节", "建党纪念日", "建党日", "党的生日"),
    "08-01": ("八一建军节", "八一", "建军节"),
    "09-10": ("教师节",),
    "10-01": ("十一国庆节", "十一国庆", "国庆节", "国庆", "十一"),
    "12-04": ("宪法日",),
}

# By their place in the rows of LUNAR
MOVING = (
    ("春节", "农历新年", "农历年", "农历春节", "大年初一", "正月初一"),
    ("元宵节", "元宵", "正月十五", "灯节"),
    ("清明节", "清明"),
    ("端午节", "端午", "端阳节", "端阳"),
    ("中秋节", "中秋"),
    ("重阳节", "重阳", "老年节", "敬老节"),
)
LUNAR = {
    2015: "02-19 03-05 04-05 06-20 09-27 10-21",
    2016: "02-08 02-22 04-04 06-09 09-15 10-09",
    2017: "01-28 02-11 04-04 05-30 10-04 10-28",
    2018: "02-16 03-02 04-05 06-18 09-24 10-17",
    2019: "02-05 02-19 04-05 06-07 09-13 10-07",
    2020: "01-25 02-08 04-04 06-25 10-01 10-25",
    2021: "02-12 02-26 04-04 06-14 09-21 10-14",
    2022: "02-01 02-15 04-05 06-03 09-10 10-04",
    2023: "01-22 02-05 04-05 06-22 09-29 10-23",
    2024: "02-10 02-24 04-04 06-10 09-17 10-11",
    2025: "01-29 02-12 04-04 05-31 10-06 10-29",
    2026: "02-17 03-03 04-05 06-19 09-25 10-18",
    2027: "02-06 02-20 04-05 06-09 09-15 10-08",
    2028: "01-26 02-09 04-04 05-28 10-03 10-26",
    2029: "02-13 02-27 04-04 06-16 09-22 10-16",
    2030: "02-03 02-17 04-05 06-05 09-12 10-05",
    2031: "01-23 02-06 04-05 06-24 10-01 10-24",
    2032: "02-11 02-25 04-04 06-12 09-19 10-12",
    2033: "01-31 02-14 04-04 06-01 09-08 10-01",
    2034: "02-19 03-05 04-05 06-20 09-27 10-20",
    2035: "02-08 02-22 04-05 06-10 09-16 10-09",
    2036: "01-28 02-11 04-04 05-30 10-04 10-27",
    2037: "02-15 03-01 04-04 06-18 09-24 10-17",
    2038: "02-04 02-18 04-05 06-07 09-13 10-07",
    2039: "01-24 02-07 04-05 05-27 10-02 10-26",
    2040: "02-12 02-26 04-04 06-14 09-20 10-14",
}

_FIXED_DAY = {name: day for day, names in FIXED.items() for name in names}
_COLUMN = {name: column for column, names in enumerate(MOVING) for name in names}
# Longer names stand first, for patterns that take the first that fits.
NAMES = sorted([*_FIXED_DAY, *_COLUMN], key=len, reverse=True)


def feast_day(name: str, year: int) -> date | None:
    """Return the day of a festival in `year`; None where the table doesn't have it."""
    if name in _FIXED_DAY:
        return date.fromisoformat(f"{year:04d}-{_FIXED_DAY[name]}")
    days = LUNAR.get(year, "").split()
    return date.fromisoformat(f"{year}-{days[_COLUMN[name]]}") if days else None


def is_feast(month: int, day: int) -> bool:
    """Tell whether a festival stands on that day each year: 5.1 is May Day."""
    return f"{month:02d}-{day:02d}" in FIXED


def is_new_year(name: str) -> bool:
    """Tell whether it is the year's first day, whose eve lies in the year before."""
    return _FIXED_DAY.get(name) == NEW_YEAR

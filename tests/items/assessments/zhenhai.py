"""A real vote on a list: Zhenhai District, 2022-01-21, with three grades and 29 present.

Its source says how many were present, and that the grades are counted of all members, whose number
it doesn't give.
"""

import csv
from datetime import date
from pathlib import Path

from tests import factories

FILE = Path(__file__).parents[2] / "sheets" / "data" / "zhenhai_2021_votes.csv"
BODY, HELD_ON, PRESENT = "镇海区人大常委会", date(2022, 1, 21), 29
COLUMNS = {"satisfied": "满意", "basically": "基本满意", "unsatisfied": "不满意"}


def zhenhai():
    """Return a published list of its items, and how was voted on each."""
    with FILE.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    first = None
    for line in lines:
        titles = {"title": line["项目"], "number": int(line["序号"])}
        first = factories.another(first, **titles) if first else factories.Item(**titles)
    factories.publish(first.list)
    rows = {
        int(line["序号"]): {name: int(line[heading]) for name, heading in COLUMNS.items()}
        | {"present": PRESENT}
        for line in lines
    }
    return first.list, rows

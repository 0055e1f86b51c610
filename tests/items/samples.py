"""A value for each column of an item, unlike what a new item holds; every test of columns uses it.

A column that isn't here fails the run (tests/items/test_columns.py).
"""

from datetime import date
from decimal import Decimal

from items.columns import STORED
from items.models import Item
from tests import factories

NOBODYS = 10**6  # the key of no row
SAMPLES = {
    "version": 77,
    "list": NOBODYS,
    "number": 777,
    "title": "更换主控室旧座椅",
    "title_en": "Replace the old chairs",
    "source": "职工座谈会",
    "problem": "坐垫塌陷",
    "problem_en": "The seats sag",
    "effect": "腰疼",
    "effect_en": "Backs ache",
    "category": NOBODYS,
    "theme": NOBODYS,
    "place": NOBODYS,
    "owner_post": NOBODYS,
    "supervisor_post": NOBODYS,
    "term": "short",
    "start_by": date(2031, 1, 1),
    "first_due": date(2031, 2, 1),
    "due": date(2031, 3, 1),
    "due_words": "三月以前",
    "start_is_the_matter": True,
    "percent": Decimal("1.5"),
    "done_count": 7,
    "target_count": 77,
    "count_unit": "把",
    "result": "一半已换新",
    "done_on": date(2031, 4, 1),
    "signed_off_on": date(2031, 5, 1),
    "status": "pending_check",
    "recheck_on": date(2031, 6, 1),
    "budget": "三万元",
    "remark": "给物业的备注",
    "internal_note": "合同号 2026-17",
    "illustrative": True,
    "hardship": True,
    "carried_from": NOBODYS,
    "origin": NOBODYS,
    "status_before_hold": "not_started",
    "published_on": date(2031, 1, 2),
    "added_later": True,
    "started_on": date(2031, 1, 3),
    "put_right_by": date(2031, 1, 8),
    "count_in_doubt": True,
    "claimed_on": date(2031, 1, 4),
    "held_on": date(2031, 1, 5),
    "hold_review_on": date(2031, 1, 6),
    "days_held": 78,
    "withdrawn_on": date(2031, 1, 7),
    "times_extended": 79,
    "times_reopened": 80,
    "first_target": 81,
    "times_reduced": 82,
    "last_news": NOBODYS,
    "last_entry": NOBODYS,
    "search_text": "x",
    "lines_salt": "x",
    "code": "2345XXXX",
}


def sample(name: str, committee):
    """Return a value that an item of the committee can hold; a row is made."""
    column = next(column for column in STORED if name in column.names)
    if column.kind not in ("row", "post"):
        return SAMPLES[name]
    model = Item._meta.get_field(name).related_model
    return getattr(factories, model.__name__)(committee=committee)

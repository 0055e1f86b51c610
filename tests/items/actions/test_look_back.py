"""Looking back: what a sign-off plans, and what a look finds."""

from datetime import date

import pytest

from items.actions.look_back import months_on
from items.errors import Refused
from tests import factories
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import fresh


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 6, 1), date(2026, 9, 1)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 29), date(2028, 2, 29)),
        (date(2026, 10, 31), date(2027, 1, 31)),
    ],
)
def test_three_months_on(day, later):
    assert months_on(day) == later


def test_a_sign_off_plans_a_look_back(db):
    item = factories.item_at("pending_check", recheck_on=TODAY + days(9))

    entry = factories.sign_off(item, NOW, recheck_on=TODAY + days(90))

    assert fresh(item).recheck_on == TODAY + days(90)
    assert entry.facts["look_back_on"] == str(TODAY + days(90))


def test_a_sign_off_may_plan_none(db):
    item = factories.item_at("pending_check", recheck_on=TODAY + days(9))

    entry = factories.sign_off(item, NOW)

    assert fresh(item).recheck_on is None
    assert "look_back_on" not in entry.facts


def test_a_look_back_is_planned_ahead(db):
    item = factories.item_at("pending_check")

    with pytest.raises(Refused):
        factories.sign_off(item, NOW, recheck_on=TODAY)

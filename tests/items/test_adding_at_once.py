"""People who add to one item at the same moment: all of it is written, and nothing twice."""

import pytest

from items import actions
from items.errors import Conflict
from items.ledger.verify import verify
from items.states import MOVES
from tests import factories
from tests.factories import NOW
from tests.items.actions.acts import ACTS, fresh
from tests.items.racing import together

pytestmark = [pytest.mark.usefixtures("emptied_tables"), pytest.mark.crawl]


def at_once(item, *texts):
    """Let people who read the same page report together."""
    seen = [fresh(item) for _text in texts]
    owner = factories.owner_of(item)

    def report(row, text):
        return actions.report_progress(row, by=owner, text=text, now=NOW)

    pairs = zip(seen, texts, strict=True)
    return together(*(lambda row=row, text=text: report(row, text) for row, text in pairs))


TEXTS = [f"第{number}间" for number in range(8)]


def test_eight_reports_at_once_are_all_written():
    item = factories.item_at("in_progress")

    done = at_once(item, *TEXTS)

    assert [each for each in done if isinstance(each, Exception)] == []
    assert sorted(len(entry.meanwhile) for entry in done) == list(range(8))
    assert item.entries.filter(verb="report_progress").count() == 8
    assert verify(item.list) == []


def test_same_report_at_once_is_written_once():
    item = factories.item_at("in_progress")

    done = at_once(item, *["同一句"] * 4)

    assert sum(isinstance(each, Conflict) for each in done) == 3
    assert item.entries.filter(verb="report_progress").count() == 1


def test_without_the_column_seven_are_refused(monkeypatch):
    # The negative control: it is the table that lets them pass.
    row = MOVES["report_progress"]._replace(adds=False)
    monkeypatch.setitem(MOVES, "report_progress", row)
    item = factories.item_at("in_progress")

    done = at_once(item, *TEXTS)

    assert sum(isinstance(each, Conflict) for each in done) == 7
    assert item.entries.filter(verb="report_progress").count() == 1


def test_report_and_visit_at_once_are_both_written():
    item = factories.item_at("in_progress")
    one, two = fresh(item), fresh(item)

    done = together(
        lambda: ACTS["report_progress"](one), lambda: ACTS["log_visit"](two, seen="在装")
    )

    assert [each for each in done if isinstance(each, Exception)] == []
    assert verify(item.list) == []

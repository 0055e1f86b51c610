"""No page says “None” for a count: whatever was counted, beside whatever target and percent."""

from decimal import Decimal

import pytest

from items import actions
from tests import factories
from tests.board.test_progress import EVERY
from tests.desk.pack_pages import address as pack
from tests.desk.sending import address, text_of
from tests.factories import DUE, NOW, at, days
from tests.items.actions.acts import ask, fresh

pytestmark = pytest.mark.django_db


def counted():
    """Return a list with an item for each combination, all of them overdue; two ask for time."""
    first = None
    for done, target, percent in EVERY:
        columns = {"done_count": done, "target_count": target, "percent": percent}
        columns |= {"count_unit": "套", "title": f"{done}/{target}/{percent}"}
        item = factories.another(first, **columns) if first else factories.Item(**columns)
        first = first or item
    item_list = factories.publish(first.list)
    for item in item_list.items.order_by("number"):
        actions.start_item(fresh(item), by=factories.owner_of(item), now=NOW)
        ask(fresh(item))
    return item_list


def told(text):
    """Return a page's words without the names of the items, and without the points with none."""
    text = text.replace("None.", "")
    for done, target, percent in EVERY:
        text = text.replace(f"{done}/{target}/{percent}", "")
    return text


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_no_page_says_none(as_, time_machine, prefix):
    item_list = counted()
    time_machine.move_to(at(DUE + days(5)), tick=False)
    client = as_(factories.office(item_list.committee))
    pages = [f"/lists/{item_list.slug}/", pack(item_list.items.first())]
    for item in item_list.items.all():
        pages += [f"/lists/{item_list.slug}/{item.number}/", address(item)]

    texts = {page: told(text_of(client.get(prefix + page))) for page in pages}
    assert not [page for page, text in texts.items() if "None" in text]
    assert "55" in texts[pages[1]]  # the pack counts them, too


@pytest.mark.parametrize("done", [None, 0, 30, 40, 55])
@pytest.mark.parametrize("target", [None, 40])
def test_no_entry_says_none(as_, done, target):
    item = factories.item_at("in_progress", target_count=target, count_unit="套")
    by = factories.owner_of(item)
    said = {"done_count": done, "percent": Decimal(5) if done is None else None}

    actions.report_progress(item, by=by, text="做了", now=NOW, **said)
    entered = {"by": factories.office_of(item), "text": "代填", "now": NOW}
    actions.enter_for_owner(fresh(item), **entered, **said)

    for page in (address(item), f"/lists/{item.list.slug}/{item.number}/"):
        text = text_of(as_(factories.office_of(item)).get(page))
        assert "None" not in text
        if done is not None:
            assert (f"{done}/{target}" if target else str(done)) in text

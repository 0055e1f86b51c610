"""Several items with the same people, and what is told of them on the desk."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from items import actions, queries
from items.models import Item
from items.queries.queues import QUEUES
from tests import factories
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import PUT_RIGHT_BY, ask, enter

IN_A_WEEK = TODAY + days(7)


def several(count, status="in_progress", **columns):
    """Return items of one list with the same posts, brought to `status`."""
    first = factories.Item(**columns)
    items = [first, *(factories.another(first) for _n in range(1, count))]
    factories.publish(first.list)
    for item in items:
        item.refresh_from_db()
        for day, act in enumerate(factories.ROADS[status], start=1):
            act(item, now=factories.at(factories.PUBLISHED_ON + days(day)))
    return list(Item.objects.filter(list=first.list).order_by("number"))


def numbers(key, person, today=TODAY):
    """Return the numbers of the items that wait in a queue for a person."""
    return [item.number for item in QUEUES[key].items(person, today)]


def questions(ask):
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


def set_task(item, who="owner", by_when=IN_A_WEEK, text="核对数量", **said):
    by = said.pop("by", None) or factories.office_of(item)
    said = {"who": who, "by_when": by_when, "text": text, "now": NOW} | said
    return actions.set_task(item, by=by, **said)


def busy(count):
    """Return items of one list on which something waits in every queue."""
    items = several(6 * count)
    groups = [items[n * count : (n + 1) * count] for n in range(6)]
    for asked, entered, claimed, returned, held, tasked in zip(*groups, strict=True):
        ask(asked)
        enter(entered)
        factories.claim(claimed, now=NOW)
        factories.claim(returned, now=NOW)
        by = factories.supervisor_of(returned)
        actions.send_back_item(
            returned, by=by, reason="还差两把", put_right_by=PUT_RIGHT_BY, now=NOW
        )
        factories.hold(held, now=NOW)
        for who in ("owner", "supervisor", "office"):
            set_task(tasked, who)
    return items


def everybody(item):
    return [factories.owner_of(item), factories.supervisor_of(item), factories.office_of(item)]


def page(key, person, today=TODAY, **asked):
    return queries.queue(key, person, today, **asked)

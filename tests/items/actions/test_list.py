"""A published list: adding to it, and its end (test_change_of_year.py has how it goes on)."""

import pytest

from items import actions
from items.errors import Refused
from items.ledger.verify import verify
from tests import factories
from tests.factories import DUE, NOW, PUBLISHED_ON, TODAY, at, days
from tests.items.actions.acts import ACTS, close, fresh

pytestmark = pytest.mark.django_db


# Adding


@pytest.fixture
def published():
    item = factories.Item(number=24)
    factories.another(item, number=30)
    return factories.publish(item.list)


def add(item_list, reason="职工新提", **draft):
    item = item_list.items.first()
    posts = {"owner_post": item.owner_post, "supervisor_post": item.supervisor_post}
    draft = factories.draft(**(posts | draft.pop("fields", {})), **draft)
    by = factories.office(item_list.committee)
    return actions.add_item(fresh(item_list), draft, by=by, reason=reason, now=NOW)


def test_added_item_takes_the_next_number(published):
    item = add(published)

    row = fresh(item)
    assert (row.number, row.status, row.added_later) == (31, "not_started", True)
    assert (row.published_on, row.first_due) == (TODAY, DUE)
    entry = row.last_entry
    assert (entry.verb, entry.words.text, entry.status_to) == (
        "add_item",
        "职工新提",
        "not_started",
    )
    assert verify(published) == []


def test_number_of_a_withdrawn_item_is_not_given_again(published):
    last = add(published)
    ACTS["withdraw"](last)

    assert add(published).number == 32


@pytest.mark.parametrize(
    "wrong", [{"fields": {"due": None}}, {"fields": {"supervisor_post": None}}, {"reason": " "}]
)
def test_added_item_lacks_nothing(published, wrong):
    with pytest.raises(Refused):
        add(published, **wrong)

    assert published.items.count() == 2
    assert verify(published) == []


def test_added_item_needs_a_measure(published):
    item = published.items.first()
    posts = {"owner_post": item.owner_post, "supervisor_post": item.supervisor_post}
    draft = actions.Draft(fields={"title": "a", "due": DUE} | posts)

    with pytest.raises(Refused):
        actions.add_item(fresh(published), draft, by=factories.office_of(item), reason="a", now=NOW)


def test_added_item_was_not_resolved_before(published):
    # Else the office could resolve without a supervisor: a state comes only from a sheet.
    item = published.items.first()
    posts = {"owner_post": item.owner_post, "supervisor_post": item.supervisor_post}
    draft = factories.draft(**posts)
    draft.brought_in = {"status": "resolved", "signed_off_on": TODAY, "file": "a", "row": 1}

    with pytest.raises(Refused):
        actions.add_item(fresh(published), draft, by=factories.office_of(item), reason="a", now=NOW)

    assert published.items.count() == 2


# Closing


def test_closing_keeps_the_figures(published):
    first, second = published.items.all()
    ACTS["withdraw"](first)
    factories.start(second, now=NOW)

    entry = close(published)

    into = published.committee.lists.get(status="published")
    figures = {"resolved": 0, "in_progress": 1, "not_started": 0, "on_hold": 0, "withdrawn": 1}
    row = fresh(published)
    assert (row.status, row.closed_on) == ("closed", TODAY)
    assert row.closing_figures == figures | {"total": 2}
    assert entry.facts == row.closing_figures | {"next": into.slug}
    assert verify(published) == []


ANSWERS = {
    "release",
    "review",
    "refuse_entry",
    "decide_extension",
    "finish_task",
    "take_down",
}  # nothing waits for one on a closed list


@pytest.mark.parametrize("verb", sorted(set(ACTS) - ANSWERS - {"look_back"}))
def test_closed_list_is_frozen(verb):
    item = ACTS[verb].ready()
    close(item.list, now=at(PUBLISHED_ON + days(20)) if verb == "resume" else NOW)

    with pytest.raises(Refused):
        ACTS[verb](fresh(item))


def test_appointment_leaves_a_closed_list_alone():
    item = factories.published_item()
    close(item.list)
    entries = item.entries.count()

    actions.appoint(
        item.owner_post, factories.Person(), by=factories.office_of(item), since=TODAY, now=NOW
    )

    assert item.entries.count() == entries

"""A published list: adding to it, closing it, carrying over what is left."""

from datetime import date

import pytest

from items import actions
from items.errors import Refused
from items.ledger.verify import verify
from items.models import ItemList
from tests import factories
from tests.factories import DUE, NOW, PUBLISHED_ON, TODAY
from tests.items.actions.acts import ACTS, close, fresh, report

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

    figures = {"resolved": 0, "in_progress": 1, "not_started": 0, "on_hold": 0, "withdrawn": 1}
    row = fresh(published)
    assert (row.status, row.closed_on) == ("closed", TODAY)
    assert row.closing_figures == entry.facts == figures | {"total": 2}
    assert verify(published) == []


@pytest.mark.parametrize("verb", ACTS)
def test_closed_list_is_frozen(verb):
    item = ACTS[verb].ready()
    close(item.list)

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


# Carrying over


def carry(item_list, into=None, now=NOW):
    into = into or factories.ItemList(committee=item_list.committee, year=item_list.year + 1)
    by = factories.office(item_list.committee)
    return actions.carry_over(fresh(item_list), into=into, by=by, now=now)


def test_what_is_left_goes_on_under_a_new_number_with_its_lineage():
    theme = factories.Theme()
    item = factories.item_at(
        "in_progress",
        number=24,
        target_count=120,
        remark="备注",
        theme=theme,
        list__committee=theme.committee,
    )
    report(item, done_count=90)
    ACTS["ask_extension"](item)
    ACTS["decide_extension"](item)
    close(item.list)

    (carried,) = carry(item.list)

    assert (carried.number, carried.status, carried.carried_from) == (1, "draft", item)
    assert (carried.first_due, carried.due, carried.times_extended) == (DUE, item.due, 1)
    assert carried.theme == theme
    assert (carried.done_count, carried.target_count, carried.remark) == (90, 120, "备注")
    assert [measure.text for measure in carried.measures.all()] == ["更换座椅"]
    entry = item.entries.last()
    assert (entry.verb, entry.facts) == ("carry_over", {"to": carried.list.slug})
    assert fresh(item).last_entry == entry
    assert verify(item.list) == []


def test_lines_are_carried_over():
    item = factories.Item()
    unit, handler = factories.Unit(committee=item.list.committee), factories.Person()
    item.unit_shares.create(unit=unit, role="joint")
    item.handlers.add(handler)
    item.parts.create(title="一区", progress="完工", done_on=PUBLISHED_ON)
    close(factories.publish(item.list))

    (carried,) = carry(item.list)

    assert [(s.unit, s.role) for s in carried.unit_shares.all()] == [(unit, "joint")]
    assert list(carried.handlers.all()) == [handler]
    assert [(p.title, p.progress, p.done_on) for p in carried.parts.all()] == [
        ("一区", "完工", PUBLISHED_ON)
    ]


def test_first_deadline_survives_the_new_list_whatever_the_draft_says():
    item = factories.item_at("in_progress")
    close(item.list)
    (carried,) = carry(item.list)
    fields = {"first_due": date(2027, 12, 31), "due": date(2027, 12, 31)}
    by = factories.office_of(item)
    actions.write_draft(carried.list, 1, actions.Draft(fields=fields), by=by, now=NOW)

    factories.publish(fresh(carried.list), on=TODAY)

    assert (fresh(carried).first_due, fresh(carried).due) == (DUE, date(2027, 12, 31))


@pytest.mark.parametrize(
    ("status", "left"),
    [
        ("not_started", 1),
        ("in_progress", 1),
        ("pending_check", 1),
        ("on_hold", 1),
        ("resolved", 0),
        ("withdrawn", 0),
    ],
)
def test_only_what_is_not_done_is_carried_over(status, left):
    item = factories.item_at(status)
    close(item.list)

    assert len(carry(item.list)) == left


def test_each_item_is_carried_over_once():
    item = factories.item_at("in_progress")
    close(item.list)
    (carried,) = carry(item.list)

    assert carry(item.list, into=fresh(carried.list)) == []
    assert ItemList.objects.count() == 2


def test_open_list_is_not_carried_over():
    item = factories.item_at("in_progress")

    with pytest.raises(Refused):
        carry(item.list)


@pytest.mark.parametrize("published", [True, False])
def test_nothing_is_carried_into_a_published_list_or_another_committee(published):
    item = factories.item_at("in_progress")
    close(item.list)
    into = factories.published_item().list if published else factories.ItemList()

    with pytest.raises(Refused):
        carry(item.list, into=fresh(into))


def test_carrying_over_once_more_finds_nothing_left():
    item = factories.item_at("in_progress")
    close(item.list)
    carried = carry(item.list)

    assert carry(item.list, into=carried[0].list) == []


def test_carried_items_follow_the_drafts_that_are_there():
    item = factories.item_at("in_progress")
    close(item.list)
    into = factories.ItemList(committee=item.list.committee)
    factories.Item(list=into, number=40)

    (carried,) = carry(item.list, into=into)

    assert (carried.number, carried.title) == (41, item.title)

"""Copying last year's promises into a new list."""

from datetime import date

import pytest

from items import actions
from items.models import Entry
from items.words import Words
from tests import factories
from tests.factories import NOW, TODAY
from tests.items.actions.acts import NEW_DUE, ask, close, fresh, happens, report

pytestmark = pytest.mark.django_db


def next_list(item, year=2027, **columns):
    return factories.ItemList(committee=item.list.committee, year=year, **columns)


def copy(item, into, by=None):
    by = by or factories.office_of(item)
    return actions.copy_list(fresh(item.list), into=into, by=by, now=NOW)


def full_item():
    """Return a published item with something under every heading, and progress."""
    item = factories.Item(
        number=24,
        due=date(2026, 6, 30),
        due_words="2026年6月底前",
        start_by=date(2026, 5, 1),
        target_count=10,
        count_unit="间",
        remark="去年的话",
        budget="3万元",
    )
    item.place = factories.Place(committee=item.list.committee)
    item.theme = factories.Theme(committee=item.list.committee)
    item.save()
    unit = factories.Unit(committee=item.list.committee)
    item.unit_shares.create(unit=unit, role="lead")
    item.handlers.add(factories.Person())
    item.parts.create(title="一区", unit=unit, due=date(2026, 5, 31), done_on=TODAY, progress="完")
    factories.publish(item.list)
    item.refresh_from_db()
    report(item, done_count=4)
    return fresh(item)


def test_first_deadline_is_copied_not_the_extended_one():
    item = factories.item_at("in_progress", due=date(2026, 6, 30))
    ask(item)
    by = factories.office_of(item)
    actions.decide_extension(
        fresh(item), by=by, agreed=True, reason="属实", decision=factories.decision(), now=NOW
    )
    assert fresh(item).due == NEW_DUE

    (copied,) = copy(item, next_list(item))

    assert copied.due == date(2027, 6, 30)


def test_promise_is_copied_and_its_days_move_by_the_years():
    item = full_item()

    (copied,) = copy(item, next_list(item))

    assert (copied.number, copied.title, copied.status) == (24, item.title, "draft")
    assert (copied.place, copied.theme) == (item.place, item.theme)
    assert (copied.owner_post, copied.supervisor_post) == (item.owner_post, item.supervisor_post)
    assert (copied.due, copied.start_by) == (date(2027, 6, 30), date(2027, 5, 1))
    assert (copied.due_words, copied.first_due) == ("2027年6月底前", None)
    assert (copied.target_count, copied.count_unit) == (10, "间")
    assert [measure.words for measure in copied.measures.all()] == [Words("更换座椅")]
    assert [share.unit for share in copied.unit_shares.all()] == [
        share.unit for share in item.unit_shares.all()
    ]
    assert list(copied.handlers.all()) == list(item.handlers.all())


def test_progress_and_last_years_notes_stay_behind():
    item = full_item()

    copied = fresh(copy(item, next_list(item))[0])

    assert (copied.done_count, copied.percent, copied.started_on) == (None, None, None)
    assert (copied.remark, copied.budget, copied.carried_from) == ("", "", None)
    (part,) = copied.parts.all()
    assert (part.title, part.due, part.done_on, part.progress) == (
        "一区",
        date(2027, 5, 31),
        None,
        "",
    )


def test_copy_can_be_published():
    item = full_item()
    into = next_list(item)
    copy(item, into)

    factories.publish(fresh(into), on=date(2026, 12, 31))

    assert into.items.get().first_due == date(2027, 6, 30)


def test_taken_numbers_give_way_to_the_next():
    first = factories.Item(number=3)
    for number in (5, 9):
        factories.another(first, number=number)
    factories.publish(first.list)
    into = next_list(first)
    factories.Item(list=into, number=5, title="早就在")

    copied = copy(first, into)

    assert [item.number for item in copied] == [3, 10, 9]
    assert into.items.get(number=5).title == "早就在"


def test_withdrawn_is_not_promised_again():
    item = factories.item_at("withdrawn")

    assert copy(item, next_list(item)) == []


def test_leap_day_becomes_the_last_of_february():
    item = factories.Item(due=date(2028, 2, 29), list__year=2028)
    factories.publish(item.list)

    (copied,) = copy(item, next_list(item, 2029))

    assert copied.due == date(2029, 2, 28)


def test_closed_list_is_copied_too_and_keeps_silent():
    item = factories.item_at("resolved")
    close(item.list)
    before = Entry.objects.count()

    assert len(copy(item, next_list(item))) == 1
    assert Entry.objects.count() == before


def test_neither_a_draft_nor_another_committees_list_is_copied():
    draft, other = factories.Item(), factories.published_item()
    into = next_list(draft)

    assert not happens(lambda: copy(draft, into))
    assert not happens(lambda: copy(other, into, by=factories.office_of(draft)))
    assert into.items.count() == 0


def test_only_the_office_copies_and_only_into_a_draft():
    item = factories.published_item()

    assert not happens(lambda: copy(item, next_list(item), by=factories.owner_of(item)))
    assert not happens(lambda: copy(item, fresh(item.list)))

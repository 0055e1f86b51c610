"""Parts of a published item: added, undone, given more time and corrected, each by an entry."""

import pytest
from django.utils.translation import override

from items import actions, public
from items.errors import Refused
from items.ledger.verify import verify
from items.models import Entry, Item
from items.privacy.personal_data import PersonalData
from items.rules.gaps import gaps_of
from tests import factories
from tests.factories import DUE, NOW, TODAY, days
from tests.items.actions.acts import PUT_RIGHT_BY

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def item_of_the_file(kept_rows):
    item = factories.Item()
    item.parts.create(title="一区", title_en="Area one", due=TODAY - days(6))
    item.parts.create(title="二区", order=1, due=DUE)
    factories.publish(item.list)
    factories.start(Item.objects.get(pk=item.pk), now=NOW)
    return item


@pytest.fixture
def item(item_of_the_file, db):
    return Item.objects.get(pk=item_of_the_file.pk)


@pytest.fixture
def by(item):
    return factories.office_of(item)


def part_of(item, title="一区"):
    return item.parts.get(title=title)


def done(item, title="一区"):
    """Let the owner report a part as done; return it."""
    owner = factories.owner_of(item)
    part = part_of(item, title)
    actions.report_progress(
        item, by=owner, text="已完工", parts=[part], parts_done_on=TODAY, now=NOW
    )
    return part_of(Item.objects.get(pk=item.pk), title)


def facts_of(entry):
    with override("zh-hans"):
        return dict(public.event(Entry.objects.get(pk=entry.pk), show_names=False).facts)


# Added


def test_part_is_added_by_an_entry_that_names_it(item, by):
    unit = factories.Unit(committee=item.list.committee)
    said = {"title": "三区", "title_en": "Area three", "unit": unit, "due": DUE}

    entry = actions.add_part(item, by=by, reason="职工提出", now=NOW, **said)

    added = part_of(item, "三区")
    assert {name: getattr(added, name) for name in said} == said
    assert (added.order, entry.words.part, entry.words.part_en) == (2, "三区", "Area three")
    assert facts_of(entry)["子项"] == "三区"
    assert verify(item.list) == []


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"title": " "}, "子项是什么"),
        ({"reason": ""}, "原因"),
        ({"title": "一区"}, "已经有"),
        ({"due": DUE + days(1)}, "晚于"),
        ({"due": TODAY - days(1)}, "已经过"),
    ],
)
def test_part_that_can_not_be_added(item, by, said, why):
    said = {"title": "三区", "reason": "职工提出", "due": DUE} | said
    with pytest.raises(Refused, match=why):
        actions.add_part(item, by=by, now=NOW, **said)

    assert item.parts.count() == 2


def test_unit_of_a_part_is_of_the_same_committee(item, by):
    with pytest.raises(Refused):
        actions.add_part(
            item, by=by, title="三区", unit=factories.Unit(), reason="职工提出", now=NOW
        )


def test_name_of_a_part_is_asked_about_as_personal_data(item, by):
    with pytest.raises(PersonalData):
        actions.add_part(item, by=by, title="找罗师傅13912345678", reason="职工提出", now=NOW)


# Undone


def test_part_is_undone_openly(item, by):
    part = done(item)

    entry = actions.undo_part(part, by=by, reason="墙面返潮", now=NOW)

    assert (part_of(item).done_on, part_of(item).progress) == (None, "")
    assert (entry.words.text, entry.words.part) == ("墙面返潮", "一区")
    assert facts_of(entry)["此前计为完成"] == "2026年6月1日"
    assert verify(item.list) == []


def test_only_what_is_done_is_undone(item, by):
    with pytest.raises(Refused, match="一区"):
        actions.undo_part(part_of(item), by=by, reason="墙面返潮", now=NOW)


def claimed(item):
    done(item)
    done(Item.objects.get(pk=item.pk), "二区")
    factories.claim(Item.objects.get(pk=item.pk), now=NOW)
    return Item.objects.get(pk=item.pk)


def test_sending_back_says_which_parts_are_not_done(item):
    item = claimed(item)

    entry = actions.send_back_item(
        item,
        by=factories.supervisor_of(item),
        reason="一区墙面返潮",
        put_right_by=PUT_RIGHT_BY,
        undone=[part_of(item)],
        now=NOW,
    )

    assert [part.done_on for part in item.parts.all()] == [None, TODAY]
    undone = Entry.objects.get(verb="undo_part")
    assert (undone.about, undone.words.text, undone.words.part) == (entry, "", "一区")
    with pytest.raises(Refused, match="一区"):
        factories.claim(Item.objects.get(pk=item.pk), now=NOW)
    assert verify(item.list) == []


def test_reopening_says_which_parts_are_not_done(item, by):
    item = claimed(item)
    factories.sign_off(item, now=NOW)
    item = Item.objects.get(pk=item.pk)

    said = {"reason": "又坏了", "put_right_by": PUT_RIGHT_BY}
    actions.reopen_item(item, by=by, undone=[part_of(item, "二区")], now=NOW, **said)

    assert [part.done_on for part in item.parts.all()] == [TODAY, None]
    assert verify(item.list) == []


def test_part_of_another_item_is_refused(item, by):
    other = factories.Item()
    other.parts.create(title="别处", done_on=TODAY)
    item = claimed(item)
    with pytest.raises(Refused):
        actions.send_back_item(
            item,
            by=factories.supervisor_of(item),
            reason="返潮",
            put_right_by=PUT_RIGHT_BY,
            undone=[part_of(other, "别处")],
            now=NOW,
        )

    assert Item.objects.get(pk=item.pk).status == "pending_check"


# More time


def test_part_is_given_more_time_and_keeps_its_first_deadline(item, by):
    for later in (3, 5):
        part = part_of(Item.objects.get(pk=item.pk))
        entry = actions.extend_part(
            part, by=by, new_due=TODAY + days(later), reason="等待供货", now=NOW
        )

    part = part_of(item)
    assert (part.first_due, part.due) == (TODAY - days(6), TODAY + days(5))
    assert facts_of(entry) == {
        "子项": "一区",
        "原时限": "2026年6月4日",
        "新的完成时限": "2026年6月6日",
    }
    assert verify(item.list) == []


@pytest.mark.parametrize(
    ("new_due", "why"),
    [
        (TODAY - days(7), "晚于"),
        (TODAY - days(1), "已经过"),
        (DUE + days(1), "先给"),
    ],
)
def test_more_time_that_is_none(item, by, new_due, why):
    with pytest.raises(Refused, match=why):
        actions.extend_part(part_of(item), by=by, new_due=new_due, reason="等待供货", now=NOW)


def test_done_part_needs_no_more_time(item, by):
    part = done(item)
    with pytest.raises(Refused, match="已完成"):
        actions.extend_part(part, by=by, new_due=DUE, reason="等待供货", now=NOW)


# Corrected


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("title", "东一区", "东一区"),
        ("title_en", "East one", "East one"),
        ("start_by", TODAY, "2026年6月1日"),
        ("due", DUE, "2026年6月30日"),
        ("due_words", "六月底", "六月底"),
        ("unit", None, ""),
    ],
)
def test_part_is_corrected_openly(item, by, field, value, shown):
    part = part_of(item)
    if field == "unit":
        value = factories.Unit(committee=item.list.committee)
        shown = value.name

    entry = actions.correct_part(part, by=by, field=field, value=value, reason="写错了", now=NOW)

    assert getattr(part_of(item, part.title), field) == value
    assert (entry.verb, entry.facts["field"]) == ("correct", f"part_{field}")
    assert entry.words.new == shown
    assert entry.words.part == part.title


def test_corrected_deadline_stays_in_sight(item, by):
    part = part_of(item)
    actions.correct_part(part, by=by, field="due", value=DUE, reason="写错了", now=NOW)

    assert (part_of(item).first_due, part_of(item).due) == (TODAY - days(6), DUE)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "二区"),
        ("title", "一区"),
        ("due", DUE + days(1)),
        ("done_on", TODAY),
    ],
)
def test_correction_that_is_refused(item, by, field, value):
    with pytest.raises(Refused):
        actions.correct_part(
            part_of(item), by=by, field=field, value=value, reason="写错了", now=NOW
        )


# Late


def test_late_part_marks_its_item(item):
    (row,) = Item.objects.filter(pk=item.pk).with_next_part()
    shown = public.row(row, TODAY)

    assert (shown.overdue_days, shown.late_part_days) == (0, 6)
    assert list(Item.objects.with_late_part(TODAY)) == [item]
    assert list(Item.objects.with_late_part(TODAY - days(6))) == []


@pytest.mark.parametrize("status", ["resolved", "withdrawn"])
def test_part_of_what_is_over_is_not_late(status):
    item = factories.Item()
    done_on = TODAY if status == "resolved" else None
    item.parts.create(title="一区", due=TODAY - days(6), done_on=done_on)
    factories.publish(item.list)
    for act in factories.ROADS[status]:
        act(Item.objects.get(pk=item.pk), now=NOW)

    assert item not in Item.objects.with_late_part(TODAY + days(99))


def test_done_part_is_not_late(item):
    done(item)

    assert list(Item.objects.with_late_part(TODAY)) == []


def test_part_that_ends_after_its_item_is_a_gap():
    item = factories.Item()
    item.parts.create(title="一区", due=DUE + days(1))

    (gap,) = gaps_of(item)
    assert "一区" in gap

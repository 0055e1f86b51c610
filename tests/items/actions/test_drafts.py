"""Drafts as a table: several at once, nobody's change lost, and numbers taken away again."""

import pytest

from items import actions
from items.errors import Conflict, Refused
from items.models import Item, Measure
from items.words import Words
from tests import factories
from tests.factories import NOW
from tests.items.actions.acts import bring_in, fresh, happens

pytestmark = pytest.mark.django_db


def draft(title="换空调", **said):
    return actions.Draft(fields={"title": title}, **said)


def write_all(item_list, *rows, by=None):
    by = by or factories.office(item_list.committee)
    return actions.write_drafts(fresh(item_list), list(rows), by=by, now=NOW)


def titles(item_list):
    return list(item_list.items.order_by("number").values_list("number", "title"))


# One


def test_draft_is_written_at_the_version_that_was_read():
    item = factories.Item()
    by, read = factories.office_of(item), item.version

    actions.write_draft(item.list, 1, draft(), by=by, version=read, now=NOW)

    assert fresh(item).title == "换空调"
    with pytest.raises(Conflict):
        actions.write_draft(item.list, 1, draft("别的"), by=by, version=read, now=NOW)
    assert fresh(item).title == "换空调"


def test_change_of_a_line_only_is_noticed_too():
    item = factories.Item()
    by, read = factories.office_of(item), item.version
    words = actions.Draft(measures=[Words("修")])
    actions.write_draft(item.list, 1, words, by=by, now=NOW)

    with pytest.raises(Conflict):
        actions.write_draft(item.list, 1, draft(), by=by, version=read, now=NOW)


def test_draft_that_is_gone_is_not_made_anew():
    item = factories.Item()
    by = factories.office_of(item)
    actions.delete_draft(item, by=by)

    with pytest.raises(Conflict):
        actions.write_draft(item.list, 1, draft(), by=by, version=0, now=NOW)
    assert titles(item.list) == []


# Several


def test_several_are_written_at_once():
    item = factories.Item()

    written = write_all(item.list, (1, item.version, draft("甲")), (7, None, draft("乙")))

    assert [row.number for row in written] == [1, 7]
    assert titles(item.list) == [(1, "甲"), (7, "乙")]


def test_nothing_is_written_when_one_is_refused_and_each_says_its_number():
    first = factories.Item(title="原样")
    second = factories.another(first, title="原样")

    with pytest.raises(Refused) as refused:
        write_all(
            first.list,
            (1, first.version, draft("甲")),
            (2, second.version, draft("")),
            (3, None, draft("丙" * 201)),
        )

    assert not isinstance(refused.value, Conflict)
    assert [said[:4] for said in refused.value.sentences] == ["第2项：", "第3项："]
    assert titles(first.list) == [(1, "原样"), (2, "原样")]


def test_conflict_of_one_row_is_a_conflict_of_all():
    first = factories.Item(title="原样")
    second = factories.another(first, title="原样")

    with pytest.raises(Conflict) as refused:
        write_all(first.list, (1, first.version, draft("甲")), (2, second.version + 1, draft("乙")))

    assert refused.value.sentences[0].startswith("第2项：")
    assert titles(first.list) == [(1, "原样"), (2, "原样")]


def test_new_number_that_somebody_took_is_a_conflict():
    item = factories.Item(title="原样")

    with pytest.raises(Conflict):
        write_all(item.list, (1, None, draft("甲")))
    assert titles(item.list) == [(1, "原样")]


def test_only_the_office_writes_and_only_drafts():
    item = factories.Item()
    row = (1, item.version, draft())

    assert not happens(lambda: write_all(item.list, row, by=factories.Person()))
    factories.publish(item.list)
    assert not happens(lambda: write_all(item.list, (1, fresh(item).version, draft())))


# Away with one


def test_draft_is_deleted_with_its_lines():
    item = factories.Item()
    item.handlers.add(factories.Person())
    item.parts.create(title="一区")
    bring_in(item)

    actions.delete_draft(fresh(item), by=factories.office_of(item))

    assert not Item.objects.exists()
    assert not Measure.objects.exists()


def test_published_number_is_not_deleted():
    item = factories.published_item()

    assert not happens(lambda: actions.delete_draft(item, by=factories.office_of(item)))
    assert Item.objects.get() == item


def test_draft_beside_published_ones_is_not_deleted_by_this():
    item = factories.another(factories.published_item())

    assert not happens(lambda: actions.delete_draft(fresh(item), by=factories.office_of(item)))


def test_stranger_deletes_nothing_and_nobody_what_was_changed_since():
    item = factories.Item()
    by, read = factories.office_of(item), fresh(item)
    actions.write_draft(item.list, 1, draft(), by=by, now=NOW)

    assert not happens(lambda: actions.delete_draft(fresh(item), by=factories.Person()))
    assert not happens(lambda: actions.delete_draft(read, by=by))
    assert happens(lambda: actions.delete_draft(fresh(item), by=by))

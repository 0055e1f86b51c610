"""Acts: each is one transaction, leaves its entry, and fails without a trace."""

import re

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from items.errors import BrokenAct, Conflict, Refused
from items.ledger import acting, acting_on_list, acting_on_post
from items.ledger.verify import verify
from items.models import Item, ItemList, Notice
from items.models.versioned import columns_of
from items.privacy.personal_data import PersonalData
from tests import factories
from tests.factories import NOW, TODAY, days
from tests.items.changing import changed_by_another

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return factories.item_at("in_progress")


def row_of(thing):
    return columns_of(type(thing).objects.get(pk=thing.pk))


def hold(item, **said):
    return acting("put_on_hold", item, by=factories.office_of(item), now=NOW, **said)


def change(item):
    """Change columns of every kind: a day, a number, a text, a key and the status."""
    item.held_on, item.hold_review_on = TODAY, TODAY + days(9)
    item.days_held, item.result, item.status_before_hold = 12, "换好了", "in_progress"
    item.owner_post = factories.Post(committee=item.list.committee)


# What it gives


def test_block_knows_the_item_the_moment_and_the_entry(item):
    with hold(item) as act:
        assert (act.item, act.now, act.today, act.happened_on) == (item, NOW, TODAY, TODAY)
        with pytest.raises(BrokenAct):
            _ = act.entry
        entry = act.write("停机")

    assert (act.entry, item.last_entry, entry.words.text) == (entry, entry, "停机")
    assert columns_of(item) == row_of(item)


def test_writing_gives_the_status_at_once_and_leaving_saves_it(item):
    with hold(item) as act:
        item.held_on = TODAY
        act.write("停机")
        assert (item.status, row_of(item)["status"]) == ("on_hold", "in_progress")

    assert (row_of(item)["status"], row_of(item)["held_on"]) == ("on_hold", TODAY)


def test_only_what_changed_is_saved(item):
    with CaptureQueriesContext(connection) as asked, hold(item) as act:
        item.held_on = TODAY
        act.write("停机")

    (sql,) = [each["sql"] for each in asked if each["sql"].startswith('UPDATE "items_item"')]
    columns = re.findall(r'"(\w+)" = ', sql.partition(" WHERE ")[0])
    assert set(columns) == {
        *("held_on", "status", "last_entry_id", "last_news_id", "version"),
        "search_text",  # with the reason
    }


def test_a_key_means_the_item_as_it_stands_now(item):
    seen = Item.objects.get(pk=item.pk)
    changed_by_another(item)

    by = factories.office_of(item)
    with acting("put_on_hold", item.pk, by=by, now=NOW) as act:
        act.write("停机")

    assert act.item.version == seen.version + 2
    assert columns_of(act.item) == row_of(item)


def test_posts_and_people_are_told_once_and_whoever_acts_is_not(item):
    owner, office = factories.owner_of(item), factories.office_of(item)
    vacant = factories.VacantPost(committee=item.list.committee)

    with hold(item) as act:
        act.write("停机")
        act.tell(item.owner_post, owner, office, None, vacant)

    assert [notice.person for notice in Notice.objects.filter(entry=act.entry)] == [owner]
    assert act.entry.notified == (owner,)


def test_what_is_written_more_than_once_belongs_together(item):
    supervisor, office = factories.supervisor_of(item), factories.office_of(item)
    with acting("log_visit", item, by=supervisor, now=NOW) as act:
        first = act.write("正在施工", facts={"how": "on_site"})
        act.tell(item.owner_post)
        second = act.write("靠背", verb="add_photo", public=False)
        act.tell(office)

    assert (act.entry, item.last_entry, item.last_news) == (first, second, first)
    assert (first.seq + 1, first.role, second.role) == (second.seq, "supervisor", "supervisor")
    assert (first.notified, second.notified) == ((factories.owner_of(item),), (office,))
    assert verify(item.list) == []


def test_whoever_may_not_do_the_second_does_neither(item):
    before = row_of(item)

    def hold_and_sign_off():
        with hold(item) as act:
            act.write("停机")
            act.write("签", verb="sign_off")

    with pytest.raises(Refused):
        hold_and_sign_off()

    assert (row_of(item), columns_of(item)) == (before, before)
    assert verify(item.list) == []


# What breaks it


def test_no_act_is_done_inside_another(item):
    before = row_of(item)

    def hold_another_inside():
        with hold(item) as act:
            act.write("停机")
            factories.hold(Item.objects.get(pk=item.pk), now=NOW)

    with pytest.raises(BrokenAct, match="a transaction of its own"):
        hold_another_inside()

    assert (row_of(item), columns_of(item)) == (before, before)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("emptied_tables")
def test_no_act_is_done_inside_another_transaction():
    item = factories.item_at("in_progress")

    with pytest.raises(BrokenAct), transaction.atomic(), hold(item):
        pytest.fail("It was nested.")


def test_leaving_without_an_entry_is_a_mistake_of_ours(item):
    before = row_of(item)

    with pytest.raises(BrokenAct, match=r"put_on_hold was left without act\.write"), hold(item):
        change(item)

    assert (row_of(item), columns_of(item)) == (before, before)


def test_leaving_a_list_without_an_entry_is_a_mistake_of_ours():
    item_list = factories.published_item().list
    item_list = ItemList.objects.get(pk=item_list.pk)
    before, by = row_of(item_list), factories.office(item_list.committee)

    closing = acting_on_list("close_list", item_list, by=by, now=NOW)
    with pytest.raises(BrokenAct, match="close_list was left"), closing:
        item_list.status = "closed"

    assert (row_of(item_list), columns_of(item_list)) == (before, before)


def test_an_act_on_a_post_may_find_nothing_published():
    post = factories.Item().owner_post
    by = factories.office(post.committee)

    with acting_on_post("appoint", post, by=by, now=NOW) as act:
        pass

    assert (act.thing, act.entries) == (post, [])


# After any exception the caller's item is as its row


def refuse():
    raise Refused("否")


def fail():
    raise ZeroDivisionError


def break_the_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT nothing")


@pytest.mark.parametrize(
    ("happens", "error"),
    [(refuse, Refused), (fail, ZeroDivisionError), (break_the_database, DatabaseError)],
)
@pytest.mark.parametrize("written", [False, True], ids=["before the entry", "after it"])
def test_item_is_as_its_row_after(item, happens, error, written):
    before = row_of(item)
    item.owner_post, item.measures.all()  # what is remembered of it, too

    def hold_and_fail():
        with hold(item) as act:
            change(item)
            if written:
                act.write("停机")
            assert columns_of(item) != before  # else nothing would have to be put back
            happens()

    with pytest.raises(error):
        hold_and_fail()

    assert (columns_of(item), row_of(item)) == (before, before)
    assert item.owner_post_id == item.owner_post.pk == before["owner_post_id"]
    assert verify(item.list) == []


def test_item_is_as_its_row_when_leaving_fails(item, monkeypatch):
    before = row_of(item)
    monkeypatch.setattr(Notice.objects, "bulk_create", lambda notices: fail())

    with pytest.raises(ZeroDivisionError):
        factories.hold(item, now=NOW)

    assert (columns_of(item), row_of(item)) == (before, before)


def test_refusal_that_is_caught_inside_leaves_nothing_behind(item):
    before = row_of(item)

    def hold_and_go_on():
        with hold(item) as act:
            change(item)
            with pytest.raises(PersonalData):
                act.write("找张师傅13812345678")

    with pytest.raises(BrokenAct):
        hold_and_go_on()

    assert (columns_of(item), row_of(item)) == (before, before)


def test_item_is_as_its_row_after_a_conflict(item):
    changed_by_another(item)

    with pytest.raises(Conflict), hold(item):
        pytest.fail("It was taken as it was.")

    assert columns_of(item) == row_of(item)


def test_item_is_as_its_row_when_the_rules_refuse(item):
    before = row_of(item)

    with pytest.raises(Refused), acting("sign_off", item, by=factories.Person(), now=NOW):
        pytest.fail("A stranger got in.")

    assert columns_of(item) == row_of(item) == before


# The yes is handed on, and ends with its act


def test_yes_is_recorded_with_the_entry_and_holds_for_no_other(item):
    with hold(item, yes=True) as act:
        act.write("找张师傅13812345678")
    resuming = acting("resume", item, by=factories.office_of(item), now=NOW)
    with pytest.raises(PersonalData), resuming as after:
        after.write("找张师傅13812345678")

    assert act.entry.facts == {"personal": ["mobile"]}
    assert row_of(item)["status"] == "on_hold"

"""Locks: nobody slips in between, nobody waits in a circle, nobody finds the database locked.

Each has its control: the same with the lock off, or with a wrong one.
"""

from threading import Barrier, Event

import pytest
from django.db import (
    IntegrityError,
    OperationalError,
    connection,
    connections,
    transaction,
)

from items import actions
from items.actions import duty
from items.actions import list as list_actions
from items.errors import Refused
from items.ledger import act as ledger_act
from items.ledger.entries import write_entry
from items.ledger.verify import verify
from items.models import Entry, Item, ItemList, versioned
from tests import factories
from tests.factories import NOW, TODAY
from tests.items.racing import together, until_done

pytestmark = pytest.mark.usefixtures("emptied_tables")

REPORTERS = 16
ON_SQLITE = connection.vendor == "sqlite"


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def count(done, kind):
    return sum(isinstance(each, kind) for each in done)


# A post whose holder changes while an item is handed over to it


def hand_over_and_appoint(monkeypatch):
    """Appoint the supervisor to the post that the item is being handed over to."""
    one = factories.Item()
    factories.Item(list=one.list, owner_post=one.owner_post)  # the leader keeps one
    factories.publish(one.list)
    item, office = fresh(one), factories.office_of(one)
    to, supervisor = factories.Post(committee=one.list.committee), factories.supervisor_of(one)
    looked, appointed, look = Event(), Event(), duty._new_gaps

    def look_and_wait(*args):
        found = look(*args)
        looked.set()
        appointed.wait(0.7)
        return found

    def appoint():
        looked.wait(30)
        entries = actions.appoint(to, supervisor, by=office, now=NOW)
        appointed.set()
        return entries

    monkeypatch.setattr(duty, "_new_gaps", look_and_wait)
    said = {"to": to, "duty": "owner", "by": office, "reason": "分工调整", "now": NOW}
    done = together(lambda: actions.hand_over_item(item, **said), appoint)
    return done, fresh(one)


def test_nobody_comes_to_check_their_own_work_in_between(monkeypatch):
    done, item = hand_over_and_appoint(monkeypatch)

    assert [type(each) for each in done] == [Entry, Refused]
    assert item.owner_post.holder(TODAY) != item.supervisor_post.holder(TODAY)


def test_without_the_lock_on_the_post_they_would(monkeypatch):
    monkeypatch.setattr(ledger_act, "locked_post", fresh)

    _done, item = hand_over_and_appoint(monkeypatch)

    same = item.owner_post.holder(TODAY) == item.supervisor_post.holder(TODAY)
    assert same is not ON_SQLITE  # where a transaction lets no other begin


# An item that comes to a post while its holder changes


def add_item_while_appointing(monkeypatch):
    """Add an item to a post once an appointment to it has looked which items it has."""
    one = factories.published_item()
    posts = {"owner_post": one.owner_post, "supervisor_post": one.supervisor_post}
    said = {"by": factories.office_of(one), "now": NOW}
    looked, added, look = Event(), Event(), duty._items_of

    def look_and_wait(post):
        items = look(post)
        looked.set()
        added.wait(0.7)
        return items

    def add():
        looked.wait(30)
        draft = factories.draft(**posts)
        item = actions.add_item(fresh(one.list), draft, reason="职工新提", **said)
        added.set()
        return item

    monkeypatch.setattr(duty, "_items_of", look_and_wait)
    person = factories.Person()
    return together(lambda: actions.appoint(one.owner_post, person, **said), add)


def test_no_item_comes_past_an_appointment(monkeypatch):
    done = add_item_while_appointing(monkeypatch)

    assert [type(each) for each in done] == [list, Item]


def test_without_the_lock_on_its_posts_it_would(monkeypatch):
    monkeypatch.setattr(list_actions, "lock_posts", list)

    done = add_item_while_appointing(monkeypatch)

    assert count(done, IntegrityError) == (0 if ON_SQLITE else 1)


# Nobody waits for each other in a circle, nobody finds the database locked


def write_while_the_list_is_locked(lock_list):
    """Commit an entry, which points to its list, while somebody who waits for it holds the list."""
    item = factories.item_at("in_progress")
    written, locked = Event(), Event()
    who = {"by": factories.owner_of(item), "role": "owner", "happened_on": TODAY, "now": NOW}

    def write():
        with transaction.atomic():
            write_entry(item.list, "log_visit", item=item, **who)
            written.set()
            locked.wait(0.7)

    def write_later():
        written.wait(30)
        with transaction.atomic():
            lock_list(fresh(item.list))
            locked.set()
            write_entry(item.list, "log_visit", item=item, **who)

    return together(write, write_later)


def test_an_entry_never_waits_for_whoever_waits_for_it():
    assert write_while_the_list_is_locked(versioned.lock) == [None, None]


def test_with_a_full_lock_it_would():
    def lock_fully(row):
        ItemList.objects.select_for_update().get(pk=row.pk)

    done = write_while_the_list_is_locked(lock_fully)

    assert count(done, OperationalError) == (0 if ON_SQLITE else 1)


def everybody_at_once():
    """Let the work go on while posts change hands, items are added and the list is closed."""
    first = factories.Item()
    posts = {"owner_post": first.owner_post, "supervisor_post": first.supervisor_post}
    factories.Item.create_batch(5, list=first.list, **posts)
    factories.publish(first.list)
    item_list, office = first.list, factories.office_of(first)
    items, owner = list(item_list.items.all()), factories.owner_of(first)
    said = {"by": office, "now": NOW}
    acts = [
        lambda item=item: actions.report_progress(fresh(item), by=owner, text="继续", now=NOW)
        for item in items
    ]
    acts += [
        lambda person=person: actions.appoint(first.supervisor_post, person, **said)
        for person in factories.Person.create_batch(3)
    ]
    acts += [
        lambda: actions.add_item(
            fresh(item_list), factories.draft(**posts), reason="职工新提", **said
        ),
        lambda: actions.close_list(fresh(item_list), **said),
    ]
    return item_list, together(*(lambda act=act: until_done(act) for act in acts))


def test_everybody_at_once():
    item_list, done = everybody_at_once()

    allowed = (Entry, Item, list, Refused)  # refused: what came after the list was closed
    assert [each for each in done if not isinstance(each, allowed)] == []
    assert verify(item_list) == []


if ON_SQLITE:

    def test_transactions_that_begin_as_readers_find_the_database_locked(monkeypatch):
        # The control of every race above: on SQLite it is IMMEDIATE that makes them wait.
        options = {**connections.settings["default"]["OPTIONS"], "transaction_mode": "DEFERRED"}
        monkeypatch.setitem(connections.settings["default"], "OPTIONS", options)
        item, both_read = factories.Item(), Barrier(2)

        def save():
            with transaction.atomic():
                row = fresh(item)
                both_read.wait(30)
                row.save()

        done = together(save, save)

        assert count(done, OperationalError) == 1

"""Two people at the same moment, on a real database: nothing is lost and nothing done twice.

Each protection has its control: the same race with the protection off, which has to lose.
"""

from contextlib import suppress
from threading import Barrier, Event

import pytest
from django.db import (
    IntegrityError,
    connection,
    models,
    transaction,
)

from items import actions
from items.actions import list as list_actions
from items.actions import year
from items.errors import Conflict, Refused
from items.ledger import act as ledger_act
from items.ledger.verify import verify
from items.models import Committee, Entry, Item
from items.models.versioned import Versioned, lock
from items.rules import permission
from tests import factories
from tests.factories import NOW, TODAY
from tests.items.actions.acts import PUT_RIGHT_BY, choose
from tests.items.racing import together, until_done

pytestmark = [pytest.mark.usefixtures("emptied_tables"), pytest.mark.crawl]

REPORTERS = 16
ON_SQLITE = connection.vendor == "sqlite"


@pytest.fixture
def unprotected(monkeypatch):
    """Switch off the check that a row is still the one that was read."""
    monkeypatch.setattr(ledger_act, "lock", lambda row, *joined: None)
    monkeypatch.setattr(list_actions, "lock", lambda row: None)
    forget_versions(monkeypatch)


def forget_versions(monkeypatch):
    monkeypatch.setattr(Versioned, "_do_update", models.Model._do_update)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def verbs(item):
    return list(item.entries.values_list("verb", flat=True))


def count(done, kind):
    return sum(isinstance(each, kind) for each in done)


# Two supervisors' sign-offs


def sign_off_twice(item):
    """Let two browsers that both show the claim sign it off."""
    supervisor, shown = factories.supervisor_of(item), [fresh(item), fresh(item)]
    said = {"found": "看过", "how": "on_site", "done_on": item.done_on, "now": NOW}
    return together(
        *(lambda row=row: actions.sign_off_item(row, by=supervisor, **said) for row in shown)
    )


def test_two_sign_offs_make_one():
    item = factories.item_at("pending_check")

    done = sign_off_twice(item)

    assert (count(done, Entry), count(done, Conflict)) == (1, 1)
    assert verbs(item).count("sign_off") == 1
    assert verify(item.list) == []


def test_unprotected_they_make_two(unprotected):
    item = factories.item_at("pending_check")

    done = sign_off_twice(item)

    assert count(done, Entry) == 2
    assert verbs(item).count("sign_off") == 2


# Sixteen progress reports


def report_all_together(item, read=fresh):
    """Let every reporter add one to the count that they read."""
    owner = factories.owner_of(item)

    def report(number):
        row = read(item)
        said = {"text": f"第{number}间", "done_count": (row.done_count or 0) + 1}
        return actions.report_progress(row, by=owner, now=NOW, **said)

    return together(*(lambda n=n: until_done(lambda: report(n)) for n in range(REPORTERS)))


def test_no_report_is_lost():
    item = factories.item_at("in_progress", target_count=REPORTERS)

    done = report_all_together(item)

    assert count(done, Entry) == REPORTERS
    assert verbs(item).count("report_progress") == REPORTERS
    assert fresh(item).done_count == REPORTERS
    said = item.entries.filter(verb="report_progress").values_list("facts__done_count", flat=True)
    assert list(said) == list(range(1, REPORTERS + 1))
    assert seqs(item.list) == list(range(1, len(seqs(item.list)) + 1))
    assert verify(item.list) == []


def test_unprotected_the_count_is_lost(unprotected):
    item = factories.item_at("in_progress", target_count=REPORTERS)
    everybody_read = Barrier(REPORTERS)

    def read(row):
        row = fresh(row)
        everybody_read.wait(30)
        return row

    report_all_together(item, read)

    assert fresh(item).done_count == 1


def seqs(item_list):
    return list(item_list.entries.order_by("seq").values_list("seq", flat=True))


# Saving a row that somebody else saved


def save_both(item, save):
    """Let two people change different columns of the row that both read."""
    one, two = fresh(item), fresh(item)
    one.remark, two.budget = "给物业的备注", "三万元"
    return together(lambda: save(one), lambda: save(two))


def test_lost_update_is_refused():
    item = factories.Item()

    done = save_both(item, Item.save)

    assert (count(done, Conflict), count(done, type(None))) == (1, 1)
    row = fresh(item)
    assert sorted([bool(row.remark), bool(row.budget)]) == [False, True]
    assert row.version == item.version + 1


def test_plain_save_loses_one(monkeypatch):
    item = factories.Item()
    forget_versions(monkeypatch)

    done = save_both(item, Item.save)

    assert done == [None, None]
    row = fresh(item)
    assert sorted([bool(row.remark), bool(row.budget)]) == [False, True]


def test_refused_save_can_be_tried_again():
    item = factories.Item()
    row = fresh(item)
    row.number = 0  # against a constraint
    with pytest.raises(IntegrityError):
        row.save()

    row.number = 9
    row.save()

    assert (fresh(item).number, fresh(item).version) == (9, row.version)


# New items and the list


def add_items(item_list, how_many):
    office, post = factories.office(item_list.committee), item_list.items.first()
    posts = {"owner_post": post.owner_post, "supervisor_post": post.supervisor_post}

    def add():
        draft = factories.draft(**posts)
        said = {"by": office, "reason": "职工新提", "now": NOW}
        return actions.add_item(fresh(item_list), draft, **said)

    return together(*[lambda: until_done(add)] * how_many)


def test_new_items_get_consecutive_numbers():
    item_list = factories.published_item(number=24).list

    done = add_items(item_list, 16)

    assert count(done, Item) == 16
    numbers = item_list.items.values_list("number", flat=True)
    assert sorted(numbers) == list(range(24, 41))
    assert verify(item_list) == []


def publish_twice(item_list):
    office, shown = factories.office(item_list.committee), [fresh(item_list), fresh(item_list)]
    return together(
        *(lambda row=row: actions.publish_list(row, by=office, now=NOW) for row in shown)
    )


def test_list_is_published_once():
    item_list = factories.Item().list

    done = publish_twice(item_list)

    assert (count(done, list), count(done, Conflict)) == (1, 1)
    assert list(item_list.entries.values_list("verb", flat=True)) == ["publish", "publish"]
    assert verify(item_list) == []


def test_draft_written_while_the_list_is_published_is_in_it_or_refused():
    item = factories.Item()
    posts = {"owner_post": item.owner_post, "supervisor_post": item.supervisor_post}
    office, shown = factories.office_of(item), fresh(item.list)
    draft = factories.draft(**posts)

    publish, written = together(
        lambda: actions.publish_list(fresh(item.list), by=office, now=NOW),
        lambda: actions.write_draft(shown, 2, draft, by=office, now=NOW),
    )

    assert isinstance(publish, list)
    assert isinstance(written, Item | Refused)
    assert not Item.objects.filter(status="draft").exists()


# An address while it changes hands


def take_while_it_is_given_up():
    """Let a new committee ask for an address while another transaction gives it up."""
    committee = factories.Committee(slug="one")
    given_up, asked = Event(), Event()

    def give_up():
        with transaction.atomic():
            committee.slug = "two"
            committee.save()
            given_up.set()
            asked.wait(1)  # where the unique index lets nobody pass, it is asked until the commit

    def take():
        given_up.wait(30)
        try:
            factories.Committee(slug="one", organisation=committee.organisation)
        finally:
            asked.set()

    return together(give_up, take)


def test_address_that_is_being_given_up_is_nobody_elses():
    assert count(take_while_it_is_given_up(), IntegrityError) == 1
    assert Committee.objects.get().slug == "two"


def test_without_its_guard_the_unique_index_lets_it_pass():
    on = "" if ON_SQLITE else " ON items_committee"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER guard_committee_insert{on}")

    assert count(take_while_it_is_given_up(), IntegrityError) == 0
    assert Committee.objects.count() == 2


def rename_at_once(committee):
    """Let two people who read one address change it, each to another."""

    def rename(slug):
        row = fresh(committee)
        row.slug = slug
        row.save()

    return together(*(lambda slug=slug: rename(slug) for slug in ("two", "three")))


def test_two_who_change_an_address_leave_none_behind():
    committee = factories.Committee(slug="one")

    assert rename_at_once(committee) == [None, None]

    kept = set(committee.former_addresses.values_list("slug", flat=True))
    assert kept | {fresh(committee).slug} == {"one", "two", "three"}


# The year changes while somebody works


def change_year_while(monkeypatch, item, act):
    """Let the year change, and somebody do `act` on the item before the change is done."""
    into, by = choose(item.list), factories.office_of(item)
    looked, go_on = Event(), year._go_on

    def go_on_and_wait(*args):
        entry = go_on(*args)
        looked.set()
        Event().wait(0.7)  # meanwhile the other one waits for a lock, or for the whole database
        return entry

    def do():
        looked.wait(30)
        return act()

    monkeypatch.setattr(year, "_go_on", go_on_and_wait)
    said = {"into": into, "by": by, "now": NOW}
    return together(lambda: actions.change_year(fresh(item.list), **said), do)


def report_on(row, now=NOW):
    return actions.report_progress(row, by=factories.owner_of(row), text="又装了三间", now=now)


def add_photo_to(item):
    said = {"words": "东墙", "file": factories.picture(), "by": factories.owner_of(item)}
    return actions.add_photo(item, now=NOW, **said)


def claim(row):
    return factories.claim(row, now=NOW)


def appoint_owner(item):
    by = factories.office_of(item)
    return actions.appoint(item.owner_post, factories.Person(), by=by, since=TODAY, now=NOW)


ACTS = {"report": report_on, "claim": claim, "photo": add_photo_to}


@pytest.mark.parametrize("name", ACTS)
def test_what_comes_while_the_year_changes_is_refused_and_the_new_list_takes_it(monkeypatch, name):
    item = factories.item_at("in_progress")
    shown = fresh(item)

    changed, done = change_year_while(monkeypatch, item, lambda: ACTS[name](shown))

    assert isinstance(changed, list)
    assert isinstance(done, Refused)
    assert verbs(item)[-1] == "carry_over"
    new = Item.objects.get(carried_from=item)
    assert new.status == "in_progress"
    ACTS[name](new)
    assert verify(item.list) == verify(new.list) == []


def test_what_was_there_before_the_year_changed_goes_along():
    item = factories.item_at("in_progress", target_count=9)
    into, by = choose(item.list), factories.office_of(item)
    owner, shown = factories.owner_of(item), fresh(item)
    said = {"text": "第三间", "done_count": 3, "by": owner, "now": NOW}

    changed, reported = together(
        lambda: until_done(
            lambda: actions.change_year(fresh(item.list), into=fresh(into), by=by, now=NOW)
        ),
        lambda: actions.report_progress(shown, **said),
    )

    assert isinstance(changed, list)
    new = Item.objects.get(carried_from=item)
    there = isinstance(reported, Entry)
    assert there or isinstance(reported, Refused)
    assert new.done_count == (3 if there else None)  # it goes along, or was refused
    assert verify(item.list) == verify(new.list) == []


def test_appointment_while_the_year_changes_is_on_the_list_that_runs(monkeypatch):
    item = factories.item_at("in_progress")

    changed, done = change_year_while(monkeypatch, item, lambda: appoint_owner(item))

    assert isinstance(changed, list)
    assert isinstance(done, list | Refused)
    assert verbs(item)[-1] == "carry_over"


def reopen_while_it_closes(monkeypatch):
    """Let a resolved item be reopened while its list is closed with the change of year."""
    item = factories.item_at("resolved")
    posts = {"owner_post": item.owner_post, "supervisor_post": item.supervisor_post}
    by, shown = factories.office_of(item), fresh(item)
    said = {"by": by, "reason": "新提", "now": NOW}
    other = actions.add_item(fresh(item.list), factories.draft(**posts), **said)
    supervisor = factories.supervisor_of(item)

    def reopen():
        said = {"reason": "又坏了", "put_right_by": PUT_RIGHT_BY, "now": NOW}
        return actions.reopen_item(shown, by=supervisor, **said)

    return item, *change_year_while(monkeypatch, other, reopen)


def test_nothing_is_reopened_on_a_list_that_is_being_closed(monkeypatch):
    item, changed, done = reopen_while_it_closes(monkeypatch)

    assert isinstance(changed, list)
    assert isinstance(done, Refused)
    assert fresh(item).status == "resolved"
    assert fresh(item.list).closing_figures["resolved"] == 1
    assert verify(item.list) == []


def test_without_guard_and_versions_it_would_be(monkeypatch):
    if ON_SQLITE:  # there is no waiting for a row: who comes later reads anew
        monkeypatch.setattr(permission, "list_is_closed", lambda: "")
    on = "" if ON_SQLITE else " ON items_entry"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER guard_entry_closed{on}")
    monkeypatch.setattr(ledger_act, "lock", lock_without_versions)
    forget_versions(monkeypatch)

    item, changed, done = reopen_while_it_closes(monkeypatch)

    assert isinstance(changed, list)
    assert isinstance(done, Entry)
    assert fresh(item.list).closing_figures["resolved"] == 1
    assert fresh(item).status == "in_progress"


def lock_without_versions(row, *joined):
    row.version = type(row).objects.values_list("version", flat=True).get(pk=row.pk)
    with suppress(Conflict):
        lock(row, *joined)


def change_twice(item):
    into, by = choose(item.list), factories.office_of(item)
    shown = [fresh(item.list), fresh(item.list)]
    said = {"into": into, "by": by, "now": NOW}
    return into, together(*(lambda row=row: actions.change_year(row, **said) for row in shown))


def test_two_clicks_change_one_year():
    item = factories.item_at("in_progress")

    into, done = change_twice(item)

    assert (count(done, list), count(done, Conflict)) == (1, 1)
    assert Item.objects.filter(carried_from=item).count() == 1
    assert [e.verb for e in into.entries.filter(item=None)] == ["publish"]
    assert verbs(item).count("carry_over") == 1
    assert verify(item.list) == verify(into) == []

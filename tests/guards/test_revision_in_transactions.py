"""The revision beside other people's transactions, and when its triggers go and come back."""

from threading import Event

import pytest
from django.db import OperationalError, connection, transaction

from items.guards import triggers
from items.models import Committee, Person, Revision
from items.models.revision import current_revision
from tests import factories
from tests.guards.test_revision import ON_SQLITE, run
from tests.items.racing import together

pytestmark = pytest.mark.crawl


def test_number_begins_anew_when_the_triggers_do(emptied_tables):
    before = current_revision()

    triggers.remove(connection)
    away = current_revision()
    triggers.install(connection)

    assert (before > 0, away) == (True, 0)
    assert current_revision() not in (0, before)
    assert Revision.objects.count() == 1


# With other people's transactions


def test_rolled_back_change_bumps_not(emptied_tables):
    person, before = factories.Person(), current_revision()

    with transaction.atomic():
        Person.objects.filter(pk=person.pk).update(name="另一人")
        transaction.set_rollback(True)
    assert current_revision() == before

    with transaction.atomic(), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(name="另一人")
        transaction.set_rollback(True)
    assert current_revision() == before


def test_change_and_its_number_are_seen_at_once(emptied_tables):
    committee, before = factories.Committee(), current_revision()
    before, seen = current_revision(), {}
    written, looked = Event(), Event()

    def write():
        with transaction.atomic():
            Committee.objects.filter(pk=committee.pk).update(name="新名")
            written.set()
            looked.wait(30)

    def look():
        written.wait(30)
        seen["meanwhile"] = current_revision(), Committee.objects.get().name
        looked.set()

    assert together(write, look) == [None, None]

    assert seen["meanwhile"] == (before, committee.name)
    assert current_revision() > before


if not ON_SQLITE:  # which has one writer at a time

    def two_at_once(first_does):
        """Let two transactions that are open at once rename a committee each."""
        one, other = factories.Committee.create_batch(2)
        written, committed = Event(), Event()

        def rename(committee):
            Committee.objects.filter(pk=committee.pk).update(name="新名")

        def first():
            with transaction.atomic():
                first_does()
                rename(one)
                written.set()
                committed.wait(2)

        def second():
            written.wait(30)
            with transaction.atomic():
                run("SET LOCAL lock_timeout = '200ms'")
                rename(other)
            committed.set()

        return together(first, second)

    def test_writers_do_not_wait_for_each_other(emptied_tables):
        assert two_at_once(lambda: None) == [None, None]

    def test_were_it_not_deferred_they_would(emptied_tables):
        _first, second = two_at_once(lambda: run("SET CONSTRAINTS ALL IMMEDIATE"))

        assert isinstance(second, OperationalError)

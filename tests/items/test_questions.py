"""Questions that are written once: as SQL for each connection, as a plan for each session."""

import gc
from weakref import WeakSet

import django.db
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from items import questions
from items.models import Item
from items.models.post import _posts
from items.questions import WrittenOnce, counted, written_once
from tests import factories
from tests.items.racing import together
from tests.limits import limit

pytestmark = pytest.mark.django_db

POSTGRESQL = connection.vendor == "postgresql"


def test_as_many_values_as_it_has_places():
    with pytest.raises(ValueError, match="shorter"):
        _posts()


def test_keys_however_many():
    items = [factories.Item() for _ in range(3)]

    @written_once
    def some(keys: list[int]):
        return Item.objects.filter(pk__in=keys).order_by("pk")

    @written_once
    def how_many(keys: list[int]):
        return counted(Item.objects.filter(pk__in=keys))

    for keys in ([], [items[1].pk], [item.pk for item in items], range(1), (items[2].pk,) * 2):
        assert [row.pk for row in some(keys)] == sorted({*keys} & {row.pk for row in items})
        assert (how_many.one(keys) or 0) == len(some(keys))
    forget(some, how_many)


def forget(*made):
    for question in made:
        questions.KNOWN.remove(question)


# One session


def asked_by(ask):
    with CaptureQueriesContext(connection) as asked:
        ask()
    return [each["sql"] for each in asked]


def ask_for_posts():
    return _posts([1])


def test_sql_is_written_once(monkeypatch):
    limit(monkeypatch, questions)  # as in a process that has just begun
    calls = []
    monkeypatch.setattr(_posts, "ask", noting(calls, _posts.ask))

    for _time in range(3):
        ask_for_posts()

    assert len(calls) == 1


def noting(calls, ask):
    def noted(*values):
        calls.append(values)
        return ask(*values)

    return noted


def plans():
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM pg_prepared_statements")
        return cursor.fetchone()[0]


def new_question():
    question = WrittenOnce(lambda pk: Item.objects.filter(pk=pk))
    forget(question)
    return question


if POSTGRESQL:  # SQLite keeps no plans, and has no session to lose

    def test_plan_is_made_once_in_a_session():
        question = new_question()

        before = plans()
        asked = [asked_by(lambda: question(1)) for _time in range(3)]

        assert [[sql.split()[0] for sql in each] for each in asked] == [["EXECUTE"]] * 3
        assert plans() == before + 1

    def test_behind_a_pooler_no_plan_is_kept(monkeypatch):
        monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)

        assert [sql.split()[0] for sql in asked_by(ask_for_posts)] == ["SELECT"]

    def test_after_the_connection_was_lost_it_is_planned_anew(emptied_tables):
        ask_for_posts()
        connection.close()

        assert ask_for_posts() == []
        assert plans() == 1

    def test_session_that_was_lost_unseen_is_found_out_before_the_question(emptied_tables):
        question = new_question()
        question(1)
        connection.connection.close()  # as when the server was restarted between two requests
        connection.health_check_enabled, connection.health_check_done = True, False

        assert question(1) == []


def test_each_thread_asks_over_its_own_connection(emptied_tables):
    item, question, connections = factories.Item(), new_question(), WeakSet()

    def ask():
        connections.add(django.db.connections["default"])
        return question(item.pk)

    assert together(ask, ask, ask) == [[item]] * 3
    gc.collect()
    assert not connections  # what was written for them doesn't keep them alive

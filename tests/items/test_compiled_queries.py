"""Compiled queries: what they take and refuse, and how long their SQL is kept."""

import gc
from weakref import WeakSet

import django.db
import pytest
from django.db import connection

from items import compiled_queries
from items.compiled_queries import CompiledQuery, counted
from items.models import Item, Part
from items.models.post import _posts
from tests import factories
from tests.items.racing import together
from tests.limits import limit

pytestmark = pytest.mark.django_db


@pytest.fixture
def query():
    """Return a function that compiles a query for one test."""
    made = []

    def make(build):
        made.append(CompiledQuery(build))
        return made[-1]

    yield make
    for each in made:
        compiled_queries.REGISTRY.remove(each)


def test_as_many_values_as_it_has_parameters():
    with pytest.raises(ValueError, match="shorter"):
        _posts()


def test_none_is_refused(query):
    with_unit = query(lambda unit: Part.objects.filter(unit=unit))

    with pytest.raises(ValueError, match="takes no None"):
        with_unit(None)


@pytest.mark.parametrize(
    "build",
    [
        lambda pk: Item.objects.filter(pk=pk).prefetch_related("measures"),
        lambda pk: Item.objects.using("elsewhere").filter(pk=pk),
    ],
    ids=["prefetch", "database"],
)
def test_more_than_one_query_of_the_default_database_is_refused(query, build):
    with pytest.raises(ValueError, match="one query of the default database"):
        query(build)(1)


def test_keys_however_many(query):
    items = [factories.Item() for _ in range(3)]

    def rows(keys: list[int]):
        return Item.objects.filter(pk__in=keys).order_by("pk")

    def number(keys: list[int]):
        return counted(Item.objects.filter(pk__in=keys))

    some, how_many = query(rows), query(number)

    for keys in ([], [items[1].pk], [item.pk for item in items], range(1), (items[2].pk,) * 2):
        assert [row.pk for row in some(keys)] == sorted({*keys} & {row.pk for row in items})
        assert (how_many.one(keys) or 0) == len(some(keys))


def test_sql_is_compiled_query(monkeypatch):
    limit(monkeypatch, compiled_queries)  # as in a process that has just begun
    calls, build = [], _posts.build
    monkeypatch.setattr(_posts, "build", lambda keys: calls.append(keys) or build(keys))

    for _time in range(3):
        assert _posts([1]) == []

    assert len(calls) == 1


def test_sql_outlives_a_lost_connection(emptied_tables):
    item = factories.Item()
    post = item.owner_post

    assert _posts([post.pk]) == [post]
    connection.close()
    assert _posts([post.pk]) == [post]


def test_each_thread_compiles_for_its_own_connection(emptied_tables, query):
    item, connections = factories.Item(), WeakSet()
    wanted = query(lambda pk: Item.objects.filter(pk=pk))

    def ask():
        connections.add(django.db.connections["default"])
        return wanted(item.pk)

    assert together(ask, ask, ask) == [[item]] * 3
    gc.collect()
    assert not connections  # what was compiled for them doesn't keep them alive

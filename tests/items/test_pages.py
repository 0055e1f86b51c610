"""A long list comes in pages under its whole equation; a very long one has a bar for a strip."""

from copy import deepcopy
from importlib import import_module

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from items import queries
from items.public import BoardSearch
from items.queries import cells
from tests import factories
from tests.factories import DUE, NOW, TODAY, days
from tests.items.actions.acts import fresh
from tests.limits import limit

LATER = DUE + days(5)
COUNT, PAGE_SIZE = 7, 3
MODULES = [import_module(f"items.queries.{name}") for name in ("board", "find")]


@pytest.fixture(scope="module")
def list_of_the_file(kept_rows):
    """Publish seven items; the fourth is in progress, and moved last."""
    first = factories.Item(title="改善1")
    for number in range(2, COUNT + 1):
        factories.another(first, title=f"改善{number}" if number % 2 else f"更换{number}")
    factories.publish(first.list)
    factories.start(first.list.items.get(number=4), now=NOW)
    return fresh(first.list)


@pytest.fixture
def item_list(list_of_the_file, db, monkeypatch):
    for module in MODULES:
        limit(monkeypatch, module, PAGE_SIZE=PAGE_SIZE)
    return deepcopy(list_of_the_file)


def short(monkeypatch, blocks):
    limit(monkeypatch, cells, BLOCKS=blocks)


def numbers(shown):
    return [row.number for row in shown.rows]


def pages(ask):
    """Return the numbers on each page of what is asked."""
    return [numbers(ask(page)) for page in range(1, ask(1).pages + 1)]


def test_board_shows_every_number_once_in_pages_under_the_whole_equation(item_list):
    def ask(page):
        return queries.board(item_list.slug, TODAY, page=page)

    assert pages(ask) == [[1, 2, 3], [4, 5, 6], [7]]
    assert {(ask(n).arithmetic.total, ask(n).count, len(ask(n).strip)) for n in (1, 2, 3)} == {
        (7, 7, 7)
    }
    assert [move.number for move in ask(3).recent.moves] == [4]


def test_group_comes_in_pages_of_its_own(item_list):
    def ask(page):
        return queries.board(item_list.slug, TODAY, "not_started", page)

    assert pages(ask) == [[1, 2, 3], [5, 6, 7]]
    assert (ask(2).count, ask(2).dim) == (6, {4})


@pytest.mark.parametrize("blocks", [200, 2])
def test_what_is_found_comes_in_pages(item_list, monkeypatch, blocks):
    short(monkeypatch, blocks)

    def ask(page):
        return queries.find(item_list.slug, TODAY, BoardSearch(q="改善"), page).board

    assert pages(ask) == [[1, 3, 5], [7]]
    assert {ask(page).count for page in (1, 2)} == {4}
    assert {ask(page).dim for page in (1, 2)} == {frozenset({2, 4, 6} if blocks > 2 else ())}


@pytest.mark.parametrize("blocks", [200, 2])
@pytest.mark.parametrize(("asked", "shown"), [(-1, 1), (0, 1), (4, 3), (99999, 3)])
def test_odd_page_is_the_nearest_that_there_is(item_list, monkeypatch, blocks, asked, shown):
    short(monkeypatch, blocks)
    for found in (
        queries.board(item_list.slug, TODAY, page=asked),
        queries.find(item_list.slug, TODAY, BoardSearch(), asked).board,
    ):
        assert (found.page, found.pages, bool(found.rows)) == (shown, 3, True)


def test_nothing_found_is_one_page(item_list):
    found = queries.find(item_list.slug, TODAY, BoardSearch(q="没有的"), 5).board

    assert (found.rows, found.count, found.page, found.pages) == ((), 0, 1, 1)


def test_list_of_too_many_blocks_has_no_strip(item_list, monkeypatch):
    short(monkeypatch, COUNT - 1)

    for page in (queries.board(item_list.slug, TODAY), queries.item_page(item_list.slug, 4, TODAY)):
        assert (page.strip, page.arithmetic.total) == ((), COUNT)
    assert numbers(queries.find(item_list.slug, TODAY, BoardSearch(q="改善")).board) == [1, 3, 5]


def test_item_leads_to_those_beside_it(item_list):
    beside = {n: queries.item_page(item_list.slug, n, TODAY) for n in (1, 4, COUNT)}

    assert {n: (page.previous, page.next) for n, page in beside.items()} == {
        1: (None, 2),
        4: (3, 5),
        COUNT: (6, None),
    }


def test_counts_call_late_what_the_rows_call_late(item_list, monkeypatch):
    limit(monkeypatch, MODULES[0], PAGE_SIZE=COUNT)
    item = item_list.items.get(number=4)
    factories.claim(fresh(item), now=factories.at(LATER))
    factories.sign_off(fresh(item), now=factories.at(LATER))
    factories.hold(fresh(item_list.items.get(number=5)), now=factories.at(LATER))
    factories.withdraw(fresh(item_list.items.get(number=6)), now=factories.at(LATER))

    for day in (DUE, DUE + days(1), LATER):
        shown = queries.board(item_list.slug, day)
        choices = queries.find(item_list.slug, day, BoardSearch()).choices["late"]
        assert shown.overdue_count == sum(row.overdue_days > 0 for row in shown.rows)
        counts = {choice.key: choice.count for choice in choices}
        late = sum(bool(row.overdue_days or row.done_late_days) for row in shown.rows)
        assert counts.get("overdue", 0) == shown.overdue_count
        assert counts.get("1", 0) == late
        assert counts.get("done", 0) == late - shown.overdue_count == 1


def asked_by_each_page(slug):
    with CaptureQueriesContext(connection) as asked:
        for page in (1, 2):
            assert queries.board(slug, TODAY, page=page)
            assert queries.board(slug, TODAY, "not_started", page)
            assert queries.find(slug, TODAY, BoardSearch(q="改善"), page)
        assert queries.item_page(slug, 4, TODAY)
    return asked


def test_very_long_list_asks_a_little_more_than_a_short_one(item_list, monkeypatch):
    few = len(asked_by_each_page(item_list.slug))

    short(monkeypatch, 2)

    # Of each of its seven pages the cells, which the database then counts; of the item its two
    # neighbours.
    assert len(asked_by_each_page(item_list.slug)) == few + 7 + 2


# What no question may read from end to end. A small table is read whole all the same on
# PostgreSQL, unless it is told not to: what is left then is what no index would do for.
EXPLAIN, WHOLE = {
    "sqlite": ("EXPLAIN QUERY PLAN ", "SCAN items_{}"),
    "postgresql": ("EXPLAIN ", "Seq Scan on items_{} "),
}[connection.vendor]


def test_no_question_reads_more_than_the_list(item_list, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)  # shows SQL
    for asked in asked_by_each_page(item_list.slug):
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(EXPLAIN + asked["sql"].replace("%", "%%"), [])
            plan = "\n".join(str(column) for row in cursor.fetchall() for column in row) + " "
        for table in ("item", "entry", "unitshare", "measure"):
            assert WHOLE.format(table) not in plan.replace("\n", " \n"), asked["sql"]

"""The screen on the wall: what it shows of lists of every size, and how it turns."""

import re
import sys

import pytest
from django.urls import reverse
from django.utils import timezone

from items import public, queries
from items.queries.screen import LINES, MOST, STILL, _packed
from tests import factories
from tests.factories import PUBLISHED_ON, TODAY, at, days
from tests.items.actions.acts import close_alone, fresh

pytestmark = pytest.mark.django_db


def published(count, **columns):
    """Return a published list of so many items."""
    first = factories.Item(**columns)
    for _more in range(count - 1):
        factories.another(first, **{"measures": ["换新"], **columns})
    return factories.publish(first.list)


def test_shows_the_boards_own_figures():
    item = factories.item_at("resolved")
    screen, board = (read(item.list.slug, TODAY) for read in (queries.screen, queries.board))

    assert (screen.head, screen.arithmetic, screen.strip) == (
        board.head,
        board.arithmetic,
        board.strip,
    )
    assert (screen.overdue_count, screen.as_of) == (board.overdue_count, board.as_of)


def test_one_page_stands_still_until_there_are_more_items():
    few = published(STILL)
    assert queries.screen(few.slug, TODAY).pages == 1
    more = published(STILL + 1)
    screen = queries.screen(more.slug, TODAY)
    assert screen.pages > 1
    assert len(screen.strip) == STILL + 1


def test_each_item_is_on_one_of_the_pages():
    item_list = published(70, title="改" * 200)
    first = queries.screen(item_list.slug, TODAY)
    seen = []
    for page in range(2, first.pages + 1):
        screen = queries.screen(item_list.slug, TODAY, page)
        assert screen.arithmetic == first.arithmetic
        assert 1 <= len(screen.columns) <= 2
        seen += [row.number for column in screen.columns for row in column]

    assert seen == list(range(1, 71))
    assert queries.screen(item_list.slug, TODAY, 999).page == first.pages  # the list shrank
    assert queries.screen(item_list.slug, TODAY, first.pages).turns_to == 1


def test_columns_take_what_fits_and_always_one():
    assert _packed([4, 4, 4, 11, 1], float) == [(4, 4), (4,), (11,), (1,)]
    assert LINES == 10
    assert _packed([], float) == []


def test_most_pressing_comes_first():
    first = factories.Item(due=TODAY + days(3))
    factories.another(first, due=TODAY - days(4))
    factories.another(first, due=TODAY - days(40))
    factories.publish(first.list)

    assert [row.number for row in queries.screen(first.list.slug, TODAY).left] == [3, 2, 1]


def test_a_longer_list_shows_its_figures_and_what_is_most_pressing(monkeypatch):
    monkeypatch.setattr(sys.modules["items.queries.screen"], "MOST", 30)
    item_list = published(31)
    screen = queries.screen(item_list.slug, TODAY)

    assert (screen.arithmetic.total, screen.pages, screen.strip != ()) == (31, 1, True)
    assert screen.left
    assert MOST == 300


def test_hardship_says_no_more_than_on_the_board():
    item = factories.item_at("in_progress", hardship=True)
    screen, board = (read(item.list.slug, TODAY) for read in (queries.screen, queries.board))

    assert [row for row in board.rows if row in screen.left] == list(screen.left)


@pytest.mark.parametrize("closed", [False, True])
def test_holds_nothing_to_press_and_no_cookie(client, closed):
    item = factories.item_at("in_progress")
    if closed:
        close_alone(fresh(item.list))
    answer = client.get(reverse("screen", args=[item.list.slug]))

    assert (answer.status_code, answer.headers["X-Robots-Tag"]) == (200, "noindex")
    assert ("清单已关闭" in answer.text) is closed
    assert "Set-Cookie" not in answer.headers
    for never in ("<a ", "<form", "style=", "<script>"):
        assert never not in answer.text


def test_without_javascript_it_turns_by_itself(client):
    item_list = published(STILL + 6)
    page, seen = reverse("screen", args=[item_list.slug]), []
    while page not in seen:
        seen.append(page)
        text = client.get(page).text
        seconds, page = re.search(
            r'<noscript><meta http-equiv="refresh" content="(\d+); url=(.*?)">', text
        ).groups()
        assert int(seconds) >= 10

    assert (page, len(seen)) == (
        seen[0],
        queries.screen(item_list.slug, timezone.localdate()).pages,
    )


def test_drafts_have_none(client):
    draft = factories.ItemList()
    assert client.get(reverse("screen", args=[draft.slug])).status_code == 404
    assert queries.screen("no-such-list", TODAY) is None


def test_recent_moves_are_those_of_the_board():
    item = factories.published_item()
    factories.start(item, now=at(PUBLISHED_ON + days(1)))
    screen = queries.screen(item.list.slug, PUBLISHED_ON + days(2))
    board = queries.board(item.list.slug, PUBLISHED_ON + days(2))

    assert screen.moves == board.recent.moves
    assert screen.moved == board.recent.count
    assert isinstance(screen.moves[0], public.Move)

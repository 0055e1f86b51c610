"""Places and themes: items across lists and units, each with the equation of its own rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from items import actions, queries
from items.public import BoardSearch
from tests import factories
from tests.factories import NOW, TODAY
from tests.items.actions.acts import close_alone, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant():
    return factories.Place()


def below(place, **named):
    return factories.Place(committee=place.committee, parent=place, **named)


def at(place, slug="this", **columns):
    return factories.Item(list__committee=place.committee, list__slug=slug, place=place, **columns)


def posts(item):
    return {"owner_post": item.owner_post, "supervisor_post": item.supervisor_post}


def numbers(here):
    return [row.number for row in here.rows]


def questions(ask):
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


def test_place_shows_what_is_there_and_below(plant):
    room = below(below(plant))
    first = at(room)
    factories.another(first, place=below(plant))
    factories.another(first)
    factories.publish(first.list)

    page, inner = (queries.place_page(place.pk, TODAY) for place in (plant, room))

    assert [numbers(here) for here in page.lists] == [[1, 2]]
    assert (page.arithmetic.total, inner.arithmetic.total) == (2, 1)
    assert [link.count for link in page.below] == [1, 1]
    assert [link.number for link in inner.path] == [plant.pk, room.parent_id]


def test_place_shows_open_lists_before_closed_ones(plant):
    old = at(plant, "old")
    factories.publish(old.list)
    old.list.refresh_from_db()
    close_alone(old.list)
    new = at(plant, "new", **posts(old))
    factories.publish(new.list)

    page = queries.place_page(plant.pk, TODAY)

    assert [here.head.slug for here in page.lists] == ["new", "old"]
    assert page.arithmetic.total == 2


def test_place_that_only_a_draft_uses_is_none(plant):
    at(plant)

    assert queries.place_page(plant.pk, TODAY) is None
    assert questions(lambda: queries.place_page(plant.pk, TODAY)) == questions(
        lambda: queries.place_page(plant.pk + 900, TODAY)
    )


def test_place_with_three_items_needs_no_more_questions(plant):
    few = at(plant)
    factories.publish(few.list)
    room = below(factories.Place())
    first = at(room, "more")
    for _more in range(2):
        factories.another(first, place=room)
    factories.publish(first.list)

    one = questions(lambda: queries.place_page(plant.pk, TODAY))
    three = questions(lambda: queries.place_page(room.pk, TODAY))

    assert one == three


def themed(count):
    first = factories.Item()
    theme = factories.Theme(committee=first.list.committee)
    type(first).objects.filter(pk=first.pk).update(theme=theme)
    for _more in range(count - 1):
        factories.another(first, theme=theme)
    factories.another(first)
    factories.publish(first.list)
    return first.list.slug, theme


def test_theme_has_its_own_arithmetic_beside_the_lists():
    slug, theme = themed(3)

    page = queries.theme_page(slug, theme.pk, TODAY)

    assert (page.theme.arithmetic.total, page.board.arithmetic.total) == (3, 4)
    assert numbers(page.board) == [1, 2, 3]
    assert [each.link.name for each in queries.board(slug, TODAY).themes] == [theme.words]


def test_theme_finds_its_items():
    slug, theme = themed(2)

    found = queries.find(slug, TODAY, BoardSearch(theme=str(theme.pk)))

    assert (numbers(found.board), found.unknown) == ([1, 2], False)


def test_theme_of_another_list_is_none():
    slug, _theme = themed(1)
    _slug, other = themed(1)

    assert queries.theme_page(slug, other.pk, TODAY) is None
    assert queries.theme_page("none", other.pk, TODAY) is None


def test_theme_with_three_items_needs_no_more_questions():
    pages = [themed(count) for count in (1, 3)]
    one, three = (
        questions(lambda page=page: queries.theme_page(page[0], page[1].pk, TODAY))
        for page in pages
    )

    assert one == three


def test_no_themes_no_line(client):
    item = factories.published_item()

    assert b'class="together themes"' not in client.get(f"/lists/{item.list.slug}/").content


def test_pages_link_to_exactly_the_items_that_they_count(client):
    slug, theme = themed(2)

    said = client.get(f"/lists/{slug}/themes/{theme.pk}/").content.decode()

    assert f"/lists/{slug}/find/?group=not_started&amp;theme={theme.pk}#found" in said


# What was done at a place by items that are elsewhere


def busy(place, items=1, lines=1):
    """Return an item elsewhere, of a list whose items have so many lines each at the place."""
    first = factories.Item(list__committee=place.committee)
    for _more in range(items - 1):
        factories.another(first)
    factories.publish(first.list)
    for item in first.list.items.all():
        for number in range(lines):
            factories.occasion(fresh(item), what=f"讲座{number}", place=place)
            factories.delivery(fresh(item), what=f"冰箱{number}", place=place)
    return fresh(first)


def said(groups):
    return [(group.item.number, [line.what.zh for line in group.lines]) for group in groups]


def test_place_shows_dates_and_deliveries_there_and_below(plant):
    room = below(below(plant))
    item = busy(room)

    page = queries.place_page(plant.pk, TODAY)

    assert (said(page.dates), said(page.handed_out)) == ([(1, ["讲座0"])], [(1, ["冰箱0"])])
    assert (page.lists, page.arithmetic.total, page.head.slug) == ((), 0, item.list.slug)
    assert [(link.number, link.count) for link in page.below] == [(room.parent_id, 0)]
    assert queries.place_page(below(plant).pk, TODAY) is None


def test_place_shows_no_mistake_and_nothing_called_off(plant):
    item = busy(plant)
    by, now = factories.owner_of(item), {"now": NOW}
    for row, act in [
        (item.occasions.get(), actions.call_off_occasion),
        (item.deliveries.get(), actions.take_back),
    ]:
        row.item = fresh(item)
        act(row, by=by, reason="写错了", **now)

    assert queries.place_page(plant.pk, TODAY) is None


def test_place_drops_what_was_planned_by_a_withdrawn_item(plant):
    item = busy(plant)
    factories.withdraw(item, NOW)

    page = queries.place_page(plant.pk, TODAY)

    assert (said(page.dates), said(page.handed_out)) == ([], [(1, ["冰箱0"])])


def test_place_with_more_lines_needs_no_more_questions(plant):
    busy(plant)
    another = factories.Place()
    busy(another, items=3, lines=2)

    one, more = (questions(lambda p=p: queries.place_page(p.pk, TODAY)) for p in (plant, another))

    assert one == more


def test_page_of_a_place_never_says_who_received(client, plant):
    item = busy(plant)

    page = client.get(f"/places/{plant.pk}/").content.decode()

    assert "冰箱0" in page
    assert f'href="/lists/{item.list.slug}/1/"' in page
    assert item.deliveries.get().received_by not in page


def test_item_links_to_the_page_of_each_place_where_it_counts(client, plant):
    item = busy(plant)
    address = f"/lists/{item.list.slug}/1/"
    link = f'href="/places/{plant.pk}/"'
    before = client.get(address).content.decode()
    occasion = item.occasions.get()
    occasion.item = fresh(item)
    actions.call_off_occasion(occasion, by=factories.owner_of(item), reason="下雨", now=NOW)

    assert link in before
    assert link not in client.get(address).content.decode()


def test_items_dates_and_deliveries_come_page_by_page(plant, monkeypatch):
    monkeypatch.setattr("items.queries.places.PAGE_SIZE", 2)
    first = at(plant)
    second = factories.another(first, place=plant)
    factories.publish(first.list)
    first, second = fresh(first), fresh(second)
    factories.occasion(second, place=plant)
    factories.occasion(fresh(first), place=plant)
    for item in (second, first):
        factories.delivery(fresh(item), place=plant)

    pages = [queries.place_page(plant.pk, TODAY, number) for number in (1, 2, 3, 9)]

    def told(page):
        lines = [[here.item.number for here in of] for of in (page.dates, page.handed_out)]
        return [numbers(here) for here in page.lists], *lines

    assert [told(page) for page in pages] == [
        ([[1, 2]], [], []),
        ([], [1, 2], []),
        ([], [], [1, 2]),
        ([], [], [1, 2]),
    ]
    assert [(page.count, page.page, page.pages) for page in pages][1:] == [
        (6, 2, 3),
        (6, 3, 3),
        (6, 3, 3),
    ]

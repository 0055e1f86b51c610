"""The page of the draw by lot: all by which anybody can draw it again."""

import hashlib
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from items import queries
from tests import factories
from tests.desk.sending import text_of
from tests.items.actions.acts import fresh

pytestmark = pytest.mark.django_db


def drawn(slug, count=1):
    """Return the draw of a committee with so many sign-offs, and two others who supervise."""
    first = factories.Item(list__committee__slug=slug, list__slug=f"{slug}-2026")
    items = [first, *(factories.another(first) for _n in range(1, count))]
    for _n in range(2):
        factories.Item(list=first.list)
    factories.publish(first.list)
    for day, act in enumerate(factories.ROADS["resolved"], start=1):
        for item in items:
            act(fresh(item), now=factories.at(factories.PUBLISHED_ON + factories.days(day)))
    return factories.draw(first.list.committee)


@pytest.fixture
def draw():
    return drawn("plant")


def test_anybody_draws_it_again_from_what_the_page_says(client, draw):
    page = client.get("/look-backs/plant/")

    (row,) = page.context["page"].candidates
    lot = hashlib.sha256(f"{page.context['page'].seed} {row.key}".encode()).hexdigest()
    assert row.lot == lot
    assert row.looker == row.posts[int(lot[-8:], 16) % len(row.posts)]
    said = text_of(page)
    assert {draw.seed, lot, "plant-2026/1"} <= {*said.split()}
    assert draw.looks.get().post.holder(date(2026, 6, 1)).name not in said  # posts alone


def test_each_quarter_has_its_page(client, draw):
    assert client.get("/look-backs/plant/2026-Q1/").status_code == 200
    for path in ("/look-backs/plant/2026-Q2/", "/look-backs/none/", "/look-backs/plant/0000-Q1/"):
        assert client.get(path).status_code == 404


def test_board_leads_to_the_draw(client, draw):
    item_list = draw.looks.get().item.list

    assert b"/look-backs/plant/" in client.get(f"/lists/{item_list.slug}/claims/").content


def test_questions_are_the_same_for_one_sign_off_and_three(django_assert_num_queries, draw):
    drawn("other", 3)

    for slug in ("plant", "other"):
        with django_assert_num_queries(6):
            assert queries.draw_page(slug).candidates


def test_command_draws_again_and_changes_nothing(draw):
    out = StringIO()

    call_command("recompute_draw", "plant", "2026-Q1", stdout=out)

    assert draw.seed in out.getvalue()
    with pytest.raises(CommandError):
        call_command("recompute_draw", "plant", "2026-Q2")

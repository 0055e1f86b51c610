"""An item's dates at the desk: set on a form, settled from their lines."""

from copy import deepcopy

import pytest

from tests import factories
from tests.desk.sending import act_address, address, said, text_of
from tests.factories import TODAY, days
from tests.items.actions.acts import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def item_of_the_file(kept_rows):
    return factories.item_at("in_progress")


@pytest.fixture
def item(item_of_the_file, db):
    return deepcopy(item_of_the_file)


def test_date_is_settled_from_its_line(as_, item):
    factories.occasion(item, on=TODAY - days(2))
    owner, item = as_(factories.owner_of(item)), fresh(item)
    ways = [act_address(item, verb) for verb in ("hold_occasion", "call_off_occasion")]
    page = owner.get(address(item)).content.decode()

    assert [there in page for there in ways] == [True, True]
    assert owner.post(ways[0], said("hold_occasion", item)).status_code == 302
    page = owner.get(address(item)).content.decode()

    assert [there in page for there in ways] == [False, False]
    assert item.occasions.get().was_held


def test_form_offers_the_day_that_passed(as_, item):
    factories.occasion(item, on=TODAY - days(2))
    owner = as_(factories.owner_of(item))

    page = owner.get(act_address(item, "hold_occasion"), {"held_on": "2026-05-30"})

    assert 'value="2026-05-30"' in page.content.decode()
    assert "2026年5月30日 高温送清凉" in text_of(page)


def test_button_that_was_pressed_twice_sets_one_date(as_, item):
    client, sent = as_(factories.owner_of(item)), said("plan_occasion", item)

    answers = [client.post(act_address(item, "plan_occasion"), sent).status_code for _ in range(2)]

    assert (answers, item.occasions.count()) == ([302, 302], 1)


def test_same_words_about_another_date_are_no_repetition(as_, item):
    first = factories.occasion(item)
    factories.occasion(fresh(item))
    client, item = as_(factories.owner_of(item)), fresh(item)
    sent = said("call_off_occasion", item)

    client.post(act_address(item, "call_off_occasion"), sent)
    again = client.post(address(item, f"entries/{first.entry.seq}/call_off_occasion"), sent)

    assert (again.status_code, item.occasions.open().count()) == (302, 0)


def test_public_page_says_what_became_of_a_date(client, item):
    place = factories.Place(committee=item.list.committee)
    factories.occasion(item, on=TODAY - days(2), place=place)

    said = text_of(client.get(f"/en/lists/{item.list.slug}/{item.number}/"))

    assert "planned for 30 May, no report yet" in said
    assert str(place) in said

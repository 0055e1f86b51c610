"""The delivery list at the desk: who received things shows inside, and a mistake is taken back."""

from copy import deepcopy

import pytest

from tests import factories
from tests.desk.sending import act_address, address, said, text_of
from tests.items.actions.acts import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def item_of_the_file(kept_rows):
    return factories.item_at("in_progress", target_count=40)


@pytest.fixture
def item(item_of_the_file, db):
    return deepcopy(item_of_the_file)


def test_desk_shows_who_received_it_and_the_board_does_not(as_, client, item):
    factories.delivery(item, received_by="罗班长")

    inside = text_of(as_(factories.owner_of(item)).get(address(item)))
    client.logout()
    outside = text_of(client.get(f"/lists/{item.list.slug}/{item.number}/"))

    assert "罗班长" in inside
    assert "冰箱" in outside
    assert "罗班长" not in outside


def test_form_needs_to_know_where(as_, item):
    sent = said("deliver", item, team="")

    response = as_(factories.owner_of(item)).post(act_address(item, "deliver"), sent)

    assert response.status_code == 422
    assert not item.deliveries.exists()


def test_button_that_was_pressed_twice_delivers_once(as_, item):
    client, sent = as_(factories.owner_of(item)), said("deliver", item)

    answers = [client.post(act_address(item, "deliver"), sent).status_code for _ in range(2)]

    assert (answers, item.deliveries.count(), fresh(item).done_count) == ([302, 302], 1, 3)


def test_delivery_is_taken_back_from_its_line(as_, item):
    delivery = factories.delivery(item)
    owner, item = as_(factories.owner_of(item)), fresh(item)
    there = act_address(item, "take_back")

    assert there in owner.get(address(item)).content.decode()
    sent = {"version": item.version, "last_seq": item.last_entry.seq, "reason": "写错了"}
    assert owner.post(there, sent).status_code == 302

    assert not item.deliveries.counting().filter(pk=delivery.pk).exists()
    assert there not in owner.get(address(item)).content.decode()

"""A suggestion about an item: prefilled, removable, and beside the item at the desk."""

import pytest
from django.db import IntegrityError, connection, transaction

from items.errors import Refused
from items.models import Item, Suggestion
from tests import factories
from tests.desk.logged_in import log_in
from tests.suggestions.phone import WORDS, Phone, text

pytestmark = pytest.mark.django_db
ABOUT = "plant-2026/1"


@pytest.fixture
def item(committee):
    item = factories.Item(
        list__slug="plant-2026", list__committee=committee, number=1, title="更换座椅"
    )
    factories.publish(item.list)
    return Item.objects.get(pk=item.pk)


@pytest.fixture
def phone(item, clock):
    return Phone(clock)


def only():
    return Suggestion.objects.get()


def test_form_shows_the_item_and_sends_it_along(phone, item):
    page = text(phone.get(f"/suggest/?about={ABOUT}"))
    assert f'value="{ABOUT}"' in page
    assert "关于第1件“更换座椅”" in page

    assert phone.send(about=ABOUT).status_code == 201

    assert only().about == item


def test_it_can_be_taken_out(phone):
    phone.send()  # the tick is gone, and with it the field

    assert only().about is None


def test_it_comes_back_with_a_form_that_is_stopped(phone):
    response = phone.send("", about=ABOUT)

    assert response.status_code == 422
    assert "关于第1件" in text(response)


@pytest.mark.parametrize(
    "about", ["plant-2026/99", "draft-2027/1", "other-2026/1", "x", "/", "\x00/1", "1" * 500]
)
def test_what_is_not_public_or_of_others_is_ignored_unsaid(phone, item, about):
    factories.Item(list__slug="draft-2027", list__committee=item.list.committee, number=1)
    factories.Item(list__slug="other-2026", number=1)

    page = phone.get(f"/suggest/?about={about}".replace("\x00", "%00"))
    assert page.status_code == 200
    assert "关于第" not in text(page)

    assert phone.send(about=about).status_code == 201
    assert only().about is None


def test_of_several_committees_the_items_own_is_chosen(item, clock):
    other = factories.published_item(list__slug="other-2026", number=1)
    phone = Phone(clock)

    page = text(phone.get("/suggest/?about=other-2026/1"))
    assert f'value="{other.list.committee.slug}" selected' in page

    assert phone.send(about="other-2026/1", to=other.list.committee.slug).status_code == 201
    assert (only().about, only().committee) == (other, other.list.committee)


def test_same_words_about_another_item_are_another_suggestion(phone):
    phone.send(about=ABOUT)
    phone.send(about=ABOUT)
    assert Suggestion.objects.count() == 1

    phone.send()
    assert Suggestion.objects.count() == 2


def test_office_sees_it_beside_the_suggestion_and_beside_the_item(phone, item, client):
    phone.send(about=ABOUT)
    log_in(client, factories.office_of(item))

    beside = text(client.get(f"/desk/suggestions/{only().pk}/"))
    assert 'href="/desk/lists/plant-2026/1/"' in beside
    assert "更换座椅" in beside
    assert WORDS in text(client.get("/desk/lists/plant-2026/1/"))
    assert WORDS not in text(client.get("/lists/plant-2026/1/"))


def test_owner_does_not_see_it_beside_the_item(phone, item, client):
    phone.send(about=ABOUT)
    log_in(client, factories.owner_of(item))

    assert WORDS not in text(client.get("/desk/lists/plant-2026/1/"))


def test_action_and_database_refuse_an_item_of_others_or_a_draft(item):
    others = factories.published_item()
    draft = factories.Item(list__committee=item.list.committee)
    for about in (others, draft):
        with pytest.raises(Refused):
            factories.suggestion(item.list.committee, about=about)
        with pytest.raises(IntegrityError), transaction.atomic():
            Suggestion(
                committee=item.list.committee,
                about=about,
                words="a",
                received_on="2026-05-01",
                answer_by="2026-05-20",
            ).save(force_insert=True)
    suggestion = factories.suggestion(item.list.committee, about=item)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE items_suggestion SET about_id = NULL WHERE id = %s", [suggestion.pk])

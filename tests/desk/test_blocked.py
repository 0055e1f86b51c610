"""What holds the work up, in the form of a report: public or for staff, and filled in again."""

import pytest

from items.models import Item
from tests import factories
from tests.desk.sending import address, said, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return factories.item_at("in_progress")


@pytest.fixture
def owner(as_, item):
    return as_(factories.owner_of(item))


def report(client, item, **fields):
    fresh = Item.objects.get(pk=item.pk)
    return client.post(address(item, "report_progress"), said("report_progress", fresh, **fields))


def test_it_stands_on_both_pages_and_in_the_next_form(owner, item, client):
    done = report(owner, item, blocked="密封件没有到货", unblocker="物资采购部")

    public = text_of(client.get(f"/lists/{item.list.slug}/{item.number}/"))
    desk = owner.get(address(item))
    assert done.status_code == 302
    assert "卡在哪里 密封件没有到货" in public
    assert "卡在哪里 密封件没有到货" in text_of(desk)
    assert desk.context["form"].initial["unblocker"] == "物资采购部"
    assert desk.content.decode().count("密封件没有到货") >= 2


def test_what_stays_inside_is_on_no_public_page(owner, item, client):
    report(owner, item, blocked="厂家在打官司", unblocker="法务室", inside="on")

    public = client.get(f"/lists/{item.list.slug}/{item.number}/").content.decode()
    desk = owner.get(address(item))
    assert [word for word in ("厂家在打官司", "法务室", "卡在哪里") if word in public] == []
    assert "厂家在打官司" in text_of(desk)
    assert desk.context["form"].initial["inside"] is True


def test_who_without_what_is_asked_about_and_kept(owner, item):
    answer = report(owner, item, unblocker="物资采购部")

    assert answer.status_code == 403
    assert "卡在哪里" in text_of(answer)
    assert 'value="物资采购部"' in answer.content.decode()

"""Numbers with their nouns: none, one and three are said rightly, in both languages."""

import pytest

from items.models import Call, SiteVisit
from tests import factories
from tests.desk.sending import address, text_of
from tests.desk.test_calls import act_fields
from tests.items.actions.acts import ACTS, fresh

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("count", "zh", "en"),
    [(1, "1张照片等待公布", "1 photo waits"), (3, "3张照片等待公布", "3 photos wait")],
)
def test_queue_says_how_many_photos_wait(as_, count, zh, en):
    item = factories.item_at("in_progress")
    for nth in range(count):
        factories.photo(fresh(item), words=f"第{nth}张")
    client = as_(factories.office_of(item))

    for prefix, words in {"": zh, "/en": en}.items():
        page = text_of(client.get(f"{prefix}/desk/photos/"))
        assert words in page
        assert words in text_of(client.get(f"{prefix}/desk/"))


@pytest.mark.parametrize(("prefix", "words"), [("", "从今天起"), ("/en", "since today")])
def test_what_began_today_began_today(as_, prefix, words):
    item = ACTS["claim"].ready()
    ACTS["claim"](item)

    page = text_of(as_(factories.office_of(item)).get(address(item, prefix=prefix)))

    assert words in page
    assert "已0天" not in page
    assert " 0 day" not in page


# Sent twice


def test_new_call_sent_twice_is_one_draft(as_):
    client = as_(factories.office(factories.Committee()))
    sent = act_fields(client, "/desk/calls/new/", purpose="说说心里话")

    first, second = (client.post("/desk/calls/new/", sent) for _time in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert Call.objects.count() == 1
    other = client.post("/desk/calls/new/", sent | {"purpose": "说说别的"})
    assert other.status_code == 302
    assert Call.objects.count() == 2


def test_two_places_on_one_day_are_two_visits(as_):
    item = factories.published_item()
    client = as_(factories.office_of(item))
    said = {"went_on": "2026-05-29", "heard": "夜班没有热饭", "post": item.owner_post_id}

    statuses = [
        client.post("/desk/visits/", said | {"location": where}).status_code
        for where in ("三号炉前", "食堂", "食堂")
    ]

    assert statuses == [302, 302, 403]  # the same place again: a button pressed twice
    assert set(SiteVisit.objects.values_list("location", flat=True)) == {"三号炉前", "食堂"}

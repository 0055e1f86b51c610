"""The calendar of deadlines: RFC 5545, one name for each item, and a sequence that rises."""

import re
from datetime import date

import pytest
from django.test import Client
from icalendar import Calendar

from items.models import Item
from tests import factories
from tests.factories import NOW, TODAY
from tests.items.actions.acts import ACTS, fresh, put_up

pytestmark = pytest.mark.django_db

SLUG = "plant-2026"
PATH = f"/lists/{SLUG}.ics"


def event(slug=SLUG):
    (only,) = Calendar.from_ical(Client().get(f"/lists/{slug}.ics").content).walk("VEVENT")
    return only


@pytest.fixture
def item(committee):
    title = "更换全部旧座椅，并修好门窗;主控室\\值班室" * 6
    of = {"list__slug": SLUG, "list__committee": committee}
    return factories.item_at("in_progress", title=title, **of)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_calendar_is_valid(item, client, prefix):
    response = client.get(prefix + PATH)
    lines = response.content.split(b"\r\n")

    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    assert lines[-1] == b""
    for line in lines:
        line.decode()  # none is folded within a letter
    calendar = Calendar.from_ical(response.content)
    assert (calendar["version"], calendar["prodid"]) == ("2.0", "-//welfare//deadlines//EN")
    for one in calendar.walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "STATUS"} <= set(one)
        assert item.title in one["summary"]
        assert one["url"].endswith(f"{prefix}/lists/{SLUG}/1/")
    assert re.search(rb"DTSTAMP:\d{8}T160000Z\r\n", response.content)  # midnight in Shanghai


def test_day_is_the_deadline_and_keeps_nobody_busy(item):
    one = event()

    assert one.decoded("dtstart") == item.due == date(2026, 6, 30)
    assert (one["status"], one["transp"], one["sequence"]) == ("CONFIRMED", "TRANSPARENT", 0)
    assert one["uid"].startswith(f"{SLUG}-1@")


def stands(item):
    row = fresh(item)
    return row.deadline, row.status == "withdrawn"


@pytest.mark.parametrize("verb", ACTS)
def test_sequence_rises_with_each_act_that_moves_the_day(db, verb):
    act = ACTS[verb]
    item = act.ready()
    slug, before, stood = item.list.slug, event_of(item), stands(item)

    act(item)

    after = event_of(item)
    assert after["uid"] == before["uid"]
    assert after["sequence"] - before["sequence"] == (stands(item) != stood), slug
    assert after.decoded("dtstart") == fresh(item).deadline
    assert after.decoded("dtstamp") >= before.decoded("dtstamp")


def event_of(item):
    events = Calendar.from_ical(Client().get(f"/lists/{item.list.slug}.ics").content)
    (one,) = [e for e in events.walk("VEVENT") if f"-{item.number}@" in e["uid"]]
    return one


def test_mistyped_deadline_moves_it(item):
    said = {"field": "due", "value": date(2026, 6, 20), "reason": "打错了"}
    ACTS["correct"](item, **said)

    assert (event().decoded("dtstart"), event()["sequence"]) == (date(2026, 6, 20), 1)


def test_withdrawn_item_is_cancelled_and_stays(item):
    factories.withdraw(item, now=NOW)

    one = event()
    assert (one["status"], one["sequence"]) == ("CANCELLED", 1)
    assert one.decoded("dtstart") == item.due


def test_what_is_up_for_objections_moves_nothing(item):
    put_up(item)

    assert (event()["status"], event()["sequence"]) == ("CONFIRMED", 0)


def test_returned_item_has_the_day_to_put_it_right(committee):
    item = factories.item_at("pending_check", list__slug=SLUG, list__committee=committee)
    ACTS["send_back"](item)

    assert event().decoded("dtstart") == Item.objects.get(pk=item.pk).put_right_by > TODAY


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_questions_does_not_grow(committee, django_assert_num_queries, count):
    first = factories.Item(list__slug=SLUG, list__committee=committee)
    for _ in range(count - 1):
        factories.another(first)
    factories.publish(first.list)
    client = Client()
    client.get(PATH)

    with django_assert_num_queries(6):
        client.get(PATH)

"""My desk and its queues, as pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from items.models import Notice
from items.queries import QUEUES
from tests import factories
from tests.desk.sending import text_of
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import ACTS, close_alone

pytestmark = pytest.mark.django_db


def test_owner_finds_their_items(as_):
    item = factories.item_at("in_progress", title="换主控室座椅")

    response = as_(factories.owner_of(item)).get("/desk/")

    assert "换主控室座椅" in text_of(response)
    assert f'href="/desk/lists/{item.list.slug}/1/"' in response.content.decode()


def test_each_count_leads_to_exactly_its_rows(as_):
    item = factories.item_at("in_progress", due=TODAY - days(1))
    office = as_(factories.office_of(item))

    for queue in office.get("/desk/").context["desk"].queues:
        page = office.get(f"/desk/{queue.key}/").context["queue"]
        assert (page.key, len(page.lines)) == (queue.key, queue.count)


def test_a_queue_is_for_its_side_alone(as_):
    item = factories.item_at("in_progress")
    clients = {
        "owner": as_(factories.owner_of(item)),
        "supervisor": as_(factories.supervisor_of(item)),
        "office": as_(factories.office_of(item)),
        "stranger": as_(factories.Person()),
    }

    for key, queue in QUEUES.items():
        statuses = {who: client.get(f"/desk/{key}/").status_code for who, client in clients.items()}
        wanted = {who: 200 if who in queue.sides else 404 for who in clients}
        assert (key, statuses) == (key, wanted)


def test_stranger_is_told_why_the_desk_is_empty(as_):
    response = as_(factories.Person()).get("/desk/")

    assert response.status_code == 200
    assert "没有等您办的事" in text_of(response)


def test_desk_is_nobodys_without_a_login(client):
    response = client.get("/desk/")

    assert response.status_code == 302
    assert response.url.startswith("/account/login/")


def test_notice_is_seen_once_and_only_ones_own(as_):
    item = factories.item_at("pending_check")
    supervisor, owner = factories.supervisor_of(item), factories.owner_of(item)
    entry = item.entries.get(verb="claim")

    as_(owner).post("/desk/notices/seen/", {"entry": entry.pk})
    assert Notice.objects.get(entry=entry, person=supervisor).seen_at is None

    response = as_(supervisor).post("/desk/notices/seen/", {"entry": [entry.pk, "x", "9" * 30]})
    assert response.status_code == 302
    assert Notice.objects.get(entry=entry, person=supervisor).seen_at == NOW
    assert as_(supervisor).get("/desk/").context["desk"].unseen == 0


def test_holder_of_a_closed_lists_post_is_not_told_that_they_hold_none(as_):
    item = factories.item_at("in_progress")
    close_alone(item.list)

    page = text_of(as_(factories.owner_of(item)).get("/desk/"))

    assert "正在推进的清单里没有等您办的事。" in page
    assert f"您的岗位： {item.owner_post}" in page
    assert "您今天没有任职" not in page
    assert "您今天没有任职" in text_of(as_(factories.Person()).get("/desk/"))  # the control


def test_reading_marks_nothing_as_seen(as_):
    item = factories.item_at("pending_check")
    client = as_(factories.supervisor_of(item))

    client.get("/desk/")

    assert client.get("/desk/notices/seen/").status_code == 405
    assert not Notice.objects.exclude(seen_at=None).exists()


@pytest.mark.parametrize("page", ["0", "-1", "9" * 40, "x", "２"])
def test_odd_page_is_the_first_or_last(as_, page):
    item = factories.item_at("in_progress")

    response = as_(factories.owner_of(item)).get("/desk/mine/", {"page": page})

    assert len(response.context["queue"].lines) == 1


@pytest.mark.parametrize("who", ["owner", "office"])
def test_desk_asks_no_more_for_more_items(as_, who):
    asked = []
    for length in (1, 3, 12):
        item = factories.Item(due=TODAY - days(1))
        for _number in range(1, length):
            factories.another(item, due=TODAY - days(1))
        factories.publish(item.list)
        client = as_(getattr(factories, f"{who}_of")(item))
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/desk/").status_code == 200
        asked.append(len(queries))

    assert asked[0] == asked[1] == asked[2]


def test_request_that_waits_shows_what_was_asked(as_):
    item = ACTS["decide_extension"].ready()

    response = as_(factories.office_of(item)).get("/desk/")

    assert "供货晚" in text_of(response)

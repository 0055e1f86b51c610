"""Leaders' visits at the desk: written down by the office or by who went, withdrawn openly."""

from copy import deepcopy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from items.models import SiteVisit, Suggestion
from tests import factories
from tests.desk.sending import text_of

pytestmark = pytest.mark.django_db
VISITS = "/desk/visits/"
SAID = {"went_on": "2026-05-29", "location": "三号炉前", "heard": "夜班没有热饭"}


@pytest.fixture(scope="module")
def item_of_the_file(kept_rows):
    return factories.published_item()


@pytest.fixture
def item(item_of_the_file, db):
    return deepcopy(item_of_the_file)


def people(item):
    committee = item.list.committee
    return {
        "office": factories.office_of(item),
        "leader": factories.owner_of(item),
        "supervisor": factories.supervisor_of(item),
        "auditor": factories.Role(committee=committee, kind="auditor").person,
        "administrator": factories.Role(committee=committee, kind="administrator").person,
        "superuser": factories.Person(is_superuser=True, is_staff=True),
        "stranger": factories.Person(),
    }


def test_who_writes_a_visit_down(as_, item):
    done = {}
    for who, person in people(item).items():
        said = SAID | {"post": item.owner_post_id, "heard": f"{who}记的"}
        status = as_(person).post(VISITS, said).status_code
        done[who] = (status, SiteVisit.objects.filter(written_by=person).count())

    assert done == dict.fromkeys(done, (403, 0)) | {"office": (302, 1), "leader": (302, 1)}


def test_who_withdraws_a_visit(as_, item):
    done = {}
    for who, person in people(item).items():
        visit = factories.site_visit(item.owner_post, heard=who)
        sent = as_(person).post(f"{VISITS}{visit.pk}/withdraw/", {"reason": "写错了"})
        visit.refresh_from_db()
        done[who] = (sent.status_code, visit.withdrawn_on is not None)

    refused = dict.fromkeys(["supervisor", "auditor"], (403, False))
    unseen = dict.fromkeys(["administrator", "superuser", "stranger"], (404, False))
    assert done == {"office": (302, True), "leader": (302, True)} | refused | unseen


def test_what_was_heard_becomes_suggestions(as_, item):
    client = as_(factories.owner_of(item))
    said = SAID | {"post": item.owner_post_id, "matters": "加热饭柜\r\n\r\n修路灯"}

    page = client.post(VISITS, said, follow=True)

    assert Suggestion.objects.filter(visit__heard="夜班没有热饭").count() == 2
    assert "带回2 条意见建议" in text_of(page)


@pytest.mark.parametrize(
    ("wrong", "status", "sentence"),
    [
        ({"heard": ""}, 422, "听到什么"),
        ({"location": ""}, 422, "地点"),
        ({"went_on": "2026-06-02"}, 403, "还没到"),
        ({"went_on": "2025-01-01"}, 403, "没有人任"),
        ({"matters": "条\n" * 21}, 403, "20"),
    ],
)
def test_what_was_typed_is_kept(as_, item, wrong, status, sentence):
    said = {"matters": "不能丢"} | SAID | {"post": item.owner_post_id} | wrong

    page = as_(factories.office_of(item)).post(VISITS, said)

    assert (page.status_code, SiteVisit.objects.exists()) == (status, False)
    assert sentence in text_of(page)
    assert said["matters"].split("\n")[0] in page.content.decode()


def test_withdrawing_asks_why(as_, item):
    visit = factories.site_visit(item.owner_post)
    client = as_(factories.office_of(item))

    shown = client.get(f"{VISITS}{visit.pk}/withdraw/")
    empty = client.post(f"{VISITS}{visit.pk}/withdraw/", {"reason": " "})

    assert (shown.status_code, empty.status_code) == (200, 422)
    assert SiteVisit.objects.get().withdrawn_on is None


def test_others_visits_are_nobodys_business(as_, item):
    factories.site_visit(factories.Post(is_leader=True))

    assert "三号炉前" not in text_of(as_(factories.office_of(item)).get(VISITS))


def test_reading_takes_as_many_questions_for_three_as_for_one(as_, item, django_assert_num_queries):
    client, place = as_(factories.office_of(item)), factories.Place(committee=item.list.committee)
    factories.site_visit(item.owner_post, place=place)
    client.get(VISITS)
    with CaptureQueriesContext(connection) as one:
        client.get(VISITS)
    for heard in ("一", "二"):
        factories.site_visit(item.owner_post, heard=heard, place=place)

    with django_assert_num_queries(len(one)):
        client.get(VISITS)

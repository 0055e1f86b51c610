"""Opening a new list."""

from copy import deepcopy

import pytest

from items.models import ItemList
from items.states import ListStatus
from tests import factories
from tests.desk.drafting import at, text_of

pytestmark = pytest.mark.django_db
LISTS = "/desk/lists/"


@pytest.fixture(scope="module")
def item_of_the_file(kept_rows):
    return factories.Item()


@pytest.fixture
def item(item_of_the_file, db):
    return deepcopy(item_of_the_file)


@pytest.fixture
def office(as_, item):
    return as_(factories.office_of(item))


SENT = {"year": 2027, "name": "明年清单", "slug": "next-year"}


def test_office_opens_a_list(office, item):
    sent = SENT | {"committee": item.list.committee.pk}

    response = office.post(f"{LISTS}new/", sent)

    made = ItemList.objects.get(slug="next-year")
    assert response.url == at("list", made)
    assert (made.status, made.year, made.committee) == (
        ListStatus.DRAFT,
        2027,
        item.list.committee,
    )


def test_address_and_year_are_proposed(office, item):
    form = office.get(f"{LISTS}new/").context["form"]

    assert form["year"].value() == 2027  # there is a list for 2026
    assert form["slug"].value() == f"{item.list.committee.slug}-2027"


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"slug": "两个字"}, {"slug": "new"}, {"year": "x"}]
)
def test_wrong_shape_keeps_the_words(office, item, wrong):
    sent = SENT | {"committee": item.list.committee.pk, "programme": "不能丢"} | wrong

    response = office.post(f"{LISTS}new/", sent)

    assert response.status_code == 422
    assert "不能丢" in response.content.decode()
    assert ItemList.objects.count() == 1


def test_address_that_is_taken_is_refused_with_the_words(office, item):
    sent = SENT | {"committee": item.list.committee.pk, "slug": item.list.slug}

    response = office.post(f"{LISTS}new/", sent)

    assert response.status_code == 403
    assert "明年清单" in response.content.decode()
    assert ItemList.objects.count() == 1


def test_office_opens_no_list_of_another_committee(office):
    response = office.post(f"{LISTS}new/", SENT | {"committee": factories.Committee().pk})

    assert response.status_code == 422
    assert ItemList.objects.count() == 1


@pytest.mark.parametrize("kind", ["auditor", "administrator", None])
def test_others_open_no_list(as_, item, kind):
    committee = item.list.committee
    person = factories.Role(committee=committee, kind=kind).person if kind else factories.Person()
    client = as_(person)

    for answer in (
        client.get(f"{LISTS}new/"),
        client.post(f"{LISTS}new/", SENT | {"committee": committee.pk}),
    ):
        assert answer.status_code == 403
        assert "清单只能由党委的活动办公室新建" in text_of(answer)
    assert ItemList.objects.count() == 1


def test_auditor_of_the_office_opens_no_list(as_, item):
    committee = item.list.committee
    person = factories.office(committee)
    factories.Role(committee=committee, kind="auditor", person=person)

    response = as_(person).post(f"{LISTS}new/", SENT | {"committee": committee.pk})

    assert response.status_code == 403
    assert ItemList.objects.count() == 1

"""Where the office is found, at the desk: what is typed is kept, and others only read it."""

import pytest

from items import actions
from items.models import Committee
from items.words import OfficeContact
from tests import factories
from tests.desk.sending import text_of

pytestmark = pytest.mark.django_db
ADDRESS = "/desk/committees/plant/set_office_contact/"
TYPED = {"room": "办公楼203室", "phone": "0790-0123456", "hours": "周一至周五"}


@pytest.fixture
def committee():
    return factories.Committee(slug="plant")


@pytest.fixture
def office(committee, as_):
    return as_(factories.office(committee))


def test_it_is_missing_until_it_is_set(office, committee):
    assert "还没填" in text_of(office.get("/desk/posts/"))

    response = office.post(ADDRESS, TYPED | {"seen": ""})

    assert response.status_code == 302
    page = text_of(office.get("/desk/posts/"))
    assert "还没填" not in page
    assert "0790-0123456" in page
    assert "办公楼203室" in text_of(office.get(ADDRESS))


@pytest.mark.parametrize("wrong", [{"phone": "6160"}, {"room": "室" * 101}])
def test_what_was_typed_comes_back(office, committee, wrong):
    response = office.post(ADDRESS, TYPED | wrong)

    assert response.status_code in (403, 422)
    assert 'value="周一至周五"' in response.content.decode()
    assert not Committee.objects.get(pk=committee.pk).office_contact


def test_a_change_meanwhile_is_shown_first(office, committee):
    by = factories.office(committee)
    actions.set_office_contact(committee, OfficeContact(phone="0790-0999999"), by=by)

    response = office.post(ADDRESS, TYPED | {"seen": ""})
    assert response.status_code == 409
    assert 'value="0790-0123456"' in response.content.decode()

    seen = response.context["form"].data["seen"]
    assert office.post(ADDRESS, TYPED | {"seen": seen}).status_code == 302


def test_who_only_reads_may_not_and_strangers_see_nothing(as_, committee):
    auditor = as_(factories.Role(committee=committee, kind="auditor").person)
    stranger = as_(factories.office(factories.Committee()))

    assert [auditor.get(ADDRESS).status_code, auditor.post(ADDRESS, TYPED).status_code] == [403] * 2
    assert [stranger.get(ADDRESS).status_code, stranger.post(ADDRESS, TYPED).status_code] == (
        [404] * 2
    )
    assert not Committee.objects.get(pk=committee.pk).office_contact

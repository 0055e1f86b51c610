"""Who wrote a suggestion: seen by the office alone, with a reason, and each look is on record."""

import pytest

from items import models
from tests import factories
from tests.desk.sending import text_of
from tests.desk.suggesting import act_fields, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee():
    return factories.Committee()


@pytest.fixture
def office(committee):
    return factories.office(committee)


@pytest.fixture
def client(as_, office):
    return as_(office)


@pytest.fixture
def sent(committee):
    return factories.suggestion(committee, contact="分机 301", name="老李")


def test_contact_is_shown_once_and_the_look_stays_on_record(client, as_, committee, sent, office):
    assert "分机 301" not in text_of(client.get(at(sent, "see_contact")))

    page = client.post(at(sent, "see_contact"), act_fields("see_contact", sent, why="约时间"))

    assert "称呼 老李 联系方式 分机 301" in text_of(page)
    assert "no-store" in page.headers["Cache-Control"]
    auditor = factories.Role(committee=committee, kind="auditor").person
    for person in (office, auditor):
        looked = text_of(as_(person).get(at(sent)))
        assert "分机 301" not in looked
        assert "老李" not in looked
        for words in [office.name, "约时间", "2026年6月1日 09:00"]:
            assert words in looked
    assert "留了称呼或联系方式" not in looked
    assert "查看联系方式</a>" not in as_(auditor).get(at(sent)).content.decode()


def test_without_a_reason_no_contact_is_seen(client, sent):
    page = client.post(at(sent, "see_contact"), act_fields("see_contact", sent, why=""))
    too_long = client.post(at(sent, "see_contact"), act_fields("see_contact", sent, why="约" * 201))

    assert (page.status_code, too_long.status_code) == (422, 422)
    assert "分机 301" not in text_of(page) + text_of(too_long)
    assert not models.ContactLook.objects.exists()


def test_where_none_was_left_there_is_nothing_to_see(client, committee):
    sent = factories.suggestion(committee)

    page = client.post(at(sent, "see_contact"), act_fields("see_contact", sent, why="约时间"))

    assert at(sent, "see_contact") not in client.get(at(sent)).content.decode()
    assert page.status_code == 403
    assert not models.ContactLook.objects.exists()

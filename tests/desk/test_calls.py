"""Calls for suggestions at the desk: drawn up, issued, ended; by the office alone."""

import pytest
from django.test import Client

from items import actions
from items.models import Call
from tests import factories
from tests.desk.sending import text_of
from tests.desk.suggesting import people
from tests.factories import NOW, TODAY, days

pytestmark = pytest.mark.django_db
LIST = "/desk/calls/"
FROM_HERE = {"sec-fetch-site": "same-origin", "origin": "http://testserver"}


@pytest.fixture
def committee():
    return factories.Committee(name="炼铁厂党委")


@pytest.fixture
def office(committee):
    return factories.office(committee)


@pytest.fixture
def client(as_, office):
    return as_(office)


@pytest.fixture
def draft(committee, office):
    days_of = {"opens_on": TODAY, "closes_on": TODAY + days(5), "answer_by": TODAY + days(9)}
    told = {"title": "征求意见", "purpose": "说说心里话", "issuer": "活动办公室"}
    return actions.write_call(committee, by=office, **told, **days_of)


@pytest.fixture
def issued(draft, office):
    return actions.issue_call(draft, by=office, now=NOW)


def at(call, tail=""):
    return f"{LIST}{call.pk}/{tail}"


def act_fields(client, path, **changes):
    """Return the fields of a form as it opens, with what is typed into it."""
    form = client.get(path).context["form"]
    return {bound.name: bound.value() for bound in form if bound.value() is not None} | changes


# Drawn up


def test_new_call_begins_with_what_is_mostly_said(client, committee):
    shown = act_fields(client, f"{LIST}new/")

    assert (shown["title"], shown["issuer"]) == ("征求意见通知", "炼铁厂党委")
    opens = (shown["opens_on"], shown["closes_on"], shown["answer_by"])
    assert opens == (TODAY, TODAY + days(14), TODAY + days(30))


def test_call_is_drawn_up_changed_issued_and_ended(client, committee, office):
    new = client.post(f"{LIST}new/", act_fields(client, f"{LIST}new/", purpose="说说心里话"))
    call = Call.objects.get()
    changed = client.post(
        at(call, "draft/"), act_fields(client, at(call, "draft/"), title="再征求一次")
    )
    issued = client.post(at(call, "issue/"), act_fields(client, at(call, "issue/")), follow=True)

    assert [new.headers["Location"], changed.headers["Location"]] == [at(call)] * 2
    call.refresh_from_db()
    assert (call.title, call.status, call.issued_by) == ("再征求一次", "issued", office)
    assert f"/calls/{call.pk}/" in text_of(issued)
    assert "征求中" in text_of(issued)

    client.post(at(call, "end/"), act_fields(client, at(call, "end/"), reason="已收齐"))
    call.refresh_from_db()
    assert (call.status, call.ended_why) == ("ended", "已收齐")
    assert "已收齐" in text_of(client.get(at(call)))


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"purpose": ""}, 422),
        ({"opens_on": "不是日子"}, 422),
        ({"closes_on": "2026-05-01"}, 403),  # before it opens: the action's say
    ],
)
def test_call_that_is_not_sound_keeps_its_words(client, committee, typed, status):
    sent = act_fields(client, f"{LIST}new/", purpose="说说心里话", title="不能丢的话") | typed

    response = client.post(f"{LIST}new/", sent)

    assert response.status_code == status
    assert "不能丢的话" in response.content.decode()
    assert not Call.objects.exists()


def test_who_is_of_two_offices_says_for_which(client, office, committee):
    other = factories.Role(person=office, committee__name="轧钢厂党委").committee
    sent = act_fields(client, f"{LIST}new/", purpose="说说", committee=other.pk)

    client.post(f"{LIST}new/", sent)

    assert Call.objects.get().committee == other


def test_second_sees_what_the_first_wrote_and_keeps_their_words(as_, client, committee, draft):
    colleague = as_(factories.Role(committee=committee).person)
    sent = act_fields(colleague, at(draft, "draft/"), title="我写的标题")
    client.post(at(draft, "draft/"), act_fields(client, at(draft, "draft/"), title="先写的标题"))

    response = colleague.post(at(draft, "draft/"), sent)

    assert response.status_code == 409
    assert "先写的标题" in text_of(response)
    assert "我写的标题" in response.content.decode()
    again = {b.name: b.value() for b in response.context["form"]}
    assert colleague.post(at(draft, "draft/"), again).status_code == 302
    assert Call.objects.get().title == "我写的标题"


def test_lost_login_gives_the_words_back(committee):
    response = Client().post(f"{LIST}new/", {"purpose": "写了半天的话"}, headers=FROM_HERE)

    assert response.status_code == 403
    assert "写了半天的话" in response.content.decode()
    assert not Call.objects.exists()


# Who, and when


@pytest.mark.parametrize("tail", ["", "draft/", "issue/"])
def test_readers_read_a_draft_and_to_others_nothing_is_there(as_, committee, draft, tail):
    readers, strangers = people(committee)

    for person in readers.values():
        client = as_(person)
        assert client.get(at(draft, tail)).status_code == (403 if tail else 200)
        assert "征求意见" in text_of(client.get(LIST))
        assert f"{at(draft)}issue/" not in client.get(at(draft)).content.decode()
        if tail:
            assert client.post(at(draft, tail), {"version": draft.version}).status_code == 403
    for who, person in strangers.items():
        client = as_(person)
        assert client.get(at(draft, tail)).status_code == 404
        assert client.get(LIST).status_code == (200 if who == "other office" else 404)
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_auditor_draws_up_none(as_, committee):
    auditor = factories.Role(committee=committee, kind="auditor").person

    page = as_(auditor).get(f"{LIST}new/")

    assert page.status_code == 403
    assert "由党委的活动办公室起草" in text_of(page)


@pytest.mark.parametrize("tail", ["draft/", "issue/"])
def test_words_that_were_issued_stay(client, issued, tail):
    page = client.get(at(issued, tail))
    response = client.post(at(issued, tail), {"version": issued.version, "title": "改"})

    assert (page.status_code, response.status_code) == (403, 403)
    assert "已发布" in text_of(page)
    issued.refresh_from_db()
    assert issued.title == "征求意见"


def test_call_ends_early_with_a_reason_only(client, issued):
    response = client.post(at(issued, "end/"), {"version": issued.version, "reason": ""})

    assert response.status_code == 422
    issued.refresh_from_db()
    assert issued.status == "issued"


def test_pages_to_read_take_nothing(client, draft):
    assert {client.post(path).status_code for path in (LIST, at(draft))} == {405}


def test_list_asks_as_much_of_three_as_of_one(
    client, committee, office, draft, django_assert_num_queries
):
    client.get(LIST)
    with django_assert_num_queries(6):
        client.get(LIST)
    for _each in range(2):
        factories.suggestion(committee)
        factories.call(committee)
    with django_assert_num_queries(6):
        client.get(LIST)

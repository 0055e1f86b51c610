"""Appointing the holder of a post: who may, what is refused, and two who do it at once."""

from copy import deepcopy

import pytest
from django.utils.timezone import localdate

from items import actions
from items.models import Entry, Notice
from tests import factories
from tests.desk.logged_in import log_in
from tests.desk.post_pages import SEEN, address, alert, appoint, holder, page, seen
from tests.factories import APPOINTED_ON, NOW, TODAY, days
from tests.items.desk.making import everybody, questions, several
from welfare.desk.posts.forms import BARRED

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture(scope="module")
def item_of_the_file(kept_rows):
    return several(1)[0]


@pytest.fixture
def item(item_of_the_file, db):
    return deepcopy(item_of_the_file)


@pytest.fixture
def office(item):
    return factories.office_of(item)


@pytest.fixture
def successor(item):
    """Return somebody of the committee who holds no post of the item."""
    return factories.Post(committee=item.list.committee).holder(TODAY)


# What it says and does


def test_page_says_for_how_many_items_the_duty_goes_over(client, office, item):
    several(1)
    said = page(client, office, address(item.owner_post)).content.decode()

    assert "1件实事的责任随岗位转给新任职人" in said
    assert str(factories.owner_of(item)) in said


def test_appointment_is_done_and_told(client, item, office, successor):
    before = factories.owner_of(item)
    number = seen(client, office, item.owner_post)

    response = appoint(client, item.owner_post, successor, seen=number)

    assert (response.status_code, response.headers["Location"]) == (302, "/desk/posts/")
    assert holder(item.owner_post) == successor
    (entry,) = Entry.objects.filter(verb="appoint")
    assert (entry.words.old, entry.words.new) == (before.name, successor.name)
    assert (entry.words.text, entry.by) == ("轮岗", office)
    assert Notice.objects.get(entry=entry).person == successor
    said = client.get("/desk/posts/").content.decode()
    assert f"“{item.owner_post}”现由{successor}任职。" in said
    assert "已记入1件实事的台账。" in said


def test_post_is_left_vacant_only_when_that_is_chosen(client, item, office):
    number = seen(client, office, item.owner_post)

    forgotten = client.post(
        address(item.owner_post), {"seen": number, "since": localdate(), "reason": "调离"}
    )
    assert forgotten.status_code == 422
    assert holder(item.owner_post) is not None

    chosen = client.post(
        address(item.owner_post),
        {"seen": number, "since": localdate(), "reason": "调离", "person": "vacant"},
    )
    assert chosen.status_code == 302
    assert holder(item.owner_post) is None


def test_people_to_choose_from_are_the_committees_and_new_ones(client, item, office):
    of_another = factories.Post().holder(TODAY)
    closed = factories.Person(is_active=False)
    new = factories.Person()
    root = factories.Person(is_superuser=True)
    committee = item.list.committee
    barred = [factories.Role(committee=committee, kind=kind).person for kind in BARRED]

    said = page(client, office, address(item.owner_post)).content.decode()

    for person in (*everybody(item), new):
        assert f'<option value="{person.pk}">' in said
    for person in (of_another, closed, root, *barred):
        assert f'<option value="{person.pk}">' not in said
    # Two of one name are told apart by their posts, or by the account.
    assert f"{factories.owner_of(item)}（{item.owner_post}）" in said
    assert f"{new}（{new.username}）" in said


def test_person_of_another_committee_is_no_choice(client, item, office):
    stranger = factories.Post().holder(TODAY)
    number = seen(client, office, item.owner_post)

    assert appoint(client, item.owner_post, stranger, seen=number).status_code == 422


# What it refuses


def test_why_not_stands_in_place_of_the_form(client, item):
    auditor = factories.Role(committee=item.list.committee, kind="auditor").person

    said = page(client, auditor, address(item.owner_post)).content.decode()

    assert "审计账号只能查看，不能改动。" in said


def test_auditor_appoints_nobody(client, item, successor):
    auditor = factories.Role(committee=item.list.committee, kind="auditor").person
    log_in(client, auditor)
    before = holder(item.owner_post)

    response = appoint(client, item.owner_post, successor, seen=0)

    assert response.status_code == 403
    assert holder(item.owner_post) == before


@pytest.mark.parametrize("lacking", ["since", "reason", "seen"])
def test_form_that_lacks_something_is_shown_again(client, item, office, successor, lacking):
    number = seen(client, office, item.owner_post)

    response = appoint(client, item.owner_post, successor, **({"seen": number} | {lacking: ""}))

    assert response.status_code == 422
    assert f'<option value="{successor.pk}" selected>' in response.content.decode()
    assert holder(item.owner_post) != successor


def test_breach_of_rule_2_is_refused_in_its_sentence_and_the_words_are_kept(client, office, item):
    supervisor = factories.supervisor_of(item)
    before, number = holder(item.owner_post), seen(client, office, item.owner_post)

    response = appoint(client, item.owner_post, supervisor, seen=number, reason="兼任两职")

    said = response.content.decode()
    assert response.status_code == 403
    assert supervisor.name in alert(response)
    assert "兼任两职" in said
    assert f'<option value="{supervisor.pk}" selected>' in said
    assert holder(item.owner_post) == before
    assert not Entry.objects.filter(verb="appoint").exists()


def test_each_item_in_breach_has_a_line_of_its_own(client):
    first, _second = several(2)
    office, supervisor = factories.office_of(first), factories.supervisor_of(first)
    number = seen(client, office, first.owner_post)

    response = appoint(client, first.owner_post, supervisor, seen=number)

    assert alert(response).count("<li>") == 2


def test_day_before_the_last_appointment_is_refused(client, item, office, successor):
    number = seen(client, office, item.owner_post)
    since = APPOINTED_ON - days(1)

    response = appoint(client, item.owner_post, successor, seen=number, since=since)

    assert response.status_code == 403
    assert "2026-01-05" in response.content.decode()


# Two at once


@pytest.mark.parametrize(("seen_anew", "status"), [(False, 409), (True, 302)])
def test_second_of_two_sees_that_somebody_else_appointed(
    client, item, office, successor, seen_anew, status
):
    # The negative control: whoever saw the other's appointment is asked no more.
    colleague, other = factories.colleague_of(item), factories.Person()
    number = seen(client, office, item.owner_post)
    actions.appoint(item.owner_post, other, by=colleague, since=localdate(), reason="轮岗")
    if seen_anew:
        number = seen(client, office, item.owner_post)

    response = appoint(client, item.owner_post, successor, seen=number, reason="我的理由")

    assert response.status_code == status
    assert holder(item.owner_post) == (successor if seen_anew else other)
    if not seen_anew:
        said = response.content.decode()
        assert other.name in alert(response)
        assert "2026年6月1日" in alert(response)
        assert "我的理由" in said
        again = SEEN.search(said)[1]
        assert appoint(client, item.owner_post, successor, seen=again).status_code == 302
        assert holder(item.owner_post) == successor


def test_without_what_was_seen_the_action_overwrites(item, office, successor):
    # The negative control of the action itself: only `seen` holds it back.
    colleague = factories.colleague_of(item)
    actions.appoint(item.owner_post, factories.Person(), by=colleague, since=TODAY, now=NOW)

    actions.appoint(item.owner_post, successor, by=office, since=TODAY, now=NOW)

    assert item.owner_post.holdings.last().person == successor


def test_post_left_vacant_meanwhile_is_told(client, item, office, successor):
    number = seen(client, office, item.owner_post)
    actions.appoint(item.owner_post, None, by=factories.colleague_of(item), since=localdate())

    response = appoint(client, item.owner_post, successor, seen=number)

    assert response.status_code == 409
    assert "已改为空缺" in response.content.decode()


def test_button_pressed_twice_appoints_once_and_complains_not(client, item, office, successor):
    number = seen(client, office, item.owner_post)

    answers = [appoint(client, item.owner_post, successor, seen=number) for _press in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Entry.objects.filter(verb="appoint").count() == 1


# How often the database is asked


def test_form_asks_no_more_for_more_people(client, item, office):
    path = address(item.owner_post)
    page(client, office)
    asked = []
    for count in (1, 3, 8):
        factories.Post.create_batch(count, committee=item.list.committee)
        asked.append(questions(lambda: client.get(path)))

    assert asked[0] == asked[1] == asked[2]

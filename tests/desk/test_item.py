"""An item's page at the desk: the ball, the verbs with their reasons, the whole ledger."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.desk.sending import address, text_of
from tests.factories import NOW, days
from tests.items.actions.acts import ACTS, fresh, report, set_task
from welfare.desk.items.acts import ACTS as VERBS

pytestmark = pytest.mark.django_db


def page_of(client, item):
    return client.get(address(item))


@pytest.mark.parametrize("status", ["not_started", "in_progress", "pending_check", "resolved"])
def test_each_verb_has_its_button_or_the_reason_why_not(as_, status):
    item = factories.item_at(status)

    for who in ("owner", "supervisor", "office"):
        response = page_of(as_(getattr(factories, f"{who}_of")(item)), item)

        page, text = response.content.decode(), text_of(response)
        shown = shown_in(response)
        always = [
            act for act in VERBS.values() if not (act.of_parts or act.of_ticks or act.of_reviews)
        ]
        verbs = {act.verb for act in always} - {"bring_back"}
        assert set(shown) == verbs, who
        for verb, why_not in shown.items():
            link = f'href="{address(item, verb)}"'
            is_open = response.context["act"] and response.context["act"].verb == verb
            assert page.count(link) == (not why_not and not is_open), (who, verb)
            assert not why_not or why_not.split("“")[0] in text, (who, verb)


def shown_in(response):
    """Return the verbs that the page offers or bars, with the reason why not; each stands once."""
    offer = response.context["offer"]
    acts = [offer.due] if offer.due else []
    acts += [*offer.beside, *(act for group in offer.groups for act in group.acts)]
    assert len(acts) == len(set(acts))
    return {act.verb: "" for act in acts} | {act.verb: why for act, why in offer.barred}


DUE = {
    ("in_progress", "owner"): ("report_progress", ["claim", "add_photo", "ask_extension"]),
    ("in_progress", "supervisor"): ("log_visit", ["add_photo"]),
    ("in_progress", "office"): (None, ["enter_for_owner", "add_photo", "set_task"]),
    ("pending_check", "supervisor"): ("sign_off", ["send_back", "log_visit", "add_photo"]),
    ("pending_check", "owner"): (None, ["add_photo", "ask_extension"]),
}


@pytest.mark.parametrize(("status", "who"), DUE, ids=str)
def test_one_act_is_due_and_three_stand_beside_it(as_, status, who):
    item = factories.item_at(status)

    response = page_of(as_(getattr(factories, f"{who}_of")(item)), item)

    offer = response.context["offer"]
    found = (offer.due and offer.due.verb, [act.verb for act in offer.beside])
    assert found == DUE[status, who]


@pytest.mark.parametrize("asked", ["decide_extension", "release"])
def test_what_was_asked_is_due_at_the_office(as_, asked):
    item = ACTS[asked].ready()

    response = page_of(as_(factories.office_of(item)), item)

    assert response.context["offer"].due.verb == asked
    assert 'class="main"' in response.content.decode()


def test_resuming_is_due_on_the_day_of_review_and_not_before(as_, time_machine):
    item = factories.item_at("in_progress")
    factories.hold(item, now=NOW)
    before = page_of(as_(factories.office_of(item)), item).context["offer"]
    time_machine.move_to(NOW + days(30))
    on_the_day = page_of(as_(factories.office_of(item)), item).context["offer"]

    assert before.due is None
    assert "resume" in {act.verb for group in before.groups for act in group.acts}
    assert on_the_day.due.verb == "resume"


def test_what_makes_the_promise_smaller_stands_apart(as_):
    item = factories.item_at("in_progress")

    offer = page_of(as_(factories.office_of(item)), item).context["offer"]

    smaller = next(group for group in offer.groups if group.key == "smaller")
    assert {act.verb for act in smaller.acts} == {"reduce", "withdraw", "put_on_hold"}


def test_progress_stands_open_for_the_owner_alone(as_):
    item = factories.item_at("in_progress")

    assert page_of(as_(factories.owner_of(item)), item).context["act"].verb == "report_progress"
    assert page_of(as_(factories.office_of(item)), item).context["act"] is None


@pytest.mark.parametrize("kind", ["auditor", "office"])
def test_auditor_and_the_office_above_read_and_change_nothing(as_, kind):
    item = factories.item_at("in_progress")
    committee = item.list.committee
    if kind == "office":
        committee.parent = factories.Committee()
        committee.save()
        committee = committee.parent
    reader = factories.Role(committee=committee, kind=kind).person

    response = page_of(as_(reader), item)

    assert response.status_code == 200
    assert all(shown_in(response).values())


def test_item_is_hidden_from_strangers_and_from_other_committees(as_):
    item, elsewhere = factories.item_at("in_progress"), factories.item_at("in_progress")

    assert page_of(as_(factories.Person()), item).status_code == 404
    assert page_of(as_(factories.owner_of(elsewhere)), item).status_code == 404
    assert page_of(as_(factories.office_of(elsewhere)), item).status_code == 404


def test_draft_is_hidden_from_its_owner(as_):
    item = factories.Item()

    assert page_of(as_(factories.owner_of(item)), item).status_code == 404


def test_what_is_inside_is_marked_and_stays_inside(as_, client):
    item = factories.item_at("in_progress")
    set_task(item)

    said = page_of(as_(factories.owner_of(item)), fresh(item)).content.decode()

    assert "报供货日期" in said
    assert "内部" in said
    board = client.get(f"/lists/{item.list.slug}/1/").content.decode()
    assert "报供货日期" not in board


def test_ball_says_whose_turn_it_is(as_):
    item = factories.item_at("pending_check")

    said = text_of(page_of(as_(factories.owner_of(item)), item))

    assert "现在由督导责任人办" in said


def test_what_is_answered_stands_above_the_form(as_):
    item = ACTS["release"].ready()

    response = as_(factories.office_of(item)).get(address(item, "release"))

    assert "代填" in text_of(response)
    assert response.context["asked"].text == "代填"


def test_page_asks_no_more_for_a_longer_story(as_):
    item = factories.item_at("in_progress")
    client = as_(factories.owner_of(item))
    page_of(client, item)  # the first of a session writes when it was last seen
    asked = []
    for _round in range(3):
        with CaptureQueriesContext(connection) as queries:
            assert page_of(client, item).status_code == 200
        asked.append(len(queries))
        for number in range(3):
            report(fresh(item), text=f"第{number}次")

    assert asked[0] == asked[1] == asked[2]
    assert asked[0] <= 30


def test_english_page_speaks_english(as_):
    item = factories.item_at("in_progress")

    response = as_(factories.owner_of(item)).get(address(item, prefix="/en"))

    assert "It is the owner’s turn" in text_of(response).replace("&#x27;", "'")
    assert f"/en/desk/lists/{item.list.slug}/1/claim/" in response.content.decode()


def test_light_is_a_word_and_a_shape(as_):
    item = factories.item_at("in_progress", due=factories.TODAY - factories.days(3), budget="3万元")

    office = page_of(as_(factories.office_of(item)), item)
    owner = page_of(as_(factories.owner_of(item)), item)

    assert "▲ 红" in text_of(office)
    assert "▲ 红" in text_of(owner)
    assert ("3万元" in text_of(office), "3万元" in text_of(owner)) == (True, False)

"""Measures at the desk: ticked in the form of a report, asked about in a claim, unticked openly."""

import pytest

from items.models import Item
from tests import factories
from tests.desk.sending import address, said, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return factories.item_at("in_progress", measures=["设计", "密封改造"])


@pytest.fixture
def owner(as_, item):
    return as_(factories.owner_of(item))


def key(item, text):
    return item.measures.get(text=text).pk


def send(client, item, verb, **fields):
    fresh = Item.objects.get(pk=item.pk)
    return client.post(address(item, verb), said(verb, fresh, **fields))


def ticked(item):
    return [row.text for row in item.measures.all() if row.done_on]


def test_measure_is_ticked_with_a_report(owner, item):
    page = owner.get(address(item)).content.decode()
    assert f'name="measures" value="{key(item, "设计")}"' in page

    assert send(owner, item, "report_progress", measures=[key(item, "设计")]).status_code == 302

    page = owner.get(address(item)).content.decode()
    assert ticked(item) == ["设计"]
    assert f'name="measures" value="{key(item, "密封改造")}"' in page
    assert f'name="measures" value="{key(item, "设计")}"' not in page


def test_public_page_says_what_is_done_now_and_next(owner, item, client):
    send(owner, item, "report_progress", measures=[key(item, "设计")])

    page = client.get(f"/lists/{item.list.slug}/{item.number}/")

    assert "设计 6月1日办完 密封改造 正在办" in text_of(page)


def test_two_with_the_same_page_open_tick_the_same(owner, item):
    chosen = {"measures": [key(item, "设计")]}
    fields = said("report_progress", item, text="画好了", percent="", **chosen)
    send(owner, item, "report_progress", measures=[key(item, "设计")])

    assert owner.post(address(item, "report_progress"), fields).status_code == 302
    assert ticked(item) == ["设计"]


def test_measure_that_was_corrected_meanwhile_is_asked_about_again(as_, owner, item):
    fields = said("report_progress", item, measures=[key(item, "设计")], text="画好了")
    value = "设计图\n密封改造"
    office = as_(factories.office_of(item))
    send(office, item, "correct", field="measures", value=value, reason="错字")

    answer = as_(factories.owner_of(item)).post(address(item, "report_progress"), fields)

    assert (answer.status_code, ticked(item)) == (422, [])
    assert "措施的文字改过了" in text_of(answer)
    assert "画好了" in answer.content.decode()


def test_claim_asks_about_what_is_not_ticked_and_is_not_refused(owner, item):
    send(owner, item, "report_progress", measures=[key(item, "设计")])

    form = text_of(owner.get(address(item, "claim")))
    answer = send(owner, item, "claim")

    assert {"还没有标为办完的措施", "密封改造"} <= set(form.split())
    assert (answer.status_code, ticked(item)) == (302, ["设计"])


def test_claim_ticks_what_is_chosen_and_a_full_list_is_not_asked_about(owner, item):
    send(owner, item, "report_progress", measures=[key(item, "设计"), key(item, "密封改造")])
    assert "还没有标为办完的措施" not in text_of(owner.get(address(item, "claim")))


def test_office_enters_ticks_for_the_owner(as_, item):
    office = as_(factories.office_of(item))
    assert send(office, item, "enter_for_owner", measures=[key(item, "设计")]).status_code == 302
    assert ticked(item) == []

    send(as_(factories.colleague_of(item)), item, "release")

    assert ticked(item) == ["设计"]


def test_tick_is_taken_back_with_a_reason(owner, item):
    verb = address(item, "undo_measures")
    assert verb not in owner.get(address(item)).content.decode()
    send(owner, item, "report_progress", measures=[key(item, "设计")])
    assert verb in owner.get(address(item)).content.decode()

    chosen = {"measures": [key(item, "设计")]}
    refused = send(owner, item, "undo_measures", **chosen, reason="")
    done = send(owner, item, "undo_measures", **chosen, reason="点错了")

    assert (refused.status_code, done.status_code, ticked(item)) == (422, 302, [])


def test_without_a_tick_there_is_nothing_to_take_back(owner, item):
    answer = send(owner, item, "undo_measures", measures=[key(item, "设计")])

    assert answer.status_code == 403
    assert "都没有标为办完" in text_of(answer)


@pytest.mark.parametrize("verb", ["send_back", "reopen"])
def test_supervisor_says_which_measures_are_not_done(as_, owner, item, verb):
    both = [key(item, "设计"), key(item, "密封改造")]
    send(owner, item, "report_progress", measures=both)
    send(owner, item, "claim")
    supervisor = as_(factories.supervisor_of(item))
    if verb == "reopen":
        send(supervisor, item, "sign_off")

    assert "其实还没办完的措施" in text_of(supervisor.get(address(item, verb)))
    send(supervisor, item, verb, undone_measures=[both[1]])

    assert ticked(item) == ["设计"]

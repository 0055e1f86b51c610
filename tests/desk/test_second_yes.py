"""What staff publish is looked through for data about persons; only a recorded yes lets it out."""

import pytest
from zeal import zeal_ignore

from items import actions
from items.models import Entry, SiteVisit
from tests import factories
from tests.desk import drafting
from tests.desk.sending import act_address, address, said, text_of
from tests.items.actions.acts import fresh

pytestmark = pytest.mark.django_db

WORDS = "换好了，有事找张师傅13812345678"
ASKED = 'name="_yes"'


@pytest.fixture(autouse=True)
def _each_entry_stands_on_the_one_before():
    with zeal_ignore([{"model": "items.Chain", "field": "get()"}]):
        yield


def shown(response):
    return response.content.decode()


def test_report_with_a_number_waits_for_a_second_yes(as_):
    item = factories.published_item()
    owner, before = as_(factories.owner_of(item)), item.last_entry.seq
    sent = said("report_progress", item, text=WORDS)

    response = owner.post(act_address(item, "report_progress"), sent)

    assert response.status_code == 403
    assert ASKED in shown(response)
    assert WORDS in shown(response)
    assert "手机号" in text_of(response)
    assert fresh(item).last_entry.seq == before


def test_with_the_yes_it_is_published_and_recorded(as_):
    item = factories.published_item()
    owner = as_(factories.owner_of(item))
    sent = said("report_progress", item, text=WORDS)

    owner.post(act_address(item, "report_progress"), sent | {"_yes": "on"})

    entry = fresh(item).last_entry
    assert (entry.words.text, entry.facts["personal"]) == (WORDS, ["mobile"])
    assert "13812345678" not in str(entry.facts)
    assert "经确认公开" in text_of(owner.get(address(item)))


def test_yes_to_nothing_is_not_recorded(as_):
    item = factories.published_item()

    sent = said("report_progress", item) | {"_yes": "on"}
    as_(factories.owner_of(item)).post(act_address(item, "report_progress"), sent)

    assert "personal" not in fresh(item).last_entry.facts


def test_what_stays_inside_is_not_asked_about(as_):
    item = factories.published_item()
    office = as_(factories.office_of(item))

    office.post(act_address(item, "set_task"), said("set_task", item, text=WORDS))

    assert fresh(item).last_entry.words.text == WORDS


def test_publishing_looks_through_every_item(as_):
    item = factories.Item(problem="见李师傅，身份证11010519491231002X")
    office, where = as_(factories.office_of(item)), drafting.at("publish_list", item.list)
    sent = {"version": fresh(item.list).version, "name": item.list.name}

    refused = office.post(where, sent)

    assert (refused.status_code, ASKED in shown(refused)) == (403, True)
    assert fresh(item.list).is_draft
    office.post(where, sent | {"_yes": "on"})
    assert Entry.objects.get(verb="publish", item=None).facts["personal"] == ["id_number"]


def test_added_item_is_looked_through(as_):
    item = factories.published_item()
    office, where = as_(factories.office_of(item)), drafting.at("add_item", item.list)
    sent = {"title": f"雨棚 {WORDS}", "measures": "搭雨棚", "due": "2026-12-31", "parts": "3"}
    sent |= {"owner_post": item.owner_post_id, "supervisor_post": item.supervisor_post_id}
    sent |= {"reason": "职工新提的"}

    refused = office.post(where, sent)

    assert (refused.status_code, ASKED in shown(refused)) == (403, True)
    office.post(where, sent | {"_yes": "on"})
    assert Entry.objects.get(verb="add_item").facts["personal"] == ["mobile"]


def test_appointment_is_looked_through(as_):
    item = factories.published_item()
    office = as_(factories.office_of(item))
    holding = item.owner_post.holdings.get(until=None)
    sent = {"seen": holding.pk, "person": factories.Person().pk, "since": "2026-06-01"}
    sent |= {"reason": WORDS}

    refused = office.post(f"/desk/posts/{item.owner_post_id}/appoint/", sent)

    assert (refused.status_code, ASKED in shown(refused)) == (403, True)


def test_page_asks_only_where_something_was_found(as_):
    item = factories.published_item()
    owner = as_(factories.owner_of(item))

    refused = owner.post(
        act_address(item, "report_progress"), said("report_progress", item, text="")
    )

    assert refused.status_code == 422
    assert ASKED not in shown(refused)


# What else becomes public: answers, calls, visits, plans and photos


def on_each_road(item):
    """Return by what is published: the address, what is sent, and how to see what was recorded."""
    committee, by = item.list.committee, factories.office_of(item)
    sent = factories.suggestion(committee)
    actions.decline(sent, reason="not_ours", by=by, text="不归厂里管", now=factories.NOW)
    days = {"opens_on": factories.TODAY, "closes_on": factories.TODAY, "answer_by": factories.TODAY}
    call = actions.write_call(
        committee, by=by, title="征求", purpose=WORDS, issuer="办公室", **days
    )
    photo = factories.photo(item, words=WORDS)
    visit = {
        "post": item.owner_post_id,
        "went_on": "2026-05-29",
        "location": "炉前",
        "heard": WORDS,
    }
    return {
        "answer": (
            f"/desk/suggestions/{sent.pk}/show_answer/",
            {"version": sent.version, "last_seq": sent.last_seq, "words": WORDS, "answer": "已办"},
            lambda: sent.entries.get(verb="show_answer").facts,
        ),
        "call": (
            f"/desk/calls/{call.pk}/issue/",
            {"version": call.version},
            lambda: fresh(call).facts,
        ),
        "visit": ("/desk/visits/", visit | {"heard": WORDS}, lambda: SiteVisit.objects.get().facts),
        "plan": (
            drafting.at("publish_plan", item.list),
            {"version": fresh(item.list).version, "plan": WORDS},
            lambda: Entry.objects.get(verb="publish_plan").facts,
        ),
        "photo": (
            address(item, f"entries/{photo.entry.seq}/release_photo"),
            {
                "version": fresh(item).version,
                "last_seq": fresh(item).last_entry.seq,
                "photo_version": fresh(photo).version,
                "areas": "",
            },
            lambda: Entry.objects.get(verb="release_photo").facts,
        ),
    }


@pytest.mark.parametrize("road", ["answer", "call", "visit", "plan", "photo"])
def test_every_road_to_the_public_asks_for_the_yes(as_, road):
    item = factories.published_item()
    where, sent, facts = on_each_road(fresh(item))[road]
    office = as_(factories.office_of(item))

    refused = office.post(where, sent)

    assert (refused.status_code, ASKED in shown(refused)) == (403, True)
    assert "手机号" in text_of(refused)
    assert office.post(where, sent | {"_yes": "on"}).status_code == 302
    assert facts()["personal"] == ["mobile"]

"""With the code a worker takes their words back while nobody has answered; else asks for it."""

import pytest

from items import actions, queries
from items.errors import Refused
from items.models import Contact, Suggestion, SuggestionPhoto
from items.suggestion_states import SuggestionStatus
from tests import factories
from tests.desk.logged_in import log_in
from tests.factories import NOW, TODAY, days
from tests.suggestions.phone import Phone, text, words_of

pytestmark = pytest.mark.django_db
MINE = "休息室没有空调，我是张三"


@pytest.fixture
def office(committee):
    return factories.office(committee)


@pytest.fixture
def sent(committee):
    return factories.suggestion(committee, words=MINE, location="二号高炉", contact="分机 301")


@pytest.fixture
def phone(committee):
    return Phone()


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def take_back(phone, sent, value="yes"):
    return phone.ask(sent.code, take_back=value)


def test_words_are_taken_back_after_a_question(phone, sent, office):
    actions.ask_back(fresh(sent), by=office, text="哪一间？")
    actions.reply(fresh(sent), words="我叫张三", today=TODAY)

    asked = take_back(phone, sent, "ask")
    assert MINE in words_of(asked)
    assert 'name="take_back" value="yes"' in text(asked)
    done = words_of(take_back(phone, sent))

    assert [said for said in (MINE, "张三", "二号高炉") if said in done] == []
    row = fresh(sent)
    assert (row.words, row.location, row.status) == ("", "", "taken_back")
    assert not Contact.objects.exists()
    assert not SuggestionPhoto.objects.exists()
    assert "张三" not in "".join(step.text for step in row.entries.all())
    assert row.entries.last().by is None


def test_twice_is_once(phone, sent):
    first, second = (take_back(phone, sent) for _time in range(2))

    assert (first.status_code, second.status_code) == (200, 200)
    assert fresh(sent).entries.filter(verb="take_words_back").count() == 1


def test_it_counts_and_waits_no_more(phone, sent, office, committee):
    factories.suggestion(committee)
    factories.call(committee)
    take_back(phone, sent)

    counts = queries.suggestions_page(committee.slug, TODAY + days(1)).counts
    assert counts.total == 1
    assert sum(term.count for term in counts.terms) == 1
    assert queries.suggestions_to_answer(office, TODAY).count == 1


ENDS = {
    "adopt": lambda sent, office: actions.adopt(
        sent, by=office, items=[factories.Item(list__committee=sent.committee)], text="列入"
    ),
    "settle": lambda sent, office: factories.settled(sent, by=office, text="装好了"),
    "decline": lambda sent, office: actions.decline(
        sent, reason="not_ours", by=office, text="没有预算"
    ),
    "taken up again": lambda sent, office: (
        actions.decline(sent, reason="not_ours", by=office, text="没有预算"),
        actions.take_up_again(fresh(sent), by=office, text="再议"),
    ),
    "merged with an answered one": lambda sent, office: answered_main(sent, office),
}


def answered_main(sent, office):
    main = factories.suggestion(sent.committee)
    actions.merge(sent, by=office, into=main)
    factories.settled(fresh(main), by=office, text="装好了")


@pytest.mark.parametrize("end", ENDS)
def test_once_it_was_answered_one_asks_for_it(phone, sent, office, end):
    ENDS[end](fresh(sent), office)

    page = text(phone.ask(sent.code))
    refused = take_back(phone, sent)
    asked = phone.ask(sent.code, erasing="ask")

    assert 'name="take_back"' not in page
    assert 'name="erasing"' in page
    assert refused.status_code == 403
    assert MINE in words_of(asked)
    assert fresh(sent).words == MINE
    assert 'name="erasing"' not in text(asked)  # it is asked for


def test_office_sees_who_asks_until_it_has_erased(phone, sent, office, client):
    actions.decline(fresh(sent), reason="not_ours", by=office, text="没有预算")
    for _time in range(2):
        phone.ask(sent.code, erasing="ask")
    log_in(client, office)

    desk = client.get("/desk/").content.decode()
    page = words_of(client.get(f"/desk/suggestions/{sent.pk}/"))
    actions.erase(fresh(sent), by=office, text="本人要求", now=NOW)

    assert f'href="/desk/suggestions/{sent.pk}/"' in desk
    assert "请求抹去" in page
    assert fresh(sent).entries.filter(verb="ask_erasing").count() == 1
    assert f'href="/desk/suggestions/{sent.pk}/"' not in client.get("/desk/").content.decode()
    assert "没有预算" in words_of(phone.ask(sent.code))


def test_who_was_put_together_takes_back_their_own_alone(phone, sent, office, committee):
    main = factories.suggestion(committee, words="别人写的话")
    actions.merge(fresh(sent), by=office, into=main)

    take_back(phone, sent)

    assert (fresh(sent).status, fresh(sent).merged_into) == ("taken_back", None)
    assert (fresh(main).words, fresh(main).status) == ("别人写的话", "received")


def test_what_others_were_put_together_with_waits_on_without_words(phone, sent, office, committee):
    other = factories.suggestion(committee, words="别人写的话")
    actions.merge(fresh(other), by=office, into=sent)

    take_back(phone, sent)
    factories.settled(fresh(sent), by=office, text="装好了")

    assert (fresh(sent).words, fresh(sent).status) == ("", "settled")
    assert "装好了" in words_of(phone.ask(other.code))
    assert "别人写的话" in words_of(phone.ask(other.code))


def test_nobody_takes_back_what_came_without_a_code(committee, office, phone, sent):
    other = factories.suggestion(committee)

    phone.ask("AAAA-AAAA-AAAA-AAAA", take_back="yes")

    assert {fresh(row).status for row in (sent, other)} == {"received"}


@pytest.mark.parametrize("status", SuggestionStatus)
def test_rule_holds_in_each_status(sent, office, status):
    bring(sent, office, status)
    try:
        actions.take_words_back(fresh(sent), today=TODAY)
        done = True
    except Refused:
        done = False

    assert done == (status in ("received", "asked", "merged"))


def bring(sent, office, status):
    if status == "asked":
        actions.ask_back(fresh(sent), by=office, text="哪一间？")
    elif status == "merged":
        actions.merge(fresh(sent), by=office, into=factories.suggestion(sent.committee))
    elif status == "taken_back":
        actions.take_words_back(fresh(sent), today=TODAY)
    elif status == "to_confirm":
        factories.supervising(sent.committee)
        actions.settle(fresh(sent), by=office, text="装好了")
    elif status != "received":
        verb = {"adopted": "adopt", "settled": "settle", "not_adopted": "decline"}[status]
        ENDS[verb](fresh(sent), office)
    assert Suggestion.objects.get(pk=sent.pk).status == status

"""The second yes on one page: what waits in a list, card by card, and a stale page."""

import pytest
from zeal import zeal_ignore

from items import actions
from items.actions.batch import Report
from items.models import Entry
from tests import factories
from tests.desk.sending import text_of
from tests.factories import NOW, TODAY
from tests.items.actions.acts import ACTS, enter, fresh
from tests.items.desk.making import several

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _each_item_is_an_act_of_its_own():
    with zeal_ignore():
        yield


@pytest.fixture
def items():
    return several(3, list__slug="plant-2026")


@pytest.fixture
def batch(items):
    return entered(items)


def entered(items):
    reports = [Report(item.pk, f"{item.number}号换了两把", percent=40) for item in items]
    by = factories.colleague_of(items[0])
    return actions.report_many(items[0].list, reports, by=by, now=NOW).batch


AT = "/desk/lists/plant-2026/releases/"


def cards(response):
    return {card.key: card for card, _release, _refuse, _tick in response.context["cards"]}


def answer(client, key, verb="release", seen=None, **said):
    if seen is None:
        seen = cards(client.get(AT))[key].state
    return client.post(AT, {"card": key, "seen": seen, "answer": verb, **said})


def verbs():
    answers = Entry.objects.filter(verb__in=["release", "refuse_entry"])
    return list(answers.values_list("verb", flat=True))


def test_a_batch_is_one_card_beside_the_single_ones(as_, items, batch):
    (single,) = several(1, list__slug="another")
    entered([single])
    page = as_(factories.office_of(items[0])).get(AT)

    assert [len(card.lines) for card in cards(page).values()] == [3]
    text = text_of(page)
    assert "1号换了两把" in text
    assert "— → 40%" in text
    assert single.title not in text


def test_one_button_releases_the_card(as_, items, batch):
    client = as_(factories.office_of(items[0]))

    response = answer(client, batch)

    assert response.status_code == 302
    assert verbs() == ["release"] * 3
    assert {fresh(item).percent for item in items} == {40}
    assert not cards(client.get(AT))


def test_pressed_twice_it_is_told_and_done_once(as_, items, batch):
    client = as_(factories.office_of(items[0]))
    seen = cards(client.get(AT))[batch].state

    assert [answer(client, batch, seen=seen).status_code for _press in range(2)] == [302, 302]
    assert verbs() == ["release"] * 3


def test_a_refusal_needs_a_reason_and_keeps_it(as_, items, batch):
    client = as_(factories.office_of(items[0]))

    assert answer(client, batch, "refuse", reason=" ").status_code == 422
    assert answer(client, batch, "refuse", reason="数不对").status_code == 302
    assert verbs() == ["refuse_entry"] * 3


def test_a_stale_page_gives_409_says_what_changed_and_keeps_the_words(as_, items, batch):
    client = as_(factories.office_of(items[0]))
    seen = cards(client.get(AT))[batch].state
    again = {"by": factories.office_of(items[1]), "text": "重填的话"}
    ACTS["enter_for_owner"](fresh(items[1]), **again)
    factories.claim(fresh(items[2]), now=NOW)

    response = answer(client, batch, "refuse", seen=seen, reason="我写的理由")

    assert response.status_code == 409
    assert "我写的理由" in response.content.decode()
    changes = response.context["changes"]
    assert [change[:4] for change in changes] == ["第2件：", "第3件："]
    assert "重填的话" in changes[0]
    now = cards(response)[batch]
    assert [line.number for line in now.lines] == [1, 3]
    assert [line.number for line in now.left] == [3]
    assert answer(client, batch, seen=now.state).status_code == 302
    assert Entry.objects.filter(verb="release").count() == 1


def test_the_words_stay_when_the_card_is_gone(as_, items, batch):
    client = as_(factories.office_of(items[0]))
    seen = cards(client.get(AT))[batch].state
    third = factories.Role(committee=items[0].list.committee).person
    actions.release_batch(items[0].list, batch, by=third, seen=seen, now=NOW)

    response = answer(client, batch, "refuse", seen=seen, reason="我写的理由")

    assert response.status_code == 409
    assert "我写的理由" in text_of(response)
    assert len(response.context["changes"]) == 3


def test_own_entries_are_shown_with_the_reason_and_no_yes(as_, items, batch):
    page = as_(factories.colleague_of(items[0])).get(AT)

    assert cards(page)[batch].ready == 0
    assert b'value="release"' not in page.content
    assert "代报" in text_of(page)


def test_data_about_a_person_asks_for_a_tick(as_, items):
    by = factories.colleague_of(items[0])
    done = actions.report_many(
        items[0].list, [Report(items[0].pk, "联系 13800138000")], by=by, now=NOW
    )
    client = as_(factories.office_of(items[0]))

    response = answer(client, done.batch)
    assert response.status_code == 403
    assert b'name="_yes"' in response.content
    assert answer(client, done.batch, _yes="on").status_code == 302


def test_newer_news_is_named_before_the_yes(as_, items, batch):
    ACTS["report_progress"](fresh(items[0]), percent=70)
    page = as_(factories.office_of(items[0])).get(AT)

    first, second, _third = cards(page)[batch].lines
    assert [first.steps[0].overtaken, second.steps[0].overtaken] == [True, False]
    assert first.steps[0].old == "70%"


def test_who_sees_it_and_who_says_yes(as_, items, batch):
    committee = items[0].list.committee
    post = factories.Post(committee=committee)
    actions.name_releasing_post(committee, post, by=factories.office_of(items[0]), now=NOW)
    auditor = factories.Role(committee=committee, kind="auditor").person
    seen = cards(as_(auditor).get(AT))[batch].state
    people = {
        auditor: (200, 403),
        factories.owner_of(items[0]): (403, 403),
        factories.supervisor_of(items[0]): (403, 403),
        factories.Person(): (404, 404),
        factories.office(factories.Committee()): (404, 404),
    }
    for person, expected in people.items():
        client = as_(person)
        told = (client.get(AT).status_code, answer(client, batch, seen=seen).status_code)
        assert told == expected
        if expected[0] != 200:
            assert "换了两把" not in client.get(AT).content.decode()
    assert answer(as_(post.holder(TODAY)), batch).status_code == 302
    assert {entry.role for entry in Entry.objects.filter(verb="release")} == {"releaser"}


@pytest.mark.parametrize(
    "sent", [{}, {"answer": "release"}, {"answer": "x", "card": "1", "seen": "1"}]
)
def test_what_no_page_sends_is_refused(as_, items, batch, sent):
    assert as_(factories.office_of(items[0])).post(AT, sent).status_code == 422


@pytest.mark.parametrize("seen", ["1", "a.b.c", "9" * 40 + ".0.1", "-", "1.2.3-"])
def test_a_state_that_no_page_shows_is_stale(as_, items, batch, seen):
    client = as_(factories.office_of(items[0]))

    assert answer(client, batch, seen=seen).status_code == 409
    assert verbs() == []


def test_reached_from_the_queue_and_from_the_item(as_, items, batch):
    client = as_(factories.office_of(items[0]))

    for path in ("/desk/", "/desk/releases/", "/desk/lists/plant-2026/1/"):
        assert AT in client.get(path).content.decode(), path


def test_as_many_questions_for_one_as_for_three(
    as_, items, django_assert_num_queries, django_assert_max_num_queries
):
    client = as_(factories.office_of(items[0]))
    enter(fresh(items[0]))
    client.get(AT)
    with django_assert_max_num_queries(20) as asked:
        client.get(AT)
    entered(items[1:])
    with django_assert_num_queries(len(asked)):
        client.get(AT)


# Several cards together, by their ticks


@pytest.fixture
def two(items):
    """Return the keys of two cards, each of one entry."""
    for item in items[:2]:
        enter(item)
    entries = Entry.objects.filter(verb="enter_for_owner").order_by("seq")
    return [str(entry.seq) for entry in entries]


def ticked(client, keys, verb="release", **said):
    known = cards(client.get(AT))
    sent = [f"{key}:{known[key].state}" for key in keys]
    return client.post(AT, {"together": "1", "cards": sent, "answer": verb, **said})


def ticks(response):
    return {card.key: tick for card, _release, _refuse, tick in response.context["cards"]}


@pytest.mark.parametrize(("verb", "done"), [("release", "release"), ("refuse", "refuse_entry")])
def test_cards_that_are_ticked_are_answered_together(as_, items, two, verb, done):
    client = as_(factories.office_of(items[0]))
    page = client.get(AT)
    assert page.content.decode().count('form="together"') == 2
    assert not any(tick["ticked"] for tick in ticks(page).values())  # each is to be read first

    assert ticked(client, two, verb, reason="数不对").status_code == 302

    assert verbs() == [done] * 2
    assert not cards(client.get(AT))


def test_card_that_is_not_ticked_stays(as_, items, two):
    client = as_(factories.office_of(items[0]))

    assert ticked(client, two[:1]).status_code == 302

    assert verbs() == ["release"]
    assert list(cards(client.get(AT))) == two[1:]


@pytest.mark.parametrize(
    ("keys", "verb", "sentence"),
    [(0, "release", "请先打勾，再按按钮。"), (2, "refuse", "请写明为什么退回。")],
)
def test_without_ticks_or_reason_nothing_is_answered(as_, items, two, keys, verb, sentence):
    client = as_(factories.office_of(items[0]))

    page = ticked(client, two[:keys], verb, reason=" ")

    assert page.status_code == 422
    assert sentence in text_of(page)
    assert [tick["ticked"] for tick in ticks(page).values()] == [bool(keys)] * 2
    assert verbs() == []


def test_what_changed_meanwhile_stays_ticked_and_the_reason_is_kept(as_, items, two):
    client = as_(factories.office_of(items[0]))
    sent = [f"{key}:{card.state}" for key, card in cards(client.get(AT)).items()]
    factories.claim(fresh(items[1]), now=NOW)

    said = {"together": "1", "cards": sent, "answer": "refuse", "reason": "我写的理由"}
    page = client.post(AT, said)

    assert page.status_code == 409
    assert verbs() == ["refuse_entry"]
    assert "我写的理由" in page.content.decode()
    (tick,) = ticks(page).values()
    assert tick["ticked"]
    assert tick["why_not"] in text_of(page)


def test_what_a_colleague_answered_meanwhile_is_said(as_, items, two):
    client = as_(factories.office_of(items[0]))
    sent = [f"{key}:{card.state}" for key, card in cards(client.get(AT)).items()]
    ACTS["release"](fresh(items[0]))

    page = client.post(AT, {"together": "1", "cards": sent, "answer": "release"})

    assert page.status_code == 409
    assert verbs() == ["release"] * 2
    assert page.context["gone"]
    assert all(why_not in text_of(page) for why_not in page.context["gone"])


def test_owner_answers_no_ticked_cards(as_, items, two):
    sent = {"together": "1", "cards": [f"{two[0]}:x"], "answer": "release"}

    assert as_(factories.owner_of(items[0])).post(AT, sent).status_code == 403
    assert verbs() == []

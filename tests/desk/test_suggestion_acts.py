"""The verbs of a suggestion: done by the office alone, each with its step, and no word is lost."""

import pytest
from django.test import Client

from items import actions, models
from items.suggestion_states import (
    BEGINS,
    BY_REVIEWER,
    BY_SUGGESTER,
    BY_SUPERVISOR,
    SUGGESTION_MOVES,
)
from tests import factories
from tests.desk.sending import text_of
from tests.desk.suggesting import FIELDS, act_fields, at, people
from tests.factories import NOW, TODAY, days
from welfare.desk.suggestions.acts import TRIAGE

pytestmark = pytest.mark.django_db
ENDED = {"take_up_again", "show_answer", "hide_answer"}
OTHERS = BEGINS | BY_SUGGESTER | BY_REVIEWER | BY_SUPERVISOR
VERBS = [verb for verb in SUGGESTION_MOVES if verb not in OTHERS | {"sort"}]
FROM_HERE = {"sec-fetch-site": "same-origin", "origin": "http://testserver"}


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


def ready(verb, sent, office):
    """Bring a suggestion to where the verb can be done; return it as it is then."""
    if verb == "let_in":
        return factories.suggestion(sent.committee, moderated=True)
    if verb == "settle":
        factories.supervising(sent.committee)  # who confirms what has no photo
    if verb in ENDED:
        actions.decline(sent, reason="not_ours", by=office, text="不归厂里管", now=NOW)
    if verb == "hide_answer":
        actions.show_answer(sent, by=office, words="原话", answer="答复", now=NOW)
    return fresh(sent)


def fresh(suggestion):
    return models.Suggestion.objects.get(pk=suggestion.pk)


def last_step(suggestion):
    return suggestion.entries.order_by("seq").last()


# It works, and leaves its step


@pytest.mark.parametrize("verb", FIELDS)
def test_verb_is_offered_works_and_leaves_its_step(client, sent, office, verb):
    suggestion = ready(verb, sent, office)

    offered = f'value="{verb}"' if verb in TRIAGE else at(suggestion, verb)
    assert offered in client.get(at(suggestion)).content.decode()
    assert client.get(at(suggestion, verb)).status_code == 200
    response = client.post(at(suggestion, verb), act_fields(verb, suggestion))

    step = last_step(suggestion)
    assert (response.status_code, step.verb, step.by, step.day) == (302, verb, office, TODAY)
    assert response.headers["Location"].startswith("/desk/suggestions/")


def test_answer_leads_to_the_next_one_and_then_back_to_the_list(client, committee, sent):
    after = factories.suggestion(committee, today=TODAY + days(1))
    factories.supervising(committee)

    first = client.post(at(sent, "settle"), act_fields("settle", sent), follow=True)
    last = client.post(at(after, "settle"), act_fields("settle", after), follow=True)

    assert first.redirect_chain == [(at(after), 302)]
    assert "凭回执码可看到答复" in text_of(first)
    assert last.redirect_chain == [("/desk/suggestions/", 302)]
    assert "没有其他意见等待答复了" in text_of(last)


def test_it_is_put_together_with_a_similar_one_in_one_step(client, committee, sent):
    other = factories.suggestion(committee, words="休息室没空调")
    page = client.get(at(sent)).content.decode()
    assert f'name="into" value="{other.pk}"' in page

    client.post(at(sent), act_fields("merge", sent, into=other.pk) | {"verb": "merge"})

    assert fresh(sent).merged_into == other
    assert "另有1条同样意见" in text_of(client.get(at(other)))


def test_another_one_is_found_by_its_words_and_what_was_typed_stays(client, committee, sent):
    other = factories.suggestion(committee, words="班车太少")
    typed = act_fields("merge", sent, q="班车", text="备注一句", look="1")

    page = client.post(at(sent, "merge"), typed)

    assert page.status_code == 200
    assert "班车太少" in text_of(page)
    assert "备注一句" in page.content.decode()
    assert 'role="alert"' not in page.content.decode()
    assert last_step(sent) is None
    client.post(at(sent, "merge"), act_fields("merge", sent, into=other.pk, q="班车"))
    assert fresh(sent).merged_into == other


@pytest.mark.parametrize("which", ["elsewhere", "moderated", "itself"])
def test_what_cannot_be_put_together_is_no_choice(client, committee, sent, which):
    others = {
        "elsewhere": lambda: factories.suggestion(factories.Committee()),
        "moderated": lambda: factories.suggestion(committee, moderated=True),
        "itself": lambda: sent,
    }

    response = client.post(at(sent, "merge"), act_fields("merge", sent, into=others[which]().pk))

    assert (response.status_code, last_step(sent)) == (422, None)


def test_it_becomes_several_items(client, committee, sent):
    one = factories.published_item(list__committee=committee)
    other = factories.Item(list__committee=committee)
    typed = act_fields("adopt", sent, items=[one.pk, other.pk], text="列入清单")

    assert client.post(at(sent, "adopt"), typed).status_code == 302

    assert set(fresh(sent).items.all()) == {one, other}
    assert last_step(sent).text == "列入清单"


def test_it_becomes_a_new_draft(client, committee, sent):
    item_list = factories.ItemList(committee=committee)
    typed = act_fields("adopt", sent, item_list=item_list.pk, title="装空调", text="列入清单")

    assert client.post(at(sent, "adopt"), typed).status_code == 302

    assert [item.title for item in fresh(sent).items.all()] == ["装空调"]


@pytest.mark.parametrize(
    "typed",
    [
        {"items": []},
        {"items": ["item"], "item_list": "list", "title": "两样都选"},
        {"item_list": "list"},
        {"items": ["elsewhere"]},
        {"items": ["withdrawn"]},
        {"items": ["item"], "text": ""},
    ],
)
def test_adoption_that_says_too_little_or_too_much_keeps_its_words(client, committee, sent, typed):
    withdrawn = factories.item_at("withdrawn", list__committee=committee)
    item = factories.Item(list__committee=committee)
    rows = {"item": item, "list": item.list, "elsewhere": factories.Item(), "withdrawn": withdrawn}
    named = typed | {
        name: [rows[each].pk for each in value] if name == "items" else rows[value].pk
        for name, value in typed.items()
        if name in ("items", "item_list")
    }

    response = client.post(
        at(sent, "adopt"), act_fields("adopt", sent, **{"text": "列入清单"} | named)
    )

    assert (response.status_code, last_step(sent)) == (422, None)
    for words in filter(None, [typed.get("title"), typed.get("text", "列入清单")]):
        assert words in response.content.decode()


def test_item_is_looked_for_among_many(client, committee, sent):
    item = factories.Item(list__committee=committee, title="修整道路")
    for _each in range(15):
        factories.another(item)
    last = factories.another(item, title="更新班车")

    before = client.get(at(sent, "adopt"))
    typed = act_fields("adopt", sent, q="班车", items=[item.pk], text="写了一半", look="1")
    page = client.post(at(sent, "adopt"), typed)

    assert "更新班车" not in text_of(before)
    assert f'value="{last.pk}"' in page.content.decode()
    assert page.context["form"]["items"].value() == [str(item.pk)]
    assert "写了一半" in page.content.decode()


def test_what_is_shown_begins_with_the_words_and_the_answer(client, sent, office):
    suggestion = ready("show_answer", sent, office)

    page = client.get(at(suggestion, "show_answer"))
    client.post(at(suggestion, "show_answer"), act_fields("show_answer", suggestion))

    assert page.context["form"]["words"].value() == sent.words
    assert page.context["form"]["answer"].value() == "不归厂里管"
    assert "人人可看" in text_of(page)
    assert (fresh(sent).shown_words, fresh(sent).shown_answer) == ("休息室装空调", "已装")


# Who may not


ALIKE = [{"let_in"}, {"take_up_again", "show_answer"}, {"hide_answer"}]  # ready for all of these
ALIKE.append(set(VERBS).difference(*ALIKE))


@pytest.mark.parametrize("verbs", ALIKE, ids=lambda verbs: min(verbs))
def test_only_the_office_does_it(as_, committee, sent, office, verbs):
    suggestion = ready(min(verbs), sent, office)
    before = suggestion.last_seq
    readers, strangers = people(committee)
    sent = {verb: acted(verb, suggestion) for verb in verbs}

    for who, person in readers.items():
        client = as_(person)
        page = client.get(at(suggestion)).content.decode()
        for verb in verbs:
            assert at(suggestion, verb) not in page, (who, verb)
            assert client.get(at(suggestion, verb)).status_code == 403, (who, verb)
            response = client.post(at(suggestion, verb), sent[verb])
            assert response.status_code == 403, (who, verb)
    for who, person in strangers.items():
        client = as_(person)
        for verb in verbs:
            answers = [client.get(at(suggestion, verb)), client.post(at(suggestion, verb))]
            assert [answer.status_code for answer in answers] == [404, 404], (who, verb)
    assert fresh(suggestion).last_seq == before
    assert not models.ContactLook.objects.exists()


def acted(verb, suggestion):
    """Return what a reader would have to send for the verb."""
    into = factories.suggestion(suggestion.committee).pk
    items = [factories.Item(list__committee=suggestion.committee).pk]
    words = {"merge": {"into": into}, "adopt": {"items": items, "text": "列入"}}
    return act_fields(verb, suggestion, **words.get(verb, {"why": "约时间"}))


@pytest.mark.parametrize("verb", ["settle", "ask_back", "merge"])
def test_what_has_ended_says_why_it_cannot_be_done(client, sent, office, verb):
    actions.decline(sent, reason="not_ours", by=office, text="不归厂里管", now=NOW)
    typed = acted(verb, sent) | FIELDS.get(verb, {})

    page = client.get(at(sent, verb))
    response = client.post(at(sent, verb), typed)

    assert (page.status_code, response.status_code) == (403, 403)
    assert "未采纳" in text_of(page)
    assert last_step(sent).verb == "decline"
    assert FIELDS.get(verb, {}).get("text", "") in response.content.decode()


# Two people, lost logins


def test_second_sees_what_the_first_did_and_keeps_their_words(as_, committee, sent, office):
    colleague = factories.Role(committee=committee).person
    typed = act_fields("decline", sent, text="我写的这句")
    actions.ask_back(fresh(sent), by=office, text="先问的那句", now=NOW)

    response = as_(colleague).post(at(sent, "decline"), typed)

    assert response.status_code == 409
    assert "先问的那句" in text_of(response)
    assert "我写的这句" in response.content.decode()
    assert last_step(sent).verb == "ask_back"
    again = {b.name: b.value() for b in response.context["form"]}
    assert as_(colleague).post(at(sent, "decline"), again).status_code == 302
    assert last_step(sent).text == "我写的这句"


def test_button_that_is_pressed_twice_does_it_once(client, sent):
    factories.supervising(sent.committee)
    typed = act_fields("settle", sent)

    answers = [client.post(at(sent, "settle"), typed) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert sent.entries.count() == 1


def test_empty_answer_is_not_taken(client, sent):
    response = client.post(at(sent, "decline"), act_fields("decline", sent, text=" "))

    assert (response.status_code, last_step(sent)) == (422, None)


def test_lost_login_gives_the_words_back(sent):
    typed = act_fields("decline", sent, text="写了半天的话")

    response = Client().post(at(sent, "decline"), typed, headers=FROM_HERE)

    assert response.status_code == 403
    assert "写了半天的话" in response.content.decode()
    assert "为什么不采纳" in text_of(response)
    assert sent.words not in text_of(response)
    assert last_step(sent) is None


@pytest.mark.parametrize("path", ["photos/1.jpg"])
def test_pages_to_read_take_nothing(client, sent, path):
    assert client.post(f"{at(sent)}{path}").status_code == 405

"""One question about each answer: to the office, which may answer it; counts stay as they are."""

import pytest

from items import actions, queries
from items.errors import Refused
from items.models import Suggestion
from tests import factories
from tests.desk.logged_in import log_in
from tests.factories import TODAY
from tests.suggestions.phone import Phone, text, words_of

pytestmark = pytest.mark.django_db
QUESTION = "哪一天换？换几把？"
ASKS = "还没说清楚，再问一句"


@pytest.fixture
def office(committee):
    return factories.office(committee)


@pytest.fixture
def sent(committee):
    return factories.suggestion(committee)


@pytest.fixture
def answered(sent, office):
    factories.settled(sent, by=office, text="下周换")
    return sent


@pytest.fixture
def phone(committee):
    return Phone()


def fresh(suggestion):
    return Suggestion.objects.get(pk=suggestion.pk)


def ask(phone, suggestion, question=QUESTION):
    return phone.ask(suggestion.code, question=question)


def test_only_an_answer_can_be_asked_about(phone, sent):
    assert ASKS not in words_of(phone.ask(sent.code))

    assert ask(phone, sent).status_code == 422
    assert not fresh(sent).entries.exists()


def test_question_reaches_the_office_and_changes_no_count(phone, answered, office, client):
    assert ASKS in words_of(phone.ask(answered.code))
    before = queries.suggestions_page("plant", TODAY).counts

    response = ask(phone, answered)

    assert response.status_code == 200
    assert QUESTION in words_of(response)
    assert ASKS not in words_of(response)
    assert queries.suggestions_page("plant", TODAY).counts == before
    log_in(client, office)
    assert QUESTION in text(client.get("/desk/"))
    assert QUESTION in text(client.get(f"/desk/suggestions/{answered.pk}/"))


def test_pressed_twice_it_is_one_and_another_is_refused_with_its_words(phone, answered):
    ask(phone, answered)

    assert ask(phone, answered).status_code == 200
    refused = ask(phone, answered, "还有呢？")

    assert refused.status_code == 422
    assert "还有呢？</textarea>" in text(refused)
    assert fresh(answered).entries.filter(verb="ask_again").count() == 1


def test_office_answers_again_and_then_one_more_can_be_asked(phone, answered, office, client):
    ask(phone, answered)

    actions.answer_again(fresh(answered), by=office, text="周一换四把")

    page = words_of(phone.ask(answered.code))
    assert page.index("下周换") < page.index(QUESTION) < page.index("周一换四把")
    assert ASKS in page
    assert fresh(answered).status == "settled"
    log_in(client, office)
    assert QUESTION not in text(client.get("/desk/"))
    with pytest.raises(Refused):
        actions.answer_again(fresh(answered), by=office, text="又答")


def test_desk_has_a_page_for_it_while_a_question_waits(phone, answered, office, client):
    log_in(client, office)
    address = f"/desk/suggestions/{answered.pk}/answer_again/"
    assert address not in text(client.get(f"/desk/suggestions/{answered.pk}/"))

    ask(phone, answered)
    row = fresh(answered)
    assert address in text(client.get(f"/desk/suggestions/{answered.pk}/"))
    said = {"text": "周一换四把", "version": row.version, "last_seq": row.last_seq}
    assert client.post(address, said).status_code == 302

    assert "周一换四把" in words_of(phone.ask(answered.code))


def test_desks_list_marks_it_while_the_question_waits(phone, answered, office, client):
    log_in(client, office)
    mark = "对答复还有疑问"

    assert mark not in text(client.get("/desk/suggestions/"))
    ask(phone, answered)
    assert text(client.get("/desk/suggestions/")).count(mark) == 1
    actions.answer_again(fresh(answered), by=office, text="周一换四把")
    assert mark not in text(client.get("/desk/suggestions/"))


def test_what_was_put_together_asks_for_itself(phone, sent, committee, office):
    other = factories.suggestion(committee, words="另一个人也这么说")
    actions.merge(other, by=office, into=fresh(sent))
    factories.settled(fresh(sent), by=office, text="下周换")

    assert ask(phone, other).status_code == 200

    assert QUESTION not in words_of(phone.ask(sent.code))
    actions.answer_again(fresh(other), by=office, text="周一换四把")
    assert "周一换四把" in words_of(phone.ask(other.code))


@pytest.mark.parametrize("question", ["打我电话 13800138000", "  ", "一" * 2001])
def test_what_it_may_not_hold(phone, answered, question):
    response = ask(phone, answered, question)

    assert response.status_code == 422
    assert question.strip() in text(response)
    assert not fresh(answered).entries.filter(verb="ask_again").exists()


def test_erasing_takes_the_question(phone, answered, office):
    ask(phone, answered)

    actions.erase(fresh(answered), by=office, text="写了名字")

    assert QUESTION not in text(phone.ask(answered.code))
    assert not fresh(answered).entries.open_questions().exists()


def test_answer_says_how_the_item_stands_today(phone, sent, committee, office):
    item = factories.published_item(list__committee=committee, number=2)
    actions.adopt(sent, by=office, items=[item], text="列入清单")
    assert "已列入第2件" in words_of(phone.ask(sent.code))
    assert "今天：未启动" in words_of(phone.ask(sent.code))

    factories.start(item, factories.NOW)

    assert "今天：正在推进" in words_of(phone.ask(sent.code))

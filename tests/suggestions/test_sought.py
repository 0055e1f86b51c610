"""What a search didn't find comes along into the form; sent, it is counted, and nobody with it."""

import pytest

from items import actions, queries
from items.models import SoughtWords, Suggestion
from items.privacy.receipt_codes import code_for
from tests import factories
from tests.suggestions.phone import Phone, text

pytestmark = pytest.mark.django_db
URL = "/suggest/?sought=%E5%81%9C%E8%BD%A6%E8%B4%B9"  # 停车费


@pytest.fixture
def phone(committee, clock):
    return Phone(clock)


def counted():
    return dict(SoughtWords.objects.values_list("words", "times"))


def tell(committee, words="停车费太贵", sought="停车费", **said):
    return factories.suggestion(committee, words=words, sought=sought, **said)


def test_words_come_along_and_a_get_counts_nothing(phone):
    page = text(phone.get(URL))

    assert ">\n停车费</textarea>" in page
    assert '<input type="hidden" name="sought" value="停车费"' in page
    assert counted() == {}
    assert "sought" not in text(phone.get("/suggest/"))


@pytest.mark.parametrize("sought", ["a" * 5000, "%00%ff<b>", "%E2%80%AE" * 50])
def test_odd_words_are_cut_and_escaped(phone, sought):
    response = phone.get(f"/suggest/?sought={sought}")

    assert response.status_code == 200
    assert "a" * 61 not in text(response)
    assert "<b>" not in text(response).partition("<form")[2]


def test_sent_words_are_counted_once_a_suggestion(phone):
    phone.send(words="停车费太贵", sought=" 停车费 ")
    assert counted() == {"停车费": 1}

    assert phone.send(words="停车费太贵", sought="停车费").status_code == 201  # pressed twice
    assert counted() == {"停车费": 1}
    phone.send(words="想要别的")
    assert counted() == {"停车费": 1}


def test_case_and_width_make_no_second_word(committee):
    for sought in ("AED", "ａｅｄ", " aed\u200b"):
        tell(committee, sought=sought)

    assert counted() == {"aed": 3}


@pytest.mark.parametrize(
    "sought", ["13812345678", "lisi@example.com", "11010519491231002X", "", "  ", "\u200b"]
)
def test_what_may_tell_of_a_person_is_not_counted(committee, sought):
    tell(committee, sought=sought)

    assert Suggestion.objects.count() == 1
    assert counted() == {}


def test_what_waits_in_moderation_is_not_counted(committee):
    tell(committee, moderated=True)

    assert counted() == {}


def test_refused_suggestion_counts_nothing_and_keeps_the_words(phone):
    response = phone.send(words="", sought="停车费")

    assert response.status_code == 422
    assert 'name="sought" value="停车费"' in text(response)
    assert counted() == {}


def test_same_code_at_the_same_moment_counts_once(committee):
    code = code_for("a")
    tell(committee, code=code)
    tell(committee, code=code)

    assert counted() == {"停车费": 1}


def test_nothing_but_a_number_stands_beside_the_words():
    columns = {field.name for field in SoughtWords._meta.get_fields()}

    assert columns == {"id", "committee", "words", "times"}  # no day, no order, no suggestion
    assert SoughtWords._meta.pk.default.__name__ == "random_key"


def test_office_reads_them_from_the_second_time_on(committee, client):
    office = factories.office(committee)
    tell(committee)
    assert queries.sought_words(office) == ()

    tell(committee, words="停车要收费")
    tell(committee, sought="游泳池")

    (row,) = queries.sought_words(office)
    assert (row.words, row.times, row.slug) == ("停车费", 2, committee.slug)
    client.force_login(office)
    page = text(client.get("/desk/suggestions/"))
    assert "停车费" in page.partition('id="sought"')[2]
    assert "游泳池" not in page
    assert f"/desk/synonyms/{committee.slug}/" in page


def test_other_offices_read_nothing_of_it(committee):
    for _twice in range(2):
        tell(committee)
    other = factories.Committee()

    assert queries.sought_words(factories.office(other)) == ()


def test_count_outlives_the_suggestion_but_says_no_more_of_it(committee):
    sent = tell(committee)
    actions.take_words_back(sent)

    assert counted() == {"停车费": 1}

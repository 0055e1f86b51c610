"""Synonyms at the desk: the office writes them; a bad line is named, and the text is kept."""

import pytest

from items.models import SoughtWords, Synonyms
from tests import factories
from tests.desk.sending import text_of

pytestmark = pytest.mark.django_db
URL = "/en/desk/synonyms/plant/"


@pytest.fixture
def item():
    return factories.published_item(list__committee=factories.Committee(slug="plant"))


@pytest.fixture
def office(item, as_):
    return as_(factories.office_of(item))


def test_office_writes_what_means_the_same(office, item):
    sent = office.post(URL, {"version": 0, "lines": "铁水罐 鱼雷罐"}, follow=True)

    assert sent.redirect_chain == [(URL, 302)]
    assert Synonyms.objects.get().lines == "铁水罐 鱼雷罐"
    assert "铁水罐 鱼雷罐" in sent.content.decode()
    assert "椅子 座椅" in sent.content.decode()  # what is shipped stands there, too


def test_bad_line_is_named_and_the_text_is_kept(office):
    sent = office.post(URL, {"version": 0, "lines": "铁水罐 鱼雷罐\n灯 照明"})

    assert sent.status_code == 422
    assert "Line 2: “灯” is one sign" in text_of(sent)
    assert "铁水罐 鱼雷罐\n灯 照明" in sent.content.decode()
    assert not Synonyms.objects.exists()


def test_who_saw_less_sees_both(office, item):
    Synonyms.objects.create(committee=item.list.committee, lines="甲乙 丙丁", version=1)

    sent = office.post(URL, {"version": 0, "lines": "戊己 庚辛"})

    assert sent.status_code == 409
    assert "甲乙 丙丁" in text_of(sent)
    assert "戊己 庚辛" in sent.content.decode()
    again = {"version": sent.context["form"]["version"].value(), "lines": "戊己 庚辛"}
    assert office.post(URL, again).status_code == 302


def test_auditor_reads_and_writes_nothing(item, as_):
    auditor = as_(factories.Role(committee=item.list.committee, kind="auditor").person)
    Synonyms.objects.create(committee=item.list.committee, lines="甲乙 丙丁", version=1)

    page = auditor.get(URL)

    assert page.status_code == 200
    assert "甲乙 丙丁" in text_of(page)
    assert b"<textarea" not in page.content
    assert auditor.post(URL, {"version": 1, "lines": "戊己 庚辛"}).status_code == 403
    assert Synonyms.objects.get().lines == "甲乙 丙丁"


def test_to_others_there_is_none(item, as_):
    stranger = as_(factories.office(factories.Committee()))

    assert stranger.get(URL).status_code == 404
    assert stranger.post(URL, {"version": 0, "lines": ""}).status_code == 404


def test_posts_lead_there(office):
    assert URL in office.get("/en/desk/posts/").content.decode()


@pytest.fixture
def sought(item):
    def count(words, times=2):
        rows = SoughtWords.objects
        return rows.create(committee=item.list.committee, words=words, times=times)

    other = SoughtWords(committee=factories.Committee(), words="停车费", times=3)
    other.save()
    return [count("停车费", 3), count("鱼雷罐"), count("只一次", 1)], other


def words_left():
    return sorted(SoughtWords.objects.values_list("words", "committee__slug").distinct())


def test_words_looked_for_in_vain_are_dismissed(office, sought):
    _mine, other = sought
    page = office.get(URL).content.decode()
    assert [f'value="{words}"' in page for words in ("停车费", "只一次")] == [True, False]

    sent = office.post(URL, {"version": 0, "lines": "", "dismissed": ["停车费"]})

    assert sent.status_code == 302
    theirs = (other.words, other.committee.slug)
    assert words_left() == sorted([theirs, ("只一次", "plant"), ("鱼雷罐", "plant")])


def test_words_that_a_line_has_are_no_longer_looked_for_in_vain(office, sought):
    office.post(URL, {"version": 0, "lines": "铁水罐 鱼雷罐"})

    assert ("鱼雷罐", "plant") not in words_left()
    assert ("停车费", "plant") in words_left()


def test_who_saw_less_dismisses_nothing(office, item, sought):
    Synonyms.objects.create(committee=item.list.committee, lines="甲乙 丙丁", version=1)

    sent = office.post(URL, {"version": 0, "lines": "戊己 庚辛", "dismissed": ["停车费"]})

    assert sent.status_code == 409
    assert ("停车费", "plant") in words_left()

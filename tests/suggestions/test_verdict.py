"""A worker says on a phone whether an item is done; nothing of it is lost, doubled or tied."""

import re

import pytest

from items import actions
from items.models import Answered, Item, Suggestion, Verdict
from items.privacy.wall_codes import wall_code
from tests import factories
from tests.factories import NOW, TODAY, days
from tests.suggestions.phone import NONCE, WORDS, Phone, text, words_of

pytestmark = pytest.mark.django_db
PATH = "/lists/plant-2026/1/verdict/"
LABELS = ["办好了", "还差一点", "没办好", "没看到"]


def item_at(status, committee, **columns):
    of = {"list__slug": "plant-2026", "list__committee": committee, "number": 1}
    return factories.item_at(status, **of, **columns)


@pytest.fixture
def item(committee):
    return item_at("pending_check", committee)


class Voter(Phone):
    """A phone that has the four buttons open."""

    def open(self, query=""):
        page = text(self.get(f"{self.prefix}{PATH}{query}"))
        found = NONCE.search(page)
        return found and found[1]

    def press(self, grade="good", **fields):
        fields = {"nonce": self.nonce, "grade": grade} | fields
        return self.post(PATH, {k: v for k, v in fields.items() if v is not None})


def kept():
    return sorted(Verdict.objects.values_list("grade", "verified"))


def test_page_asks_with_four_buttons_in_one_order(item, clock):
    page = words_of(Phone(clock).get(PATH))

    assert "责任人报办完了，是这样吗？" in page
    places = [page.index(label) for label in LABELS]
    assert places == sorted(places)
    assert text(Phone(clock).get(PATH)).count('class="grade"') == 4  # each is seen


def test_answer_is_kept_and_said(item, clock):
    response = Voter(clock).press("not_done")

    assert response.status_code == 201
    said = words_of(response)
    assert "您说的是：没办好" in said
    assert "明天一早计入" in said
    assert kept() == [("not_done", True)]
    assert "no-store" in response.headers["Cache-Control"]


def test_words_follow_as_a_suggestion_about_it(item, clock):
    voter = Voter(clock)
    assert "/suggest/?about=plant-2026/1&amp;grade=nearly" in text(voter.press("nearly"))
    phone = Phone(clock, client=voter.client)
    page = text(phone.get("/suggest/?about=plant-2026/1&grade=nearly"))
    assert "还差一点" in page

    assert phone.send(WORDS, about="plant-2026/1", grade="nearly").status_code == 201

    row = Suggestion.objects.get()
    assert (row.about, row.grade) == (item, "nearly")


@pytest.mark.parametrize(("about", "grade"), [("plant-2026/1", "best"), ("", "nearly")])
def test_forged_word_or_one_about_nothing_is_none(item, clock, about, grade):
    Phone(clock).send(WORDS, about=about, grade=grade)

    assert Suggestion.objects.get().grade == ""


def test_same_browser_twice_is_told_so(item, clock):
    voter = Voter(clock)
    voter.press("good")

    again = voter.press("not_done")

    assert again.status_code == 422
    assert "已经说过" in words_of(again)
    assert kept() == [("good", True)]


def test_three_hundred_phones_behind_one_address_all_count(item, clock):
    phones = [Voter() for _ in range(30)]  # ten times as many take ten times as long
    clock.shift(10)

    assert {phone.press().status_code for phone in phones} == {201}
    assert kept() == [("good", True)] * 30


def test_above_the_ceiling_they_are_counted_apart_for_ever(item, clock, settings):
    settings.VERDICTS_PER_ADDRESS = 1
    Voter(clock).press()
    Voter(clock).press("not_done")
    Voter(clock, at="198.51.100.9").press()
    actions.count_verdicts(TODAY + days(1))
    clock.shift(24 * 3600)

    assert kept() == [("good", True), ("good", True), ("not_done", False)]
    page = words_of(Phone(clock).get(PATH))
    assert "没办好 1" in page.partition("不可核")[2]


UNSURE = {
    "without a cookie": lambda voter: voter.client.cookies.clear(),
    "into the trap": lambda voter: None,
}


@pytest.mark.parametrize("case", UNSURE)
def test_what_comes_as_from_a_program_is_counted_apart(item, clock, case):
    voter = Voter(clock)
    UNSURE[case](voter)
    voter.press(more="http://x" if case == "into the trap" else "")

    assert kept() == [("good", False)]


BAD = {
    "a forged answer": {"grade": "best"},
    "no answer": {"grade": None},
    "a forged number": {"nonce": "x:y:z"},
    "five megabytes": {"grade": "x" * 5_000_000},
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_a_sentence_and_nothing_is_counted(item, clock, case):
    response = Voter(clock).press(**BAD[case])

    assert response.status_code in (400, 413, 422)
    assert words_of(response)
    assert kept() == []
    assert not Answered.objects.exists()


def test_too_quick_comes_back(item, clock):
    voter = Voter()
    assert voter.press().status_code == 422
    clock.shift(2)

    assert voter.press().status_code == 201


def test_page_that_was_open_too_long_comes_back_with_a_new_number(item, clock):
    voter = Voter(clock)
    clock.shift(8 * 24 * 3600)
    response = voter.press()
    assert response.status_code == 422
    voter.nonce = NONCE.search(text(response))[1]
    clock.shift(10)

    assert voter.press().status_code == 201


@pytest.mark.parametrize(
    ("status", "columns", "said"),
    [
        ("resolved", {"hardship": True}, "帮扶事项不作公开评价"),
        ("in_progress", {}, "现场情况告诉办公室"),
        ("resolved", {}, "现场情况告诉办公室"),  # its round is over
    ],
)
def test_without_a_round_there_are_no_buttons(committee, clock, status, columns, said):
    item_at(status, committee, **columns)
    voter = Voter(clock)
    assert voter.nonce is None
    assert said in text(voter.get(PATH))

    voter.nonce = Phone(clock).nonce
    assert voter.press().status_code == 422
    assert kept() == []


@pytest.mark.parametrize("path", ["/lists/plant-2026/9/verdict/", "/lists/none/1/verdict/"])
def test_what_is_not_published_is_not_there(item, clock, path):
    assert Phone(clock).get(path).status_code == 404
    assert Phone(clock).post(path, {"grade": "good"}).status_code == 404


def test_counts_of_the_days_before_stand_beside_the_buttons(item, clock):
    factories.verdict(item, grade="good", now=NOW)
    clock.shift(24 * 3600)
    page = Phone(clock).get(PATH)

    assert "1人" in words_of(page).replace(" ", "")
    assert "%" not in words_of(page)


def test_round_says_its_days_and_why_it_ended(item, clock):
    factories.withdraw(Item.objects.get(pk=item.pk), now=NOW)

    page = words_of(Phone(clock).get(PATH))

    assert "调出清单" in page


# The code of the wall


def marks():
    return sorted(Verdict.objects.values_list("grade", "from_wall"))


def test_code_of_the_wall_marks_the_answer(item, clock):
    code = wall_code(item.list_id, TODAY)
    voter = Voter(clock)
    page = words_of(voter.get(f"{PATH}?wall={code}"))
    assert "带墙上码" in page

    assert voter.press("good", wall=f" {code.lower()} ").status_code == 201

    assert marks() == [("good", True)]
    assert kept() == [("good", True)]  # verified as any other


@pytest.mark.parametrize("wall", ["222222", "码", "x" * 5000, "' OR 1=1 --", None])
def test_wrong_code_refuses_nothing_and_marks_nothing(item, clock, wall):
    assert Voter(clock).press("not_done", wall=wall).status_code == 201

    assert marks() == [("not_done", False)]


def test_wrong_code_is_said_before_anything_is_pressed(item, clock):
    page = text(Voter(clock).get(f"{PATH}?wall=<b>222222"))

    assert "这不是现在墙上的码" in page
    assert "222222" not in page
    assert page.count('class="grade"') == 4


def test_right_code_goes_along_with_the_buttons(item, clock):
    code = wall_code(item.list_id, TODAY)
    page = text(Voter(clock).get(f"{PATH}?wall={code}"))

    assert re.search(rf'name="wall"[^>]*value="{code}"|value="{code}"[^>]*name="wall"', page)


def test_code_of_another_list_or_of_an_earlier_season_marks_nothing(item, clock):
    other = wall_code(item.list_id + 1, TODAY)
    old = wall_code(item.list_id, TODAY - days(70))
    Voter(clock).press("good", wall=other)
    Voter(clock).press("good", wall=old)

    assert marks() == [("good", False)] * 2


def test_mark_is_counted_on_the_next_day_and_changes_no_count(item, clock):
    Voter(clock).press("good", wall=wall_code(item.list_id, TODAY))
    Voter(clock).press("good")
    clock.move_to(NOW + days(1))
    actions.count_verdicts(TODAY + days(1))

    page = words_of(Phone(clock).get("/lists/plant-2026/1/"))

    assert "办好了 2" in page
    assert "其中1" in page


def test_enter_in_the_field_of_the_code_presses_no_answer(item, clock):
    """A browser sends the first button of the form in which Enter was pressed."""
    page = text(Voter(clock).get(PATH))
    of_buttons = page[page.index('<form method="post"') : page.index("</form>")]

    assert 'name="grade"' in of_buttons
    assert 'id="id_code"' not in of_buttons
    assert 'id="id_code"' in page

"""With the code, and only with it, a worker reads the answer and replies."""

import re

import pytest
from django.test import Client

from items import actions, models
from items.privacy.receipt_codes import code_for
from tests import factories
from tests.factories import TODAY, days
from tests.suggestions.phone import CODE, Phone, text, words_of
from welfare.rate_limit import RateLimit
from welfare.suggestions import code_limit

pytestmark = pytest.mark.django_db
MINE = "休息室没有空调"


@pytest.fixture
def office(committee):
    return factories.office(committee)


@pytest.fixture
def sent(committee):
    return factories.suggestion(committee, words=MINE, location="二号高炉")


@pytest.fixture
def phone(committee):
    return Phone()


def test_waiting_one_says_until_when(phone, sent):
    response = phone.ask(sent.code)

    page = words_of(response)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store, private"
    assert all(sentence in page for sentence in ("等待答复", MINE, "二号高炉", "2026年7月1日前"))


def test_code_stands_in_no_address_and_no_title(phone, sent, office):
    actions.ask_back(sent, by=office, text="哪一间？")

    page = text(phone.ask(sent.code))

    assert set(CODE.findall(page)) == {sent.code}  # in the bodies of the next forms
    assert f'<input type="hidden" name="code" value="{sent.code}"' in page


@pytest.mark.parametrize("typed", ["lower", "spaced"])
def test_code_is_read_however_it_is_typed(phone, sent, typed):
    code = sent.code.lower() if typed == "lower" else sent.code.replace("-", "  ")

    assert MINE in words_of(phone.ask(code))


def test_each_step_for_the_suggester_is_there_and_no_other(phone, sent, office):
    actions.sort(sent, by=office)
    actions.ask_back(sent, by=office, text="哪一间？")
    actions.reply(sent, words="东头那间", today=TODAY)
    actions.decline(sent, reason="not_ours", by=office, text="明年大修")
    actions.take_up_again(sent, by=office, text="职代会再议")
    factories.settled(sent, by=office, text="当天装好")

    page = words_of(phone.ask(sent.code))

    told = ("当场解决", "当天装好", "哪一间？", "您回答", "东头那间", "明年大修", "职代会再议")
    assert [sentence for sentence in told if sentence not in page] == []
    assert office.name not in page


def test_answer_tells_how_its_item_stands_now(phone, sent, office, committee):
    item = factories.item_at("in_progress", list__committee=committee)
    actions.adopt(sent, by=office, items=[item], text="列入清单")
    now = words_of(phone.ask(sent.code))
    factories.withdraw(models.Item.objects.get(pk=item.pk), factories.NOW)

    assert "正在推进" in now
    assert "调出" in words_of(phone.ask(sent.code))


def test_items_it_became_are_links_once_they_are_published(phone, sent, office, committee):
    item_list = factories.ItemList(committee=committee, slug="plant-2026")
    item = factories.published_item(list=item_list, title="装空调")
    draft = factories.Item(list=factories.ItemList(committee=committee), title="还没公布的事")
    actions.adopt(sent, by=office, items=[item, draft], text="列入清单")

    page = text(phone.ask(sent.code))

    assert f'href="/lists/plant-2026/{item.number}/"' in page
    assert "将列入下一份清单" in page
    assert "还没公布的事" not in page


def test_merged_one_reads_the_answer_and_nothing_else_of_the_other(phone, sent, office, committee):
    other = factories.suggestion(committee, words="别人写的话", location="别人的地方")
    actions.merge(sent, by=office, into=other)
    actions.ask_back(other, by=office, text="问别人的")
    page = words_of(phone.ask(sent.code))
    assert "等待答复" in page
    assert "还有人提了同样的事" in page
    other.refresh_from_db()
    actions.reply(other, words="别人答的", today=TODAY)
    actions.decline(other, reason="not_ours", by=office, text="统一答复")

    page = words_of(phone.ask(sent.code))

    assert [sentence in page for sentence in ("未采纳", "统一答复", MINE)] == [True] * 3
    theirs = ("别人写的话", "别人的地方", "问别人的", "别人答的")
    assert [sentence for sentence in theirs if sentence in page] == []
    assert all(sentence in words_of(phone.ask(other.code)) for sentence in theirs)  # the control


def without_secrets(page, code):
    """Return what a page says, but for the code and the token that stand in its form."""
    main = page.partition("<main")[2].replace(code, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", main)


def test_moderation_is_not_told(phone, committee):
    codes = [factories.suggestion(committee, moderated=m).code for m in (True, False)]
    moderated, usual = [without_secrets(text(phone.ask(code)), code) for code in codes]

    assert moderated == usual


def test_erased_words_are_said_to_be(phone, sent, office):
    actions.decline(sent, reason="not_ours", by=office, text="写了别人的名字")
    actions.erase(sent, by=office, text="隐私")

    page = words_of(phone.ask(sent.code))

    assert MINE not in page
    assert page.count("已经抹去") == 1
    assert "未采纳" in page
    assert "写了别人的名字" in page


def test_answer_that_tells_about_a_person_is_erased_on_wish(phone, sent, office):
    actions.decline(sent, reason="not_ours", by=office, text="写了别人的名字")
    actions.erase(sent, by=office, text="隐私", answers=True)

    page = words_of(phone.ask(sent.code))

    assert page.count("已经抹去") == 2
    assert "写了别人的名字" not in page


# Put together with another one: its answers are one's own for as long


@pytest.fixture
def main(committee):
    return factories.suggestion(committee, words="别人写的话")


@pytest.fixture
def merged(sent, main, office):
    """Return one that was put together with another, which is answered then."""
    actions.merge(sent, by=office, into=main)
    actions.decline(fresh(main), reason="not_ours", by=office, text="今年没有预算")
    return sent


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def test_merged_one_follows_its_main_one_through_taken_up_again(phone, merged, main, office):
    actions.take_up_again(fresh(main), by=office, text="职代会再议", now=factories.at(TODAY))
    waiting = words_of(phone.ask(merged.code))
    factories.settled(fresh(main), by=office, text="装好了")
    settled = words_of(phone.ask(merged.code))

    assert "等待答复" in waiting
    for page in (waiting, settled):
        assert all(said in page for said in ("今年没有预算", "职代会再议", "2026年6月1日"))
        assert "别人写的话" not in page
    assert "装好了" in settled


def test_earlier_answer_stays_when_it_parts_from_its_main_one(phone, merged, main, office):
    actions.take_up_again(fresh(merged), by=office, text="您的不一样")
    actions.take_up_again(fresh(main), by=office, text="后来再议")
    factories.settled(fresh(main), by=office, text="给别人的答复")

    page = words_of(phone.ask(merged.code))

    assert page.index("今年没有预算") < page.index("您的不一样")
    assert [said for said in ("后来再议", "给别人的答复", "别人写的话") if said in page] == []


def test_merged_one_follows_its_main_one_into_a_third(phone, merged, main, office, committee):
    third = factories.suggestion(committee, words="第三条")
    actions.take_up_again(fresh(main), by=office, text="再议")
    actions.merge(fresh(main), by=office, into=third)
    factories.settled(fresh(third), by=office, text="一起办好了")

    for code in (merged.code, main.code):
        page = words_of(phone.ask(code))
        assert all(said in page for said in ("今年没有预算", "再议", "一起办好了"))
        assert page.count("今年没有预算") == 1


def test_answer_outlives_the_erasing_of_the_main_one(phone, merged, main, office):
    actions.erase(fresh(main), by=office, text="写了名字")

    page = words_of(phone.ask(merged.code))

    assert "今年没有预算" in page
    assert MINE in page
    assert "别人写的话" not in page


def test_what_the_other_one_was_asked_stays_that_ones(phone, sent, main, office):
    actions.merge(sent, by=office, into=main)
    actions.ask_back(fresh(main), by=office, text="问别人的")
    actions.reply(fresh(main), words="别人答的", today=TODAY)
    actions.decline(fresh(main), reason="not_ours", by=office, text="今年没有预算")
    actions.take_up_again(fresh(main), by=office, text="再议")

    page = words_of(phone.ask(sent.code))

    assert [said for said in ("问别人的", "别人答的") if said in page] == []
    assert "今年没有预算" in page


# A reply to what was asked back


@pytest.fixture
def asked(sent, office):
    actions.ask_back(sent, by=office, text="哪一间？")
    return sent


def test_reply_reaches_the_office_once(phone, asked):
    assert "哪一间？" in words_of(phone.ask(asked.code))

    for _turn in range(2):
        response = phone.ask(asked.code, words="东头那间")
        assert response.status_code == 200
        assert "您的回答已收到" in words_of(response)

    asked.refresh_from_db()
    assert asked.status == "received"
    assert [step.text for step in asked.entries.filter(verb="reply")] == ["东头那间"]


@pytest.mark.parametrize("words", [" ", "长" * 2001])
def test_reply_that_is_not_taken_comes_back(phone, asked, words):
    response = phone.ask(asked.code, words=words)

    assert response.status_code == 422
    assert words.strip() in text(response)
    assert not asked.entries.filter(verb="reply").exists()


def test_reply_to_nothing_asked_comes_back_with_a_sentence(phone, sent):
    response = phone.ask(sent.code, words="还有一件事")

    assert response.status_code == 422
    assert "还有一件事</textarea>" in text(response)
    assert not sent.entries.exists()


def test_reply_with_a_wrong_code_changes_nothing(phone, asked):
    assert phone.ask(code_for("nobody's"), words="假的").status_code == 422
    assert not asked.entries.filter(verb="reply").exists()


def test_old_form_of_a_reply_comes_back(asked):
    strict = Client(enforce_csrf_checks=True)
    fields = {"code": asked.code, "words": "东头那间"}

    page = text(strict.post("/answer/", fields, headers={"origin": "http://testserver"}))

    assert "东头那间</textarea>" in page
    assert f'<input type="hidden" name="code" value="{asked.code}"' in page


# Wrong codes


def wrong(turn=0):
    return code_for("wrong", str(turn))


@pytest.mark.parametrize("code", ["", "7KQ2", "不是码", wrong(), "x" * 101])
def test_wrong_code_gets_one_sentence(phone, code):
    response = phone.ask(code)

    assert response.status_code == 422
    assert "回执码" in words_of(response)


def test_every_wrong_code_gets_the_same_answer(phone, sent):
    answers = {words_of(phone.ask(code)) for code in ("7KQ2", wrong(), wrong(1))}

    assert len(answers) == 1


def test_wrong_codes_are_slowed_and_the_right_one_waits_too(phone, sent, clock):
    answers = [phone.ask(wrong(turn)).status_code for turn in range(7)]

    assert answers == [422] * 6 + [429]
    waits = phone.ask(sent.code)
    assert waits.status_code == 429
    assert f'value="{sent.code}"' in text(waits)  # to be sent again
    clock.shift(11)
    assert phone.ask(sent.code).status_code == 200


def test_right_codes_cost_nothing(phone, sent):
    assert {phone.ask(sent.code).status_code for _turn in range(12)} == {200}


@pytest.mark.crawl
def test_a_whole_shift_may_err_from_one_address(committee, sent, monkeypatch):
    """40 phones: a fifth of them, and of what an address may."""
    monkeypatch.setattr(code_limit.PER_NETWORK, "free", code_limit.PER_NETWORK.free // 5)
    for number in range(8):
        other = Phone()
        for turn in range(3):
            assert other.ask(wrong(3 * number + turn)).status_code == 422

    assert Phone().ask(sent.code).status_code == 200


def test_without_a_token_the_address_is_slowed(sent, monkeypatch):
    from welfare.suggestions import code_limit

    monkeypatch.setattr(code_limit.PER_NETWORK, "free", 4)
    codes = [Client().post("/answer/", {"code": wrong(n)}).status_code for n in range(5)]
    elsewhere = Client().post("/answer/", {"code": sent.code}, REMOTE_ADDR="198.51.100.9")

    assert codes == [422] * 4 + [429]
    assert elsewhere.status_code == 200


def test_answer_of_a_call_that_is_over_is_still_read(phone, sent, clock):
    clock.shift(days(200))

    assert MINE in words_of(phone.ask(sent.code))
    assert models.Suggestion.objects.get().waits_days(TODAY + days(200)) == 200


def test_try_that_the_place_holds_back_does_not_count_for_the_browser(phone, monkeypatch):
    monkeypatch.setattr(code_limit, "PER_NETWORK", RateLimit(free=1, first=60, longest=60))
    monkeypatch.setattr(code_limit, "PER_BROWSER", RateLimit(free=2, first=600, longest=600))
    asked = [phone.ask(code_for(str(number))).status_code for number in range(4)]

    # The code was looked at once; were the three others counted, this browser would wait too.
    monkeypatch.setattr(code_limit, "PER_NETWORK", RateLimit(free=9, first=60, longest=60))

    assert asked[1:] == [429] * 3
    assert phone.ask(code_for("another")).status_code == asked[0] != 429

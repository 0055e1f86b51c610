"""The public pages of the workers' voice: calls, the equation of suggestions, released answers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from items import actions, models, queries
from items.queries import suggestions
from tests import factories
from tests.factories import NOW, TODAY, days

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]

YESTERDAY = {"today": TODAY - days(1)}  # what comes in counts from the next day on


@pytest.fixture
def committee():
    return factories.Committee(slug="plant")


@pytest.fixture
def item(committee):
    item_list = factories.ItemList(committee=committee, slug="plant-2026", year=TODAY.year)
    return factories.published_item(list=item_list, title="装空调")


@pytest.fixture
def office(committee):
    return factories.office(committee)


def words(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(strip_tags(response.content.decode().partition("<main")[2]).split())


def answer(verb, suggestion, office, **said):
    said |= {"reason": "not_ours"} if verb == "decline" else {}
    act = factories.settled if verb == "settle" else getattr(actions, verb)
    act(suggestion, by=office, now=NOW, **{"text": "已答复"} | said)
    return suggestion


def released(committee, office, number=1):
    sent = answer("settle", factories.suggestion(committee), office)
    said = {"words": f"放行的话{number}", "answer": f"放行的答复{number}"}
    actions.show_answer(sent, by=office, now=NOW, **said)
    return sent


@pytest.fixture
def told(committee, item, office):
    """Let eight come: three become an item, one of them by merging, and one is in moderation."""
    send = lambda **how: factories.suggestion(committee, **YESTERDAY | how)  # noqa: E731
    root = send()
    for _turn in range(2):
        actions.merge(send(), by=office, into=root, now=NOW)
    root.refresh_from_db()
    answer("adopt", root, office, items=[item])
    answer("settle", send(), office)
    answer("decline", send(), office)
    answer("ask_back", send(today=TODAY - days(12)), office)
    send()
    send(moderated=True, today=TODAY - days(90))
    return root


def test_equation_counts_each_once_and_none_in_moderation(told):
    shown = queries.suggestions_page("plant", TODAY).counts

    counts = {term.key: term.count for term in shown.terms}
    assert counts == {"adopted": 3, "settled": 1, "not_adopted": 1, "waiting": 2}
    assert (shown.total, shown.longest_days) == (7, 12)
    assert shown.total == models.Suggestion.objects.count() - 1


def test_what_comes_or_goes_today_counts_from_midnight_on(client, told, committee):
    """A count that moved at once would tell the minute, and so would a page that is made anew."""
    page = client.get("/voices/plant/").content
    waiting, asked = (
        models.Suggestion.objects.counted().filter(status=status).earliest("received_on")
        for status in ("received", "asked")
    )

    factories.suggestion(committee)
    actions.reply(asked, words="二楼", today=TODAY)
    actions.take_words_back(waiting, today=TODAY)

    assert client.get("/voices/plant/").content == page
    tomorrow = queries.suggestions_page("plant", TODAY + days(1)).counts
    assert (tomorrow.total, tomorrow.terms[-1].count) == (7, 2)  # one came, one went
    # The control: what the office does is seen at once.
    actions.decline(
        asked, reason="not_ours", by=factories.office(committee), text="不归厂里管", now=NOW
    )
    assert client.get("/voices/plant/").content != page


def test_page_says_the_equation_and_how_long_the_oldest_waits(client, told):
    said = words(client, "/voices/plant/")

    assert "7 收到 = 3 已列入清单 + 1 当场解决 + 1 未采纳 + 2 等待答复" in said
    assert "最久已等12天" in said


def test_each_number_is_a_link_to_its_answers(client, told, committee, office, item):
    for verb in ("settle", "decline"):
        sent = factories.suggestion(committee)
        answer(verb, sent, office, text=f"{verb}的答复")
        actions.show_answer(sent, by=office, words="原话", answer=f"放行{verb}", now=NOW)
    actions.show_answer(told, by=office, words="休息室热", answer="放行adopt", now=NOW)

    page = client.get("/voices/plant/").content.decode()
    found = {
        key: [each for each in ("adopt", "settle", "decline") if f"放行{each}" in shown]
        for key in ("adopted", "settled", "not_adopted", "waiting", "nonsense", "")
        for shown in [words(client, f"/voices/plant/?of={key}")]
    }

    for key in ("adopted", "settled", "not_adopted", "waiting"):
        assert f'href="?of={key}#answers"' in page
    every = ["adopt", "settle", "decline"]
    assert found == {
        "adopted": ["adopt"],
        "settled": ["settle"],
        "not_adopted": ["decline"],
        "waiting": [],
        "nonsense": every,
        "": every,
    }


def test_adopted_tells_the_present_state_and_the_counts_say_what_was_withdrawn(
    client, told, committee, office, item
):
    actions.show_answer(told, by=office, words="休息室热", answer="装空调", now=NOW)
    before = words(client, "/voices/plant/")
    assert "未启动" in before
    assert "调出了清单" not in before

    factories.withdraw(fresh(item), NOW)

    said = words(client, "/voices/plant/")
    assert "列入清单的，后来有3条调出了清单。" in said  # the other two said the same
    assert "装空调" in words(client, "/voices/plant/?of=withdrawn")
    counts = {
        term.key: term.count for term in queries.suggestions_page("plant", TODAY).counts.terms
    }
    assert counts["adopted"] == 3  # the equation stays


def test_one_item_that_is_left_is_enough(client, told, committee, office, item):
    other = factories.another(item, list=factories.ItemList(committee=committee))
    actions.adopt(fresh(told), by=office, items=[other], text="还有一件", now=NOW)
    factories.withdraw(fresh(item), NOW)

    assert queries.suggestions_page("plant", TODAY).counts.withdrawn == 0


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def test_board_has_a_line_for_the_suggestions_of_its_year(client, told):
    said = words(client, "/lists/plant-2026/")

    line = "收到7条＝列入清单3条＋当场解决1条＋未采纳1条＋待答复2条，最久等了12天"
    assert line in said


def test_board_without_suggestions_says_nothing_of_them(client, item, committee):
    factories.suggestion(committee, today=TODAY - days(400))

    assert "职工意见" not in words(client, "/lists/plant-2026/")


def test_item_says_from_how_many_it_comes(client, told, item):
    assert "来自3条职工意见" in words(client, f"/lists/plant-2026/{item.number}/")


def test_released_answers_are_shown_and_no_others(client, told, committee, office, item):
    actions.show_answer(told, by=office, words="休息室热", answer="装空调", now=NOW)
    hidden = released(committee, office)
    actions.hide_answer(hidden, by=office, text="写错", now=NOW)

    said = words(client, "/voices/plant/")

    assert all(each in said for each in ("休息室热", "装空调", "3人提过", f"第{item.number}件"))
    assert "放行的" not in said
    assert "没有空调" not in said  # what they wrote themselves


def test_answers_are_on_pages(client, committee, item, office, monkeypatch):
    monkeypatch.setattr(suggestions, "AT_ONCE", 2)
    for number in range(3):
        released(committee, office, number)

    pages = [words(client, f"/voices/plant/?page={page}") for page in (1, 2, 9, "x")]

    assert [page.count("放行的答复") for page in pages] == [2, 1, 1, 2]


def test_pages_ask_as_often_for_many_as_for_few(client, committee, item, office, told):
    released(committee, office)
    paths = ["/voices/plant/", "/lists/plant-2026/", f"/lists/plant-2026/{item.number}/", "/"]
    few = [asked(client, path) for path in paths]
    for number in range(3):
        actions.adopt(factories.suggestion(committee), by=office, items=[item], text="好", now=NOW)
        released(committee, office, number)
        factories.call(committee)

    assert [asked(client, path) for path in paths] == few


def asked(client, path):
    with CaptureQueriesContext(connection) as questions:
        client.get(path)
    return len(questions)


# Calls


def test_call_is_read_and_leads_to_the_form(client, committee):
    call = factories.call(committee, title="说说心里话", purpose="第一段\n\n第二段")

    page = client.get(f"/calls/{call.pk}/").content.decode()

    assert 'href="/suggest/?to=plant"' in page
    assert "<p>第二段</p>" in page
    said = words(client, f"/calls/{call.pk}/")
    assert all(each in said for each in ("正在征求", "活动办公室", "2026年6月11日", "2026年7月1日"))


def test_call_that_ended_early_says_why(client, committee, office):
    call = factories.call(committee)
    actions.end_call(call, by=office, reason="换了新通知", now=NOW)

    said = words(client, f"/calls/{call.pk}/")
    assert "已提前结束" in said
    assert "换了新通知" in said


@pytest.mark.parametrize(
    ("opens", "closes", "word"), [(-9, -1, "已结束"), (1, 9, "尚未开始"), (-1, 0, "正在征求")]
)
def test_call_says_whether_it_is_open(client, committee, opens, closes, word):
    when = {"opens_on": TODAY + days(opens), "closes_on": TODAY + days(closes)}
    call = factories.call(committee, **when, answer_by=TODAY + days(30))

    assert word in words(client, f"/calls/{call.pk}/")


def test_draft_and_unknown_ones_are_not_there(client, committee, office):
    day = {"opens_on": TODAY, "closes_on": TODAY, "answer_by": TODAY}
    said = {"title": "草稿", "purpose": "草稿", "issuer": "办公室"}
    draft = actions.write_call(committee, by=office, **said, **day)

    for path in (f"/calls/{draft.pk}/", "/calls/999999/", "/calls/x/", "/voices/plant/"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/lists/plant-2026/", "/voices/plant/"])
def test_open_call_is_one_link_away(client, item, committee, path):
    call = factories.call(committee, title="说说心里话")
    over = factories.call(committee, title="去年的", closes_on=TODAY - days(1))

    page = client.get(path).content.decode()

    assert f'href="/calls/{call.pk}/"' in page
    assert (f'href="/calls/{over.pk}/"' in page) == (path == "/voices/plant/")


@pytest.mark.parametrize("path", ["/", "/lists/plant-2026/", "/lists/plant-2026/1/"])
def test_form_is_one_link_away_also_without_a_call(client, item, path):
    page = client.get(path).content.decode()

    assert 'href="/suggest/' in page
    assert 'href="/answer/' in page

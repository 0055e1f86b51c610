"""Each suggestion has a public line without its words, which tells no day and no order."""

from datetime import date

import pytest
from django.utils.html import strip_tags

from items import actions, queries
from items.errors import Refused
from items.models import Suggestion
from tests import factories
from tests.factories import NOW, TODAY, days
from tests.privacy.tokens import PRIVATE

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]
MONDAY = date(2026, 5, 18)  # its week ended eight days before TODAY, a Monday


@pytest.fixture
def committee():
    committee = factories.Committee(slug="plant")
    factories.call(committee)  # everyone knows of it
    return committee


@pytest.fixture
def office(committee):
    return factories.office(committee)


def fresh(suggestion):
    return Suggestion.objects.get(pk=suggestion.pk)


def lines(today=TODAY, page=1):
    return queries.suggestion_lines("plant", today, page)


def only_line(today=TODAY):
    ((line,),) = [week.lines for week in lines(today).weeks]
    return line


def test_week_appears_together_seven_days_after_its_end(committee):
    for day in (MONDAY, MONDAY + days(6)):
        factories.suggestion(committee, day)
    factories.suggestion(committee, MONDAY + days(7))

    shown = {day: lines(date(2026, 5, day)).shown for day in (30, 31)}

    assert shown == {30: 0, 31: 2}
    assert (lines().total, lines().shown) == (3, 2)


def test_neither_day_nor_order_is_told(committee):
    """Those of Monday and of Sunday have the same line, in the order of their random keys."""
    for n in range(7):
        factories.suggestion(committee, MONDAY + days(n))

    (week,) = lines().weeks

    assert len({str(line) for line in week.lines}) == 1
    assert (week.monday, week.sunday) == (MONDAY, MONDAY + days(6))
    assert week.lines[0].days == 8


def test_line_has_no_words(client, committee, office):
    said = {"words": PRIVATE, "location": PRIVATE, "name": "张三", "contact": "分机 301"}
    sent = factories.suggestion(committee, MONDAY, **said)
    place = factories.Place(committee=committee, name="高炉车间")
    actions.sort(sent, by=office, place=place, now=NOW)
    actions.decline(fresh(sent), by=office, reason="rules", text=PRIVATE, now=NOW)

    page = client.get("/voices/plant/each/").content.decode()

    said = " ".join(strip_tags(page.partition("<main")[2]).split())
    assert PRIVATE not in page
    assert "张三" not in page
    assert all(words in said for words in ("高炉车间", "未采纳", "规定不允许", "等了8天有结果"))


def test_kind_of_reason_and_the_item_under_way(committee, office):
    item = factories.published_item(list__committee=committee)
    sent = factories.suggestion(committee, MONDAY)
    who = {"by": office, "text": "已经在办", "now": NOW}
    for wrong in ({"reason": "under_way"}, {"reason": "rules", "under_way": item}, {"reason": "x"}):
        with pytest.raises(Refused):
            actions.decline(fresh(sent), **who, **wrong)

    actions.decline(fresh(sent), **who, reason="under_way", under_way=item)

    line = only_line()
    assert (line.under_way.number, line.waits) == (item.number, False)
    actions.take_up_again(fresh(sent), by=office, text="再看", now=NOW)
    assert (only_line().reason_label, only_line().under_way) == ("", None)


def test_help_for_a_family_names_neither_place_nor_item(committee, office):
    place = factories.Place(committee=committee, name="单身宿舍")
    item = factories.published_item(list__committee=committee, hardship=True)
    about = factories.suggestion(committee, MONDAY, about=item)
    became = factories.suggestion(committee, MONDAY)
    plain = factories.suggestion(committee, MONDAY)
    for sent in (about, became, plain):
        actions.sort(sent, by=office, place=place, now=NOW)
    actions.adopt(fresh(became), by=office, items=[item], text="列入帮扶", now=NOW)

    (week,) = lines().weeks

    areas = [line.area.zh if line.area else None for line in week.lines]
    assert sorted(areas, key=str) == [None, None, "单身宿舍"]
    assert [line.items for line in week.lines] == [()] * 3


def test_merged_ones_have_lines_of_their_own_with_the_others_end(committee, office):
    root, other = (factories.suggestion(committee, MONDAY) for _each in range(2))
    actions.merge(other, by=office, into=root, now=NOW)
    actions.decline(fresh(root), by=office, reason="no_money", text="没有钱", now=NOW)

    (week,) = lines().weeks

    assert {(line.status, line.reason_label) for line in week.lines} == {
        ("not_adopted", week.lines[0].reason_label)
    }
    assert sorted(line.merged for line in week.lines) == [False, True]


def test_what_its_suggester_does_shows_from_midnight_on(committee, office):
    sent = factories.suggestion(committee, MONDAY)
    factories.settled(sent, by=office, text="修好了", now=NOW)
    before = only_line()

    actions.reopen_suggestion(fresh(sent), words="没修好", today=TODAY)

    assert only_line() == before
    after = only_line(TODAY + days(1))
    assert (after.status, after.reopened, after.waits, after.days) == ("received", True, True, 9)


def test_what_waits_in_moderation_or_was_taken_back_has_none(committee):
    factories.suggestion(committee, MONDAY, moderated=True)
    back = factories.suggestion(committee, MONDAY)
    actions.take_words_back(back, today=TODAY)

    assert (lines().shown, lines(TODAY + days(1)).shown) == (1, 0)


def test_pages_ask_as_often_for_many_as_for_few(
    client, committee, office, django_assert_num_queries
):
    item = factories.published_item(list__committee=committee)

    def answered():
        sent = factories.suggestion(committee, MONDAY)
        actions.adopt(sent, by=office, items=[item], text="列入清单", now=NOW)
        other = factories.suggestion(committee, MONDAY)
        actions.merge(other, by=office, into=fresh(sent), now=NOW)

    answered()
    with django_assert_num_queries(6):
        lines()
    for _each in range(3):
        answered()
    with django_assert_num_queries(6):
        lines()


def test_ten_thousand_are_on_pages(committee):
    rows = [
        Suggestion(
            committee=committee,
            words="休息室太热",
            code_hash=f"{n:064}",
            received_on=MONDAY - days(n % 700),
            answer_by=TODAY,
        )
        for n in range(10_000)
    ]
    Suggestion.objects.bulk_create(rows)

    first, last = lines(), lines(page=200)

    assert (first.shown, first.pages) == (10_000, 200)
    assert sum(len(week.lines) for week in last.weeks) == 50
    assert lines(page=10**9).page == 200


def test_unknown_committee_has_none(client):
    assert client.get("/voices/no-such/each/").status_code == 404

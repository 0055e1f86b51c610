"""The report of a year: its figures are the boards', and what is hidden since has a dated stub."""

import re
from datetime import date

import pytest
from django.db import DatabaseError, connection
from django.utils import translation

from items import actions, queries
from items.exports.article import compose
from items.ledger.verify import verify
from items.models import Bulletin
from tests import factories
from tests.factories import NOW, TODAY, at, days
from tests.items.actions.acts import close, fresh
from tests.items.bulletins.test_article import numbered, resolve, section, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_chinese():
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def item_list():
    plant = factories.Committee()
    category = factories.Category(committee=plant, name="生活设施")
    first = factories.Item(
        list__committee=plant,
        title="更换座椅",
        title_en="New chairs",
        category=category,
        due=TODAY + days(10),
    )
    factories.another(first, title="修浴室", category=None, due=TODAY + days(400))
    family = {"title": "帮助困难家庭", "hardship": True, "category": None}
    factories.another(first, due=TODAY + days(90), **family)
    factories.publish(first.list)
    return fresh(first.list)


def report(item_list, now=NOW, **said) -> Bulletin:
    return factories.issued_bulletin(item_list, now=now, kind="year", **said)


def figures(issued, key) -> dict:
    """Return a table of figures by the labels of its rows."""
    sections = issued.content["zh-hans"]["sections"]
    found = [each for one in sections for each in one["figures"] if each["key"] == key]
    return {row["label"]["zh"]: row["numbers"] for row in found[0]["rows"]} if found else {}


def pictured(item, **said):
    for side, words in (("before", "靠背已塌"), ("after", "新座椅")):
        factories.public_photo(fresh(item), side=side, spot_title="主控室", words=words, **said)


def test_last_month_is_the_boards_equation(item_list):
    resolve(numbered(item_list, 1), TODAY + days(5))
    resolve(numbered(item_list, 3), TODAY + days(40))
    later = TODAY + days(70)

    issued = report(item_list, now=at(later))

    board = queries.board(item_list.slug, later)
    by_month = figures(issued, "months")
    assert dict([*by_month.items()][-3:]) == {
        "2026年6月": [3, 1],
        "2026年7月": [3, 2],
        "2026年8月": [3, 2],
    }
    counted = {term.key: term.count for term in board.arithmetic.groups}
    assert [*by_month.values()][-1] == [board.arithmetic.total, counted["resolved"]] == [3, 2]


def test_what_was_to_be_done_again_counts_no_more_from_then_on(item_list):
    item = numbered(item_list, 1)
    resolve(item, TODAY)
    by, said = factories.supervisor_of(item), {"reason": "又塌了", "put_right_by": TODAY + days(90)}
    actions.reopen_item(fresh(item), by=by, now=at(TODAY + days(35)), **said)

    issued = report(item_list, now=at(TODAY + days(36)))

    assert [*figures(issued, "months").values()][-2:] == [[3, 1], [3, 0]]


def test_years_stand_side_by_side_as_their_boards_say(item_list):
    resolve(numbered(item_list, 1), TODAY)
    old = factories.ItemList(committee=item_list.committee, year=item_list.year - 1)
    earlier = factories.another(numbered(item_list, 1), list=old, number=1)
    factories.publish(old)
    resolve(earlier, TODAY)
    close(old)
    factories.ItemList(committee=item_list.committee, year=item_list.year - 2)  # a draft

    issued = report(item_list)

    rows = [*figures(issued, "years").values()]
    assert [row[:2] for row in rows] == [[1, 1], [3, 1]]
    for row, each in zip(rows, (earlier.list, item_list), strict=True):
        board = queries.board(each.slug, TODAY)
        assert row[0] == board.arithmetic.total


def test_first_year_has_nothing_beside_it(item_list):
    assert figures(report(item_list), "years") == {}


def test_suggestions_items_and_results_by_what_they_are_about(item_list):
    item = numbered(item_list, 1)
    came = factories.suggestion(item_list.committee, category=item.category, today=TODAY - days(3))
    office = factories.office(item_list.committee)
    actions.adopt(came, by=office, items=[item], text="列入清单", now=NOW)
    resolve(item, TODAY)

    issued = report(item_list, now=at(TODAY + days(1)))

    said = text_of(section(issued.article, "results"))
    assert "1条" in said
    assert "列入清单3件，其中1件来自职工意见" in said
    assert "已解决1件：按当初承诺的日子办好1件" in said
    by_area = figures(issued, "areas")
    assert by_area == {"生活设施": [1, 1, 1], "没有类别": [0, 2, 0]}


def test_pictures_stand_in_list_order_and_none_of_a_family(item_list):
    for number in (2, 1):
        pictured(numbered(item_list, number))
        resolve(numbered(item_list, number), TODAY)

    issued = report(item_list)

    shown = issued.content["zh-hans"]["sections"]
    pairs = next(one["pictures"] for one in shown if one["key"] == "pictures")
    assert [pair["number"] for pair in pairs] == [1, 2]
    assert issued.article.count("<img ") == 4
    for pair in pairs:
        assert f"/photos/{pair['before']['stem']}-small.jpg" in issued.article


def test_photo_that_is_hidden_leaves_a_dated_stub_and_both_digests(item_list):
    item = numbered(item_list, 1)
    pictured(item)
    resolve(item, TODAY)
    issued = report(item_list)
    before = issued.sha256
    photo = fresh(item).photos.get(side="before")
    stem = photo.stem

    said = {"by": factories.office_of(item), "reason": "照片里有人", "now": at(TODAY + days(2))}
    entry = actions.hide_photo(photo, delete=True, **said)

    now = fresh(issued)
    assert stem not in now.article + now.article_en + str(now.content)
    assert "2026年6月3日" in text_of(section(now.article, "pictures"))
    assert now.article.count("<img ") == 1
    assert now.erasure == entry
    page = queries.bulletin_page(item_list.slug, issued.number)
    assert [(stub.old, stub.new) for stub in page.stubs] == [(before, now.sha256)]
    assert verify(item_list) == []


def test_photo_that_no_bulletin_shows_changes_none(item_list):
    item = numbered(item_list, 1)
    pictured(item)
    issued = report(item_list)  # the item isn't resolved

    photo = fresh(item).photos.get(side="before")
    entry = actions.hide_photo(photo, by=factories.office_of(item), reason="不清楚", now=NOW)

    assert fresh(issued).sha256 == issued.sha256
    assert "bulletins" not in entry.facts


def test_drawing_says_its_numbers_and_has_them_as_a_table(item_list):
    resolve(numbered(item_list, 1), TODAY)

    article = report(item_list).article

    months = section(article, "months")
    label = re.search(r'<svg role="img" aria-label="([^"]+)"', months)[1]
    assert label.endswith("6月 1/3")
    drawn = re.findall(r'<text class="reached"[^>]*>(\d+)</text>', months)
    told = re.findall(r"<td[^>]*>(\d+)</td>", months)
    assert told[-2:] == ["3", "1"]
    assert drawn == told[1::2]


def test_report_tells_nothing_since_an_earlier_bulletin(item_list):
    resolve(numbered(item_list, 1), TODAY)
    factories.issued_bulletin(item_list)

    issued = report(item_list)

    assert "moved" not in {one["key"] for one in issued.content["zh-hans"]["sections"]}
    assert "2026年度报告" in issued.article
    assert issued.number == 2


def test_kind_is_frozen_with_the_report(item_list):
    issued = report(item_list)

    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("UPDATE items_bulletin SET kind = 'progress' WHERE id = %s", [issued.pk])


def test_yes_is_to_the_kind_that_was_read(item_list):
    office = factories.office(item_list.committee)
    draft = actions.write_bulletin(item_list, by=office, kind="year", now=NOW)
    seen = compose(draft, TODAY).seen
    draft = actions.write_bulletin(item_list, bulletin=draft, by=office, kind="progress", now=NOW)

    assert compose(draft, TODAY).seen != seen


def test_closed_list_is_reported_as_of_its_last_day(item_list):
    for number in (1, 2, 3):
        resolve(numbered(item_list, number), TODAY)
    close(item_list, now=at(date(2026, 12, 31)))

    issued = report(fresh(item_list), now=at(date(2027, 1, 20)))

    by_month = [*figures(issued, "months").values()]
    assert len(by_month) == 10  # March to December
    assert by_month[-1] == [3, 3]

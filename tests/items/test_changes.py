"""What moved: in the last seven days on the board, and week by week."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.urls import reverse
from django.utils import translation

from items import actions, queries
from tests import factories
from tests.factories import NOW, PUBLISHED_ON, TODAY, at, days
from tests.items.actions.acts import ACTS, close_alone, fresh
from tests.limits import limit

pytestmark = pytest.mark.django_db
MONDAY = TODAY - timedelta(TODAY.weekday())


def report(item, text, now=NOW, happened_on=None):
    by = factories.owner_of(item)
    said = {"text": text, "happened_on": happened_on or now.date(), "now": now}
    return actions.report_progress(fresh(item), by=by, **said)


def week(item, monday=None, today=TODAY, page=1):
    return queries.changes_page(item.list.slug, today, monday, page)


def sentences(page):
    with translation.override("zh-hans"):
        return [move.sentence for move in page.moves]


@pytest.fixture
def item():
    return factories.item_at("in_progress")


def test_seven_days_are_the_last_seven(item):
    report(item, "八天前", at(TODAY - days(7)))
    report(item, "七天前", at(TODAY - days(6)))
    report(item, "今天")

    recent = queries.board(item.list.slug, TODAY).recent

    assert [move.sentence for move in recent.moves] == ["今天", "七天前"]
    assert (recent.count, recent.items, recent.since) == (2, 1, TODAY - days(6))


def test_nothing_that_moved_is_no_section(item):
    assert queries.board(item.list.slug, TODAY).recent is None


@pytest.mark.parametrize("counted", [30, 1])
def test_what_is_no_news_is_told_and_not_counted(item, monkeypatch, counted):
    limit(monkeypatch, import_module("items.queries.changes"), COUNTED=counted)
    other = factories.published_item(list__committee=factories.Committee())
    for act in ("correct", "log_visit"):
        ACTS[act](fresh(item))
    report(other, "别的清单")

    recent = queries.board(item.list.slug, TODAY).recent

    assert (recent.count, recent.items) == (2, 1)


def test_what_stays_inside_is_no_move(item):
    for act in ("set_task", "enter_for_owner"):
        ACTS[act](fresh(item))
    factories.photo(fresh(item))

    assert queries.board(item.list.slug, TODAY).recent is None
    assert week(item).moves == ()


def test_a_week_holds_what_was_written_down_in_it(item):
    report(item, "上周的事，这周才写", happened_on=MONDAY - days(3))
    report(item, "上周", at(MONDAY - days(1)))
    report(item, "这周", at(MONDAY))

    assert set(sentences(week(item))) == {"上周的事，这周才写", "这周"}
    assert sentences(week(item, MONDAY - days(7))) == ["上周"]


def test_publication_is_one_line_for_the_list(item):
    first = week(item, PUBLISHED_ON - timedelta(PUBLISHED_ON.weekday()))

    assert "清单公布，共1件" in sentences(first)
    assert [move.number for move in first.moves].count(None) == 1


def test_weeks_lead_to_those_in_which_something_happened(item):
    report(item, "这周")
    first = PUBLISHED_ON - timedelta(PUBLISHED_ON.weekday())

    assert week(item).earlier.monday == first
    assert week(item).later is None
    assert week(item, first).later.monday == MONDAY
    assert week(item, first).earlier is None
    assert week(item, first + days(7)).moves == ()


@pytest.mark.parametrize("weeks", [-1, 99])
def test_no_week_before_the_list_or_ahead(item, weeks):
    first = PUBLISHED_ON - timedelta(PUBLISHED_ON.weekday())

    assert week(item, first + timedelta(7 * weeks)) is None


def test_draft_has_no_weeks():
    assert week(factories.Item()) is None


@pytest.mark.parametrize("name", ["2026-W00", "2026-W54", "0000-W01", "2026-w10", "2026-10"])
def test_what_is_no_week_is_no_address(item, name, client):
    assert client.get(f"/lists/{item.list.slug}/changes/{name}/").status_code == 404


def test_address_of_a_week_can_be_passed_on(item, client):
    address = reverse("board:week", args=[item.list.slug, date(2026, 3, 2)])

    assert address.endswith("/changes/2026-W10/")
    assert client.get(address).status_code == 200


def test_many_moves_come_in_pages(item, monkeypatch):
    limit(monkeypatch, import_module("items.queries.changes"), PAGE=2)
    for text in ("一", "二", "三"):
        report(item, text)

    assert [sentences(week(item, page=n)) for n in (1, 2)] == [["三", "二"], ["一"]]
    assert (week(item).count, week(item).items, week(item).pages) == (3, 1, 2)


def test_closed_list_stands_as_at_its_closing(item):
    entry = report(item, "查出涉及张三")
    close_alone(item.list)
    then = week(item)
    actions.erase_words(entry, by=factories.office_of(item), reason="涉及个人", now=NOW)

    assert week(item, today=TODAY + days(30)).count == then.count
    assert queries.board(item.list.slug, TODAY).recent is None
    assert "张三" not in "".join(sentences(week(item)))


def test_erased_words_are_gone_from_every_sentence(item):
    entry = report(item, "查出涉及张三")
    actions.erase_words(entry, by=factories.office_of(item), reason="涉及个人", now=NOW)

    assert not any("张三" in sentence for sentence in sentences(week(item)))
    assert "进展更新" in sentences(week(item))


def test_photo_adds_no_caption_to_a_sentence(item):
    factories.public_photo(fresh(item), words="李四站在门口")

    assert sentences(week(item)) == ["新增一张照片"]


def test_company_shows_what_moved_on_all_its_lists(item, client):
    top = factories.Committee(slug="company")
    other = factories.item_at("in_progress", list__committee__parent=top)
    item.list.committee.parent = top
    item.list.committee.save()
    report(item, "甲厂的事")
    report(other, "乙厂的事", NOW + timedelta(minutes=1))

    for recent in (queries.home(TODAY).recent, queries.committee_page("company", TODAY).recent):
        assert [move.sentence for move in recent.moves] == ["乙厂的事", "甲厂的事"]
        assert recent.moves[0].committee == other.list.committee.words
        assert (recent.count, recent.items) == (2, 2)

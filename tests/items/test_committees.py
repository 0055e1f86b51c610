"""Many committees: the top of their tree, and the page of each."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from items import queries
from items.models import Committee, Item, ItemList
from items.public import add_up
from items.states import Status
from tests import factories
from tests.factories import PUBLISHED_ON, TODAY, days
from tests.items.actions.acts import close_alone
from tests.items.published import without_guards

LATE = PUBLISHED_ON + days(30)


@pytest.fixture(autouse=True)
def _narrow(monkeypatch):
    """Let two committees be more than a page has room for."""
    monkeypatch.setattr("items.queries.committees.TREE_AT_MOST", 2)


def one_item_list(committee, **columns):
    before = Item.objects.filter(list__committee=committee).first()  # each leader has an item
    if before:
        columns |= {"owner_post": before.owner_post, "supervisor_post": before.supervisor_post}
    item = factories.Item(list__committee=committee, **columns)
    factories.publish(item.list)
    return item.list


@pytest.fixture
def company(db):
    """Return a company with a list, above two plants; one has a workshop, the other a draft."""
    company = factories.Committee(name="公司", slug="company")
    iron = factories.Committee(name="炼铁厂", slug="iron", parent=company)
    steel = factories.Committee(name="炼钢厂", slug="steel", parent=company)
    coal = factories.Committee(name="喷煤车间", slug="coal", parent=iron)
    for committee in (company, iron, coal):
        one_item_list(committee, due=LATE)
    factories.Item(list__committee=steel)
    return company


def page(slug, number=1):
    return queries.committee_page(slug, TODAY, number)


def told(lines):
    return [(line.slug, line.sum.lists, line.sum.arithmetic.total) for line in lines.rows]


def add_plain(numbers, below):
    """Add committees past the actions, each with a published list that has no items."""
    for number in numbers:
        names = {"slug": f"c{number}", "name": f"第{number}厂"}
        made = Committee.objects.create(parent=below, organisation=below.organisation, **names)
        said = {"status": "published", "published_on": PUBLISHED_ON, "year": 2026}
        ItemList.objects.create(committee=made, **names, **said)


# The top of the tree


def test_large_home_shows_the_only_top_and_those_directly_below(company):
    home = queries.home(TODAY)

    assert (home.together.lists, home.together.overdue_count) == (3, 3)
    assert told(home.lines) == [("company", 1, 1), ("iron", 2, 2)]
    assert [line.depth for line in home.lines.rows] == [0, 1]
    # What has more below than the page shows leads to its own page.
    assert [bool(line.head) for line in home.lines.rows] == [True, False]


def test_several_at_the_top_are_the_lines(company):
    one_item_list(factories.Committee(name="另一家", slug="other"))

    lines = queries.home(TODAY).lines

    assert sorted(told(lines)) == [("company", 3, 3), ("other", 1, 1)]
    assert {line.slug: bool(line.head) for line in lines.rows} == {"company": False, "other": True}


def test_top_without_a_list_is_named_all_the_same(company):
    company.parent = factories.Committee(name="集团", slug="group")
    company.save()

    group, below = queries.home(TODAY).lines.rows

    assert (group.slug, group.sum, group.lists) == ("group", None, 0)
    assert (below.slug, below.sum.lists) == ("company", 3)


def test_numbers_add_up_at_every_level(company):
    one_item_list(factories.Committee(name="另一车间", parent=Committee.objects.get(slug="iron")))

    home, company, iron = queries.home(TODAY), page("company"), page("iron")

    assert home.together.arithmetic == add_up([x.sum.arithmetic for x in home.lines.rows])
    for whole in (company, iron):
        parts = [whole.shown.arithmetic, *(line.sum.arithmetic for line in whole.lines.rows)]
        assert whole.together.arithmetic == add_up(parts)
    assert home.together.overdue_count == 3


def test_many_at_one_level_come_in_pages(company, monkeypatch):
    monkeypatch.setattr("items.queries.committees.AT_ONCE", 2)
    for name in ("一", "二"):
        one_item_list(factories.Committee(name=name, parent=company))

    pages = [queries.home(TODAY, None, number) for number in (1, 2, 99)]

    assert [(len(p.lines.rows), p.lines.count, p.lines.page) for p in pages] == [
        (2, 4, 1),
        (2, 4, 2),
        (2, 4, 2),
    ]
    assert [bool(p.together) for p in pages] == [True, False, False]
    assert [len(page("company", number).lines.rows) for number in (1, 2)] == [2, 1]


# A committee's page


def test_committee_shows_its_list_and_where_it_stands(company):
    shown = page("iron")

    assert (shown.committee.zh, [each.slug for each in shown.path]) == ("炼铁厂", ["company"])
    assert [block.number for block in shown.shown.strip] == [1]
    assert shown.shown.overdue_count == 1
    assert shown.together.lists == 2
    assert told(shown.lines) == [("coal", 1, 1)]
    assert page("coal").together is None


def test_latest_list_is_the_current_one(company):
    iron = Committee.objects.get(slug="iron")
    old = one_item_list(iron, list__year=2025)
    new = one_item_list(iron, list__year=2027)

    shown = page("iron")

    assert shown.shown.head.slug == new.slug
    assert [other.head.year for other in shown.shown.running] == [2026, 2025]
    assert shown.shown.running[-1].head.slug == old.slug
    assert [other.arithmetic.total for other in shown.shown.running] == [1, 1]
    assert shown.earlier == ()
    # The workshop's is of another year now: there is no sum, and the line is the plant's own.
    assert shown.together is None
    assert told(page("company").lines) == [("iron", 1, 1)]


def test_only_closed_lists_are_earlier_ones(company):
    iron = Committee.objects.get(slug="iron")
    old = one_item_list(iron, list__year=2025)
    one_item_list(iron, list__year=2027)
    close_alone(old)

    shown = page("iron")

    assert [other.head.year for other in shown.shown.running] == [2026]
    assert [head.year for head in shown.earlier] == [2025]


def test_lists_that_run_are_counted_at_once(company):
    iron = Committee.objects.get(slug="iron")
    asked = []
    for year in (2025, 2024, 2023):
        one_item_list(iron, list__year=year)
        with CaptureQueriesContext(connection) as queries:
            page("iron")
        asked.append(len(queries))
    assert len(set(asked)) == 1


def test_long_list_has_no_strip(company, monkeypatch):
    monkeypatch.setattr("items.queries.committees.STRIP_AT_MOST", 0)

    assert page("coal").shown.strip == ()


@pytest.mark.parametrize("slug", ["steel", "empty", "none"])
def test_committee_that_has_published_nothing_is_none(company, slug):
    factories.Committee(slug="empty", parent=company)

    assert page(slug) is None


def test_call_stands_where_it_is_for(company):
    call = factories.call(Committee.objects.get(slug="iron"))

    assert [each.number for each in page("iron").calls] == [call.pk]
    assert page("coal").calls == queries.home(TODAY).calls == ()
    factories.call(company)
    assert len(queries.home(TODAY).calls) == 1


def test_board_leads_to_other_lists_of_its_committee_or_below(company):
    others = {
        slug: queries.board(ItemList.objects.get(committee__slug=slug).slug, TODAY).below
        for slug in ("iron", "coal")
    }
    assert others == {"iron": True, "coal": False}

    coal = Committee.objects.get(slug="coal")
    old = one_item_list(coal, list__year=2025)

    (running,) = queries.board(old.slug, TODAY).running
    assert running.head.committee_slug == "coal"
    assert not running.head.closed_on


# Counting


@pytest.mark.django_db
def test_overdue_is_counted_as_it_is_shown():
    first = factories.item_at(Status.NOT_STARTED, due=LATE)
    for status in factories.ROADS:
        factories.item_at(status, due=LATE, list__committee__parent=first.list.committee)
    factories.another(first)  # a draft

    told = dict.fromkeys(Item.objects.published().values_list("list", flat=True), 0)
    for item in Item.objects.published():
        told[item.list_id] += bool(item.overdue_days(TODAY))

    rows = Item.objects.published().counted(TODAY)
    assert {key: late for key, _status, _count, late in rows} == told
    assert sum(count for _key, _status, count, _late in rows) == len(told)
    assert queries.home(TODAY).together.overdue_count == sum(told.values()) > 0


# Growth


def asked(read):
    with CaptureQueriesContext(connection) as found:
        assert read()
    return [query["sql"] for query in found]


def test_questions_are_as_many_for_one_committee_as_for_hundreds(db):
    top = factories.Committee(slug="top")
    for year in (2025, 2026):
        one_item_list(top, list__year=year)
    without_guards()
    counts = []
    for begin, end in [(1, 2), (2, 10), (10, 300)]:
        add_plain(range(begin, end), below=top)
        counts.append([len(asked(lambda: queries.home(TODAY))), len(asked(lambda: page("top")))])

    # The top’s list of the year before runs, too: one question, where the top leads to its board.
    assert counts == [[8, 12], [8, 12], [7, 12]]


WHOLE = re.compile(r"(?:SCAN (?:TABLE )?|Seq Scan on )(items_(?!committee|organisation)\w+)")


def test_every_question_is_on_an_index(company):
    questions = asked(lambda: queries.home(TODAY)) + asked(lambda: page("company"))

    with connection.cursor() as cursor:
        explain = "EXPLAIN QUERY PLAN"
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # only where no index would do
            explain = "EXPLAIN"
        plans = []
        for sql in questions:
            cursor.execute(f"{explain} {sql}".replace("%", "%%"), [])
            plans += [str(column) for row in cursor.fetchall() for column in row]

    assert len(plans) > len(questions)
    assert [plan for plan in plans if WHOLE.search(plan)] == []

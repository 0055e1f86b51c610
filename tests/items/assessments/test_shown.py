"""Where an assessment is shown: item, board, ledger, pack; in the list's order, never by grade."""

import pytest
from django.utils import translation

from items import actions, queries
from items.queries.voices import voices
from tests import factories
from tests.factories import NOW, TODAY
from tests.items.actions.acts import close, fresh

pytestmark = pytest.mark.django_db
FAILS = {"satisfied": 10, "basically": 4, "unsatisfied": 15, "present": 29}
PASSES = {"satisfied": 28, "basically": 1, "unsatisfied": 0, "present": 29}
IN_ONE_LINE = (
    "满意（满意28、基本满意1、不满意0；2026年6月1日，职工代表大会；“满意”票超过一半，按实到人数算）"
)


@pytest.fixture(autouse=True)
def _in_chinese():
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def item():
    first = factories.Item(title="更换座椅")
    factories.another(first, title="修浴室")
    factories.publish(first.list)
    return fresh(first)


def judge(item_list, rows, **said):
    row = factories.assessment(item_list, rows, **said)
    by = factories.colleague_of(item_list.items.first())
    actions.issue_assessment(row, by=by, now=NOW)
    return row


def page_of(item):
    return queries.item_page(item.list.slug, item.number, TODAY)


def test_item_shows_grade_votes_and_rule(item):
    judge(item.list, {1: PASSES})

    (judged,) = page_of(item).judgements
    assert judged.text == IN_ONE_LINE
    assert page_of(item.list.items.get(number=2)).judgements == ()


def test_draft_is_shown_nowhere(item):
    factories.assessment(item.list, {1: PASSES})

    assert page_of(item).judgements == ()
    assert queries.board(item.list.slug, TODAY).assessments == ()
    assert queries.assessment_page(item.list.slug, 1) is None


def test_board_says_how_many_have_each_grade(item):
    judge(item.list, {1: FAILS, 2: PASSES})

    (shown,) = queries.board(item.list.slug, TODAY).assessments
    assert [(count.name, count.number) for count in shown.grades] == [
        ("satisfied", 1),
        ("basically", 0),
        ("unsatisfied", 1),
    ]


def test_page_is_in_the_lists_order_and_says_what_is_missing(item):
    judge(item.list, {2: PASSES, 1: FAILS})

    page = queries.assessment_page(item.list.slug, 1)
    assert [row.number for row in page.rows] == [1, 2]
    assert page.missing == ("弃权", "应到", "发出", "收回", "有效", "无效")
    assert [(count.name, count.number) for count in page.ballots] == [("present", 29)]


def test_rule_says_beforehand_what_happens_and_keeps_saying_it_once_the_list_is_closed():
    item = factories.item_at("resolved")
    judge(item.list, {1: PASSES})
    close(item.list)
    judge(fresh(item.list), {1: PASSES}, body="工会")

    before, after = (queries.assessment_page(item.list.slug, n).consequence for n in (1, 2))
    assert "重新办，发布后30天内补好" in before
    assert "各项数字不变" in after


def test_ledger_has_it_in_its_column(item):
    judge(item.list, {1: PASSES})

    rows = queries.ledger_rows(item.list, item.list.items.order_by("number"), TODAY)
    assert [row.values["satisfaction"] for row in rows] == [IN_ONE_LINE, ""]


def test_pack_and_desk_have_it_beside_the_voices(item):
    judge(item.list, {1: PASSES})

    desk = queries.item_desk(item, factories.office_of(item), TODAY)
    assert desk.workers.judgements[0].text == IN_ONE_LINE
    assert [cell.value for cell in desk.cells if cell.column.name == "satisfaction"] == [
        IN_ONE_LINE
    ]
    assert voices([item.pk], TODAY)[item.pk].judged.text == IN_ONE_LINE


def test_grade_as_in_the_source_says_so(item):
    judge(item.list, {1: {"grade": "basically", "present": 29}}, basis="members")

    (judged,) = page_of(item).judgements
    assert judged.text.startswith("基本满意（评定按来源；")


def test_next_lists_item_shows_how_it_was_judged_before():
    item = factories.item_at("in_progress")
    judge(item.list, {1: FAILS})
    close(item.list)

    goes_on = type(item).objects.get(carried_from=item)
    assert [of.slug for of in page_of(goes_on).judgements] == [item.list.slug]


def test_what_became_help_for_a_family_is_shown_no_more(item):
    judge(item.list, {1: PASSES})
    item.hardship = True

    assert queries.assessments.judgements_of(item) == ()

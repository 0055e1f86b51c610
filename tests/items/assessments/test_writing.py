"""Drawing up an assessment: what is kept, what is refused by number and name."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from items import actions
from items.errors import Conflict, Refused
from items.models import Assessment, AssessmentRow
from items.models.assessment import FIGURES
from tests import factories
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import close, fresh
from tests.items.assessments.zhenhai import BODY, HELD_ON, PRESENT, zhenhai

pytestmark = pytest.mark.django_db

GOOD = {"satisfied": 28, "basically": 1, "unsatisfied": 0, "present": 29}


write = factories.assessment


def test_office_draws_it_up_and_nobody_outside_sees_it():
    item = factories.published_item()

    assessment = write(item.list, {1: GOOD}, scrutineers="甲班李某", tellers="乙班王某")

    row = assessment.rows.get()
    assert (assessment.number, assessment.issued_on, assessment.entry) == (1, None, None)
    assert (row.item, row.grade, row.as_in_source) == (item, "satisfied", False)
    assert row.figures == dict.fromkeys(FIGURES) | GOOD
    assert assessment.prepared_by == factories.office(item.list.committee)
    assert write(item.list, {1: GOOD}, body="工会").number == 2


def test_button_that_is_pressed_twice_draws_up_one():
    item = factories.published_item()

    assert write(item.list, {1: GOOD}) == write(item.list, {1: GOOD})
    assert Assessment.objects.count() == 1


def test_trying_it_writes_nothing():
    item = factories.published_item()
    said = {"body": "职工代表大会", "held_on": TODAY, "put_right_days": 30}
    said |= {"majority": "half", "basis": "present", "by": factories.office_of(item), "now": NOW}

    rows = actions.try_assessment(item.list, rows={1: GOOD}, **said)

    assert {number: row.grade for number, row in rows.items()} == {1: "satisfied"}
    assert not Assessment.objects.exists()


def test_closed_list_is_judged_too():
    item_list = factories.item_at("resolved").list
    close(item_list)
    figures = fresh(item_list).closing_figures

    assert write(fresh(item_list), {1: GOOD}).rows.count() == 1
    assert fresh(item_list).closing_figures == figures


def test_row_that_does_not_add_up_is_refused_by_number_and_nothing_is_kept():
    first = factories.Item(title="更换座椅")
    factories.another(first, title="修浴室")
    factories.publish(first.list)

    with translation.override("zh-hans"), pytest.raises(Refused) as refused:
        write(first.list, {1: GOOD, 2: GOOD | {"unsatisfied": 1}})

    assert refused.value.sentences == [
        "第2件“修浴室”：28 + 1 + 1 = 30票，但到场29人。两个数应当相等。"
    ]
    assert list(refused.value.rows) == [first.list.items.get(number=2).pk]
    assert not Assessment.objects.exists()


def test_refused_change_leaves_the_draft_as_it_was():
    item = factories.published_item()
    draft = write(item.list, {1: GOOD})

    with pytest.raises(Refused):
        write(item.list, {1: GOOD | {"present": 30}}, assessment=fresh(draft), body="换了")

    assert (fresh(draft).body, draft.rows.get().present) == ("职工代表大会", 29)


@pytest.mark.parametrize(
    ("said", "rows"),
    [
        ({"majority": "most"}, {1: GOOD}),
        ({"basis": "given"}, {1: GOOD}),
        ({"put_right_days": 0}, {1: GOOD}),
        ({"put_right_days": 366}, {1: GOOD}),
        ({"held_on": TODAY + days(1)}, {1: GOOD}),
        ({"body": " "}, {1: GOOD}),
        ({}, {}),
        ({}, {1: {"members": 40}}),  # nobody voted on it
        ({}, {9: GOOD}),
        ({"basis": "members"}, {1: GOOD}),  # how many there are isn't written
        ({}, {1: GOOD | {"grade": "unsatisfied"}}),  # the rule gives another one
    ],
)
def test_what_is_refused(said, rows):
    item_list = factories.published_item().list

    with pytest.raises(Refused):
        write(item_list, rows, **said)
    assert not Assessment.objects.exists()


def test_grade_alone_is_as_in_the_source():
    item_list = factories.published_item().list

    rows = {1: {"grade": "basically", "present": 29}}
    row = write(item_list, rows, basis="members").rows.get()

    assert (row.grade, row.as_in_source, row.satisfied) == ("basically", True, None)


def test_help_for_families_is_not_judged():
    item = factories.published_item(hardship=True)

    with pytest.raises(Refused):
        write(item.list, {1: GOOD})


def test_two_who_change_a_draft_do_not_overwrite_each_other():
    item = factories.published_item()
    draft = write(item.list, {1: GOOD})
    mine, theirs = fresh(draft), fresh(draft)
    write(item.list, {1: GOOD}, assessment=theirs, body="工会")

    with pytest.raises(Conflict):
        write(item.list, {1: GOOD}, assessment=mine)


def test_only_the_office_draws_it_up():
    item = factories.published_item()

    with pytest.raises(Refused):
        write(item.list, {1: GOOD}, by=factories.owner_of(item))


# The database holds the figures, too


@pytest.mark.parametrize(
    "wrong",
    [
        {"unsatisfied": 1},
        {"present": None},
        {"valid": 28},
        {"valid": 29, "invalid": 1, "returned": 29},
        {"invalid": 0, "returned": 30},
        {"given": 28, "valid": 29, "returned": 29},
        {"members": 28},
        {"satisfied": None, "basically": None, "unsatisfied": None},
        {"basically": None},
        {"grade": ""},
        {"satisfied": -1, "basically": 30},
    ],
)
def test_database_refuses_what_does_not_add_up(wrong):
    row = write(factories.published_item().list, {1: GOOD}).rows.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        AssessmentRow.objects.filter(pk=row.pk).update(**wrong)


# A real vote, to the last one


def test_zhenhai_by_those_present():
    item_list, rows = zhenhai()

    written = write(item_list, rows, body=BODY, held_on=HELD_ON).rows.all()

    assert [row.satisfied for row in written] == [28, 20, 26, 29, 17, 26, 17, 28]
    assert [row.basically for row in written] == [1, 8, 3, 0, 11, 3, 11, 1]
    assert [row.unsatisfied for row in written] == [0, 1, 0, 0, 1, 0, 1, 0]
    assert {row.abstained for row in written} == {None}  # no column says it
    assert {(row.present, row.members, row.valid) for row in written} == {(PRESENT, None, None)}
    assert {(row.grade, row.as_in_source) for row in written} == {("satisfied", False)}


def test_zhenhai_by_all_members_cannot_be_computed_again():
    item_list, rows = zhenhai()
    said = {"basis": "members", "body": BODY, "held_on": HELD_ON}

    with pytest.raises(Refused):
        write(item_list, rows, **said)
    rows = {number: row | {"grade": "satisfied"} for number, row in rows.items()}
    written = write(item_list, rows, **said)

    assert {(row.grade, row.as_in_source) for row in written.rows.all()} == {("satisfied", True)}

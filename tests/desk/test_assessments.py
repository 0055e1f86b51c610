"""Assessments at the desk: typed in one table or read from a sheet, tried, saved, and issued."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from items import actions
from items.models import Assessment
from tests import factories
from tests.desk.drafting import filled
from tests.desk.sending import HERE, text_of
from tests.factories import TODAY
from tests.items.actions.acts import close, fresh
from tests.items.assessments.zhenhai import BODY, FILE, PRESENT, zhenhai

pytestmark = pytest.mark.django_db
WHOLE = {"held_on": TODAY.isoformat(), "body": "职工代表大会", "put_right_days": 30}
WHOLE |= {"majority": "half", "basis": "present", "present": 29}
PASSES = {"satisfied": 28, "basically": 1, "unsatisfied": 0, "present": 29}


@pytest.fixture
def item():
    first = factories.Item(title="更换座椅")
    factories.another(first, title="修浴室")
    factories.publish(first.list)
    return fresh(first)


@pytest.fixture
def client(as_, item):
    return as_(factories.office_of(item))


def at(item_list, tail=""):
    return f"/desk/lists/{item_list.slug}/assessments/{tail}"


def votes(number, *said):
    names = ["satisfied", "basically", "unsatisfied"]
    return {f"{number}-{name}": n for name, n in zip(names, said, strict=True)}


def post(client, path, sent, **more):
    return client.post(path, sent, headers=HERE, **more)


def test_table_is_typed_and_saved(client, item):
    sent = WHOLE | votes(1, 28, 1, 0) | votes(2, 10, 4, 15) | {"tellers": "乙班王某"}

    answer = post(client, at(item.list, "new/"), sent, follow=True)

    written = Assessment.objects.get()
    assert answer.redirect_chain == [(at(item.list, "1/"), 302)]
    assert [(row.item.number, row.grade) for row in written.rows.all()] == [
        (1, "satisfied"),
        (2, "unsatisfied"),
    ]
    text = text_of(answer)
    assert "已存为草稿" in text
    assert "计票人：乙班王某" in text
    assert "来源没有这几栏：弃权、应到、发出、收回、有效、无效" in text


def test_it_is_tried_first_and_nothing_is_saved(client, item):
    sent = WHOLE | votes(1, 28, 1, 0) | {"check": "1"}

    answer = post(client, at(item.list, "new/"), sent)

    assert answer.status_code == 200
    assert "各行都对得上" in text_of(answer)
    assert "按规则：满意" in text_of(answer).replace(" ", "")
    assert not Assessment.objects.exists()


def test_row_that_does_not_add_up_is_named_and_all_that_was_typed_stays(client, item):
    sent = WHOLE | votes(1, 28, 1, 0) | votes(2, 28, 1, 7) | {"2-members": "31"}

    answer = post(client, at(item.list, "new/"), sent)

    assert answer.status_code == 422
    assert "第2件“修浴室”：28 + 1 + 7 = 36票，但到场29人" in text_of(answer)
    typed = filled_rows(answer)
    assert typed["2-unsatisfied"] == "7"
    assert typed["2-members"] == "31"
    assert not Assessment.objects.exists()


def filled_rows(answer):
    forms = [answer.context["form"], *answer.context["rows"]]
    return {bound.html_name: bound.value() for form in forms for bound in form}


@pytest.mark.parametrize("typed", ["很多", "-1", "1.5", "9999999"])
def test_what_is_no_number_is_named_with_its_item(client, item, typed):
    answer = post(client, at(item.list, "new/"), WHOLE | votes(2, typed, 0, 0))

    assert answer.status_code == 422
    assert "第2件“修浴室”" in text_of(answer)
    assert filled_rows(answer)["2-satisfied"] == typed


def test_draft_opens_with_what_it_says_and_is_changed(client, item):
    rows = {1: PASSES, 2: PASSES | {"present": 30, "abstained": 1}}
    factories.assessment(item.list, rows)

    shown = filled_rows(client.get(at(item.list, "1/draft/")))
    assert (shown["present"], shown["1-present"], shown["2-present"]) == (None, 29, 30)
    sent = {name: value for name, value in shown.items() if value is not None}
    answer = post(client, at(item.list, "1/draft/"), sent | {"body": "工会"})

    assert answer.status_code == 302
    written = Assessment.objects.get()
    assert (written.body, written.rows.last().abstained) == ("工会", 1)


def test_ballots_of_one_item_alone_are_taken(client, item):
    sent = WHOLE | votes(1, 28, 1, 0) | votes(2, 28, 1, 1) | {"2-present": 30}

    post(client, at(item.list, "new/"), sent)

    assert [row.present for row in Assessment.objects.get().rows.all()] == [29, 30]


def test_ballots_of_an_item_without_its_votes_are_not_lost_in_silence(client, item):
    answer = post(client, at(item.list, "new/"), WHOLE | votes(1, 28, 1, 0) | {"2-valid": 3})

    assert answer.status_code == 422
    assert "第2件“修浴室”：票数也要填。" in text_of(answer)


# Out of a sheet


def sheet(content, name="votes.csv"):
    return SimpleUploadedFile(name, content)


def test_zhenhai_out_of_its_sheet(as_):
    item_list, _rows = zhenhai()
    client = as_(factories.office(item_list.committee))
    sent = WHOLE | {"body": BODY, "held_on": "2022-01-21", "present": PRESENT}

    read = post(
        client, at(item_list, "new/"), sent | {"read": "1", "file": sheet(FILE.read_bytes())}
    )

    assert read.status_code == 200
    assert "读入8行" in text_of(read)
    assert "表里没有这几栏：弃权、有效、无效、收回、发出、实到、应到" in text_of(read)
    assert text_of(read).count("按规则") >= 8
    assert not Assessment.objects.exists()
    typed = {name: value for name, value in filled_rows(read).items() if value is not None}
    assert post(client, at(item_list, "new/"), typed).status_code == 302
    satisfied = [row.satisfied for row in Assessment.objects.get().rows.all()]
    assert satisfied == [28, 20, 26, 29, 17, 26, 17, 28]


def test_sheet_read_before_the_rest_is_typed_says_nothing_is_wrong(client, item):
    file = sheet("序号,项目,满意,基本满意,不满意\n2,修浴室,3,0,0".encode())

    answer = post(client, at(item.list, "new/"), {"read": "1", "file": file, "body": "工会"})

    assert answer.status_code == 200
    assert not answer.context["form"].errors
    typed = filled_rows(answer)
    assert (typed["2-satisfied"], typed["body"]) == ("3", "工会")


def test_row_that_is_wrong_in_the_sheet_is_named(client, item):
    file = sheet("序号,项目,满意,基本满意,不满意\n2,换灯,3,0,0".encode())

    answer = post(client, at(item.list, "new/"), WHOLE | {"read": "1", "file": file})

    assert answer.status_code == 422
    assert "第2行：2号在这里叫“修浴室”，表里写的是“换灯”。" in text_of(answer)


@pytest.mark.parametrize("sent", [{}, {"file": "%PDF"}])
def test_no_sheet_or_none_that_can_be_read_keeps_what_was_typed(client, item, sent):
    sent = {name: sheet(content.encode()) for name, content in sent.items()}

    answer = post(client, at(item.list, "new/"), WHOLE | votes(1, 28, 1, 0) | {"read": "1"} | sent)

    assert answer.status_code == 422
    assert filled_rows(answer)["1-satisfied"] == "28"


# Issued, and an erratum


def test_colleague_issues_it_and_its_page_is_public(as_, client, item):
    factories.assessment(item.list, {1: PASSES}, scrutineers="甲班李某")
    public = f"/lists/{item.list.slug}/assessments/1/"
    assert client.get(public).status_code == 404
    assert "这是您自己整理的" in text_of(client.get(at(item.list, "1/")))

    colleague = as_(factories.colleague_of(item))
    path = at(item.list, "1/issue/")
    answer = post(colleague, path, filled(colleague.get(path).context["form"]), follow=True)

    assert "测评结果已发布" in text_of(answer)
    page = text_of(client.get(public))
    for words in ["职工代表大会", "更换座椅", "满意 28", "按实到人数算", "监票人：甲班李某"]:
        assert words in page
    assert "没有测评：第2件" in page


def test_whoever_prepared_it_is_told_who_issues_it(client, item):
    factories.assessment(item.list, {1: PASSES})

    page = client.get(at(item.list, "1/issue/"))
    answer = post(client, at(item.list, "1/issue/"), {"version": 0})

    assert (page.status_code, answer.status_code) == (403, 403)
    assert "由办公室另一人发布" in text_of(page)
    assert "由办公室另一人发布" in text_of(answer)


def test_table_says_what_comes_first(client, item):
    issued(item, {"satisfied": 1, "basically": 0, "unsatisfied": 28, "present": 29})

    assert "上次评为“不满意”，这次先议：第1件" in text_of(client.get(at(item.list, "new/")))


def test_erratum_stands_on_the_public_page(client, item):
    issued(item)
    path = at(item.list, "1/erratum/")
    sent = filled(client.get(path).context["form"]) | {"text": "实到30人，不是29人"}

    post(client, path, sent)

    page = text_of(client.get(f"/lists/{item.list.slug}/assessments/1/"))
    assert "实到30人，不是29人" in page


def issued(item, figures=PASSES, **said):
    row = factories.assessment(item.list, {1: figures}, **said)
    actions.issue_assessment(row, by=factories.colleague_of(item), now=factories.NOW)
    return row


def test_data_about_a_person_is_asked_about_when_it_is_issued(as_, item):
    factories.assessment(item.list, {1: PASSES}, tellers="王某13800138000")
    colleague, path = as_(factories.colleague_of(item)), at(item.list, "1/issue/")
    sent = filled(colleague.get(path).context["form"])

    answer = post(colleague, path, sent)

    assert answer.status_code == 403
    assert b'name="_yes"' in answer.content
    assert post(colleague, path, sent | {"_yes": "on"}).status_code == 302


def test_closed_list_is_judged_without_a_figure_of_it_moving(as_):
    item = factories.item_at("resolved")
    close(item.list)
    client = as_(factories.office_of(item))
    board = f"/lists/{item.list.slug}/"
    equation = fresh(item.list).closing_figures

    fails = votes(1, 10, 4, 15)
    assert post(client, at(item.list, "new/"), WHOLE | fails).status_code == 302
    colleague = as_(factories.colleague_of(item))
    assert post(colleague, at(item.list, "1/issue/"), {"version": 0}).status_code == 302

    assert client.get(board).status_code == 200
    assert fresh(item.list).closing_figures == equation
    assert "清单已封存，各项数字不变" in text_of(client.get(f"{board}assessments/1/"))


def test_draft_is_seen_by_those_alone_who_prepare_it(as_, item):
    factories.assessment(item.list, {1: PASSES})

    for person in (factories.owner_of(item), factories.supervisor_of(item)):
        client = as_(person)
        assert client.get(at(item.list, "1/")).status_code == 404
        assert "2026年6月1日 · 职工代表大会" not in text_of(client.get(at(item.list)))
        assert client.get(at(item.list, "new/")).status_code == 403
    auditor = factories.Role(committee=item.list.committee, kind="auditor").person
    assert as_(auditor).get(at(item.list, "1/")).status_code == 200


def test_help_for_families_has_no_row(as_):
    item = factories.published_item(hardship=True)
    client = as_(factories.office_of(item))

    page = client.get(at(item.list, "new/"))

    assert page.context["rows"] == []
    assert "第1件：帮扶事项不作公开评价" in text_of(page)

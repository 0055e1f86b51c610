"""An edited ledger brought back at the desk: compared, decided, saved all or nothing."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from items import actions
from items.models import Entry, Item, LedgerExport
from items.sheets import uploads
from items.sheets.returning import do_return
from tests import factories
from tests.desk.sending import HERE, text_of
from tests.factories import NOW
from tests.items.actions.acts import close, fresh, report
from welfare.desk.returns import views

pytestmark = pytest.mark.django_db
AT = "/desk/lists/plant-2026/return/"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def item():
    item = factories.Item(list__slug="plant-2026", title="改善浴室", budget="三万元")
    factories.another(item, title="新建车棚")
    factories.publish(item.list)
    report(fresh(item), text="已进场")
    return fresh(item)


@pytest.fixture
def office(item, as_):
    return as_(factories.office_of(item))


def book(client):
    """Export the list with what stays inside; return the workbook."""
    answer = client.post("/desk/lists/plant-2026/export/ledger.xlsx", {"inside": "on"})
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))


def write(book, row=4, **changed):
    page = book.worksheets[0]
    for heading, value in changed.items():
        column = next(cell.column for cell in page[3] if cell.value == heading)
        page.cell(row, column).value = value
    return book


def send(client, book, name="改过的台账.xlsx"):
    file = io.BytesIO()
    book.save(file)
    sent = {"file": SimpleUploadedFile(name, file.getvalue())}
    answer = client.post(AT, sent, headers=HERE)
    return client.get(AT) if answer.status_code == 302 else answer


def save(client, page, **said):
    return client.post(AT, {"seen": page.context["plan"].seen, **said}, headers=HERE, follow=True)


def test_whole_road(office, item):
    changed = {"实事项目": "改善职工浴室", "经费": "六万元", "进展情况": "主体完工"}
    page = send(office, write(book(office), **changed, 完成时限="年底"))

    assert page.status_code == 200
    text = text_of(page)
    assert all(words in text for words in [*changed.values(), "已进场", "三万元", "改过的台账"])
    assert f'href="/desk/lists/plant-2026/{item.number}/' in page.content.decode()
    assert fresh(item).budget == "三万元"
    answer = save(office, page, reason="与原件核对")
    assert answer.redirect_chain == [("/desk/lists/plant-2026/", 302)]
    now = fresh(item)
    assert (now.title, now.budget, now.due) == ("改善职工浴室", "六万元", item.due)
    verbs = Entry.objects.filter(item=item).order_by("seq").values_list("verb", "public")
    assert list(verbs)[-3:] == [("enter_for_owner", False), ("annotate", False), ("correct", True)]


def test_book_that_nobody_edited_changes_nothing(office):
    page = send(office, book(office))

    assert page.context["plan"].changes == ()
    assert 'name="reason"' not in page.content.decode()
    before = Entry.objects.count()
    save(office, page)
    assert Entry.objects.count() == before


def test_same_book_again_changes_nothing(office):
    edited = write(book(office), 经费="六万元", 进展情况="主体完工", 实事项目="浴室")
    save(office, send(office, edited), reason="核对")
    before = Entry.objects.count()

    page = send(office, edited)
    assert (page.context["plan"].changes, page.context["plan"].agreed) == ((), 3)
    save(office, page)
    assert Entry.objects.count() == before


def test_button_that_is_pressed_twice_saves_once(office):
    page = send(office, write(book(office), 经费="六万元"))
    save(office, page)
    before = Entry.objects.count()

    again = save(office, page)
    assert again.status_code == 409
    assert Entry.objects.count() == before


def test_confirmed_meanwhile_is_shown_again_with_what_was_typed(office, item):
    page = send(office, write(book(office), 实事项目="改善职工浴室", 经费="六万元"))
    by = factories.colleague_of(item)
    actions.annotate_item(fresh(item), by=by, budget="五万元", now=NOW)

    again = save(office, page, reason="写了半天的理由")
    assert again.status_code == 409
    assert "写了半天的理由" in text_of(again)
    assert "五万元" in text_of(again)
    assert fresh(item).title == "改善浴室"
    (conflict,) = again.context["plan"].conflicts
    assert save(office, again, reason="理由").status_code == 422
    save(office, again, reason="理由", **{conflict.key: "there"})
    assert (fresh(item).title, fresh(item).budget) == ("改善职工浴室", "五万元")


def test_changed_while_it_is_saved_is_shown_again(office, item, monkeypatch):
    """Between the comparison and its locks: the last moment at which somebody can come in."""
    page = send(office, write(book(office), 实事项目="改善职工浴室"))

    def late(plan, *args, **said):
        by = factories.colleague_of(item)
        actions.annotate_item(fresh(item), by=by, budget="五万元", now=NOW)
        return do_return(plan, *args, **said)

    with monkeypatch.context() as slow:
        slow.setattr(views, "do_return", late)
        again = save(office, page, reason="写了半天的理由")
    assert again.status_code == 409
    assert "写了半天的理由" in text_of(again)
    assert fresh(item).title == "改善浴室"
    save(office, again, reason="写了半天的理由")
    assert fresh(item).title == "改善职工浴室"


def test_what_has_nothing_to_do_with_it_stops_nothing(office, item):
    page = send(office, write(book(office), 经费="六万元"))
    report(fresh(item.list.items.get(number=2)), text="另一件有了进展")

    save(office, page)
    assert fresh(item).budget == "六万元"


def test_stale_book_after_a_day_of_work_at_the_desk(office, item):
    """What was done since stays; what the book changes is still found by its number."""
    old = book(office)
    by = factories.colleague_of(item)
    other = item.list.items.get(number=2)
    factories.start(fresh(other), NOW)
    factories.claim(fresh(other), NOW)
    factories.sign_off(fresh(other), NOW)
    said = {"field": "title", "value": "改善职工浴室", "reason": "错字", "now": NOW}
    actions.correct_item(fresh(item), by=by, **said)
    actions.add_item(
        item.list,
        by=by,
        draft=factories.draft(owner_post=item.owner_post, supervisor_post=item.supervisor_post),
        reason="职工提出",
        now=NOW,
    )
    report(fresh(item), text="主体完工")
    write(old, 进展情况="还在等货", 经费="六万元")
    write(old, row=5, 进展情况="还没动工", 备注="问过了")

    page = send(office, old)
    plan = page.context["plan"]
    assert [(each.number, each.column) for each in plan.conflicts] == [(1, "progress")]
    assert [(each.number, each.column) for each in plan.refused] == [(2, "progress")]
    save(office, page, **{"1-progress": "there"})
    assert (fresh(item).title, fresh(item).budget) == ("改善职工浴室", "六万元")
    assert fresh(other).status == "resolved"
    assert fresh(other).remark == "问过了"
    assert not Entry.objects.filter(verb="enter_for_owner").exists()


def test_reason_is_asked_for_corrections_alone(office):
    page = send(office, write(book(office), 实事项目="浴室"))

    answer = save(office, page, reason=" ")
    assert answer.status_code == 422
    assert Entry.objects.filter(verb="correct").count() == 0


def test_data_about_a_person_asks_for_a_yes(office, item):
    page = send(office, write(book(office), 实事项目="找张三 13912345678"))

    answer = save(office, page, reason="核对")
    assert answer.status_code == 403
    assert 'name="_yes"' in answer.content.decode()
    save(office, answer, reason="核对", _yes="on")
    assert fresh(item).title == "找张三 13912345678"


def test_file_that_cannot_be_read_says_why(office):
    wrong = book(office)
    wrong.worksheets[0].delete_rows(2)

    answer = send(office, wrong)
    assert answer.status_code == 422
    assert "导出号" in text_of(answer)
    answer = office.post(AT, {}, headers=HERE)
    assert answer.status_code == 422


def test_another_file_can_be_chosen(office):
    send(office, write(book(office), 经费="六万元"))

    office.post(AT, {"other": ""}, headers=HERE)
    assert "plan" not in office.get(AT).context


def test_base_that_goes_meanwhile_is_told(office):
    page = send(office, write(book(office), 经费="六万元"))
    LedgerExport.objects.all().forget()

    assert office.get(AT).status_code == 422
    assert save(office, page).status_code == 409


def test_sheet_of_an_import_is_no_returned_ledger(office, item):
    """It may lie there from the time when the list was a draft."""
    by = factories.office_of(item)
    uploads.keep(uploads.Upload(b"a,b", "a.csv", item.list_id), by)

    assert "plan" not in office.get(AT).context
    assert office.post(AT, {"seen": ""}, headers=HERE).status_code == 409


def test_only_the_office_brings_back(item, as_, office):
    auditor = factories.Role(committee=item.list.committee, kind="auditor").person
    for person, status in [
        (factories.owner_of(item), 403),
        (auditor, 403),
        (factories.Person(), 404),
    ]:
        client = as_(person)
        assert client.get(AT).status_code == status
        assert client.post(AT, {}, headers=HERE).status_code == status


def test_draft_points_to_the_import(as_):
    item = factories.Item(list__slug="plant-2026")
    answer = as_(factories.office_of(item)).get(AT)

    assert answer.status_code == 403
    assert 'href="/desk/lists/plant-2026/import/"' in answer.content.decode()


def test_closed_list_takes_nothing_back(office, item):
    edited = write(book(office), 经费="六万元")
    close(item.list)

    answer = send(office, edited)
    assert answer.status_code == 403
    assert Item.objects.get(pk=item.pk).budget == "三万元"


def test_list_and_export_lead_here(office):
    for page in ("", "export/", "table/"):
        assert f'href="{AT}"' in office.get(f"/desk/lists/plant-2026/{page}").content.decode()


def test_asks_as_often_for_three_items_as_for_one(office, item, django_assert_max_num_queries):
    page = send(office, write(book(office), 经费="六万元"))
    assert page.status_code == 200
    with django_assert_max_num_queries(60):
        office.get(AT)

"""The import's page: a preview saves nothing and can be corrected; saving is all or nothing."""

import os
import time
from threading import Event

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from items.models import Entry, Item, ItemList, Person, Place, Post, SheetHeading, Unit
from items.sheets import uploads
from tests import factories
from tests.desk.sending import HERE, text_of
from welfare.desk.sheets import saving

pytestmark = pytest.mark.django_db
HEADINGS = "序号,实事项目,牵头领导,联系督导责任人,具体措施,完成时限,责任单位,地点"
ROWS = ["8,更换座椅,设备副厂长,机关支部联系人,统计;更换,2026-11-30,设备室,控制室"]


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def item():
    return factories.Item()


@pytest.fixture
def office(as_, item):
    return as_(factories.office_of(item))


def at(item_list):
    return f"/desk/lists/{item_list.slug}/import/"


def choose(client, item_list, *rows, headings=HEADINGS, name="台账.csv"):
    sheet = "\n".join([headings, *(rows or ROWS)]).encode("utf-8-sig")
    sent = {"file": SimpleUploadedFile(name, sheet)}
    answer = client.post(at(item_list), sent, headers=HERE)
    return client.get(answer.url) if answer.status_code == 302 else answer


def save(client, item_list, page, **corrections):
    sent = {"seen": page.context["seen"], "save": "", **corrections}
    return client.post(at(item_list), sent, headers=HERE)


def everything():
    models = [Item, ItemList, Post, Person, Unit, Place, Entry]
    return [list(model.objects.order_by("pk").values()) for model in models]


def row(page, number=8):
    return next(row for row in page.context["preview"].rows if row.number == number)


def cell(page, column, number=8):
    return next(cell for cell in row(page, number).cells if cell.column == column)


# What is shown


def test_preview_shows_every_cell_and_saves_nothing(office, item):
    before = everything()

    page = choose(office, item.list, *ROWS, f"{item.number},新的名字,,,,9月投入使用,,")

    assert page.status_code == 200
    assert row(page).is_new
    assert cell(page, "measures").lines == ("统计", "更换")
    assert cell(page, "measures").original == "统计;更换"
    assert cell(page, "due", item.number).lines == ("2026年9月30日",)
    assert cell(page, "title", item.number).before == item.title
    made = {(name.kind, name.name): name for name in page.context["preview"].new}
    assert made["post", "设备副厂长"].owns == (8,)
    assert made["post", "机关支部联系人"].checks == (8,)
    assert {kind for kind, _name in made} == {"post", "unit", "place"}
    assert "新的名字" in text_of(page)
    assert everything() == before


def test_file_is_chosen_once(office, item):
    choose(office, item.list)

    again = office.get(at(item.list))

    assert row(again).title == "更换座椅"
    office.post(at(item.list), {"other": ""}, headers=HERE)
    assert "preview" not in office.get(at(item.list)).context


def test_long_sheet_is_said_to_be_read_before_it_is(office, item):
    rows = [f"{n},{'长' * 100},,,,,," for n in range(10, 700)]
    sent = {"file": SimpleUploadedFile("台账.csv", "\n".join([HEADINGS, *rows]).encode())}

    answer = office.post(at(item.list), sent, headers=HERE)
    reading = office.get(answer.url)

    assert "台账.csv" in text_of(reading)
    assert reading.headers["Refresh"] == "0;url=?"
    assert office.get(at(item.list)).context["preview"].added == 690


def test_problem_stands_at_its_cell_and_nothing_is_saved(office, item):
    page = choose(office, item.list, "8,更换座椅,厂长,厂长,,,,")
    before = everything()

    assert cell(page, "supervisor").edge == "refused"
    assert "cell-D2" in page.content.decode()
    assert save(office, item.list, page).status_code == 422
    assert everything() == before


def test_pages_of_rows_keep_to_what_is_asked(office, item):
    choose(office, item.list, *(f"{n},事{n},,,,," for n in range(10, 70)), "8,座椅,,,,13月40日,,")

    page = office.get(at(item.list) + "?page=2")
    assert len(page.context["preview"].rows) == 11
    asked = office.get(at(item.list) + "?shown=asked").context["preview"]
    assert [row.number for row in asked.rows] == [8]


# What is saved


def test_saving_saves_what_was_shown(office, item):
    page = choose(office, item.list)

    response = save(office, item.list, page)

    assert (response.status_code, response.url) == (302, f"/desk/lists/{item.list.slug}/")
    saved = Item.objects.get(number=8)
    assert saved.title == "更换座椅"
    assert saved.history.first().history_user == factories.office_of(item)
    assert list(uploads.folder().iterdir()) == []
    assert office.post(at(item.list), {"seen": "x"}, headers=HERE).status_code == 409


def long_sheet(client, item_list):
    return choose(client, item_list, *(f"{n},{'长' * 100},,,,,," for n in range(10, 700)))


def test_saving_of_a_long_sheet_is_followed_to_its_end(as_, emptied_tables):
    item = factories.Item()
    person = factories.office_of(item)
    client = as_(person)
    long_sheet(client, item.list)

    answer = save(client, item.list, client.get(at(item.list)))
    assert answer.url == f"{at(item.list)}?saving"
    wait_until(lambda: not uploads.told(person).goes_on)

    assert client.get(answer.url).url == f"/desk/lists/{item.list.slug}/"
    assert Item.history.filter(history_user=person).count() == 690
    assert client.get(answer.url).url == at(item.list)  # its end was seen


def wait_until(is_so):
    until = time.monotonic() + 30
    while not is_so() and time.monotonic() < until:
        Event().wait(0.05)


def test_page_tells_how_far_a_saving_is_and_looks_again(office, item):
    person = factories.office_of(item)
    choose(office, item.list)
    uploads.tell(person, uploads.Saving("running", 2000, 10_000))

    page = office.get(at(item.list) + "?saving")

    assert "2000" in text_of(page)
    assert page.headers["Refresh"] == "3;url=?saving"


def test_saving_that_stopped_midway_saved_nothing_and_says_so(office, item):
    person = factories.office_of(item)
    choose(office, item.list)
    uploads.tell(person, uploads.Saving("running", 2000, 10_000))
    age(uploads.folder() / f"{person.pk}.progress", uploads.SILENT_FOR + 1)

    page = office.get(at(item.list) + "?saving")

    assert page.status_code == 409
    assert len(page.context["sentences"]) == 1
    assert row(page).title == "更换座椅"


def test_refusal_of_a_long_sheet_is_told(office, item):
    choose(office, item.list, "8,更换座椅,厂长,厂长,,,,")
    upload = uploads.kept(factories.office_of(item), item.list)

    ended = saving.saved(upload, factories.office_of(item))

    assert (ended.state, len(ended.sentences)) == ("refused", 1)


def test_wrong_post_is_picked_from_a_list_and_saved_at_once(office, item):
    page = choose(office, item.list, "8,更换座椅,厂长,厂长,,,,")
    assert "厂长" in dict(page.context["preview"].posts)

    response = save(office, item.list, page, **{"cell-D2": item.supervisor_post.name})

    assert response.status_code == 302
    assert Item.objects.get(number=8).supervisor_post == item.supervisor_post


def test_cell_that_is_written_anew_is_read_as_it_would_be_in_the_sheet(office, item):
    page = choose(office, item.list, "8,更换座椅,,,,13月40日,,")

    again = {"seen": page.context["seen"], "again": "", "was-F2": "13月40日", "cell-F2": "12月底前"}
    office.post(at(item.list), again, headers=HERE)

    page = office.get(at(item.list))
    assert cell(page, "due").lines == ("2026年12月31日",)
    assert cell(page, "due").typed == "13月40日"
    assert save(office, item.list, page).status_code == 302


def test_row_whose_number_cannot_be_read_is_corrected_too(office, item):
    rows = ["8,更换座椅,,,,,,", "11,车棚,,,,,,", "甲x,改善浴室,,,,,,", "8,修路,,,,,,"]
    page = choose(office, item.list, *rows)
    strays = page.context["preview"].strays
    assert [(row.row, row.title, len(row.problems)) for row in strays] == [
        (4, "改善浴室", 1),
        (5, "修路", 1),
    ]
    fields = {cell.address: cell.typed for cell in strays[0].fields}
    assert (fields["A4"], fields["B4"]) == ("甲x", "改善浴室")

    response = save(office, item.list, page, **{"cell-A4": "9", "cell-A5": "10"})

    assert response.status_code == 302
    assert {i.number: i.title for i in item.list.items.filter(number__gt=7)} == {
        8: "更换座椅",
        9: "改善浴室",
        10: "修路",
        11: "车棚",
    }


def test_no_cell_is_asked_for_twice(office, item):
    sheet = {"headings": "序号,实事项目,联系督导责任人,销号时间,销号人,完成时限"}
    page = choose(office, item.list, "8,更换座椅,,2026-05-01,王强,13月40日", **sheet)

    assert row(page).problems  # it is signed off, and nobody supervises it
    assert cell(page, "due").edge == "refused"
    assert page.content.decode().count('name="cell-F2"') == 1
    corrections = {"cell-F2": "12月底前", "was-F2": "13月40日", "cell-C2": "支部", "was-C2": ""}
    assert save(office, item.list, page, **corrections).status_code == 302
    assert Item.objects.get(number=8).supervisor_post.name == "支部"


def test_what_was_only_shown_is_no_correction(office, item):
    page = choose(office, item.list, "8,更换座椅,,,,13月40日,,")

    response = save(office, item.list, page, **{"was-F2": "13月40日", "cell-F2": "13月40日"})

    assert response.status_code == 422
    assert uploads.kept(factories.office_of(item), item.list).corrections.cells == {}


def test_leaders_posts_are_those_that_are_ticked(office, item):
    page = choose(office, item.list)
    ticked = [name.name for name in page.context["preview"].new if name.is_leader]
    assert ticked == ["设备副厂长"]

    save(office, item.list, page, posts="1", leader=["机关支部联系人"])

    leaders = Post.objects.filter(name__in=["设备副厂长", "机关支部联系人"], is_leader=True)
    assert [post.name for post in leaders] == ["机关支部联系人"]


def test_heading_that_is_mapped_by_hand_is_remembered(office, item):
    sheet = {"headings": "序号,实事项目,谁来干"}
    page = choose(office, item.list, "8,更换座椅,设备室", **sheet)
    heading = {"heading-C": "谁来干", "was-column-C": "", "column-C": "units"}
    office.post(at(item.list), {"seen": page.context["seen"], **heading}, headers=HERE)
    page = office.get(at(item.list))
    assert cell(page, "units").lines == ("设备室",)
    assert not SheetHeading.objects.exists()

    save(office, item.list, page)

    assert SheetHeading.objects.get().column == "units"
    page = choose(office, item.list, "9,改善浴室,后勤室", **sheet)
    assert cell(page, "units", 9).lines == ("后勤室",)
    forgotten = {"heading-C": "谁来干", "was-column-C": "units", "column-C": ""}
    page = save(office, item.list, page, **forgotten)
    assert not SheetHeading.objects.exists()


def test_file_whose_matter_has_an_unknown_heading_is_read_once_it_is_mapped(office, item):
    page = choose(office, item.list, "8,控制室,更换座椅", headings="序号,地点,要办的事")
    assert page.status_code == 422
    assert ("title", "实事项目") in page.context["mapping"]["free"]

    heading = {"heading-C": "要办的事", "column-C": "title"}
    sent = {"seen": page.context["seen"], **heading}
    answer = office.post(at(item.list), sent, headers=HERE)

    assert row(office.get(answer.url)).title == "更换座椅"


def test_list_that_changed_meanwhile_is_shown_again(office, item):
    page = choose(office, item.list, f"{item.number},新的名字,,,,,,")
    other = Item.objects.get()
    other.title = "别人的名字"
    other.save()

    response = save(office, item.list, page)

    assert response.status_code == 409
    assert len(response.context["sentences"]) == 1
    assert Item.objects.get().title == "别人的名字"


# Whose it is


def test_sheet_is_for_one_person_and_one_list(as_, office, item):
    page = choose(office, item.list)
    colleague = as_(factories.colleague_of(item))
    another = factories.ItemList(committee=item.list.committee)

    assert "preview" not in colleague.get(at(item.list)).context
    assert "preview" not in office.get(at(another)).context
    assert save(colleague, item.list, page).status_code == 409

    assert not Item.objects.filter(number=8).exists()


def test_next_sheet_takes_the_place_of_the_one_before(office, item):
    page = choose(office, item.list)
    choose(office, item.list, "9,别的事,,,,,,")

    assert save(office, item.list, page).status_code == 409
    assert len(list(uploads.folder().iterdir())) == 1


def test_sheet_is_kept_for_an_hour(office, item, time_machine):
    choose(office, item.list)
    kept = uploads.folder() / f"{factories.office_of(item).pk}.sheet"
    age(kept, uploads.KEPT_FOR + 1)

    assert "preview" not in office.get(at(item.list)).context
    assert uploads.forget_old() == 1


def age(path, seconds):
    os.utime(path, (time.time() - seconds, time.time() - seconds))


def test_kept_sheet_is_for_our_eyes_only(office, item):
    choose(office, item.list)

    (kept,) = uploads.folder().iterdir()
    assert kept.stat().st_mode & 0o077 == 0
    assert kept.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"x" * (10 * 1024 * 1024 + 1), "10 MB"), (None, ""), (b"%PDF-1.7 no table", "")],
)
def test_what_cannot_be_read_gets_a_sentence(office, item, content, said):
    sent = {} if content is None else {"file": SimpleUploadedFile("台账.xlsx", content)}

    response = office.post(at(item.list), sent, headers=HERE)
    if response.status_code == 302:
        response = office.get(response.url)
        assert len(response.context["sentences"]) == 1

    assert response.status_code == 422
    assert said in text_of(response)


def test_published_list_takes_no_sheet(office, item):
    page = choose(office, item.list)
    factories.publish(item.list)
    before = everything()

    assert office.get(at(item.list)).status_code == 403
    assert choose(office, item.list).status_code == 403
    assert save(office, item.list, page).status_code == 403
    assert everything() == before


def test_wrong_person_imports_nothing(as_, office, item):
    page = choose(office, item.list)
    committee, before = item.list.committee, everything()
    kinds = ("auditor", "administrator", "union_officer")
    people = [factories.Role(committee=committee, kind=kind).person for kind in kinds]
    people += [factories.Person(), factories.Person(is_superuser=True, is_staff=True)]
    before = everything()

    for person in people:
        client = as_(person)
        assert choose(client, item.list).status_code in (403, 404)
        assert save(client, item.list, page).status_code in (403, 404)
    assert everything() == before


def test_template_is_offered_to_who_imports(as_):
    item = factories.Item()
    path = f"/desk/lists/{item.list.slug}/import/"
    office = as_(factories.office_of(item))

    assert f'href="{path}template.xlsx"' in office.get(path).content.decode()
    answer = office.get(f"{path}template.xlsx")
    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")
    auditor = factories.Role(committee=item.list.committee, kind="auditor").person
    assert as_(auditor).get(f"{path}template.xlsx").status_code == 403
    assert as_(factories.Person()).get(f"{path}template.xlsx").status_code == 404
    factories.publish(item.list)
    assert office.get(f"{path}template.xlsx").status_code == 403

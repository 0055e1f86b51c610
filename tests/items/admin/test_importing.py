"""The import's page: a preview saves nothing, a confirmation saves all or nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from items.admin import uploads
from items.models import Entry, Item, ItemList, Person, Place, Post, Unit
from tests import factories
from tests.items.admin.forms import page
from tests.sheets.files import xlsx

pytestmark = pytest.mark.django_db
HEADINGS = "序号,实事项目,牵头领导,联系督导责任人,具体措施,完成时限,责任单位,地点"
ROWS = ["8,更换座椅,设备副厂长,机关支部联系人,统计;更换,2026-11-30,设备室,控制室"]


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def sheet(*rows, name="台账.csv"):
    return SimpleUploadedFile(name, "\n".join([HEADINGS, *rows]).encode("utf-8-sig"))


def preview(client, item_list, *rows, **file):
    return client.post(page(item_list, "import"), {"file": sheet(*(rows or ROWS), **file)})


def confirm(client, item_list, token):
    return client.post(page(item_list, "import"), {"token": token})


def everything():
    models = [Item, ItemList, Post, Person, Unit, Place, Entry]
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_preview_shows_and_saves_nothing(office, item):
    before = everything()

    response = preview(office, item.list, *ROWS, f"{item.number},新的名字,,,,,,")

    content = response.content.decode()
    assert [diff.number for diff in response.context["plan"].new] == [8]
    assert "更换座椅" in content
    assert "新的名字" in content
    assert 'id="confirm"' in content
    assert everything() == before


def test_confirmation_saves_what_was_shown(office, item):
    token = preview(office, item.list).context["token"]

    response = confirm(office, item.list, token)

    assert response.status_code == 302
    assert Item.objects.get(number=8).title == "更换座椅"
    assert Item.objects.get(number=8).history.first().history_user == office.person
    assert list(uploads.folder().iterdir()) == []


def test_second_confirmation_finds_nothing(office, item):
    token = preview(office, item.list).context["token"]
    confirm(office, item.list, token)

    response = confirm(office, item.list, token)

    assert len(response.context["sentences"]) == 1
    assert Item.objects.filter(number=8).count() == 1


def test_problem_is_named_by_row_and_cell_and_cannot_be_confirmed(office, item):
    before = everything()

    response = preview(office, item.list, *ROWS, "九十x,坏行,,,,,,")

    content = response.content.decode()
    assert [problem.row for problem in response.context["plan"].problems] == [3]
    assert "A3" in content
    assert "token" not in response.context
    assert everything() == before


def test_name_that_may_be_two_people_is_refused_before_anything_is_saved(office, item, committee):
    twins = [factories.Person(name="张三") for _ in range(2)]
    for twin in twins:
        factories.Role(person=twin, committee=committee, kind="auditor")
    file = xlsx(["序号", "实事项目", "承办人"], [8, "更换座椅", "李四"], [9, "改善浴室", "张三"])
    before = everything()

    response = office.post(
        page(item.list, "import"), {"file": SimpleUploadedFile("台账.xlsx", file)}
    )

    assert [problem.address for problem in response.context["plan"].problems] == ["C3"]
    assert "token" not in response.context
    assert everything() == before


def test_list_that_changed_meanwhile_is_shown_again(office, item):
    token = preview(office, item.list, f"{item.number},新的名字,,,,,,").context["token"]
    other = Item.objects.get()
    other.title = "别人的名字"
    other.save()

    response = confirm(office, item.list, token)

    assert len(response.context["sentences"]) == 1
    assert response.context["token"] != token
    assert Item.objects.get().title == "别人的名字"


def test_token_is_for_one_person_and_one_list(office, sign_in, item):
    token = preview(office, item.list).context["token"]
    colleague = sign_in("office")
    another = factories.ItemList(committee=item.list.committee)

    assert confirm(colleague, item.list, token).context["sentences"]
    assert confirm(office, another, token).context["sentences"]
    assert confirm(office, item.list, token + "x").context["sentences"]

    assert not Item.objects.filter(number=8).exists()


def test_next_sheet_takes_the_place_of_the_one_before(office, item):
    token = preview(office, item.list).context["token"]
    preview(office, item.list, "9,别的事,,,,,,")

    assert confirm(office, item.list, token).context["sentences"]
    assert len(list(uploads.folder().iterdir())) == 1


def test_token_is_good_for_an_hour(office, item, time_machine):
    token = preview(office, item.list).context["token"]
    time_machine.shift(uploads.KEPT_FOR + 1)

    assert confirm(office, item.list, token).context["sentences"]


def test_kept_sheet_is_for_our_eyes_only(office, item):
    preview(office, item.list)

    (kept,) = uploads.folder().iterdir()
    assert kept.stat().st_mode & 0o077 == 0
    assert kept.parent.stat().st_mode & 0o077 == 0


def test_too_large_a_file_is_refused(office, item):
    file = SimpleUploadedFile("台账.csv", b"x" * (10 * 1024 * 1024 + 1))

    response = office.post(page(item.list, "import"), {"file": file})

    assert "file" in response.context["form"].errors


def test_what_is_no_table_gets_a_sentence(office, item):
    file = SimpleUploadedFile("台账.xlsx", b"%PDF-1.7 no table")

    response = office.post(page(item.list, "import"), {"file": file})

    assert len(response.context["form"].errors["file"]) == 1


def test_no_file_gets_a_sentence(office, item):
    response = office.post(page(item.list, "import"), {})

    assert "file" in response.context["form"].errors


def test_published_list_takes_no_sheet(office, item):
    token = preview(office, item.list).context["token"]
    factories.publish(item.list)
    before = everything()

    assert preview(office, item.list).context["refusal"]
    assert confirm(office, item.list, token).context["refusal"]
    assert everything() == before


def test_wrong_person_imports_nothing(wrong, office, item):
    token = preview(office, item.list).context["token"]
    before = everything()

    for who, client in wrong.items():
        for response in [preview(client, item.list), confirm(client, item.list, token)]:
            assert response.status_code in (302, 403, 404) or response.context["refusal"], who
        assert everything() == before, who

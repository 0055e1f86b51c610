"""The file of a hardship item at the desk: who opens it, what is written down, and nobody else."""

from copy import deepcopy

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from items.models import CaseLook, HardshipFile
from tests import factories
from tests.desk.sending import address, text_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 ..."


@pytest.fixture(scope="module")
def item_of_the_file(kept_rows):
    return factories.item_at("in_progress", hardship=True)


@pytest.fixture
def item(item_of_the_file, db):
    return deepcopy(item_of_the_file)


@pytest.fixture
def file(item):
    return factories.case_file(item)


def people(item):
    committee = item.list.committee
    above = factories.Committee()
    committee.parent = above
    committee.save()
    return {
        "office": factories.office_of(item),
        "owner": factories.owner_of(item),
        "supervisor": factories.supervisor_of(item),
        "another owner": factories.owner_of(factories.Item(list__committee=committee)),
        "auditor": factories.Role(committee=committee, kind="auditor").person,
        "administrator": factories.Role(committee=committee, kind="administrator").person,
        "superuser": factories.Person(is_superuser=True, is_staff=True),
        "superuser of the office": factories.Role(
            committee=committee, person=factories.Person(is_superuser=True)
        ).person,
        "office above": factories.office(above),
        "stranger": factories.Person(),
    }


READERS = {"office", "owner", "supervisor"}


def sent(name="申请书", content=PDF):
    return {"name": name, "file": SimpleUploadedFile("a.bin", content, "text/html")}


def test_only_those_with_a_duty_reach_the_file(as_, item, file):
    roads = [("get", "case"), ("post", "case"), ("post", f"case/{file.pk}/open")]
    for who, person in people(item).items():
        client = as_(person)
        statuses = {getattr(client, how)(address(item, road)).status_code for how, road in roads}
        statuses.add(client.post(address(item, "case/add"), sent(name=who)).status_code)

        assert (who, statuses) == (who, {200, 302} if who in READERS else {404})


def test_only_the_office_deletes(as_, item):
    done = {}
    for who, person in people(item).items():
        file = factories.case_file(item, name=who)
        done[who] = (
            as_(person)
            .post(address(item, f"case/{file.pk}/remove"), {"reason": "传错了"})
            .status_code
        )

    assert done == dict.fromkeys(done, 404) | {"office": 302, "owner": 403, "supervisor": 403}
    assert HardshipFile.objects.kept().count() == len(done) - 1


@pytest.mark.parametrize("road", ["case", "case/add", "case/{}/open", "case/{}/remove"])
def test_nobody_without_a_login(client, item, file, road):
    path = address(item, road.format(file.pk))

    assert client.get(path).status_code == 302
    assert client.post(path, {"reason": "x"}).status_code == 403
    assert (CaseLook.objects.exists(), HardshipFile.objects.kept().count()) == (False, 1)


def test_one_look_is_written_for_each_that_was_had(as_, item, file):
    client, case = as_(factories.owner_of(item)), address(item, "case")

    closed = client.get(case)  # also what a browser fetches ahead
    client.get(address(item))
    client.get(address(item, f"case/{file.pk}/open"))
    assert not CaseLook.objects.exists()
    assert file.name not in closed.content.decode()

    opened = client.post(case)
    assert "申请书" in text_of(opened)
    assert list(CaseLook.objects.values_list("file", flat=True)) == [None]

    client.post(address(item, f"case/{file.pk}/open"))
    assert list(CaseLook.objects.order_by("pk").values_list("file", flat=True)) == [None, file.pk]
    assert "下载了“申请书”" in text_of(client.post(case))


def test_document_is_handed_out_and_never_shown_inside(as_, item, file):
    given = as_(factories.supervisor_of(item)).post(address(item, f"case/{file.pk}/open"))

    assert given.content == PDF
    assert given.headers["Content-Disposition"].startswith("attachment; ")
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in given.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("said", "status", "sentence"),
    [
        ({"name": ""}, 422, "材料名称"),
        ({"content": b""}, 403, "空的"),
        ({"content": b"MZ..."}, 403, "请传PDF"),
    ],
)
def test_refused_document_keeps_the_words(as_, item, said, status, sentence):
    client = as_(factories.owner_of(item))

    page = client.post(address(item, "case/add"), sent(**{"name": "户口簿首页"} | said))

    assert page.status_code == status
    assert sentence in text_of(page)
    assert said.get("name", "户口簿首页") in page.content.decode()
    assert not HardshipFile.objects.exists()


def test_document_that_is_missing_is_asked_for(as_, item):
    page = as_(factories.owner_of(item)).post(address(item, "case/add"), {"name": "户口簿"})

    assert page.status_code == 422
    assert "请选择文件" in text_of(page)


def test_name_has_no_line_that_a_header_could_end_in(as_, item):
    client = as_(factories.owner_of(item))
    client.post(address(item, "case/add"), sent(name="a\r\nX-Evil: b"))

    given = client.post(address(item, f"case/{HardshipFile.objects.get().pk}/open"))

    assert given.status_code == 200
    assert "X-Evil" not in given.headers


def test_deleting_asks_why_without_naming_the_document(as_, item, file):
    client, path = as_(factories.office_of(item)), address(item, f"case/{file.pk}/remove")

    shown, empty = client.get(path), client.post(path, {"reason": " "})
    client.post(path, {"reason": "传错了"})

    assert (shown.status_code, empty.status_code) == (200, 422)
    assert file.name not in shown.content.decode()
    assert client.get(path).status_code == 404
    assert "传错了" in text_of(client.post(address(item, "case")))


def test_item_page_leads_there_only_who_may(as_, item, file):
    auditor = factories.Role(committee=item.list.committee, kind="auditor").person

    pages = [text_of(as_(who).get(address(item))) for who in (factories.owner_of(item), auditor)]

    assert ["困难帮扶档案" in page for page in pages] == [True, False]


def test_other_items_have_no_file(as_):
    item = factories.item_at("in_progress")

    assert as_(factories.office_of(item)).get(address(item, "case")).status_code == 404


def test_closed_list_still_opens_and_takes_nothing(as_, item, file):
    office = as_(factories.office_of(item))
    office.post(f"/desk/lists/{item.list.slug}/close/", {"version": item.list.version})

    assert office.post(address(item, "case")).status_code == 200


def test_opening_takes_as_many_questions_for_three_as_for_one(
    as_, item, file, django_assert_num_queries
):
    client, case = as_(factories.owner_of(item)), address(item, "case")
    client.post(case)
    with CaptureQueriesContext(connection) as one:
        client.post(case)
    for name in ("户口簿", "诊断书"):
        factories.case_file(item, name=name)

    with django_assert_num_queries(len(one)):
        client.post(case)

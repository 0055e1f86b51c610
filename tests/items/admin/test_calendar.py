"""The calendar in the admin: the site's administrator writes it, one by one or as a table."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from openpyxl import Workbook

from items.models import CalendarDay
from tests.items.admin.forms import messages_of, page

pytestmark = pytest.mark.django_db

LIST, ADD = "/en/admin/items/calendarday/", "/en/admin/items/calendarday/add/"
BRING_IN = f"{LIST}bring-in/"
LINES = "日期,类别,名称\n2027-02-06,放假,春节\n2027-02-20,上班,春节\n"


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def written():
    return list(CalendarDay.objects.order_by("day").values_list("day", "kind", "name"))


TWO = [(date(2027, 2, 6), "day_off", "春节"), (date(2027, 2, 20), "working", "春节")]


def test_administrator_of_the_site_writes_a_day_which_its_history_tells(superuser):
    superuser.post(ADD, {"day": "2027-02-06", "kind": "day_off", "name": "春节"})

    assert written() == TWO[:1]
    row = CalendarDay.objects.get()
    assert row.history.get().history_user == superuser.person
    assert superuser.person.name in superuser.get(page(row, "history")).content.decode()


@pytest.mark.parametrize("day", ["1999-12-31", "2101-01-01", "2027-02-30", ""])
def test_day_beyond_the_calendar_is_refused(superuser, day):
    response = superuser.post(ADD, {"day": day, "kind": "day_off", "name": "春节"})

    assert response.context["errors"]
    assert written() == []


def test_pasted_table_is_brought_in(superuser):
    response = superuser.post(BRING_IN, {"lines": LINES}, follow=True)

    assert messages_of(response) == ["2 days were written."]
    assert written() == TWO
    assert {row.history.get().history_user for row in CalendarDay.objects.all()} == {
        superuser.person
    }


def workbook():
    book, file = Workbook(), BytesIO()
    for row in (["日期", "类别", "名称"], [date(2027, 2, 6), "放假", "春节"]):
        book.active.append(row)
    book.active.append(["2027年2月20日", "上班", "春节"])
    book.save(file)
    return SimpleUploadedFile("a.xlsx", file.getvalue())


@pytest.mark.parametrize(
    "file",
    [
        workbook,
        lambda: SimpleUploadedFile("a.csv", LINES.encode("gb18030")),
        lambda: SimpleUploadedFile("a.txt", LINES.replace(",", "\t").encode()),
    ],
    ids=["xlsx", "csv in GBK", "txt"],
)
def test_file_is_brought_in(superuser, file):
    superuser.post(BRING_IN, {"lines": "", "file": file()})

    assert written() == TWO


def test_same_table_twice_and_what_is_shipped_change_nothing(superuser):
    superuser.post(BRING_IN, {"lines": LINES})
    again = LINES + "2026-02-17,放假,春节\n"

    response = superuser.post(BRING_IN, {"lines": again}, follow=True)

    assert messages_of(response)[-1] == "3 days were so already."
    assert written() == TWO
    assert CalendarDay.history.count() == 2


def test_day_that_is_otherwise_is_changed(superuser):
    superuser.post(BRING_IN, {"lines": LINES})

    lines = "2027-02-06,上班,春节\n2026-02-17,上班,厂庆\n"
    response = superuser.post(BRING_IN, {"lines": lines}, follow=True)

    assert messages_of(response)[-1] == "2 days were written."
    first = (date(2026, 2, 17), "working", "厂庆")
    assert written() == [first, (TWO[0][0], "working", "春节"), TWO[1]]


def test_bad_line_refuses_all_and_keeps_what_was_typed(superuser):
    lines = LINES + "2027-02-30,放假,春节\n"

    response = superuser.post(BRING_IN, {"lines": lines})

    assert response.context["form"].errors["__all__"] == [
        "Line 4: “2027-02-30” is no day. Write it with its year, such as 2026-02-17."
    ]
    assert response.context["form"]["lines"].value() == lines
    assert written() == []


def test_bad_file_comes_back_as_lines(superuser):
    lines = LINES + "2027-02-30,放假,春节\n"

    file = SimpleUploadedFile("a.csv", lines.encode())
    response = superuser.post(BRING_IN, {"lines": "", "file": file})

    assert response.context["form"]["lines"].value() == lines


@pytest.mark.parametrize(
    "content", [b"\x00\x01\x02" * 99, b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0"]
)
def test_file_that_is_none_is_refused_and_what_was_pasted_stays(superuser, content):
    sent = {"lines": LINES, "file": SimpleUploadedFile("a.xlsx", content)}

    response = superuser.post(BRING_IN, sent)

    assert response.context["form"].errors["__all__"]
    assert response.context["form"]["lines"].value() == LINES
    assert written() == []


def test_page_tells_what_is_in_force(superuser):
    superuser.post(BRING_IN, {"lines": LINES})

    response = superuser.get(LIST)

    years = [year for year, _days in response.context["calendar"]]
    assert years == [2027, 2026, 2025, 2024]
    assert "written here" in response.content.decode()
    assert "the State Council’s notice" in response.content.decode()


@pytest.mark.parametrize("who", ["office", "administrator"])
def test_staff_read_it_and_write_nothing(request, who):
    client = request.getfixturevalue(who)

    assert client.get(LIST).status_code == 200
    answers = [client.get(BRING_IN), client.post(BRING_IN, {"lines": LINES}), client.post(ADD)]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert BRING_IN not in client.get(LIST).content.decode()
    assert written() == []


def test_list_asks_as_often_whatever_it_shows(superuser):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            superuser.get(LIST)
        return len(queries)

    CalendarDay.objects.create(day=date(2027, 1, 1), kind="day_off", name="元旦")
    asked()  # the first page of an account asks for more
    one = asked()
    for day in (2, 3):
        CalendarDay.objects.create(day=date(2027, 1, day), kind="day_off", name="元旦")

    assert asked() == one

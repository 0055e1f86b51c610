"""The sheets of a list: what stands on them, whom they are for, what their codes lead to."""

import re
from copy import deepcopy
from datetime import timedelta
from importlib.machinery import ModuleSpec

import pytest
import time_machine
from django.test import Client

from items import queries
from items.models import Committee, Item
from items.privacy.wall_codes import is_wall_code, last_day, wall_code
from tests import factories
from tests.factories import NOW, PUBLISHED_ON, TODAY, days
from tests.printing.reading import codes_in, needs, pages_of, sizes_of, text_by_page, text_of
from tests.printing.samples import SLUG, published
from welfare.printing import font, pdf
from welfare.printing import wall as sheets

pytestmark = pytest.mark.django_db
WALL, HANDOUT = f"/lists/{SLUG}/wall.pdf", f"/lists/{SLUG}/handout.pdf"
OTHER = "plant-2027"  # a list of a test's own, beside that of the file
LONG = "更换全部旧座椅并修好主控室的门窗和灯" * 11


@pytest.fixture(scope="module")
def list_of_the_file(kept_rows):
    with time_machine.travel(NOW):
        return published(factories.Committee(), ["resolved"] * 15 + ["in_progress"] * 3)


@pytest.fixture
def item_list(list_of_the_file, db):
    """Return a list of 15 resolved items and 3 going on, one of them overdue, one for a family."""
    return deepcopy(list_of_the_file)


def board(slug=SLUG, today=TODAY):
    return queries.whole_board(slug, today)


def printed(name, today=TODAY, slug=SLUG, **how):
    shown = board(slug, today)
    return pdf.pdf_of(name, getattr(sheets, name)(shown, **how), shown.as_of)


@needs("pdftotext")
@pytest.mark.parametrize("name", ["wall", "handout"])
def test_sheet_says_what_the_board_says(item_list, name):
    shown = board()
    text = re.sub(r"\s+", "", text_of(printed(name)))

    assert "18=15+3" in text
    for row in shown.rows:
        assert row.title.zh in text
        assert row.owner.post.zh in text
        assert row.supervisor.post.zh in text
    assert f"逾期{(TODAY - PUBLISHED_ON).days - 9}天" in text
    assert "第1页，共1页" in text
    assert text.count("已解决") == 16  # each of 15, and in the equation


@needs("pdftotext")
def test_english_edition_is_in_english(item_list, client):
    response = client.get(f"/en{WALL}")
    text = text_of(response.content)

    assert response.headers["Content-Type"] == "application/pdf"
    assert "Page 1 of" in text
    assert "Resolved" in text
    assert "As of" in text
    assert "截至" not in text


@pytest.mark.parametrize("path", [WALL, HANDOUT, f"/en{WALL}", f"/en{HANDOUT}"])
def test_sheet_is_the_same_for_everyone_and_is_not_sent_twice(item_list, path):
    first, second = Client().get(path), Client().get(path)
    etag = first.headers["ETag"]

    assert first.content == second.content
    assert not first.cookies
    assert first.headers["Cache-Control"] == "no-cache"
    assert Client().get(path, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize(
    "path", ["/lists/{}/wall.pdf", "/lists/{}/handout.pdf", "/lists/{}/files/"]
)
def test_draft_list_has_none(committee, client, path):
    draft = factories.Item(list__committee=committee).list

    assert client.get(path.format(draft.slug)).status_code == 404
    assert client.get(path.format("none")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_questions_does_not_grow(committee, django_assert_num_queries, count):
    published(committee, ["in_progress"] * count, slug=OTHER)
    board(OTHER)

    with django_assert_num_queries(6):
        board(OTHER)


# Room


@needs("pdftotext")
@pytest.mark.parametrize(
    ("name", "count", "most", "pages"),
    [
        ("wall", 18, 18, 1),
        ("wall", 90, 18, 5),
        ("handout", 50, 22, 3),
        ("handout", 18, 22, 1),
    ],
)
def test_only_so_many_stand_on_a_sheet(item_list, name, count, most, pages):
    data = getattr(sheets, name)(board())
    again = [data["rows"][n % 18] | {"title": f"改善第{n:03}号岗位"} for n in range(count)]
    data["rows"] = again

    text = text_by_page(pdf.pdf_of(name, data, TODAY, keep=False))

    found = [re.findall(r"改善第(\d{3})号岗位", re.sub(r"\s", "", page)) for page in text]
    assert sorted(int(number) for page in found for number in page) == list(range(count))
    assert max(map(len, found)) <= most
    assert len(text) <= pages


@needs("pdftotext")
def test_long_titles_are_not_cut_off(item_list):
    data = sheets.wall(board())
    for row in data["rows"]:
        row["title"] = f"始{LONG}终"
    text = re.sub(r"\s", "", text_of(pdf.pdf_of("wall", data, TODAY, keep=False)))

    # A page's head and foot may stand between, but a row is never split.
    assert text.count(f"始{LONG}终") == 18
    assert text.count("谁办，谁核") > 1  # the heads are repeated


@needs("pdftotext")
@pytest.mark.parametrize("name", ["wall", "handout"])
def test_hostile_words_stay_words(item_list, name):
    words = '#panic(1) $x$ \\ @b <c> *d* _e_ ]#[ "'
    data = getattr(sheets, name)(board())
    for row in data["rows"]:
        row |= {"title": words, "owner": words, "supervisor": words, "due": words}
    data["title"] = data["house"] = words

    text = re.sub(r"\s+", "", text_of(pdf.pdf_of(name, data, TODAY, keep=False)))

    assert text.count(words.replace(" ", "")) >= 18 * 4


@needs("pdftotext")
def test_what_a_metre_away_has_to_be_read_is_large(item_list):
    sizes = sizes_of(printed("wall"))

    titles = [size for text, size in sizes if text.startswith("改善第")]
    states = [size for text, size in sizes if text in ("已解决", "正在推进")]
    assert len(titles) == 18
    assert min(titles) >= 16
    assert len([size for size in states if size >= 16]) == 18


@pytest.mark.parametrize(
    "status", ["not_started", "in_progress", "pending_check", "resolved", "on_hold", "withdrawn"]
)
@pytest.mark.parametrize("name", ["wall", "handout"])
def test_every_state_can_be_printed(committee, status, name):
    published(committee, [status] * 3, slug=OTHER)

    assert printed(name, slug=OTHER).startswith(b"%PDF-")
    later = board(OTHER, TODAY + days(3000))
    assert pdf.pdf_of(name, getattr(sheets, name)(later), TODAY).startswith(b"%PDF-")


# QR codes


@needs("pdftoppm", "zbarimg")
@pytest.mark.parametrize(
    ("dpi", "turn", "blur"), [(150, 0, 0), (100, 7, 0), (150, 7, 1.2), (75, 0, 0)]
)
def test_code_of_the_list_is_read(item_list, dpi, turn, blur, settings):
    (page,) = pages_of(printed("wall"), dpi)

    found = codes_in(page, turn=turn, blur=blur)

    assert found == [f"{settings.SITE_URL}/i/{item_list.code}".upper()]


@needs("pdftoppm", "zbarimg")
@pytest.mark.parametrize(("dpi", "turn", "blur"), [(200, 0, 0), (150, 5, 0), (200, 5, 1.2)])
def test_code_of_each_item_is_read(item_list, dpi, turn, blur, settings):
    (page,) = pages_of(printed("handout"), dpi)
    codes = Item.objects.filter(hardship=False).values_list("code", flat=True)

    wanted, found = {f"{settings.SITE_URL}/i/{code}".upper() for code in codes}, set()
    for shake in (0, 1.5, -1.5):  # a phone takes one frame after the other, by a hand that moves
        for left in (0, 0.5):
            for top in range(12):  # a whole page of codes confuses the decoder
                box = left, max(0, top / 12 - 0.04), left + 0.5, min(1, top / 12 + 0.16)
                found |= set(codes_in(page, box, turn=turn + shake, blur=blur))
        if found == wanted:
            break

    assert found == wanted


def test_codes_are_large_enough_and_addresses_short(item_list, settings):
    settings.SITE_URL = "https://" + "a" * 36 + ".cn"
    wall, handout = sheets.wall(board()), sheets.handout(board())

    assert sheets.LIST_QR >= 25
    assert sheets.ITEM_QR >= 15
    assert wall["qr"]["mm"] > sheets.LIST_QR  # with its white border
    assert len(wall["address"]) <= 60
    assert all(row["qr"]["mm"] > sheets.ITEM_QR for row in handout["rows"] if row["qr"])


def test_help_for_families_has_no_code(item_list):
    rows = sheets.handout(board())["rows"]

    assert [row["number"] for row in rows if row["qr"] is None] == [10]


# Without Typst


@pytest.mark.parametrize("path", [WALL, f"/en{HANDOUT}"])
def test_without_the_font_it_says_what_to_do(item_list, client, monkeypatch, tmp_path, path):
    empty = ModuleSpec("noto_cjk_sans_otc", None, origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr(font, "find_spec", lambda name: empty)

    response = client.get(path)

    assert response.status_code == 503
    assert "requirements/base.txt" in response.text
    assert f'href="{"/en" if path.startswith("/en") else ""}/lists/{SLUG}/"' in response.text


def test_page_of_files_leads_to_both(item_list, client):
    page = client.get(f"/lists/{SLUG}/files/").text

    assert f'href="{WALL}"' in page
    assert f'href="{HANDOUT}"' in page
    assert f'href="/lists/{SLUG}/files/"' in client.get(f"/lists/{SLUG}/").text


def test_list_that_is_too_long_says_so(item_list, client, monkeypatch):
    monkeypatch.setattr(queries.sheets, "MOST_ON_SHEETS", 17)
    monkeypatch.setattr(queries, "MOST_ON_SHEETS", 17)

    assert client.get(WALL).status_code == 404
    assert "17件" in client.get(f"/lists/{SLUG}/files/").text


# The code of the wall


def test_code_is_the_months_and_the_lists():
    first = TODAY.replace(day=1)
    code = wall_code(7, first)

    assert wall_code(7, first + timedelta(days=20)) == code
    assert wall_code(8, first) != code
    assert wall_code(7, first + timedelta(days=32)) != code


def test_code_is_taken_until_the_end_of_the_next_month():
    printed_on = TODAY.replace(day=1) + timedelta(days=12)
    code, last = wall_code(7, printed_on), last_day(printed_on)

    assert is_wall_code(code, 7, printed_on)
    assert is_wall_code(code.lower(), 7, last)
    assert is_wall_code(f" {code[:3]}-{code[3:]} ", 7, last)
    assert not is_wall_code(code, 7, last + timedelta(days=1))
    assert not is_wall_code(code, 8, printed_on)
    assert not is_wall_code("", 7, printed_on)
    assert not is_wall_code("码" * 1000, 7, printed_on)


@needs("pdftotext")
def test_only_the_offices_sheet_has_the_code(item_list, client):
    office = factories.colleague_of(item_list.items.first())
    code = wall_code(item_list.pk, TODAY)

    assert code not in text_of(client.get(WALL).content)
    client.force_login(office)
    response = client.get(f"/desk/lists/{SLUG}/wall.pdf")
    assert code in text_of(response.content)
    assert "no-store" in response.headers["Cache-Control"]
    assert code not in text_of(client.get(WALL).content)


def test_owners_do_not_print_the_code(item_list, client):
    owner = item_list.items.first().owner_post.holder(TODAY)
    client.force_login(owner)

    assert client.get(f"/desk/lists/{SLUG}/wall.pdf").status_code == 404


@needs("pdftotext")
def test_sheet_names_the_newest_bulletin_and_what_is_up(committee):
    committees = Committee.objects.filter(pk=committee.pk)
    committees.update(announces_withdrawals=True)
    of = published(committee, ["in_progress"], slug=OTHER)
    factories.issued_bulletin(of)
    factories.withdraw(Item.objects.get(list=of), now=NOW)

    for name in ("wall", "handout"):
        text = re.sub(r"\s+", "", text_of(printed(name, slug=OTHER)))
        assert "进展通报第1期" in text
        assert "拟调出清单，公示到6月8日" in text

"""The sheet of a place: the board's rows of what is promised there, and a code to its page."""

import re

import pytest

from items import queries
from tests import factories
from tests.factories import TODAY
from tests.printing.reading import codes_in, needs, pages_of, sizes_of, text_by_page, text_of
from tests.printing.samples import SLUG, published
from welfare.printing import pdf
from welfare.printing.parts import row_of
from welfare.printing.place import place_sheet

pytestmark = pytest.mark.django_db
PLACE = 71


@pytest.fixture
def place(committee):
    return factories.Place(pk=PLACE, committee=committee, name="高炉车间")


def page(number=PLACE):
    return queries.whole_place(number, TODAY)


def printed(**instead):
    return pdf.pdf_of("place", place_sheet(page()) | instead, TODAY, keep=False)


@needs("pdftotext")
def test_sheet_says_what_the_board_says(committee, place):
    published(committee, ["resolved", "in_progress", "in_progress", "withdrawn"], place=place)

    text = re.sub(r"\s+", "", text_of(printed()))

    assert "高炉车间：4件" in text
    assert "4=1+2+1" in text
    for row in queries.whole_board(SLUG, TODAY).rows:
        said = row_of(row, 2026)
        for words in (said["title"], said["owner"], said["supervisor"], said["due"], said["state"]):
            assert re.sub(r"\s+", "", words) in text
    assert "第1页，共1页" in text
    assert "截至" in text


def test_many_rows_take_a3(committee, place):
    published(committee, ["in_progress"] * 7, place=place)

    assert place_sheet(page())["paper"] == "a3"


def test_few_rows_take_a4(committee, place):
    published(committee, ["in_progress"] * 6, place=place)

    assert place_sheet(page())["paper"] == "a4"


@needs("pdftotext")
@pytest.mark.parametrize(("count", "smallest"), [(3, 13), (18, 17)])
def test_matter_and_state_can_be_read_from_a_step_away(committee, place, count, smallest):
    published(committee, ["in_progress"] * count, place=place)

    sizes = [size for text, size in sizes_of(printed()) if text.startswith(("改善第", "正在推进"))]

    assert len(sizes) >= 2 * count
    assert sorted(sizes)[-2 * count] >= smallest


@needs("pdftotext")
def test_180_items_with_long_titles_are_not_cut_and_heads_are_repeated(committee, place):
    published(committee, ["in_progress"] * 2, place=place)
    data = place_sheet(page())
    row = data["lists"][0]["rows"][0] | {"title": f"始{'更换全部旧座椅' * 57}终"}
    data["lists"][0]["rows"] = [row | {"number": n + 1} for n in range(180)]

    pages = text_by_page(pdf.pdf_of("place", data | {"paper": "a3"}, TODAY, keep=False))

    assert sum(page.count("始") for page in pages) == 180
    assert all(page.count("始") == page.count("终") for page in pages)  # no row is split
    assert all("谁办，谁核" in re.sub(r"\s", "", page) for page in pages)


@needs("pdftoppm", "zbarimg")
@pytest.mark.parametrize(
    ("dpi", "turn", "blur"), [(150, 0, 0), (100, 7, 0), (150, 7, 1.2), (75, 0, 0)]
)
def test_code_leads_to_the_page_of_the_place(committee, place, client, settings, dpi, turn, blur):
    published(committee, ["resolved", "in_progress"], place=place)
    (sheet,) = pages_of(printed(), dpi)

    (found,) = codes_in(sheet, turn=turn, blur=blur)

    assert found == f"{settings.SITE_URL}/places/{PLACE}/"
    assert client.get(found.removeprefix(settings.SITE_URL)).status_code == 200


def test_help_for_families_alone_has_no_sheet(committee, place, client):
    alone = factories.Place(pk=PLACE + 2, committee=committee)
    of = factories.ItemList(slug=SLUG, committee=committee)
    factories.Item(list=of, place=place)
    factories.Item(list=of, place=alone, hardship=True)
    factories.publish(of)

    assert f"/places/{PLACE}/sheet.pdf" in client.get(f"/places/{PLACE}/").text
    shown = client.get(f"/places/{alone.pk}/")
    assert shown.status_code == 200
    assert "sheet.pdf" not in shown.text
    assert "picture/" not in shown.text
    for name in ("sheet.pdf", "picture/", "picture.png"):
        assert client.get(f"/places/{alone.pk}/{name}").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_questions_does_not_grow(committee, place, django_assert_num_queries, count):
    published(committee, ["in_progress"] * count, place=place)
    page()

    with django_assert_num_queries(8):
        page()

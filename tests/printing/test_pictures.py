"""Pictures for chat groups: the board's figures and sentences, on 1080 pixels."""

import re
from copy import deepcopy
from importlib.machinery import ModuleSpec
from io import BytesIO

import pytest
import time_machine
from django.utils.translation import override
from PIL import Image

from items import models, queries
from items.public import answer
from items.public.sentences import brief
from tests import factories
from tests.factories import NOW, PUBLISHED_ON, TODAY, days
from tests.printing.reading import codes_in, needs, sizes_of
from tests.printing.samples import SLUG, published
from welfare.printing import font, pdf, pictures

pytestmark = pytest.mark.django_db
STATES = ["not_started", "in_progress", "pending_check", "resolved", "on_hold", "withdrawn"]
MONDAY = PUBLISHED_ON - days(PUBLISHED_ON.weekday())
WEEK = "{}-W{:02}".format(*PUBLISHED_ON.isocalendar()[:2])
PLACE = 71
ITEM, WEEKS = f"/lists/{SLUG}/1/", f"/lists/{SLUG}/changes/{WEEK}/"
BULLETIN, PLACES = f"/lists/{SLUG}/bulletins/1/", f"/places/{PLACE}/"
ALL = [ITEM, WEEKS, BULLETIN, PLACES]
LONG = "更换旧座椅并修好门窗和灯" * 33


@pytest.fixture(scope="module")
def list_of_the_file(kept_rows):
    committee = factories.Committee(slug="plant")
    place = factories.Place(pk=PLACE, committee=committee, name="高炉车间")
    with time_machine.travel(NOW):
        of = published(committee, [*STATES, *["in_progress"] * 6], place=place)
        factories.issued_bulletin(of)
    return models.ItemList.objects.get(pk=of.pk)


@pytest.fixture
def item_list(list_of_the_file, db):
    """Return a list with an item in each state and one of twelve for a family, and a bulletin."""
    return deepcopy(list_of_the_file)


def drawn(client, path):
    return Image.open(BytesIO(client.get(f"{path}picture.png").content))


def of_item(number=1):
    return pictures.of_item(queries.item_page(SLUG, number, TODAY))


def of_week(monday=MONDAY):
    page = queries.changes_page(SLUG, TODAY, monday)
    return pictures.of_week(page, queries.share(SLUG, TODAY))


def of_place():
    return pictures.of_place(queries.whole_place(PLACE, TODAY))


def of_bulletin():
    return pictures.of_bulletin(queries.bulletin_page(SLUG, 1))


MADE = [of_item, of_week, of_place, of_bulletin]


# What they say


@pytest.mark.parametrize("path", ALL)
def test_figures_are_those_of_the_board(item_list, client, path):
    said = drawn(client, path).text["Description"]

    board = queries.whole_board(SLUG, TODAY).arithmetic
    terms = " + ".join(f"{term.count} {term.label}" for term in board.groups)
    assert f"{board.total} 件实事 = {terms}" in said
    assert "截至" in said


@pytest.mark.parametrize("number", range(1, len(STATES) + 1))
def test_item_is_told_in_the_sentences_of_its_page(item_list, client, number):
    page = queries.item_page(SLUG, number, TODAY)

    said = drawn(client, f"/lists/{SLUG}/{number}/").text["Description"]

    told = answer(page)
    wanted = [page.row.title.zh, page.row.status_label, told.headline, page.question]
    for words in [*wanted, *(mark.text for mark in told.marks)]:
        assert words in said


def test_week_tells_what_moved_in_the_sentences_of_its_page(item_list, client):
    page = queries.changes_page(SLUG, TODAY, MONDAY)

    said = drawn(client, WEEKS).text["Description"]

    assert page.title in said
    assert page.count > pictures.LINES
    for move in page.moves[: pictures.LINES]:
        assert brief(move.sentence, pictures.ROOM * 2) in said
    assert f"另有{page.count - pictures.LINES}条" in said


def test_place_says_how_many_and_how_each_of_the_first_stands(item_list, client):
    said = drawn(client, PLACES).text["Description"]

    assert "高炉车间：12件" in said
    for row in queries.whole_board(SLUG, TODAY).rows[: pictures.LINES]:
        assert f"{row.number} {row.title.zh} {row.status_label}" in said
    assert "另有4件" in said


def strings(of, name=""):
    if isinstance(of, str):
        yield name, of
    elif isinstance(of, dict):
        for key, value in of.items():
            yield from strings(value, key)
    elif isinstance(of, list):
        for value in of:
            yield from strings(value, name)


UNSAID = {"lang", "tone", "status", "key", "svg"}  # by which shapes and colours are chosen


@pytest.mark.parametrize("make", MADE)
def test_description_says_all_that_is_drawn(item_list, make):
    made = make()

    drawn = [words for name, words in strings(made.data) if name not in UNSAID]

    said = made.says.lower()
    assert [words for words in drawn if words.lower() not in said] == []


@pytest.mark.parametrize("path", ALL)
def test_page_shows_it_with_all_that_it_says_and_three_lines(item_list, client, path):
    page = client.get(f"{path}picture/").text

    said = drawn(client, path).text["Description"]
    (alt,) = re.findall(r'<img class="picture"[^>]* alt="([^"]*)"', page)
    assert alt.replace("&quot;", '"').replace("&#x27;", "'") == said
    assert f'src="{path}picture.png"' in page
    copied = re.search(r'<p class="copied">(.*?)</p>', page, re.S)[1]
    assert copied.count("<br>") == 2


def test_lines_of_what_is_done_ask_whether_it_is_good(item_list, settings):
    first, second, address = of_item(4).lines

    assert first == "办好了：改善第004号岗位"
    assert second.startswith("这件事办得怎么样？您说说（截至")
    code = models.Item.objects.get(number=4).code
    assert address == f"{settings.SITE_URL}/i/{code}"


def test_lines_carry_the_day_and_are_plain_text(item_list):
    for make in MADE:
        lines = make().lines
        assert len(lines) == 3
        assert sum("截至" in line for line in lines) == 1
        assert not any("\n" in line or "<" in line for line in lines)


@pytest.mark.parametrize("make", MADE)
def test_english_picture_is_in_english(item_list, make):
    with override("en"):
        made = make()

    assert "As of" in made.says
    assert "截至" not in made.says
    assert "/e/" in made.lines[2] or "/en/" in made.lines[2]


# How it looks


@pytest.mark.parametrize("path", ALL)
def test_picture_is_1080_wide_and_small(item_list, client, path):
    response = client.get(f"{path}picture.png")

    assert response.headers["Content-Type"] == "image/png"
    assert Image.open(BytesIO(response.content)).width == 1080
    assert len(response.content) <= 300_000
    assert not response.cookies
    etag = {"If-None-Match": response.headers["ETag"]}
    assert client.get(f"{path}picture.png", headers=etag).status_code == 304


@needs("pdftotext")
@pytest.mark.parametrize("make", MADE)
def test_no_text_is_smaller_than_36_pixels(item_list, make):
    data = make().data
    file = pdf.pdf_of("picture", data | {"title": data["title"] or "x"}, TODAY, keep=False)

    sizes = sizes_of(file)

    smallest = next(size for text, size in sizes if text.startswith("截至"))  # 36 by the template
    assert min(size for _text, size in sizes) >= smallest - 0.1


@pytest.mark.parametrize("make", MADE)
def test_180_items_and_long_titles_fit(item_list, make):
    made = make()
    data = made.data | {"title": made.data["title"] and LONG}
    data["strip"] = pictures._strip([{"number": n, "status": "resolved"} for n in range(180)])
    data["rows"] = [row | {"title": pictures.brief(LONG, pictures.TITLE)} for row in data["rows"]]

    file = pdf.png_of("picture", data, TODAY, says=made.says, keep=False)

    assert data["strip"] == []
    assert len(file) <= 300_000
    assert Image.open(BytesIO(file)).height < 4000


@pytest.mark.parametrize("make", MADE)
def test_same_data_make_the_same_bytes(item_list, make):
    made = make()

    def draw():
        return pdf.png_of("picture", made.data, made.day, says=made.says, keep=False)

    assert draw() == draw()


@needs("zbarimg")
@pytest.mark.parametrize(
    ("width", "turn", "blur"), [(1080, 0, 0), (720, 7, 0), (1080, 7, 1.2), (540, 0, 0)]
)
@pytest.mark.parametrize("path", ALL)
def test_code_in_it_is_read(item_list, client, settings, path, width, turn, blur):
    picture = drawn(client, path).convert("L")
    shown = picture.resize((width, picture.height * width // 1080))

    (found,) = codes_in(shown, turn=turn, blur=blur)

    item = models.Item.objects.get(number=1)
    address = f"/I/{item.code}" if path == ITEM else path
    assert found.removeprefix(settings.SITE_URL.upper()).removeprefix(settings.SITE_URL) == address


# Which there are


def test_item_leads_to_its_picture_once_it_passed_its_check(item_list, client):
    resolved = STATES.index("resolved") + 1
    leads = {
        number: f"/lists/{SLUG}/{number}/picture/" in client.get(f"/lists/{SLUG}/{number}/").text
        for number in range(1, len(STATES) + 1)
    }

    assert leads == {number: number == resolved for number in leads}


@pytest.mark.parametrize("path", [WEEKS, BULLETIN, PLACES])
def test_page_leads_to_its_picture(item_list, client, path):
    assert f'href="{path}picture/"' in client.get(path).text


def test_bulletin_keeps_its_picture_whatever_changes(item_list):
    before = of_bulletin()
    factories.start(models.Item.objects.get(number=1), now=factories.at(TODAY + days(1)))
    factories.withdraw(models.Item.objects.get(number=2), now=NOW)

    after = of_bulletin()

    assert (after.data, after.lines, after.png()) == (before.data, before.lines, before.png())


def test_week_in_which_only_help_for_families_moved_does_not_show_it_alone(item_list):
    family = models.Item.objects.get(number=10)
    factories.claim(family, now=factories.at(TODAY))
    monday = TODAY - days(TODAY.weekday())
    page = queries.changes_page(SLUG, TODAY, monday)
    assert [move.number for move in page.moves if move.number] == [10]

    made = of_week(monday)

    assert "010" not in made.says
    assert made.data["more"] == "另有1条"


@pytest.mark.parametrize("path", ["99/", "changes/1999-W01/", "bulletins/9/"])
def test_what_is_no_page_has_no_picture(item_list, client, path):
    for name in ("picture/", "picture.png"):
        assert client.get(f"/lists/{SLUG}/{path}{name}").status_code == 404


def test_without_the_font_it_says_what_to_do(item_list, client, monkeypatch, tmp_path):
    empty = ModuleSpec("noto_cjk_sans_otc", None, origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr(font, "find_spec", lambda name: empty)

    response = client.get(f"{ITEM}picture.png")

    assert response.status_code == 503
    assert "requirements/base.txt" in response.text
    assert client.get(f"{ITEM}picture/").status_code == 200

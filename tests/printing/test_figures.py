"""What leaves the house says the board's equation: sheets, pictures, bulletins, report, screen.

Open data are compared with the board in tests/api/test_figures.py, over the same lists.
"""

import re
from io import BytesIO

import pytest
import time_machine
from PIL import Image

from items.models import ItemList
from items.models.bulletin import ZH
from tests import factories
from tests.api.test_figures import LISTS, board_says
from tests.api.worlds import RUNNING, two_years
from tests.board.reading import Page
from tests.factories import NOW, TODAY
from tests.printing.reading import needs, run
from welfare.printing.bulletin import print_due

pytestmark = pytest.mark.django_db
EQUATION = re.compile(r"\d+\s*[^\d=+]*=\s*\d+([^\d=+]*\+\s*\d+)+")


@pytest.fixture(scope="module")
def two_lists(kept_rows):
    """Return lists with every status, of which each has issued a bulletin and a year's report."""
    with time_machine.travel(NOW):
        two_years(factories.Committee(slug="plant"))
        for slug in LISTS:
            item_list = ItemList.objects.get(slug=slug)
            factories.issued_bulletin(item_list)
            factories.issued_bulletin(item_list, kind="year")


def equation_of(board):
    """Return a board's equation in figures, "12=2+4+2": its terms are those that it shows."""
    always, others = ("resolved", "in_progress"), ("not_started", "on_hold", "withdrawn")
    terms = [board[key] for key in always] + [board[key] for key in others if board[key]]
    return f"{board['total']}={'+'.join(map(str, terms))}"


def in_figures(text):
    """Return the first equation in a text that names its terms, in figures alone."""
    found = EQUATION.search(text)
    return found and re.sub(r"[^\d=+]", "", found[0])


def printed(client, slug, name):
    """Return the text of a sheet in the order in which it was set."""
    file = client.get(f"/lists/{slug}/{name}.pdf").content
    return run("pdftotext", "-raw", "-", "-", given=file).decode()


def page_of(client, address):
    return Page(client.get(address).content.decode())


def wall(client, slug):
    return in_figures(printed(client, slug, "wall"))


def handout(client, slug):
    return in_figures(printed(client, slug, "handout"))


def picture(client, slug):
    file = client.get(f"/lists/{slug}/2/picture.png").content
    said = Image.open(BytesIO(file)).text["Description"].splitlines()
    return next(filter(None, map(in_figures, said)))


def bulletin(client, slug):
    return in_figures(page_of(client, f"/lists/{slug}/bulletins/1/").words("p", "sum")[0])


def bulletin_pdf(client, slug):
    print_due()
    return in_figures(printed(client, slug, "bulletins/1"))


def picture_of_the_report(client, slug):
    file = client.get(f"/lists/{slug}/bulletins/2/picture.png").content
    said = Image.open(BytesIO(file)).text["Description"].splitlines()
    assert any(line.endswith("年度报告（通报第2期）") for line in said)
    return next(filter(None, map(in_figures, said)))


def screen(client, slug):
    return in_figures(page_of(client, f"/lists/{slug}/screen/").words("p", "sum")[0])


def today(client, slug):
    day = ItemList.objects.get(slug=slug).as_of(TODAY)
    return in_figures(page_of(client, f"/lists/{slug}/on/{day}/").words("p", "equation")[0])


SAID = [wall, handout, picture, bulletin, bulletin_pdf, picture_of_the_report, screen, today]


@needs("pdftotext")
@pytest.mark.parametrize("slug", LISTS)
@pytest.mark.parametrize("said", SAID, ids=lambda said: said.__name__)
def test_figures_are_those_of_the_board(client, two_lists, slug, said):
    assert said(client, slug) == equation_of(board_says(client, slug))


@pytest.mark.parametrize("slug", LISTS)
def test_drawing_of_the_year_ends_with_the_board(client, two_lists, slug):
    board = board_says(client, slug)
    article = client.get(f"/lists/{slug}/bulletins/2/").content.decode()

    months = re.search(r'<section id="months">(.*?)</section>', article, re.S)[1]

    label = re.search(r'aria-label="([^"]*)"', months)[1]
    drawn = re.findall(r'<text class="reached"[^>]*>(\d+)</text>', months)
    told = re.findall(r"<td[^>]*>(\d+)</td>", months)
    assert told[-2:] == [str(board["total"]), str(board["resolved"])]
    assert drawn[-1] == told[-1]
    assert label.endswith(f"{board['resolved']}/{board['total']}")


def test_equation_that_is_compared_has_every_term(client, two_lists):
    # The control: nothing is compared with nothing.
    assert equation_of(board_says(client, RUNNING)).count("+") == 4
    assert ItemList.objects.get(slug=RUNNING).bulletins.issued().count() == 2
    assert ZH in ItemList.objects.get(slug=RUNNING).bulletins.first().content

"""The card of an item: number, matter, deadline, who, a code; none of help for families."""

import re

import pytest

from items import queries
from items.models import Item
from items.public import sentences
from tests.factories import TODAY
from tests.printing.reading import codes_in, needs, pages_of, text_by_page, text_of
from tests.printing.samples import SLUG, published
from welfare.printing import cards, pdf

pytestmark = pytest.mark.django_db
STATES = ["not_started", "in_progress", "pending_check", "resolved", "on_hold", "withdrawn"]
FAMILY = 10  # the number of the item that is help for a family


def bare(text):
    return re.sub(r"\s+", "", text)


def data_of(number=1):
    return cards.card(queries.item_page(SLUG, number, TODAY))


@needs("pdftotext")
@pytest.mark.parametrize("status", STATES)
def test_card_says_what_the_board_says(committee, client, status):
    published(committee, [status] * 2)
    row = queries.whole_board(SLUG, TODAY).rows[0]

    text = bare(text_of(client.get(f"/lists/{SLUG}/1/card.pdf").content))

    for words in (row.title.zh, row.owner.post.zh, row.supervisor.post.zh, row.status_label):
        assert bare(words) in text
    if status != "resolved":
        assert bare(sentences.deadline(row, 2026)) in text
    kicker = {"resolved": "这里办好的事", "withdrawn": "这里原定要办的事"}
    assert kicker.get(status, "这里要办的事") in text
    assert "截至" in text


@needs("pdftotext")
def test_english_card_is_in_english(committee, client):
    published(committee, ["in_progress"] * 2)

    text = text_of(client.get(f"/en/lists/{SLUG}/1/card.pdf").content)

    assert "To be done here" in text
    assert "As of" in text


@needs("pdftotext")
@pytest.mark.parametrize("name", ["card", "cards"])
def test_a_title_of_400_letters_is_not_cut_off(committee, name):
    published(committee, ["in_progress"] * 2)
    data = data_of()
    long = {"title": f"始{'更换旧座椅并修好门窗和灯' * 33}终", "place": "高炉" * 40}
    long |= {"owner": "设备副厂长" * 8, "supervisor": "联系人" * 12, "told": ["逾期9天"] * 4}
    data["cards"] = [data["cards"][0] | long]

    (text,) = text_by_page(pdf.pdf_of(name, data, TODAY, keep=False))

    for words in (*long["told"], *(long[key] for key in ("title", "place", "owner", "supervisor"))):
        assert words in bare(text)


@needs("pdftotext")
def test_all_cards_of_a_list_come_four_on_a_sheet(committee, client):
    published(committee, ["in_progress"] * 11)

    pages = text_by_page(client.get(f"/lists/{SLUG}/cards.pdf").content)

    found = [re.findall(r"改善第(\d{3})号", bare(page)) for page in pages]
    assert [len(numbers) for numbers in found] == [4, 4, 2]
    assert f"{FAMILY:03}" not in {number for page in found for number in page}


@needs("pdftoppm", "zbarimg")
@pytest.mark.parametrize(
    ("dpi", "turn", "blur"), [(150, 0, 0), (110, 7, 0), (150, 7, 1.2), (75, 0, 0)]
)
def test_code_of_the_card_is_read(committee, settings, dpi, turn, blur):
    published(committee, ["in_progress"] * 2)
    (page,) = pages_of(pdf.pdf_of("card", data_of(), TODAY, keep=False), dpi)

    found = codes_in(page, turn=turn, blur=blur)

    code = Item.objects.get(number=1).code
    assert found == [f"{settings.SITE_URL}/i/{code}".upper()]


@needs("pdftoppm", "zbarimg")
@pytest.mark.parametrize(("dpi", "turn", "blur"), [(200, 0, 0), (150, 5, 0), (200, 5, 1.2)])
def test_codes_of_cards_to_cut_are_read(committee, settings, dpi, turn, blur):
    published(committee, ["in_progress"] * 4)
    data = cards.cards(queries.whole_board(SLUG, TODAY))
    (page,) = pages_of(pdf.pdf_of("cards", data, TODAY, keep=False), dpi)

    found = set()
    for box in ((0, 0, 0.5, 0.5), (0.5, 0, 1, 0.5), (0, 0.5, 0.5, 1), (0.5, 0.5, 1, 1)):
        found |= set(codes_in(page, box, turn=turn, blur=blur))

    codes = Item.objects.values_list("code", flat=True)
    assert found == {f"{settings.SITE_URL}/i/{code}".upper() for code in codes}


def test_code_is_large_enough():
    assert cards.QR >= 15


def test_help_for_families_has_no_card_and_no_link(committee, client):
    published(committee, ["resolved"] * FAMILY)
    page, other = (client.get(f"/lists/{SLUG}/{number}/").text for number in (FAMILY, 1))

    answers = [client.get(f"/lists/{SLUG}/{FAMILY}/{name}") for name in ("card.pdf", "picture/")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert all("帮扶的事没有单独的卡片和图片" in answer.text for answer in answers)
    assert client.get(f"/lists/{SLUG}/{FAMILY}/picture.png").status_code == 404
    assert ("card.pdf" in page, "picture/" in page) == (False, False)
    assert ("card.pdf" in other, "picture/" in other) == (True, True)


@pytest.mark.parametrize("path", ["99/card.pdf", "0/card.pdf"])
def test_what_is_no_item_has_no_card(committee, client, path):
    published(committee, ["in_progress"])

    assert client.get(f"/lists/{SLUG}/{path}").status_code == 404


def test_page_of_files_leads_to_the_cards(committee, client):
    published(committee, ["in_progress"] * 2)

    assert f'href="/lists/{SLUG}/cards.pdf"' in client.get(f"/lists/{SLUG}/files/").text

"""The poster of a call: until when, where to say it, a large code to the call's page."""

import re

import pytest

from items import queries
from items.models import Committee
from tests import factories
from tests.factories import TODAY, days
from tests.printing.reading import codes_in, needs, pages_of, text_of
from welfare.printing import pdf, poster

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(committee):
    said = {
        "office_room": "办公楼203室",
        "office_phone": "0790-0123456",
        "office_hours": "8:00—17:00",
    }
    Committee.objects.filter(pk=committee.pk).update(**said)
    return factories.call(Committee.objects.get(pk=committee.pk), pk=7, title="明年办什么")


def text_at(client, path):
    return re.sub(r"\s+", "", text_of(client.get(path).content))


@needs("pdftotext")
def test_poster_says_until_when_and_where(call, client):
    text = text_at(client, "/calls/7/poster.pdf")

    assert "您最想办成的一件事，是什么？" in text
    for words in ("明年办什么", "办公楼203室", "8:00—17:00", "0790-0123456", "扫码"):
        assert words in text
    assert f"{call.closes_on.month}月{call.closes_on.day}日前" in text
    assert "Whatwouldyoumostliketoseedone?" in text_at(client, "/en/calls/7/poster.pdf")


@needs("pdftotext")
def test_what_the_product_does_not_know_is_not_promised(committee, client):
    factories.call(committee, pk=8)

    text = text_at(client, "/calls/8/poster.pdf")

    assert ("当面说" in text, "打电话" in text, "扫码" in text) == (False, False, True)


@needs("pdftotext")
def test_poster_of_a_call_that_is_over_says_so_and_no_page_leads_to_it(committee, client):
    factories.call(committee, pk=9, opens_on=TODAY - days(20), closes_on=TODAY - days(1))

    assert "已截止，平时也能提" in text_at(client, "/calls/9/poster.pdf")
    assert "poster.pdf" not in client.get("/calls/9/").text


def test_call_leads_to_its_poster(call, client):
    assert 'href="/calls/7/poster.pdf"' in client.get("/calls/7/").text


def test_long_headings_fit_on_one_page(call):
    data = poster.poster(queries.call_page(7, TODAY))
    data["title"] = "征求意见" * 25
    data["ways"] = [{"label": "当面说", "text": "办公楼" * 30}] * 3

    assert len(pages_of(pdf.pdf_of("poster", data, TODAY, keep=False), 20)) == 1


@needs("pdftoppm", "zbarimg")
@pytest.mark.parametrize(
    ("dpi", "turn", "blur"), [(100, 0, 0), (72, 7, 0), (100, 7, 1.2), (40, 0, 0)]
)
def test_code_leads_to_the_call(call, client, settings, dpi, turn, blur):
    data = poster.poster(queries.call_page(7, TODAY))
    (page,) = pages_of(pdf.pdf_of("poster", data, TODAY, keep=False), dpi)

    (found,) = codes_in(page, turn=turn, blur=blur)

    assert found == f"{settings.SITE_URL}/calls/7/"
    assert client.get("/calls/7/").status_code == 200


def test_draft_has_none(committee, client):
    assert client.get("/calls/77/poster.pdf").status_code == 404

"""The receipt as a picture: a plain PNG in the page itself, with every letter that it needs."""

import base64
import re
from datetime import date
from io import BytesIO

import pytest
from django.utils.translation import override
from PIL import Image, ImageFont

from tests.suggestions.phone import Phone, code_in, text
from tests.suggestions.receipt_letters import letters
from welfare.suggestions import receipt_picture

DATA = re.compile(r'src="data:image/png;base64,([^"]+)"\s+width="(\d+)"\s+height="(\d+)"')
DAYS = date(2026, 11, 27), date(2026, 12, 12)
CODE = "SNJ7-4M8W-RGDK-TPD4"


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/en", "/large"])
def test_receipt_is_one_picture_and_no_address_leads_to_it(committee, clock, prefix):
    response = Phone(clock, prefix=prefix).send()

    (content, width, height) = DATA.search(text(response)).groups()
    image = Image.open(BytesIO(base64.b64decode(content)))
    assert (image.format, image.size) == ("PNG", (int(width), int(height)))
    assert len(base64.b64decode(content)) < 20_000
    assert not image.info  # nothing but what is drawn
    assert "img-src 'self' data:" in response.headers["Content-Security-Policy"]
    assert code_in(response)


def missing(signs, font):
    """Return the signs for which a font has nothing but its empty box."""
    box = bytes(font.getmask("\uffff"))
    return {sign for sign in signs if sign.strip() and bytes(font.getmask(sign)) == box}


def test_font_has_every_letter():
    font = ImageFont.truetype(str(receipt_picture.FONT), 40)

    assert len(letters()) > 60
    # ’ is drawn as ', which every font has in a narrow shape
    assert missing(letters() - {"’"}, font) == set()
    assert missing({"囍", "七"}, font) == {"囍", "七"}  # the negative control


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_picture_says_code_days_and_what_happens_next(language, settings):
    settings.SITE_URL = "https://welfare.example"
    with override(language):
        said = [text for text, _size, _shade in receipt_picture.lines(CODE, *DAYS)]
        place = "welfare.example/en/answer/" if language == "en" else "welfare.example/answer/"
        days = ["27 November", "12 December"] if language == "en" else ["11月27日", "12月12日"]
        assert CODE in said
        assert [word for word in [place, *days] if word not in " ".join(said)] == []


@pytest.mark.parametrize("code", ["WWWW-MMMM-WMWM-MMWW", "1111-1111-1111-1111"])
def test_nothing_runs_over_the_edge(code, settings):
    settings.SITE_URL = f"https://{'very-long-name.' * 6}example"
    image = receipt_picture.drawn(receipt_picture.lines(code, *DAYS)).convert("L")

    margin = image.crop((670, 20, 700, image.height - 20))
    assert margin.getextrema()[0] > 200
    assert image.width == receipt_picture.WIDTH


def test_same_receipt_is_the_same_picture():
    first, second = (receipt_picture.receipt_picture(CODE, *DAYS) for _ in range(2))

    assert first == second

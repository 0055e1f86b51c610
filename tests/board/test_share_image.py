"""The picture of a list for other apps."""

from io import BytesIO

import pytest
from PIL import Image

from tests import factories
from tests.board import samples
from welfare.board.share_image import DONE, IRON, LATE, SIZE, share_image


def picture(rows):
    content = share_image(samples.arithmetic(rows), rows)
    return content, Image.open(BytesIO(content)).convert("RGB")


def area(image, colour):
    """Return how many pixels of the picture have a colour."""
    wanted = tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return sum(n for n, found in image.getcolors(1 << 20) if found == wanted)


@pytest.mark.parametrize(
    "rows", [samples.story_rows(), samples.eventful(), samples.many(200), samples.story_rows()[:1]]
)
def test_it_is_small_and_of_the_size_that_apps_show(rows):
    content, image = picture(rows)

    assert image.size == SIZE
    assert len(content) <= 30_000


def test_it_shows_how_the_list_stands():
    _content, story = picture(samples.story_rows())
    _content, eventful = picture(samples.eventful())

    assert area(story, DONE) > area(eventful, DONE) > area(story, IRON) > 0
    assert area(story, LATE) == 0 < area(eventful, LATE)


def test_long_list_has_a_bar_for_its_strip():
    content = share_image(samples.arithmetic(samples.many(300)), ())

    assert Image.open(BytesIO(content)).size == SIZE


@pytest.mark.django_db
def test_it_is_public_where_its_list_is(client):
    item = factories.published_item()

    answer = client.get(f"/share/{item.list.slug}.png")

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["Cache-Control"] == "no-cache"
    assert client.get(f"/share/{factories.ItemList().slug}.png").status_code == 404
    page = client.get(f"/lists/{item.list.slug}/1/").content.decode()
    assert f'/share/{item.list.slug}.png">' in page

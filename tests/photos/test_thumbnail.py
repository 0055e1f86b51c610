"""The thumbnails of public photos, on boards."""

from io import BytesIO

import pytest
from django.utils.crypto import get_random_string
from PIL import Image

from items import queries
from items.photos.thumbnail import MOST, SIDE, thumbnail
from tests import factories
from tests.factories import TODAY
from tests.items.actions.acts import fresh

pytestmark = pytest.mark.django_db


def jpeg(width, height, noise=False):
    picture = (
        Image.effect_noise((width, height), 99) if noise else Image.new("RGB", (width, height))
    )
    file = BytesIO()
    picture.convert("RGB").save(file, "JPEG", quality=85)
    return file.getvalue()


@pytest.mark.parametrize("sides", [(480, 360), (360, 480), (90, 1600), (3, 2)])
def test_it_is_square(sides):
    assert Image.open(BytesIO(thumbnail(jpeg(*sides)))).size == (SIDE, SIDE)


def test_it_is_small_whatever_it_shows():
    assert len(thumbnail(jpeg(480, 360))) < MOST
    assert len(thumbnail(jpeg(480, 360, noise=True))) < 1.5 * MOST  # nothing is harder to squeeze


def with_pair(**columns):
    item = factories.item_at("in_progress", **columns)
    before = factories.public_photo(fresh(item), side="before", file=factories.picture("red"))
    after = factories.public_photo(
        fresh(item), side="after", spot=before.spot, file=factories.picture("blue")
    )
    return item, before, after


def row_of(item):
    return queries.board(item.list.slug, TODAY).rows[0]


def resolve(item):
    from tests.items.actions.acts import ACTS, claim

    claim(fresh(item), done_on=TODAY)
    ACTS["sign_off"](fresh(item), done_on=TODAY)


def test_resolved_row_shows_the_photo_from_afterwards(client):
    item, before, after = with_pair()
    assert row_of(item).photo == ""  # not while it is open
    resolve(item)

    board = queries.board(item.list.slug, TODAY)

    assert row_of(item).photo == after.stem
    assert [(pair.before, pair.after) for pair in board.pairs] == [(before.stem, after.stem)]
    answer = client.get(f"/photos/{after.stem}-tiny.jpg")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")


def test_what_is_hidden_or_never_was_shown_has_no_thumbnail(client):
    item = factories.item_at("in_progress")
    waiting = factories.photo(fresh(item))

    assert client.get(f"/photos/{waiting.stem}-tiny.jpg").status_code == 404
    assert (
        client.get(f"/photos/{get_random_string(32, 'abcdef0123456789')}-tiny.jpg").status_code
        == 404
    )


def test_one_side_alone_is_no_pair():
    item = factories.item_at("in_progress")
    factories.public_photo(fresh(item), side="after")
    resolve(item)

    assert row_of(item).photo == ""

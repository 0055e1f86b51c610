"""Who gets a photo by its address: everybody once it is released, nobody once it is hidden."""

import pytest

from items import actions
from items.errors import Refused
from items.models import Photo
from items.photos import storage
from tests import factories
from tests.factories import NOW
from tests.items.actions.acts import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return factories.item_at("in_progress")


def addresses(photo):
    return [f"/photos/{photo.stem}.jpg", f"/photos/{photo.stem}-small.jpg"]


def hide(photo):
    actions.hide_photo(photo, by=factories.office_of(photo.item), reason="人脸", now=NOW)


def seen(response):
    """Return all that an answer says, but for the number of its request."""
    headers = {name: text for name, text in response.headers.items() if name != "X-Request-ID"}
    return response.status_code, headers, response.content


def test_public_photo_is_a_picture_and_nothing_else(client, item):
    for address in addresses(factories.public_photo(item)):
        response = client.get(address, headers={"Accept-Encoding": "br, gzip"})

        assert response.status_code == 200
        assert response.content.startswith(b"\xff\xd8\xff")
        said = response.headers
        assert said["Content-Type"] == "image/jpeg"
        assert said["Content-Disposition"] == "inline"
        assert said["X-Content-Type-Options"] == "nosniff"
        assert said["Cross-Origin-Resource-Policy"] == "same-origin"
        assert said["Cache-Control"] == "no-cache"  # each use asks whether it is still public
        assert "Content-Encoding" not in said
        assert "default-src 'none'" in said["Content-Security-Policy"]
        assert not response.cookies


def test_reader_who_has_the_picture_gets_no_second_copy(client, item):
    (address, _small) = addresses(factories.public_photo(item))
    etag = client.get(address).headers["ETag"]

    response = client.get(address, headers={"If-None-Match": etag})

    assert (response.status_code, response.content) == (304, b"")


def test_hidden_photo_is_gone_for_whoever_kept_it(client, item):
    photo = factories.public_photo(item)
    etags = {address: client.get(address).headers["ETag"] for address in addresses(photo)}
    hide(photo)

    for address, etag in etags.items():
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 404
        assert client.get(address).status_code == 404


def test_what_is_not_public_looks_like_what_never_was(client, item):
    waiting, hidden = factories.photo(item), factories.public_photo(item, words="另一张")
    hide(hidden)
    never = Photo(stem="0123456789abcdef" * 2)

    for shown in zip(*map(addresses, (waiting, hidden, never)), strict=True):
        first, second, third = [seen(client.get(address)) for address in shown]
        assert first[0] == 404
        assert first == second == third


def test_blacked_out_original_is_gone(client, item, django_capture_on_commit_callbacks):
    photo = factories.photo(item)
    old = addresses(photo)
    with django_capture_on_commit_callbacks(execute=True):
        actions.release_photo(
            photo, by=factories.office_of(item), areas=[(0, 0, 0.5, 0.5)], now=NOW
        )

    assert [client.get(address).status_code for address in old] == [404, 404]
    assert [client.get(each).status_code for each in addresses(fresh(photo))] == [200, 200]


@pytest.mark.parametrize(
    "address",
    ["/photos/", "/photos/x.jpg", "/photos/../db.sqlite3", "/media/photos/", "/photos/%2e%2e/x"],
)
def test_folder_is_not_served(client, address):
    assert client.get(address).status_code == 404


def test_photo_is_only_read(client, item):
    (address, _small) = addresses(factories.public_photo(item))

    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


def test_one_question_to_the_database(client, item, django_assert_num_queries):
    (address, _small) = addresses(factories.public_photo(item))

    with django_assert_num_queries(1):
        client.get(address)


def test_photo_whose_file_was_lost_is_missing_not_broken(client, item):
    photo = factories.public_photo(item)
    storage.remove(photo.stem)

    assert [client.get(address).status_code for address in addresses(photo)] == [404, 404]


def test_photo_whose_file_was_lost_is_not_released(item):
    photo = factories.photo(item)
    storage.remove(photo.stem)

    with pytest.raises(Refused):
        actions.release_photo(photo, by=factories.office_of(item), now=NOW)

"""Photos at the desk: added, released, hidden, sent with a report; the words are never lost."""

from copy import deepcopy

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from items import actions
from items.models import Photo
from items.photos.picture import MAX_FILE
from tests import factories
from tests.desk.conftest import as_, on_the_day
from tests.desk.sending import address, text_of
from tests.items.actions.acts import close, fresh

__all__ = ["as_", "on_the_day"]
pytestmark = pytest.mark.django_db
BAD = SimpleUploadedFile("a.jpg", b"no picture", "image/jpeg")


@pytest.fixture(scope="module")
def item_of_the_file(kept_rows):
    return factories.item_at("in_progress")


@pytest.fixture
def item(item_of_the_file, db):
    return deepcopy(item_of_the_file)


def upload(content=None, name="IMG_1.jpg"):
    content = factories.picture() if content is None else content
    return SimpleUploadedFile(name, content, "image/jpeg")


def seen(item, **fields):
    return {"version": item.version, "last_seq": item.last_entry.seq, **fields}


def seen_with(photo, **fields):
    """Return the hidden fields of a form about a photo, as the page shows it now."""
    return seen(fresh(photo.item), photo_version=fresh(photo).version, **fields)


def photo_fields(item, **changes):
    fields = {"words": "靠背已塌", "side": "before", "spot_title": "东墙", "taken_on": "2026-05-01"}
    return seen(item, **fields) | {"file": upload()} | changes


def on_photo(photo, verb):
    return address(photo.item, f"entries/{photo.entry.seq}/{verb}")


@pytest.mark.parametrize("who", ["owner", "supervisor", "office"])
def test_photo_is_added(as_, item, who):
    client = as_(getattr(factories, f"{who}_of")(item))

    response = client.post(address(item, "add_photo"), photo_fields(item))

    assert response.status_code == 302
    photo = Photo.objects.get()
    assert (photo.words, photo.side, photo.spot.title) == ("靠背已塌", "before", "东墙")
    assert photo.taken_on.isoformat() == "2026-05-01"


def test_page_that_adds_sends_files(as_, item):
    page = as_(factories.owner_of(item)).get(address(item, "add_photo")).content.decode()

    assert 'enctype="multipart/form-data"' in page
    assert "data-shrink" in page


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"file": upload(b"")}, "空的"),
        ({"file": upload(b"GIF89a")}, "GIF"),
        ({"file": upload(bytes(MAX_FILE + 10_000_000))}, "超过20 MB"),
        ({"file": ""}, "请选择照片"),
        ({"taken_on": "2026-06-02"}, "2026-06-02"),
    ],
)
def test_refused_photo_keeps_the_words(as_, item, changes, word):
    client = as_(factories.owner_of(item))

    response = client.post(address(item, "add_photo"), photo_fields(item, **changes))

    assert response.status_code in (403, 422)
    assert word in text_of(response)
    assert "靠背已塌" in response.content.decode()
    assert 'value="东墙"' in response.content.decode()
    assert not Photo.objects.exists()


def test_photo_does_not_mind_what_others_wrote_meanwhile(as_, item):
    fields = photo_fields(item)
    factories.photo(item, words="别人的")

    response = as_(factories.owner_of(item)).post(address(item, "add_photo"), fields)

    assert response.status_code == 302
    assert Photo.objects.count() == 2


def test_button_pressed_twice_adds_once(as_, item):
    client = as_(factories.owner_of(item))
    for _time in range(2):
        response = client.post(address(item, "add_photo"), photo_fields(item))

    assert response.status_code == 302
    assert Photo.objects.count() == 1


def test_logged_out_person_keeps_the_words(client, item):
    response = client.post(
        address(item, "add_photo"), photo_fields(item), headers={"Sec-Fetch-Site": "same-origin"}
    )

    assert response.status_code == 403
    assert "靠背已塌" in response.content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [("auditor", 403), ("administrator", 404), ("stranger", 404)],
)
def test_others_add_nothing(as_, item, who, status):
    if who == "stranger":
        person = factories.Person()
    else:
        person = factories.Role(committee=item.list.committee, kind=who).person

    response = as_(person).post(address(item, "add_photo"), photo_fields(item))

    assert response.status_code == status
    assert not Photo.objects.exists()


# Release, hide, look


def test_office_releases_with_black_areas(as_, item):
    photo = factories.photo(item)
    client = as_(factories.office_of(item))
    assert client.get(on_photo(photo, "release_photo")).status_code == 200

    response = client.post(
        on_photo(photo, "release_photo"), seen_with(photo, areas="10 20 15 30\n0，0；5%，5%\n\n")
    )

    assert response.status_code == 302
    after = fresh(photo)
    assert after.state == "public"
    assert after.stem != photo.stem


@pytest.mark.parametrize("areas", ["x", "1 2 3", "1 2 3 4 5", "-1 0 5 5", "0 0 0 5", "nan 0 1 1"])
def test_area_that_makes_no_sense_is_said(as_, item, areas):
    photo = factories.photo(item)

    response = as_(factories.office_of(item)).post(
        on_photo(photo, "release_photo"), seen_with(photo, areas=areas)
    )

    assert response.status_code == 422
    assert areas in response.content.decode()
    assert fresh(photo).state == "waiting"


def test_too_many_areas_are_refused(as_, item):
    photo = factories.photo(item)

    response = as_(factories.office_of(item)).post(
        on_photo(photo, "release_photo"), seen_with(photo, areas="1 1 1 1\n" * 21)
    )

    assert response.status_code == 422


def test_office_hides(as_, item):
    photo = factories.public_photo(item)

    response = as_(factories.office_of(item)).post(
        on_photo(photo, "hide_photo"), seen_with(photo, reason="人脸", delete="on")
    )

    assert response.status_code == 302
    assert (fresh(photo).state, fresh(photo).stem) == ("hidden", "")


@pytest.mark.parametrize("verb", ["release_photo", "hide_photo"])
@pytest.mark.parametrize("who", ["owner", "supervisor"])
def test_only_the_office_releases_and_hides(as_, item, who, verb):
    photo = factories.photo(item)
    client = as_(getattr(factories, f"{who}_of")(item))

    response = client.post(on_photo(photo, verb), seen(fresh(item), reason="x"))

    assert response.status_code == 403
    assert fresh(photo).state == "waiting"


def test_release_of_another_entry_is_no_address(as_, item):
    response = as_(factories.office_of(item)).get(address(item, "entries/1/release_photo"))

    assert response.status_code == 404


@pytest.mark.parametrize("size", ["photo.jpg", "photo-small.jpg"])
def test_staff_of_the_item_see_what_waits(as_, client, item, size):
    photo = factories.photo(item)
    path = on_photo(photo, size).rstrip("/")

    response = as_(factories.supervisor_of(item)).get(path)

    assert response.content.startswith(b"\xff\xd8\xff")
    assert "no-store" in response.headers["Cache-Control"]
    assert as_(factories.Person()).get(path).status_code == 404
    assert client.get(path).status_code == 302


def test_item_page_shows_photos_and_asks_as_often_for_three(
    as_, item, django_assert_max_num_queries
):
    client = as_(factories.office_of(item))
    factories.photo(item, words="第一张")
    page = client.get(address(item))
    assert "第一张" in text_of(page)
    assert "待公布" in text_of(page)

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        client.get(address(item))
    factories.photo(item, words="第二张", side="before")
    factories.public_photo(item, words="第三张", side="after")
    with CaptureQueriesContext(connection) as three:
        client.get(address(item))

    assert len(one) == len(three)


def test_waiting_photo_stands_in_the_offices_queue(as_, item):
    client = as_(factories.office_of(item))
    photo = factories.photo(item)
    assert "有照片待公布的" in text_of(client.get("/desk/photos/"))
    assert item.title in text_of(client.get("/desk/photos/"))

    client.post(on_photo(photo, "release_photo"), seen_with(photo))

    assert item.title not in text_of(client.get("/desk/photos/"))


# A closed list keeps its own clock: nothing of it becomes public afterwards


def test_photo_of_a_closed_list_is_released_no_more(as_, item):
    photo = factories.photo(item)
    actions.hide_photo(photo, by=factories.office_of(item), reason="人脸", now=factories.NOW)
    factories.withdraw(fresh(item), factories.NOW)
    close(item.list)
    client = as_(factories.office_of(item))
    before = item.entries.count()

    page = client.get(address(item)).content.decode()
    sent = client.post(on_photo(photo, "release_photo"), seen_with(photo))

    assert on_photo(photo, "release_photo") not in page
    assert sent.status_code == 403
    assert (fresh(photo).state, item.entries.count()) == ("hidden", before)

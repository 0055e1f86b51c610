"""Photos on an item: added, released, blacked out, hidden; each with its entry and its files."""

import hashlib
from copy import deepcopy
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from PIL import Image

from items import actions
from items.errors import Refused
from items.ledger.verify import verify
from items.models import Entry, Photo, Spot
from items.photos import storage
from tests import factories
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import close_alone, fresh, happens
from tests.photos import corpus

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def item_of_the_file(kept_rows):
    return factories.item_at("in_progress")


@pytest.fixture
def item(item_of_the_file, db):
    return deepcopy(item_of_the_file)


def names(folder):
    return sorted(file.name for file in folder.iterdir()) if folder.exists() else []


def hide(photo, **said):
    by = factories.office_of(photo.item)
    return actions.hide_photo(photo, by=by, now=NOW, **({"reason": "拍到了人脸"} | said))


def release(photo, **said):
    return actions.release_photo(photo, by=factories.office_of(photo.item), now=NOW, **said)


def test_added_photo_waits_and_its_entry_stays_inside(item, folder):
    entry = actions.add_photo(
        item,
        by=factories.owner_of(item),
        file=corpus.full_of_notes(),
        words=" 靠背已塌 ",
        words_en="The back has sagged",
        side="before",
        spot_title="一区主控室",
        taken_on=TODAY - days(40),
        now=NOW,
    )

    photo = entry.photo
    assert (entry.verb, entry.public, entry.role, entry.words.text) == (
        "add_photo",
        False,
        "owner",
        "靠背已塌",
    )
    assert (photo.state, photo.side, photo.spot.title) == ("waiting", "before", "一区主控室")
    assert (photo.width, photo.height, photo.taken_on) == (96, 64, TODAY - days(40))
    assert names(folder) == sorted([f"{photo.stem}.jpg", f"{photo.stem}-small.jpg"])
    assert photo.bytes == storage.path(photo.stem).stat().st_size
    assert not Photo.objects.public().exists()
    assert verify(item.list) == []


@pytest.mark.parametrize(("who", "role"), [("supervisor", "supervisor"), ("office", "office")])
def test_supervisor_and_office_add_photos_too(item, who, role):
    by = getattr(factories, f"{who}_of")(item)

    assert factories.photo(item, by=by).entry.role == role


def test_office_is_told_and_then_whoever_added_it(item):
    photo = factories.photo(item)
    released = release(photo)

    assert [n.person for n in photo.entry.notices.all()] == [factories.office_of(item)]
    assert [n.person for n in released.notices.all()] == [factories.owner_of(item)]


def test_photo_takes_nothing_back_that_others_wrote(item):
    stale = fresh(item)
    actions.report_progress(item, by=factories.owner_of(item), text="刚写的", percent=70, now=NOW)

    factories.photo(stale)

    assert fresh(item).percent == 70


@pytest.mark.parametrize(
    "said",
    [
        {"words": "  "},
        {"file": b""},
        {"file": b"no picture"},
        {"taken_on": TODAY + days(1)},
    ],
)
def test_refused_photo_leaves_nothing(item, folder, said):
    before = Entry.objects.count()

    assert not happens(lambda: factories.photo(item, **said))

    assert (names(folder), Photo.objects.count(), Entry.objects.count()) == ([], 0, before)


def test_stranger_is_refused_before_any_work(item, monkeypatch):
    monkeypatch.setattr("items.photos.picture.read", None)  # it would fail

    assert not happens(lambda: factories.photo(item, by=factories.Person()))


def test_spot_of_another_item_is_refused(item):
    other = factories.photo(factories.item_at("in_progress"), side="before").spot

    assert not happens(lambda: factories.photo(item, side="after", spot=other))


def test_pair_shares_its_spot_by_name_or_by_choice(item):
    before = factories.photo(item, side="before", spot_title="东墙")
    after = factories.photo(item, side="after", spot_title="东墙")
    other = factories.photo(item, side="before", words="另一处")

    assert before.spot == after.spot
    assert (other.spot.title, other.spot.order) == (item.title, 2)
    there = factories.photo(item, side="after", spot=other.spot, words="又一处")
    assert there.spot == other.spot


def test_photo_that_is_sent_twice_is_added_once(item):
    factories.photo(item)

    assert not happens(lambda: factories.photo(item))
    assert happens(lambda: factories.photo(item, file=factories.picture("green")))
    assert Photo.objects.count() == 2


def test_released_photo_is_public_and_the_ledger_knows_its_picture(item):
    photo = factories.photo(item)

    entry = release(photo)

    assert (entry.verb, entry.public, entry.words.text) == ("release_photo", True, photo.words)
    large = storage.content(photo.stem)
    assert entry.facts["picture"] == hashlib.sha256(large).hexdigest()
    assert list(Photo.objects.public()) == [photo]
    assert not happens(lambda: release(fresh(photo)))


def test_only_the_office_releases_and_hides(item):
    photo = factories.photo(item)
    for who in (factories.owner_of(item), factories.supervisor_of(item), factories.Person()):
        assert not happens(lambda who=who: actions.release_photo(photo, by=who, now=NOW))
        assert not happens(lambda who=who: actions.hide_photo(photo, by=who, reason="x", now=NOW))


def test_slot_holds_one_public_photo(item):
    first = factories.public_photo(item, side="before", spot_title="东墙")
    second = factories.photo(item, side="before", spot_title="东墙")

    with pytest.raises(Refused, match="东墙"):
        release(second)
    hide(first)
    release(second)

    assert list(Photo.objects.public()) == [second]


def test_black_areas_leave_no_original(item, folder, django_capture_on_commit_callbacks):
    photo = factories.photo(item, file=corpus.saved(corpus.quarters(400, 300)))
    old = photo.stem

    with django_capture_on_commit_callbacks(execute=True):
        release(photo, areas=[(0, 0, 0.5, 0.5)])

    new = fresh(photo).stem
    assert new != old
    assert names(folder) == sorted([f"{new}.jpg", f"{new}-small.jpg"])
    assert max(Image.open(BytesIO(storage.content(new))).getpixel((50, 50))) < 12


def test_refused_release_keeps_the_original_and_nothing_new(item, folder):
    factories.public_photo(item, side="before", spot_title="东墙")
    photo = factories.photo(item, side="before", spot_title="东墙")
    before = names(folder)

    assert not happens(lambda: release(photo, areas=[(0, 0, 1, 1)]))

    assert names(folder) == before


def test_two_who_release_at_once_meet_the_state_that_they_saw(item):
    photo = factories.photo(item)
    seen = fresh(photo)
    release(photo, areas=[(0, 0, 0.5, 0.5)])

    with pytest.raises(Refused):
        release(seen, areas=[(0, 0, 0.1, 0.1)])


def test_hidden_photo_can_be_released_again(item):
    photo = factories.public_photo(item)

    entry = hide(photo)

    assert (entry.public, entry.words.text, entry.about) == (True, "拍到了人脸", photo.entry)
    assert not Photo.objects.public().exists()
    assert not happens(lambda: hide(fresh(photo)))
    release(fresh(photo), areas=[(0.1, 0.1, 0.2, 0.2)])
    assert Photo.objects.public().exists()
    assert verify(item.list) == []


def test_hiding_what_waits_is_not_told_to_the_public(item):
    assert not hide(factories.photo(item)).public


def test_deleted_photo_is_gone_for_good(item, folder, django_capture_on_commit_callbacks):
    photo = factories.public_photo(item)
    hide(photo)

    with django_capture_on_commit_callbacks(execute=True):
        hide(fresh(photo), delete=True)

    assert names(folder) == []
    assert fresh(photo).stem == ""
    assert not happens(lambda: release(fresh(photo)))
    assert not happens(lambda: hide(fresh(photo), delete=True))


def test_photo_is_hidden_on_a_closed_list_too(item):
    photo = factories.public_photo(item)
    close_alone(item.list)

    hide(fresh(photo))

    assert not happens(lambda: factories.photo(fresh(item)))
    assert not Photo.objects.public().exists()


@pytest.mark.parametrize("which", ["add_photo", "release_photo"])
def test_erased_words_take_the_picture_along(
    item, folder, which, django_capture_on_commit_callbacks
):
    photo = factories.public_photo(item)
    entry = Entry.objects.get(item=item, verb=which)

    with django_capture_on_commit_callbacks(execute=True):
        actions.erase_words(entry, by=factories.office_of(item), reason="隐私", now=NOW)

    photo = fresh(photo)
    assert (photo.state, photo.stem, photo.words) == ("hidden", "", "")
    assert names(folder) == []
    assert verify(item.list) == []


# What the database holds


@pytest.mark.parametrize(
    "change",
    [
        lambda photo: Photo.objects.filter(pk=photo.pk).update(state="public"),
        lambda photo: Photo.objects.filter(pk=photo.pk).delete(),
        lambda photo: Spot.objects.filter(pk=photo.spot_id).update(title="x"),
        lambda photo: Spot.objects.create(item=photo.item, title="x"),
    ],
)
def test_photo_changes_only_with_an_entry(item, change):
    photo = factories.photo(item, side="before")

    with pytest.raises(IntegrityError), transaction.atomic():
        change(photo)

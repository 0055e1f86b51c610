"""Correcting what a photo or its spot is said to be: open where it is public, else unseen."""

from copy import deepcopy

import pytest
from django.test import override_settings

from items import actions, public
from items.ledger.verify import verify
from items.models import EntryWords, Photo
from tests import factories
from tests.desk.conftest import as_, on_the_day
from tests.desk.sending import address, text_of
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import close_alone, fresh, happens

__all__ = ["as_", "on_the_day"]
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def rows_of_the_file(kept_rows, tmp_path_factory):
    """Make an item without photos, and one with a public photo that has a name in its words."""
    said = {"side": "before", "spot_title": "东墙", "taken_on": TODAY - days(9)}
    said |= {"words": "王某某家", "words_en": "At Mr Wang’s"}
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        item, bare = factories.item_at("in_progress"), factories.item_at("in_progress")
        return bare, factories.public_photo(item, **said)


@pytest.fixture
def photo(rows_of_the_file, db):
    """Return a public photo with a name in its sentence."""
    return deepcopy(rows_of_the_file[1])


@pytest.fixture
def item(photo):
    """Return the item of this photo."""
    return photo.item


@pytest.fixture
def bare(rows_of_the_file, db):
    """Return an item without a photo."""
    return deepcopy(rows_of_the_file[0])


def correct(photo, **said):
    said = {"field": "words", "value": "一户职工家", "reason": "写到了人名"} | said
    by = said.pop("by", None) or factories.office_of(photo.item)
    photo.item = fresh(photo.item)
    return actions.correct_photo(photo, by=by, now=NOW, **said)


def erase(entry):
    by = factories.office(entry.list.committee)
    return actions.erase_words(entry, by=by, reason="涉及隐私", now=NOW)


def test_public_sentence_is_corrected_openly(item, photo):
    entry = correct(photo)

    assert (entry.verb, entry.public, entry.about) == ("correct", True, photo.entry)
    assert (entry.words.old, entry.words.new) == ("王某某家", "一户职工家")
    assert (fresh(photo).words, fresh(photo).state) == ("一户职工家", "public")
    assert ("照片", "整改前") in public.facts(entry, show_names=False)
    assert verify(item.list) == []


def test_english_sentence_may_go(photo):
    correct(photo, field="words_en", value="")

    assert fresh(photo).words_en == ""


def test_day_is_corrected_with_both_days_to_be_read(photo):
    entry = correct(photo, field="taken_on", value=TODAY - days(2))

    assert fresh(photo).taken_on == TODAY - days(2)
    assert list(public.facts(entry, show_names=False))[2:] == [
        ("原拍摄日期", "2026年5月23日"),
        ("拍摄日期", "2026年5月30日"),
    ]


def test_name_of_a_spot_is_corrected_for_all_its_photos(item, photo):
    entry = correct(photo, field="spot_title", value="西墙")

    assert (entry.public, entry.words.old, entry.words.new) == (True, "东墙", "西墙")
    assert item.spots.get().title == "西墙"
    assert next(iter(public.facts(entry, show_names=False))) == ("更正的内容", "拍摄位置")


@pytest.mark.parametrize(("field", "value"), [("words", "x"), ("spot_title", "西墙")])
def test_what_nobody_sees_is_corrected_unseen(bare, field, value):
    waiting = factories.photo(bare, side="before", spot_title="东墙")
    assert not correct(waiting, field=field, value=value).public

    hidden = factories.public_photo(bare, side="after", spot_title="北墙")
    by = factories.office_of(bare)
    actions.hide_photo(hidden, by=by, reason="人脸", now=NOW)
    assert not correct(hidden, field=field, value=f"{value}2").public


def test_spot_with_one_public_photo_is_corrected_openly_through_another(item, photo):
    waiting = factories.photo(item, side="after", spot=photo.spot)

    entry = correct(waiting, field="spot_title", value="西墙")

    assert entry.public
    assert "side" not in entry.facts  # it would tell of the one that waits


@pytest.mark.parametrize(
    "said",
    [
        {"value": "  "},
        {"value": "王某某家"},  # that is what it says
        {"value": "长" * 301},
        {"field": "taken_on", "value": TODAY + days(1)},
        {"field": "taken_on", "value": None},
        {"field": "spot_title", "value": ""},
        {"field": "spot_title", "value": "北墙"},  # another of this item
        {"field": "side", "value": "after"},
        {"field": "stem", "value": "0" * 32},
        {"reason": " "},
    ],
)
def test_unsound_correction_is_refused(item, photo, said):
    factories.photo(item, side="before", spot_title="北墙")
    before = Photo.objects.filter(pk=photo.pk).values().get()

    assert not happens(lambda: correct(photo, **said))

    assert Photo.objects.filter(pk=photo.pk).values().get() == before
    assert fresh(photo.spot).title == "东墙"


def test_photo_without_a_spot_has_no_name_of_one(bare):
    photo = factories.photo(bare)

    assert not happens(lambda: correct(photo, field="spot_title", value="西墙"))


@pytest.mark.parametrize("who", ["owner", "supervisor"])
def test_only_the_office_corrects(item, photo, who):
    by = getattr(factories, f"{who}_of")(item)

    assert not happens(lambda: correct(photo, by=by))


def test_deleted_photo_and_closed_list_are_not_corrected(item, photo):
    by = factories.office_of(item)
    gone = factories.public_photo(item)
    actions.hide_photo(gone, by=by, reason="人脸", delete=True, now=NOW)
    assert not happens(lambda: correct(fresh(gone)))

    close_alone(item.list)
    assert not happens(lambda: correct(fresh(photo)))


def test_whoever_comes_second_does_not_overwrite(item, photo):
    photo.item = fresh(item)
    factories.photo(item)

    said = {"field": "words", "value": "新", "reason": "错字", "now": NOW}
    assert not happens(lambda: actions.correct_photo(photo, by=factories.office_of(item), **said))


# Erasing


def everything_said(item):
    rows = [
        *item.photos.values(),
        *item.spots.values(),
        *EntryWords.objects.filter(entry__item=item).values(),
    ]
    return repr(rows)


@pytest.mark.parametrize("which", ["add_photo", "correct"])
def test_erasing_reaches_old_and_new_words_from_each_of_them(item, photo, which):
    correct(photo)
    correct(photo, field="words_en", value="At a worker’s")

    erase(item.entries.filter(verb=which).last())

    said = everything_said(item)
    assert not [words for words in ("王某某", "Wang", "一户", "worker") if words in said]
    assert fresh(photo).state == "hidden"
    assert verify(item.list) == []


def test_erasing_a_report_reaches_the_corrections_of_its_photos(bare):
    said = {"text": "王某某家修好", "photos": [factories.picture()], "now": NOW}
    report = actions.report_progress(bare, by=factories.owner_of(bare), **said)
    correct(bare.photos.get())

    erase(report)

    assert "王某某" not in everything_said(bare)


def test_erasing_a_corrected_name_of_a_spot_keeps_the_picture(item, photo):
    entry = correct(photo, field="spot_title", value="王家东墙")
    correct(photo, field="spot_title", value="东墙一")

    erase(entry)

    assert "王家" not in everything_said(item)
    assert (fresh(photo).state, item.spots.get().title) == ("public", "东墙一")


def test_erased_name_that_a_spot_still_bears_gives_way_to_the_items(item, photo):
    erase(correct(photo, field="spot_title", value="王家东墙"))

    assert item.spots.get().title == item.title


def test_erasing_a_corrected_day_keeps_sentence_and_picture(item, photo):
    erase(correct(photo, field="taken_on", value=TODAY))

    assert (fresh(photo).words, fresh(photo).state) == ("王某某家", "public")


# At the desk


def on_photo(photo, tail=""):
    return address(photo.item, f"entries/{photo.entry.seq}/correct") + tail


def fields(photo, **said):
    item = fresh(photo.item)
    seen = {"version": item.version, "last_seq": item.last_entry.seq}
    seen["photo_version"] = fresh(photo).version
    return seen | {"field": "words", "value": "一户职工家", "reason": "写到了人名"} | said


def test_item_page_leads_to_a_form_that_asks_what_and_holds_it(as_, photo):
    client = as_(factories.office_of(photo.item))
    assert on_photo(photo) in client.get(address(photo.item)).content.decode()

    asks = client.get(on_photo(photo))
    holds = client.get(on_photo(photo, "?field=words"))

    assert "拍摄位置" in text_of(asks)
    assert "隐藏后重新添加" in text_of(asks)  # for what stands at the wrong side or spot
    assert "王某某家</textarea>" in holds.content.decode()


def test_form_of_a_photo_without_spot_offers_none(as_, bare):
    photo = factories.photo(bare)
    client = as_(factories.office_of(bare))

    assert "spot_title" not in client.get(on_photo(photo)).content.decode()
    assert client.get(on_photo(photo, "?field=spot_title")).status_code == 200


@pytest.mark.parametrize(
    "said", [{}, {"field": "taken_on", "value": "2026-05-01"}, {"field": "spot_title"}]
)
def test_office_corrects(as_, photo, said):
    client = as_(factories.office_of(photo.item))

    response = client.post(on_photo(photo), fields(photo, **said))

    assert response.status_code == 302
    assert photo.item.entries.filter(verb="correct", public=True).exists()


@pytest.mark.parametrize(
    ("said", "status"),
    [({"value": ""}, 422), ({"value": "王某某家"}, 403), ({"version": 1}, 409)],
)
def test_refused_correction_keeps_what_was_typed(as_, photo, said, status):
    client = as_(factories.office_of(photo.item))

    response = client.post(on_photo(photo), fields(photo, **said))

    assert response.status_code == status
    assert "写到了人名</textarea>" in response.content.decode()
    assert fresh(photo).words == "王某某家"


def test_others_find_no_way_in(as_, photo):
    client = as_(factories.owner_of(photo.item))

    assert on_photo(photo) not in client.get(address(photo.item)).content.decode()
    assert client.get(on_photo(photo)).status_code == 403
    assert client.post(on_photo(photo), fields(photo)).status_code == 403


# Hidden: its sentence goes from the public timeline, wherever it stood


def test_caption_of_a_hidden_photo_goes_from_the_timeline(client):
    item = factories.item_at("in_progress")
    photo = factories.public_photo(item, words="老张站在炉前")
    by = factories.office_of(item)
    who = {"by": by, "now": NOW}
    actions.correct_photo(fresh(photo), field="words", value="老张在炉前", reason="错字", **who)
    address = f"/lists/{item.list.slug}/{item.number}/"
    before = client.get(address).content.decode()

    actions.hide_photo(fresh(photo), reason="认得出人", **who)
    hidden = client.get(address).content.decode()
    actions.release_photo(fresh(photo), **who)
    again = client.get(address).content.decode()

    assert "老张站在炉前" in before
    assert "老张" not in hidden
    assert "认得出人" in hidden
    assert "老张在炉前" in again

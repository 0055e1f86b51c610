"""Kept uploads: so many and no more, for an hour, for whoever chose them, and taken once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from items import actions
from items.actions import kept_upload
from items.actions.kept_upload import Keeper, find, keep, room, take
from items.errors import Conflict
from items.guards import triggers
from items.models import Entry, KeptUpload, Photo
from items.photos import picture
from tests import factories
from tests.factories import NOW
from tests.items.actions.acts import fresh
from tests.items.keeping import keep_photos
from tests.items.racing import together

HOUR = timedelta(hours=1)
one_database = pytest.mark.django_db


def keepers():
    return {
        "account": Keeper(person=factories.Person()),
        "form": Keeper(form="a random number"),
        "browser": Keeper(),
    }


def clean(colour="red"):
    return picture.read(factories.picture(colour))


def keys(uploads):
    return [upload.key for upload in uploads]


@one_database
@pytest.mark.parametrize("kind", ["account", "form", "browser"])
def test_kept_for_an_hour_and_found_by_whose_they_are(kind):
    keeper = keepers()[kind]
    (kept,) = keep_photos(1, keeper)

    (found,) = find([kept.key], keeper, NOW + HOUR)

    assert found.picture == clean_as(kept.key)
    assert picture.read(found) == found.picture  # it isn't cleaned twice
    later = NOW + (timedelta(days=1, hours=1) if kind == "form" else HOUR + timedelta(seconds=1))
    assert find([kept.key], keeper, later) == []
    assert actions.forget_uploads(NOW + HOUR) == 0
    assert actions.forget_uploads(later) == 1


def clean_as(key):
    return replace(clean(), kept_as=key)


@one_database
def test_nobody_else_finds_them():
    whose = keepers() | {"other": Keeper(person=factories.Person()), "2nd": Keeper(form="another")}
    kept = {name: keep_photos(1, keeper)[0].key for name, keeper in whose.items()}

    found = {name: set(keys(find(kept.values(), k, NOW))) for name, k in whose.items()}

    # What a page without a login kept is for whoever has its key and logs in.
    assert found == {
        "account": {kept["account"], kept["browser"]},
        "other": {kept["other"], kept["browser"]},
        "form": {kept["form"]},
        "2nd": {kept["2nd"]},
        "browser": {kept["browser"]},
    }


@one_database
@pytest.mark.parametrize(("kind", "limit"), [("account", "OF_ACCOUNT"), ("form", "OF_FORM")])
def test_one_keeper_has_so_much_room(monkeypatch, kind, limit):
    monkeypatch.setattr(kept_upload, limit, 2)
    keeper = keepers()[kind]

    assert len(keep_photos(3, keeper)) == 2
    assert (room(keeper, NOW), KeptUpload.objects.count()) == (0, 2)
    assert room(keepers()[kind] if kind == "account" else Keeper(form="another"), NOW) == 2


@one_database
@pytest.mark.parametrize(
    ("kind", "limit"),
    [("account", "OF_ACCOUNTS"), ("form", "OF_FORMS"), ("browser", "OF_BROWSERS")],
)
def test_all_of_a_kind_have_so_much_room(monkeypatch, kind, limit):
    monkeypatch.setattr(kept_upload, limit, 3)
    first, second = keepers()[kind], keepers()[kind]
    if kind == "form":
        second = Keeper(form="another")

    assert (len(keep_photos(2, first)), len(keep_photos(2, second))) == (2, 1)
    # The others' room is their own: strangers take none of it from the staff.
    assert all(room(k, NOW) > 0 for name, k in keepers().items() if name != kind)
    # What is over makes room.
    assert len(keep_photos(2, second, NOW + timedelta(days=2))) == 2


@one_database
def test_forms_photo_sent_twice_is_kept_once():
    keeper = Keeper(form="a random number")

    assert keys(keep_photos(1, keeper)) == keys(keep_photos(1, keeper))
    assert KeptUpload.objects.count() == 1


@one_database
def test_of_a_form_nothing_but_the_day_is_known():
    keep_photos(1, Keeper(form="a random number"))

    row = KeptUpload.objects.get()
    assert (row.kept_on, row.kept_at, row.person) == (factories.TODAY, None, None)
    assert "random" not in row.form


@one_database
def test_closing_an_account_deletes_what_it_had_chosen():
    keeper, other = Keeper(person=factories.Person()), Keeper(person=factories.Person())
    keep_photos(2, keeper)
    (stays,) = keep_photos(1, other)

    with connection.cursor() as cursor:  # on every road
        cursor.execute(
            "UPDATE items_person SET is_active = %s WHERE id = %s", [False, keeper.person.pk]
        )

    assert list(KeptUpload.objects.values_list("pk", flat=True)) == [stays.key]


@one_database
def test_without_its_trigger_the_next_tick_deletes_them():
    # The negative control of the trigger.
    connection.check_constraints()
    triggers.remove(connection)
    keeper = Keeper(person=factories.Person())
    keep_photos(2, keeper)
    keeper.person.is_active = False
    keeper.person.save()

    assert KeptUpload.objects.count() == 2
    assert actions.forget_uploads(NOW) == 2


@one_database
def test_refused_act_leaves_them_kept():
    item = factories.item_at("in_progress")
    owner = factories.owner_of(item)
    files = keep_photos(2, Keeper(person=owner))

    with pytest.raises(Exception, match="2026-06-02"):
        actions.report_progress(
            item, by=owner, text="装好", photos=files, happened_on=NOW.date() + HOUR * 24, now=NOW
        )

    assert KeptUpload.objects.count() == 2


class Killed(BaseException):
    """The process ends here."""


@one_database
def test_killed_in_the_middle_they_are_still_kept_and_go_along_again(monkeypatch):
    item = factories.item_at("in_progress")
    owner = factories.owner_of(item)
    files = keep_photos(2, Keeper(person=owner))
    said = {"by": owner, "text": "装好", "photos": files, "now": NOW}

    def killed(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Photo, "save", killed)
        with pytest.raises(Killed):
            actions.report_progress(fresh(item), **said)

    assert (KeptUpload.objects.count(), item.entries.filter(verb="report_progress").count()) == (
        2,
        0,
    )
    actions.report_progress(fresh(item), **said)
    assert (KeptUpload.objects.count(), Photo.objects.count()) == (0, 2)


# At the same moment


def report_with(item, files, text="装好三间"):
    return actions.report_progress(
        fresh(item), by=factories.owner_of(item), text=text, photos=files, now=NOW
    )


@pytest.mark.usefixtures("emptied_tables")
@pytest.mark.crawl
def test_two_acts_take_a_photo_once():
    one = factories.item_at("in_progress")
    two = factories.item_at("in_progress")
    file = keep_photos(1, Keeper())

    done = together(lambda: report_with(one, file), lambda: report_with(two, file))

    assert {type(each) for each in done} == {Entry, Conflict}
    assert (Photo.objects.count(), KeptUpload.objects.count()) == (1, 0)
    assert Entry.objects.filter(verb="report_progress").count() == 1


@pytest.mark.usefixtures("emptied_tables")
@pytest.mark.crawl
def test_without_taking_them_two_acts_file_it_twice(monkeypatch):
    # The negative control: the deletion is what lets only one pass.
    monkeypatch.setattr("items.actions.photo.take", lambda picture: None)
    one = factories.item_at("in_progress")
    two = factories.item_at("in_progress")
    file = keep_photos(1, Keeper())

    done = together(lambda: report_with(one, file), lambda: report_with(two, file))

    assert {type(each) for each in done} == {Entry}
    assert Photo.objects.count() == 2


@pytest.mark.usefixtures("emptied_tables")
@pytest.mark.crawl
def test_many_at_once_keep_no_more_than_there_is_room(monkeypatch):
    monkeypatch.setattr(kept_upload, "OF_BROWSERS", 3)
    one, keeper = clean(), Keeper()

    done = together(*[lambda: keep([(keeper.key_of(b""), one)], keeper, now=NOW)] * 8)

    assert KeptUpload.objects.count() == 3
    assert sorted(map(len, done)) == [0] * 5 + [1] * 3


@one_database
def test_take_asks_whether_it_is_still_there():
    (kept,) = keep_photos(1, Keeper())
    take(kept.picture)

    with pytest.raises(Conflict):
        take(kept.picture)

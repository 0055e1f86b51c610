"""A full disk: what was typed comes back, nothing half-written stays, and it goes on by itself."""

import errno
import os
import sqlite3

import pytest
from django.db import OperationalError, connection

from items import actions
from items.models import Entry, KeptUpload, Photo, Suggestion
from items.photos import storage
from tests import factories
from tests.desk.conftest import as_, on_the_day
from tests.desk.sending import HERE, address, said, text_of
from tests.photos.test_actions import names
from tests.photos.test_desk import upload
from tests.suggestions.phone import WORDS, Phone, photo
from welfare.faults import disk_is_full

__all__ = ["as_", "on_the_day"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def full(monkeypatch):
    """Let the disk take the first file of a photo and have no room for the second one."""
    written, write = [], storage.os.fsync

    def fsync(descriptor):
        written.append(descriptor)
        if len(written) > 1:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(descriptor)

    monkeypatch.setattr(storage.os, "fsync", fsync)
    yield
    monkeypatch.undo()


def full_database():
    """Return the error that a full disk is for this database."""
    failure = OperationalError("full")
    if connection.vendor == "sqlite":
        failure.__cause__ = sqlite3.OperationalError("database or disk is full")
        failure.__cause__.sqlite_errorcode = sqlite3.SQLITE_FULL
    else:
        from psycopg2.errors import DiskFull

        failure.__cause__ = DiskFull()
    return failure


def test_report_with_photos_comes_back_and_leaves_no_file(as_, folder, full):
    item = factories.item_at("in_progress")
    sent = said("report_progress", item, text="装好三间", photos=[upload()])

    back = as_(factories.owner_of(item)).post(address(item, "report_progress"), sent, headers=HERE)

    assert back.status_code == 507
    assert "磁盘满了" in text_of(back)
    assert "装好三间" in back.content.decode()
    assert names(folder) == []
    assert (Photo.objects.count(), KeptUpload.objects.count()) == (0, 1)
    assert item.entries.filter(verb="report_progress").count() == 0


def test_once_there_is_room_it_goes_on(as_, monkeypatch, folder):
    item = factories.item_at("in_progress")
    client, sent = as_(factories.owner_of(item)), said("report_progress", item, text="装好三间")
    with monkeypatch.context() as patched:
        patched.setattr(storage, "_write", raise_full)
        fields = sent | {"photos": [upload()]}
        client.post(address(item, "report_progress"), fields, headers=HERE)
    (key,) = KeptUpload.objects.values_list("pk", flat=True)

    done = client.post(address(item, "report_progress"), sent | {"photos_kept": [key]})

    assert (done.status_code, len(names(folder))) == (302, 2)
    assert KeptUpload.objects.count() == 0


def raise_full(*args, **kwargs):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("verb", ["report_progress", "set_task"])
def test_full_database_gives_the_words_back(as_, monkeypatch, folder, verb):
    def fail(*args, **kwargs):
        raise full_database()

    item = factories.item_at("in_progress")
    who = factories.owner_of(item) if verb == "report_progress" else factories.office_of(item)
    client, sent = as_(who), said(verb, item, text="不能丢的话")
    if verb == "report_progress":
        sent["photos"] = [upload()]
    monkeypatch.setattr(Entry, "save", fail)

    back = client.post(address(item, verb), sent, headers=HERE)

    assert back.status_code == 507
    assert "不能丢的话" in back.content.decode()
    assert names(folder) == []


def test_full_database_gives_a_suggestion_back(monkeypatch):
    def fail(*args, **kwargs):
        raise full_database()

    committee = factories.Committee(slug="plant")
    factories.call(committee)
    phone = Phone()
    monkeypatch.setattr(Suggestion, "save", fail)

    back = phone.client.post(
        "/suggest/", {"nonce": phone.nonce, "words": WORDS, "photos": [photo()]}, headers=HERE
    )

    assert back.status_code == 507
    assert WORDS in back.content.decode()
    assert not back.wsgi_request.session.accessed


def test_without_room_for_the_second_photo_the_first_goes_too(monkeypatch, folder):
    item = factories.item_at("in_progress")
    kept = storage.keep

    def keep_one(picture):
        monkeypatch.setattr(storage, "keep", raise_full)
        return kept(picture)

    monkeypatch.setattr(storage, "keep", keep_one)
    two = [factories.picture(), factories.picture("blue")]

    with pytest.raises(OSError, match="No space"):
        actions.report_progress(
            item, by=factories.owner_of(item), text="装好", photos=two, now=factories.NOW
        )

    assert names(folder) == []


if connection.vendor == "sqlite":

    @pytest.mark.usefixtures("emptied_tables")
    @pytest.mark.crawl
    def test_real_full_database_gives_all_back_and_goes_on(as_, folder):
        item = factories.item_at("in_progress")
        client = as_(factories.owner_of(item))
        sent = said("report_progress", item, text="长" * 2000, photos=[upload()])
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")  # pages that other tests left free would be room
            (pages,) = cursor.execute("PRAGMA page_count").fetchone()
            cursor.execute(f"PRAGMA max_page_count = {pages}")

        back = client.post(address(item, "report_progress"), sent, headers=HERE)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")
        done = client.post(address(item, "report_progress"), sent | {"photos": [upload()]})

        assert back.status_code == 507
        assert "长" * 2000 in back.content.decode()
        # As much of the photo as there is room for: all of it or nothing, and it says which.
        assert ("第1张" in text_of(back)) != ("照片要重新选（1张）" in text_of(back))
        assert done.status_code == 302
        assert Photo.objects.count() == 1
        assert len(names(folder)) == 2


def test_other_failures_are_no_full_disk():
    assert disk_is_full(full_database())
    assert disk_is_full(OSError(errno.EDQUOT, "quota"))
    assert not disk_is_full(OSError(errno.EACCES, "denied"))
    assert not disk_is_full(OperationalError("locked"))
    assert not disk_is_full(ValueError("full"))

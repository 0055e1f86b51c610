"""Files and rows: what a crash leaves behind is swept, and whatever isn't clean is found."""

import os
from functools import partial
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from items import actions
from items.actions import photo_files
from items.models import Photo
from items.photos import picture, storage
from tests import factories
from tests.items.racing import together
from tests.photos import corpus

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return factories.item_at("in_progress")


def names(folder):
    return sorted(file.name for file in folder.iterdir()) if folder.exists() else []


def grow_old(folder):
    for file in folder.iterdir():
        os.utime(file, (0, 0))


def checked():
    """Return what the command says, and whether it ends with an error."""
    out, err = StringIO(), StringIO()
    try:
        call_command("check_photos", stdout=out, stderr=err)
    except CommandError as error:
        return err.getvalue() + str(error), True
    return out.getvalue(), False


def test_files_lie_on_the_disk_before_their_row(item, monkeypatch):
    seen, save = [], Photo.save

    def watched(photo, **kwargs):
        seen.extend(storage.path(photo.stem, small=small).exists() for small in (True, False))
        return save(photo, **kwargs)

    monkeypatch.setattr(Photo, "save", watched)
    factories.photo(item)

    assert seen == [True, True]


def test_file_is_synced_then_named_then_its_folder_is_synced(monkeypatch):
    done = []
    fsync, rename = os.fsync, type(storage.folder()).rename
    monkeypatch.setattr(os, "fsync", lambda file: (done.append("sync"), fsync(file)))
    monkeypatch.setattr(
        type(storage.folder()), "rename", lambda a, b: (done.append("name"), rename(a, b))
    )

    storage.keep(picture.read(factories.picture()))

    assert done == ["sync", "name", "sync", "name", "sync"]


class Killed(BaseException):
    """What ends a process between the file and the row."""


def test_crash_between_file_and_row_leaves_an_orphan_that_is_swept(item, folder, monkeypatch):
    def die(*args, **kwargs):
        raise Killed

    kept = factories.photo(item)
    with monkeypatch.context() as patched:
        patched.setattr("items.actions.photo.acting", die)
        with pytest.raises(Killed):
            factories.photo(item, words="另一张")
    (folder / f"{'0' * 32}.part").write_bytes(b"half")

    assert len(names(folder)) == 5
    assert photo_files.sweep() == []  # young files may belong to somebody who is at it
    grow_old(folder)
    assert len(photo_files.sweep()) == 3
    assert names(folder) == sorted([f"{kept.stem}.jpg", f"{kept.stem}-small.jpg"])
    assert photo_files.sweep() == []


@pytest.mark.usefixtures("emptied_tables")
def test_photos_that_come_at_once_are_all_there(folder):
    item = factories.item_at("in_progress")
    by = factories.owner_of(item)

    def add(words):
        return actions.add_photo(
            factories.models.Item.objects.get(pk=item.pk),
            by=by,
            file=factories.picture(),
            words=words,
            side="before",
            spot_title="东墙",
        )

    said = together(*[partial(add, words) for words in "一二三四"])

    assert [each.verb for each in said] == ["add_photo"] * 4
    assert Photo.objects.count() == 4
    assert item.spots.count() == 1
    assert checked() == ("8个文件，都是干净的图片。\n", False)


# check_photos


def test_clean_photos_are_no_fault(item):
    factories.public_photo(item)
    factories.photo(item)

    said, failed = checked()

    assert not failed
    assert "4" in said


def test_empty_folder_is_no_fault():
    assert not checked()[1]


@pytest.mark.parametrize(
    ("spoil", "word"),
    [
        (lambda path: path.write_bytes(corpus.full_of_notes()), "EXIF or XMP"),
        (lambda path: path.write_bytes(path.read_bytes() + b"PK"), "2 bytes after"),
        (lambda path: path.write_bytes(corpus.saved(corpus.quarters(), "PNG")), "no JPEG"),
        (lambda path: path.write_bytes(corpus.saved(corpus.noise(2049, 2049))), "4194304"),
        (lambda path: path.write_bytes(corpus.saved(corpus.quarters())), "台账"),
        (lambda path: path.unlink(), "缺失"),
        (lambda path: (path.parent / "note.txt").write_text("x"), "note.txt"),
        (lambda path: (path.parent / f"{'0' * 32}.jpg").write_bytes(path.read_bytes()), "0" * 32),
    ],
)
def test_what_is_wrong_with_a_file_is_said(item, spoil, word):
    photo = factories.public_photo(item)
    spoil(storage.path(photo.stem))

    said, failed = checked()

    assert failed
    assert word in said


def test_small_file_that_is_too_large_is_said(item):
    photo = factories.photo(item)
    large = picture.read(corpus.saved(corpus.noise(1200, 900))).large
    storage.path(photo.stem, small=True).write_bytes(large)

    assert checked()[1]


@pytest.mark.crawl
def test_no_stored_byte_says_where_or_by_whom(item, folder):
    marks = (corpus.SECRET, b"Exif", b"adobe", b"Photoshop", b"ICC_PROFILE", b"MPF")
    made = [make() for make in corpus.TAKEN.values()]
    telling = [sent for sent in made if any(mark in sent for mark in marks)]
    for sent in telling:
        factories.public_photo(item, file=sent)

    stored = [file.read_bytes() for file in folder.iterdir()]

    assert len(stored) == 2 * len(telling)
    for mark in marks:
        assert [sent for sent in telling if mark in sent], mark  # the control
    for mark in (*marks, b"GPS"):
        assert [file for file in stored if mark in file] == []
    assert not checked()[1]

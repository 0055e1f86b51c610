"""The drill: back up, lose everything, restore, compare every row and picture."""

import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from threading import Event, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from items import actions
from items.guards import triggers
from items.ledger import heads
from items.ledger.verify import verify
from items.models import Entry, Item, ItemList, Photo
from items.models.revision import Revision, current_revision
from items.photos import storage
from tests import factories
from tests.backup.whole_site import destroy, files, rows
from tests.factories import NOW, days
from welfare.backup import BackupError, archive, create, restore

pytestmark = pytest.mark.crawl

ROOT = Path(__file__).resolve().parents[2]


def test_everything_is_as_it_was(site, backups, settings):
    before = rows(), files()
    made = create.make(backups, NOW)
    destroy()

    restore.restore(made.path)

    assert (rows(), files()) == before
    assert triggers.missing(connection) == []
    assert heads.faults() == []
    assert (settings.LEDGER_DIR / "private-key.pem").stat().st_mode & 0o777 == 0o600
    assert storage.path(site.stem).stat().st_mode & 0o007 == 0


def test_encrypted_one_is_restored_with_its_key_alone(site, backups, settings):
    before = rows(), files()
    settings.BACKUP_KEY = archive.new_key()
    made = create.make(backups, NOW)
    assert b"items_photo" not in made.path.read_bytes()
    assert made.path.name.endswith(".tar.age")
    destroy()

    kept, settings.BACKUP_KEY = settings.BACKUP_KEY, ""
    with pytest.raises(BackupError, match="BACKUP_KEY"):
        restore.restore(made.path)
    settings.BACKUP_KEY = archive.new_key()
    with pytest.raises(BackupError, match="BACKUP_KEY"):
        restore.restore(made.path)
    settings.BACKUP_KEY = kept
    restore.restore(made.path)

    assert (rows(), files()) == before


# While people write


@contextmanager
def people_writing(items):
    """Let a thread for each item report and add photos until the block ends."""
    stop, failures, entries = Event(), [], []

    def write(item):
        try:
            count = 0
            while not stop.is_set():
                count += 1
                item = Item.objects.get(pk=item.pk)
                owner = factories.owner_of(item)
                actions.report_progress(item, by=owner, text=f"第{count}次", now=NOW)
                picture = factories.picture(f"rgb({count % 16 * 16}, {count // 16 * 16}, 0)")
                photo = factories.photo(item, file=picture)
                if count % 3 == 0:
                    office = factories.office_of(item)
                    actions.hide_photo(photo, by=office, reason="误传", now=NOW)
                entries.append(photo.entry_id)
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [Thread(target=write, args=[item]) for item in items]
    for thread in threads:
        thread.start()

    def wait_for(count):
        until = time.monotonic() + 60
        while len(entries) < count and not failures and time.monotonic() < until:
            stop.wait(0.01)

    try:
        wait_for(2)
        yield entries, wait_for
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert failures == []


def test_backup_made_while_people_write_is_of_one_moment(emptied_tables, backups):
    items = [factories.published_item() for _each in range(3)]
    with people_writing(items) as (entries, wait_for):
        acknowledged = list(entries)
        made = create.make(backups, NOW)
        wait_for(len(entries) + 3)
    written = {entry.pk: entry.hash for entry in Entry.objects.all()}
    pictures = files()
    destroy()

    restore.restore(made.path)

    there = {entry.pk: entry.hash for entry in Entry.objects.all()}
    assert there.keys() >= set(acknowledged)
    assert there.items() < written.items()  # a part of what was written, and nothing else
    assert [verify(each) for each in ItemList.objects.all()] == [[]] * 3
    for photo in Photo.objects.kept():
        for small in (False, True):
            place = storage.path(photo.stem, small=small)
            assert place.read_bytes() == pictures[place]


@pytest.fixture
def deleted_meanwhile(site, monkeypatch):
    """Let the picture be deleted for good once its row has been copied; return the copies made."""
    snapshots, kind = [], create.databases.kind()

    @contextmanager
    def snapshot(place, original=kind.snapshot):
        with original(place) as cursor:
            yield cursor
        if not snapshots:
            delete_for_good(site)
        snapshots.append(place)

    monkeypatch.setattr(kind, "snapshot", snapshot)
    return snapshots


def test_picture_deleted_meanwhile_begins_anew(site, backups, deleted_meanwhile):
    """Its row is in the copy, its files are gone: the copy is made once more."""
    made = create.make(backups, NOW)

    assert len(deleted_meanwhile) == 2
    assert made.missing == []
    manifest = archive.read(made.path, "")
    assert not any(site.stem in name for name in manifest["files"])


def test_without_beginning_anew_a_row_would_name_nothing(
    site, backups, deleted_meanwhile, monkeypatch
):
    """The negative control."""
    monkeypatch.setattr(create, "_deleted_meanwhile", lambda missing: False)

    assert len(create.make(backups, NOW).missing) == 2


def delete_for_good(photo):
    triggers.remove(connection)
    stem = photo.stem
    Photo.objects.filter(pk=photo.pk)._raw_delete("default")
    triggers.install(connection)
    storage.remove(stem)


def test_picture_that_the_site_lost_before_is_said_and_stops_nothing(site, backups):
    storage.path(site.stem, small=True).unlink()

    made = create.make(backups, NOW)

    assert made.missing == [f"media/photos/{site.stem}-small.jpg"]
    destroy()
    out, err = StringIO(), StringIO()
    call_command("restore", made.path, stdout=out, stderr=err)
    assert site.stem in err.getvalue()


# No remembered page matches


def test_revision_is_one_that_never_was(site, backups):
    at_backup = current_revision()
    made = create.make(backups, NOW)
    Revision.objects.update(number=Revision.objects.get().number + 10**18)  # a clock far ahead
    since = current_revision()

    restore.restore(made.path, overwrite=True)

    assert current_revision() > since > at_backup


# Refusals change nothing


def refused(path, match, **options):
    before = rows(), files()
    with pytest.raises(BackupError, match=match):
        restore.restore(path, **options)
    assert (rows(), files()) == before


def test_site_with_anything_in_it_is_left_alone(site, backups):
    made = create.make(backups, NOW)
    factories.published_item()

    refused(made.path, "--overwrite")
    restore.restore(made.path, overwrite=True)

    assert Item.objects.count() == 1


def test_site_that_was_only_migrated_is_empty(emptied_tables, backups):
    assert restore.is_empty()
    factories.Person()
    assert not restore.is_empty()


@pytest.mark.parametrize("place", ["MEDIA_ROOT", "LEDGER_DIR"])
def test_site_with_files_alone_is_not_empty(place, emptied_tables, settings):
    getattr(settings, place).mkdir(parents=True)
    assert restore.is_empty()
    (getattr(settings, place) / "one").write_text("something")
    assert not restore.is_empty()


def test_another_kind_of_database_is_refused(site, backups, rewritten):
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    path = rewritten(create.make(backups, NOW).path, database=other)

    refused(path, other, overwrite=True)


def test_backup_of_a_newer_version_is_refused(site, backups, rewritten):
    path = create.make(backups, NOW).path
    manifest = archive.read(path, "")
    newer = [*manifest["migrations"], ["items", "9999_to_come"]]

    refused(rewritten(path, migrations=newer), "9999_to_come", overwrite=True)
    refused(rewritten(path, format=2), "newer", overwrite=True)


@pytest.fixture
def rewritten():
    """Return a function that makes a backup say something else of itself."""

    def rewrite(path, **says):
        place = path.with_name("other.tar")
        with place.open("wb") as out, archive.writing(out) as writer:
            folder = path.parent / "unpacked"

            def put(name, content):
                file = folder / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content.read())

            manifest = archive.read(path, "", put)
            for name in manifest["files"]:
                writer.add(name, folder / name)
            told = {key: value for key, value in manifest.items() if key != "files"}
            writer.finish(told | says)
        return place

    return rewrite


def test_rows_that_are_not_what_the_backup_says_are_noticed(site, backups, rewritten):
    path = create.make(backups, NOW).path
    tables = archive.read(path, "")["tables"] | {"items_item": [7, "7"]}
    destroy()

    with pytest.raises(BackupError, match="items_item"):
        restore.restore(rewritten(path, tables=tables))


def test_older_backup_is_brought_up_to_this_version(site, backups):
    call_command("migrate", "welfare", "0001", verbosity=0)
    made = create.make(backups, NOW)
    call_command("migrate", verbosity=0)
    newer = set(connection.introspection.table_names())

    restore.restore(made.path, overwrite=True)

    assert set(connection.introspection.table_names()) == newer
    assert not any("welfare_jobrun" in name for name in archive.read(made.path, "")["tables"])


# The ledger's folder


def test_heads_that_were_signed_later_stay(site, backups, settings):
    made = create.make(backups, NOW)
    factories.published_item()
    heads.sign(NOW + days(1))
    before = files()

    restore.restore(made.path, overwrite=True)

    assert files().items() >= before.items()
    assert len(heads.faults()) == 1  # the list that was published since is gone, and that is said


def test_another_sites_heads_are_moved_aside(site, backups, settings):
    made = create.make(backups, NOW)
    key = (settings.LEDGER_DIR / "private-key.pem").read_bytes()
    (settings.LEDGER_DIR / "private-key.pem").write_bytes(b"another")

    restore.restore(made.path, overwrite=True)

    assert (settings.LEDGER_DIR / "private-key.pem").read_bytes() == key
    (aside,) = settings.VAR_DIR.glob("ledger.before-*")
    assert (aside / "private-key.pem").read_bytes() == b"another"


# Trying it out in a scratch place


def test_check_restores_elsewhere_and_clears_away(site, backups, settings):
    path = create.make(backups, NOW).path
    factories.published_item()
    before, databases = (rows(), files()), all_databases()
    out = StringIO()

    call_command("restore", path, "--check", stdout=out)

    assert (rows(), files()) == before
    assert all_databases() == databases
    assert not list(settings.VAR_DIR.glob("unfinished*"))
    assert "1" in out.getvalue()


def all_databases():
    if connection.vendor == "sqlite":
        return sorted(Path(connection.settings_dict["NAME"]).parent.glob("*scratch*"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        names = sorted(name for (name,) in cursor.fetchall())
    # Those of tests beside this one come and go.
    mine = connection.settings_dict["NAME"]
    return [name for name in names if name.startswith(mine) or not re.search(r"_gw\d+$", name)]


def test_check_says_when_the_ledger_does_not_hold(site, backups):
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE items_entry SET verb = 'claim'")
    triggers.install(connection)
    path = create.make(backups, NOW).path

    with pytest.raises(CommandError, match="verify_ledger"):
        call_command("restore", path, "--check", stdout=StringIO(), stderr=StringIO())


# A database that can't be read


def test_unreadable_sqlite_file_is_moved_aside(site, backups):
    if connection.vendor != "sqlite":
        return  # PostgreSQL's files are its own
    before = rows()
    path = create.make(backups, NOW).path
    place = Path(connection.settings_dict["NAME"])
    connection.close()
    for ending in ("-wal", "-shm"):
        place.with_name(place.name + ending).unlink(missing_ok=True)
    place.write_bytes(b"no database at all" * 1000)

    with pytest.raises(BackupError, match="--overwrite"):
        restore.restore(path)
    restore.restore(path, overwrite=True)

    assert rows() == before
    (aside,) = place.parent.glob(f"{place.name}.damaged-*")
    assert aside.read_bytes().startswith(b"no database")
    aside.unlink()


# A machine on which nothing is yet

SETTINGS = {"HTTP_ONLY": "1", "SECRET_KEY": "x" * 60, "DJANGO_SETTINGS_MODULE": "welfare.settings"}


def test_new_machine_needs_the_file_alone(site, backups, tmp_path):
    if connection.vendor != "sqlite":
        return  # a database is made by hand there
    made = create.make(backups, NOW)
    environment = os.environ | SETTINGS | {"VAR_DIR": str(tmp_path / "new/var"), "DATABASE_URL": ""}

    def manage(*command):
        command = [sys.executable, "manage.py", *command]
        done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        return done.stdout.decode()

    manage("restore", str(made.path))

    assert "1" in manage("verify_ledger")
    assert "2" in manage("check_photos")
    with pytest.raises(subprocess.CalledProcessError):
        manage("restore", str(made.path))  # now it isn't empty

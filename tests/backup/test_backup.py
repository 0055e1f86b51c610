"""A backup's file: whole or not there, read again, encrypted, kept as long as it should be."""

import os
import tarfile
from datetime import datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.factories import NOW, days
from welfare import jobs
from welfare.backup import BackupError, DiskFull, archive, create, retention
from welfare.backup.status import last_backup
from welfare.jobs.lock import only_one

pytestmark = pytest.mark.django_db


# The file


def test_archive_opens_without_this_program(backups, settings):
    settings.MEDIA_ROOT.mkdir(parents=True)
    (settings.MEDIA_ROOT / "picture.jpg").write_bytes(b"a picture")

    made = create.make(backups, NOW)

    with tarfile.open(made.path) as tar:
        assert tar.extractfile("media/picture.jpg").read() == b"a picture"
        assert tar.getnames()[0].startswith("database.")
        assert tar.getnames()[-1] == "manifest.json"
    assert made.path.stat().st_mode & 0o777 == 0o600


def test_encrypted_archive_is_age(backups, settings):
    settings.BACKUP_KEY = archive.new_key()

    made = create.make(backups, NOW)

    assert made.path.read_bytes().startswith(b"age-encryption.org/v1\n")


def test_unfinished_files_are_left_out(backups, settings):
    settings.MEDIA_ROOT.mkdir(parents=True)
    (settings.MEDIA_ROOT / "half.part").write_bytes(b"half a picture")

    assert not any("half" in name for name in names(create.make(backups, NOW)))


def names(made):
    return archive.read(made.path, "")["files"]


@pytest.mark.parametrize("key", ["", archive.new_key()], ids=["plain", "encrypted"])
def test_each_damage_is_found(key, backups, settings):
    settings.BACKUP_KEY = key
    settings.MEDIA_ROOT.mkdir(parents=True)
    (settings.MEDIA_ROOT / "picture.jpg").write_bytes(os.urandom(5000))
    path = create.make(backups, NOW).path
    whole = path.read_bytes()
    manifest = archive.read(path, key)  # the control: undamaged, it is read

    assert manifest["files"]["media/picture.jpg"]["size"] == 5000
    picture = whole.index(b"media/picture.jpg") + 1000 if not key else len(whole) // 2
    for damaged in (
        whole[:picture] + bytes([whole[picture] ^ 1]) + whole[picture + 1 :],
        whole[: len(whole) // 2],
        whole[:100],
        b"",
    ):
        path.write_bytes(damaged)
        with pytest.raises(BackupError, match="welfare-"):
            archive.read(path, key)


@pytest.mark.parametrize("name", ["media/../../etc/passwd", "/etc/passwd", "elsewhere/file", ".."])
def test_archive_of_somebody_else_is_refused(name, tmp_path):
    path, member = tmp_path / "other.tar", tmp_path / "member"
    member.write_bytes(b"")
    with path.open("wb") as out, archive.writing(out) as writer:
        writer.add(name, member)
        writer.finish({})

    with pytest.raises(BackupError):
        archive.read(path, "", lambda *_file: pytest.fail("unpacked"))


# Nothing half


@pytest.fixture
def full_disk(monkeypatch):
    """Let a backup's file take 4,000 bytes, and no more."""

    class Full:
        def __init__(self, file):
            self.file, self.left = file, 4000

        def __enter__(self):
            return self

        def __exit__(self, *failure):
            self.file.close()

        def write(self, content):
            self.left -= len(content)
            if self.left < 0:
                raise OSError(28, "No space left on device")
            return self.file.write(content)

        def __getattr__(self, name):
            return getattr(self.file, name)

    created = create._created
    monkeypatch.setattr(create, "_created", lambda place: Full(created(place)))


@pytest.mark.parametrize("key", ["", archive.new_key()], ids=["plain", "encrypted"])
def test_full_disk_leaves_nothing_and_says_so(key, backups, settings, full_disk):
    settings.BACKUP_KEY = key

    with pytest.raises(DiskFull, match=str(backups)):
        create.make(backups, NOW)

    assert list(backups.iterdir()) == []
    assert list(settings.VAR_DIR.iterdir()) == []


def test_too_little_room_is_said_before_anything_is_written(backups, monkeypatch):
    usage = create.shutil.disk_usage

    def nearly_full(place):
        return usage(place)._replace(free=1000)

    monkeypatch.setattr(create.shutil, "disk_usage", nearly_full)

    with pytest.raises(DiskFull, match="MB"):
        create.make(backups, NOW)


def test_folder_that_cannot_be_is_said(backups):
    with pytest.raises(BackupError, match="nowhere"):
        create.make(backups / "nowhere" / "at all", NOW)


def test_what_a_killed_backup_left_goes(backups, settings):
    backups.mkdir()
    left = backups / "welfare-2026-01-01T03-10-00.tar.age.part"
    left.write_bytes(b"half")
    (backups / "mine.part").write_bytes(b"not ours")
    copy = settings.VAR_DIR / "unfinished-backup-x"
    copy.mkdir(parents=True)

    create.make(backups, NOW)

    assert not left.exists()
    assert not copy.exists()
    assert (backups / "mine.part").exists()


def test_failing_backup_deletes_no_earlier_one(backups, full_disk):
    backups.mkdir()
    for nth in range(40):
        made_on(backups, NOW - days(nth))

    with pytest.raises(DiskFull):
        create.make(backups, NOW)

    assert len(retention.backups(backups)) == 40


# How long they are kept


def made_on(folder, moment):
    path = folder / retention.name(moment, encrypted=False)
    path.write_bytes(b"")
    return path


def test_seven_daily_four_weekly_twelve_monthly_ones_are_kept(backups):
    backups.mkdir()
    zone = ZoneInfo("Asia/Shanghai")
    last = datetime(2026, 12, 31, 3, 10, tzinfo=zone)
    for nth in range(800):
        made_on(backups, last - timedelta(days=nth))
        retention.prune(backups)  # as if it were the last one
    for nth in reversed(range(800)):
        made_on(backups, last - timedelta(days=nth))
    made_on(backups, last - timedelta(hours=2))
    other = backups / "welfare-notes.tar"
    other.write_bytes(b"")

    retention.prune(backups)

    kept = [f"{at:%m-%d}" for at in retention.backups(backups).values()]
    daily = ["12-31", "12-30", "12-29", "12-28", "12-27", "12-26", "12-25"]
    weekly = ["12-20", "12-13"]  # beside 31 and 27
    monthly = ["11-30", "10-31", "09-30", "08-31", "07-31", "06-30", "05-31", "04-30", "03-31"]
    assert kept == [*daily, *weekly, *monthly, "02-28", "01-31"]
    assert other.exists()


def test_days_without_a_backup_cost_none(backups):
    backups.mkdir()
    for nth in range(7):
        made_on(backups, NOW - days(100 + nth))

    assert retention.prune(backups) == []


# By tick


def test_tick_makes_one_a_day_where_a_folder_is_set(backups, settings):
    list(jobs.run_due(NOW))
    assert not backups.exists()

    settings.BACKUP_DIR = backups
    for moment in (NOW + days(1), NOW + days(1) + timedelta(hours=3), NOW + days(2)):
        list(jobs.run_due(moment))

    assert len(retention.backups(backups)) == 2


def test_command_and_tick_share_the_day(backups, settings, time_machine):
    time_machine.move_to(NOW)
    settings.BACKUP_DIR = backups
    out = StringIO()
    call_command("backup", stdout=out)
    list(jobs.run_due(NOW))

    assert len(retention.backups(backups)) == 1
    assert str(backups) in out.getvalue()


def test_command_needs_a_folder_and_its_turn(backups):
    with pytest.raises(CommandError, match="BACKUP_DIR"):
        call_command("backup")
    with only_one() as is_mine:
        assert is_mine
        with pytest.raises(CommandError):
            call_command("backup", backups)


def test_command_makes_a_key_that_works(backups, settings):
    out = StringIO()
    call_command("backup", new_key=True, stdout=out)
    settings.BACKUP_KEY = out.getvalue().strip()

    made = create.make(backups, NOW)

    assert archive.read(made.path, settings.BACKUP_KEY)["files"]


def test_wrong_key_is_said_before_anything_is_written(backups, settings):
    settings.BACKUP_KEY = "password"

    with pytest.raises(CommandError, match="--new-key"):
        call_command("backup", backups)

    assert not backups.exists()


# What the administrator reads


def test_status_says_never_made_failed_and_old(backups, settings, full_disk, monkeypatch):
    never = last_backup()
    assert (never.made_at, never.is_good) == (None, False)

    with pytest.raises(CommandError):
        call_command("backup", backups)
    failed = last_backup()
    assert (failed.failure, failed.made_at, failed.is_good) == ("DiskFull", None, False)

    monkeypatch.undo()
    call_command("backup", backups, stdout=StringIO())
    made = last_backup()
    assert (made.failed_at, made.is_good, made.is_old) == (None, True, False)
    assert made.age < timedelta(minutes=1)

    old = last_backup(timezone.now() + timedelta(hours=31))
    assert (old.is_old, old.is_good) == (True, False)

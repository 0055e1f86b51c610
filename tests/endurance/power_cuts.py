"""The power is cut while people write, 30 times: what was acknowledged is there, once and whole.

On PostgreSQL ten times, with a server of its own. The controls run on what doesn't wait for the
disk, and lose some.
"""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from contextlib import closing, suppress
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connection
from PIL import Image

from tests.endurance import disks
from tests.endurance.rounds import rounds
from tests.endurance.writers import TEXTS, Writers, prepared
from tests.serve.sites import served

pytestmark = [
    pytest.mark.usefixtures("emptied_tables"),
    pytest.mark.skipif(bool(disks.why_not()), reason=disks.why_not()),
]
ON_SQLITE = connection.vendor == "sqlite"
# The tests' own settings wait for no disk.
SETTINGS = """
import tests.settings
from welfare.settings import DATABASE_OPTIONS
told = DATABASE_OPTIONS["sqlite"]["init_command"]
tests.settings.DATABASES["default"]["OPTIONS"]["init_command"] = told{control}
"""
UNSYNCED = ".replace('synchronous=FULL', 'synchronous=OFF')"
STEMS = "SELECT stem FROM items_photo WHERE stem <> ''"
BEYOND_REPAIR = (-1, -1, -1, -1)


class SQLite:
    """The tests' database, copied onto a disk."""

    def __init__(self, disk):
        self.file = disk.folder / "db.sqlite3"
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as here:
            here.execute("VACUUM INTO ?", [str(self.file)])
        self.url = f"sqlite:///{self.file}"

    def start(self, *, synced):
        self.first = SETTINGS.format(control="" if synced else UNSYNCED)

    def kill(self):
        pass  # it ends with the site

    def ask(self, question):
        with closing(sqlite3.connect(self.file)) as here:
            return [value for (value,) in here.execute(question)]

    def is_whole(self):
        return self.ask("PRAGMA integrity_check") == ["ok"]


class PostgreSQL:
    """A server with its data on a disk, and in it a copy of the tests' database."""

    first = ""

    def __init__(self, disk):
        self.bin = Path(subprocess.check_output(["scripts/find_postgres.sh"], text=True).strip())
        self.sockets = disk.image.parent / "pg"
        self.sockets.mkdir()
        self.data = disk.folder / "data"
        self.pid_file = self.data / "postmaster.pid"
        for folder in (self.sockets, disk.folder):
            shutil.chown(folder, "postgres")
        told = ("--auth", "trust", "--username", "welfare", "--encoding", "UTF8")
        self.run("initdb", "--pgdata", self.data, *told, "--locale", "C.UTF-8")
        self.url = f"postgres://welfare@/{self.sockets}/postgres"
        self.start(synced=True)
        here = connection.settings_dict
        told = ("--host", here["HOST"], "--username", here["USER"], here["NAME"])
        dump = subprocess.check_output([self.bin / "pg_dump", *told])
        self.run("psql", *self.database(), "--quiet", input=dump)
        self.kill()

    def database(self):
        return ("--host", self.sockets, "--username", "welfare", "--dbname", "postgres")

    def run(self, program, *told, **how):
        command = ["runuser", "-u", "postgres", "--", self.bin / program, *told]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", **how)

    def start(self, *, synced):
        told = f"-c listen_addresses='' -c unix_socket_directories={self.sockets}"
        told += "" if synced else " -c fsync=off"
        log = self.sockets / "log"
        for left in (self.pid_file, self.sockets / ".s.PGSQL.5432.lock"):  # by one that was killed
            left.unlink(missing_ok=True)
        self.run(
            "pg_ctl", "--pgdata", self.data, "--log", log, "--wait", "--options", told, "start"
        )
        self.master = int(self.pid_file.read_text().split()[0])

    def kill(self):
        children = Path(f"/proc/{self.master}/task/{self.master}/children")
        with suppress(OSError):
            for pid in [self.master, *map(int, children.read_text().split())]:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        time.sleep(0.5)

    def ask(self, question):
        command = [self.bin / "psql", *self.database(), "--tuples-only", "--no-align"]
        return subprocess.check_output([*command, "--command", question], text=True).splitlines()

    def is_whole(self):
        return bool(self.ask("SELECT count(*) FROM items_entry"))


@pytest.fixture
def folder():
    with tempfile.TemporaryDirectory(prefix="welfare-power-") as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


def cuts(folder, count, *, synced):
    """Cut the power so often while people write; yield what each time was lost, doubled, broken."""
    items, session = prepared()
    with disks.disk(folder) as disk:
        database = (SQLite if ON_SQLITE else PostgreSQL)(disk)
        photos = disk.folder / "welfare-tests-var"
        photos.mkdir()
        done = []
        for _cut in range(count):
            database.start(synced=synced)
            told = {"DATABASE_URL": database.url, "VAR_DIR": str(photos)}
            with served(first=database.first, **told) as site:
                writers = Writers(site.port, items, session)
                time.sleep(random.uniform(1, 4))
                moment = time.monotonic()
                disk.cut()
                time.sleep(0.2)
            writers.ended.set()
            for thread in writers.threads:
                thread.join()
            writers.unsay_after(moment)  # nobody answers without power
            database.kill()
            disk.come_back()
            done.append(writers)
            found = found_after(database, done, photos / "media/photos")
            yield found
            if found == BEYOND_REPAIR:
                return


def found_after(database, done, photos):
    """Return how many are lost, stand twice, and lack a photo, and how many are there."""
    try:
        database.start(synced=True)
        if not database.is_whole():
            return BEYOND_REPAIR
        texts, stems = database.ask(TEXTS), database.ask(STEMS)
    except (sqlite3.DatabaseError, subprocess.CalledProcessError):
        return BEYOND_REPAIR
    finally:
        database.kill()
    counts = [writers.lost_and_doubled(texts) for writers in done]
    lost, doubled = (sum(count) for count in zip(*counts, strict=True))
    return lost, doubled, sum(not are_pictures(photos, stem) for stem in stems), len(texts)


def are_pictures(photos, stem):
    """Tell whether both files of a photo are there, and whole."""
    try:
        for name in (f"{stem}.jpg", f"{stem}-small.jpg"):
            Image.open(BytesIO((photos / name).read_bytes())).load()
    except OSError:
        return False
    return True


def test_no_power_cut_loses_what_was_acknowledged(folder):
    found = list(cuts(folder, rounds(30 if ON_SQLITE else 10), synced=True))
    print(f"\n{len(found)} power cuts; lost, doubled, without a photo, there: {found[-1]}")

    assert [each[:3] for each in found] == [(0, 0, 0)] * len(found)
    assert found[-1][3] > len(found)  # they wrote indeed


def test_without_waiting_for_the_disk_some_is_lost(folder):
    """The negative control."""
    found = list(cuts(folder, max(4, rounds(8)), synced=False))
    print(f"\n{len(found)} power cuts, nothing synced: {found}")

    assert any(each[0] or each == BEYOND_REPAIR for each in found)

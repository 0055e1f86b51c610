"""`kill -9` under load, 50 times, on either database: what was acknowledged stands there, once."""

import os
import random
import signal
import time
from contextlib import suppress
from io import BytesIO

import pytest
from django.core.management import call_command
from django.db import connection
from PIL import Image

from items.models import Photo
from items.photos import storage
from tests.endurance.rounds import rounds
from tests.endurance.writers import TEXTS, Writers, prepared
from tests.ports import free_port
from tests.serve.sites import TAKES, database_url, served

pytestmark = pytest.mark.usefixtures("emptied_tables")
BACK_WITHIN = 10  # seconds, on a busy machine

VICTIMS = {
    "all workers": lambda site: site.workers,
    "the front": lambda site: [site.front],
    "gunicorn's master": lambda site: [site.master],
    "workers and front": lambda site: [*site.workers, site.front],
    "one of them": lambda site: [random.choice(site.family()[1:])],
    "the supervisor": lambda site: [site.process.pid],
    "everything": lambda site: site.family(),
}


def kill(pids):
    for pid in filter(None, pids):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def texts():
    with connection.cursor() as cursor:
        cursor.execute(TEXTS)
        return [text for (text,) in cursor.fetchall()]


def test_no_kill_loses_or_doubles_what_was_acknowledged():
    (items, session), port = prepared(), free_port()
    kinds = [list(VICTIMS)[number % len(VICTIMS)] for number in range(rounds(50))]
    done, back, left = [], [0.0], list(kinds)
    while left:  # a site ends with its supervisor; the next one takes its place
        with served(port=port, DATABASE_URL=database_url()) as site:
            while left and site.process.poll() is None:
                kind, writers = left.pop(0), Writers(port, items, session)
                time.sleep(random.uniform(0.5, 2))
                kill(VICTIMS[kind](site))
                time.sleep(0.2)
                if site.process.poll() is None:
                    back.append(answers_again(site))
                    time.sleep(0.5)
                writers.ended.set()
                done.append((kind, writers))
    with served(port=port, DATABASE_URL=database_url()):
        for _kind, writers in done:
            writers.end()

    found = texts()
    counted = {(kind, *writers.lost_and_doubled(found)) for kind, writers in done}
    sent = [form for _kind, writers in done for form in writers.sent]
    acknowledged = sum(form.is_acknowledged for form in sent)
    print(
        f"\n{len(done)} kills; {len(sent)} forms, {acknowledged} acknowledged, of the others"
        f" {sum(not form.status for form in sent)} had no answer and were sent again;"
        f" the site answered again within {max(back):.1f} s"
    )
    assert {each for each in counted if any(each[1:])} == set()
    assert acknowledged > 5 * len(done)
    assert max(back) < BACK_WITHIN
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    call_command("verify_ledger")
    assert broken_photos() == []


def answers_again(site):
    begun = time.monotonic()
    while time.monotonic() - begun < TAKES:
        with suppress(OSError):
            if site.get("/none/?x")[0] == 404 and site.get("/suggest/")[0] == 200:
                return time.monotonic() - begun
        time.sleep(0.05)
    return TAKES


def broken_photos():
    """Return the photos of the ledger whose files are missing, or aren't whole."""
    broken = []
    for photo in Photo.objects.kept():
        for small in (False, True):
            try:
                Image.open(BytesIO(storage.content(photo.stem, small=small) or b"")).load()
            except OSError:
                broken.append((photo.pk, small))
    return broken

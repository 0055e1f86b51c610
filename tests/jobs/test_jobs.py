"""The site's clock: two ticks at once, one that is killed, a week without: each job once."""

import os
import shutil
import signal
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path
from threading import Event

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection

from items import actions
from items.actions.kept_upload import Keeper
from items.models import Answered, Contact, HardshipFile, Verdict
from items.models.ledger_export import Base
from items.photos import storage
from items.sheets import uploads
from tests import factories
from tests.factories import NOW, PUBLISHED_ON, days
from tests.items.actions.acts import put_up
from tests.items.keeping import keep_photos
from tests.items.racing import together
from welfare import jobs
from welfare.jobs.lock import only_one
from welfare.models import JobRun, Tally

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
LATER = NOW + days(400)  # when all that has its time is over


@pytest.fixture(autouse=True)
def folders(tmp_path, settings):
    settings.LEDGER_DIR = tmp_path / "ledger"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.BACKUP_DIR = None
    shutil.rmtree(uploads.folder(), ignore_errors=True)  # what other tests left


def run_due(now=LATER):
    """Run what is due; return how many things each job did, or how it failed."""
    return {run.job: run.failure or run.count for run in jobs.run_due(now)}


# Each job does what there is to do, and not again


def move_a_ledger():
    factories.published_item()


def end_a_suggestion_with_contact():
    committee = factories.Committee()
    sent = factories.suggestion(committee, contact="分机 301")
    actions.decline(
        sent, reason="not_ours", by=factories.office(committee), text="不归厂里管", now=NOW
    )


def end_a_hardship_item():
    item = factories.item_at("in_progress", hardship=True)
    factories.case_file(item)
    factories.withdraw(item, now=NOW)


def issue_a_bulletin():
    factories.issued_bulletin(factories.published_item().list)


def put_up_a_withdrawal():
    put_up(factories.item_at("in_progress"))


def answer_about_an_item():
    row = factories.item_at("pending_check").verdict_rounds.get()
    Verdict(round=row, day=NOW.date(), grade="good", verified=True).save()


def doubt_an_item():
    factories.doubt(factories.item_at("resolved"), PUBLISHED_ON + days(3))


def coach_a_worker():
    item = factories.item_at("resolved")
    actions.tell_coaching(item, words="让按办好了", key=7, today=PUBLISHED_ON - days(500))


def know_who_answered():
    row = factories.item_at("resolved").verdict_rounds.get()
    Answered.objects.create(round=row, digest="a browser")


def sign_off_in_a_quarter():
    item = factories.item_at("pending_check")
    factories.sign_off(item, LATER - timedelta(days=60))


def export_a_ledger():
    export = actions.number_export(factories.ItemList(), by=None, inside=False, columns=[], now=NOW)
    actions.keep_base(export, Base().packed())


def count_a_sender():
    Tally.objects.create(key="browser", hour=1, count=3)


def count_a_wrong_try():
    cache.clear()
    cache.set("guess:expired", (3, 0), 60)
    cache.set("guess:for-ever", (3, 0), None)


def leave_a_session():
    session = Session.objects.create(session_key="x" * 32, expire_date=NOW)
    person = factories.Person()
    UserSession.objects.create(user=person, session_key=session.session_key, ip="127.0.0.1")


def leave_a_photo_in_a_form():
    keep_photos(1, Keeper(person=factories.Person()), now=LATER - timedelta(hours=2))


def break_an_upload():
    storage.folder().mkdir(parents=True)
    orphan = storage.path("0" * 32)
    orphan.write_bytes(b"")
    os.utime(orphan, (0, 0))


def leave_a_print():
    kept = Path(settings.VAR_DIR) / "printed"
    kept.mkdir(exist_ok=True)
    (kept / "0.pdf").write_bytes(b"%PDF-")


def leave_a_sheet():
    person = factories.Person()
    uploads.keep(uploads.Upload(b"", "a.csv", list=1), person)
    os.utime(uploads.folder() / f"{person.pk}.sheet", (0, 0))


def ask_for_backups():
    settings.BACKUP_DIR = settings.LEDGER_DIR.parent / "backups"


WORK = {
    "sign_heads": move_a_ledger,
    "count_verdicts": answer_about_an_item,
    "carry_out_announced": put_up_a_withdrawal,
    "open_reviews": doubt_an_item,
    "draw_look_backs": sign_off_in_a_quarter,
    "forget_answered": know_who_answered,
    "forget_coachings": coach_a_worker,
    "forget_contacts": end_a_suggestion_with_contact,
    "forget_cases": end_a_hardship_item,
    "forget_exports": export_a_ledger,
    "forget_tallies": count_a_sender,
    "forget_counters": count_a_wrong_try,
    "clear_sessions": leave_a_session,
    "forget_uploads": leave_a_photo_in_a_form,
    "forget_sheets": leave_a_sheet,
    "print_bulletins": issue_a_bulletin,
    "forget_prints": leave_a_print,
    "sweep_photos": break_an_upload,
    "backup": ask_for_backups,
}


# It does nothing within a transaction, as tests are: tests/guards/test_arrival.py
ELSEWHERE = {"forget_order"}


def test_each_job_has_its_work_here():
    assert set(WORK) == set(jobs.JOBS) - ELSEWHERE


@pytest.mark.parametrize("job", WORK)
def test_job_does_its_work_once(job):
    WORK[job]()

    assert run_due()[job] == 1
    JobRun.objects.all().delete()  # as if it had been killed before its line was written
    assert run_due()[job] == 0


def test_what_was_forgotten_is_gone():
    end_a_suggestion_with_contact()
    end_a_hardship_item()
    leave_a_session()
    run_due()

    assert not Contact.objects.exists()
    assert [bytes(file.content) for file in HardshipFile.objects.all()] == [b""]
    assert not Session.objects.exists()
    assert not UserSession.objects.exists()


def test_job_is_done_once_a_day():
    assert set(run_due()) == set(jobs.JOBS)
    for work in WORK.values():
        work()

    assert run_due() == dict.fromkeys(jobs.EACH_TICK, 1)
    assert run_due() == {}


def test_week_without_a_tick_is_made_up_for_once():
    run_due(LATER - days(7))
    for work in WORK.values():
        work()

    assert run_due() == {**dict.fromkeys(jobs.JOBS, 1), "sign_heads": 9, "forget_order": 0}
    assert run_due() == {}


# One that fails, or is killed


def break_a_job(monkeypatch, failure):
    def job(now):
        raise failure

    monkeypatch.setitem(jobs.JOBS, "forget_cases", job)


def test_failing_job_holds_up_no_other_and_is_tried_again(monkeypatch):
    cache.clear()  # counters of other tests would be forgotten here
    with monkeypatch.context() as broken:
        break_a_job(broken, OSError("罗班长的电话 13900000000"))
        done = run_due()
    assert done == {**dict.fromkeys(jobs.JOBS, 0), "forget_cases": "OSError"}
    assert "139" not in JobRun.objects.get(job="forget_cases").failure

    assert run_due() == {"forget_cases": 0}
    run = JobRun.objects.get(job="forget_cases")
    assert (run.attempts, run.failure, run.ended_at is None) == (2, "", False)


def test_command_says_what_failed(monkeypatch):
    break_a_job(monkeypatch, OSError())

    with pytest.raises(CommandError, match="forget_cases"):
        call_command("tick", stdout=StringIO(), stderr=StringIO())


def test_job_that_was_killed_is_done_by_the_next_tick(monkeypatch):
    with monkeypatch.context() as broken:
        break_a_job(broken, KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            run_due()
    assert JobRun.objects.get(job="forget_cases").ended_at is None

    after = [*jobs.JOBS][[*jobs.JOBS].index("forget_cases") :]
    assert list(run_due()) == after
    assert not JobRun.objects.filter(ended_at=None).exists()


# Two at once


def test_lock_is_for_one():
    def hold():
        with only_one() as is_mine:
            if is_mine:
                waiting.wait(30)
            else:
                waiting.set()
            return is_mine

    waiting = Event()
    assert sorted(together(hold, hold)) == [False, True]
    with only_one() as is_mine:
        assert is_mine  # it ended with the block


def test_second_tick_does_nothing():
    out = StringIO()
    with only_one() as is_mine:
        assert is_mine
        call_command("tick", stdout=out)

    assert not JobRun.objects.exists()
    assert len(out.getvalue().splitlines()) == 1


HOLD = """
import django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = {name!r}
from welfare.jobs.lock import only_one
with only_one() as is_mine:
    print(is_mine, flush=True)
    input()
"""


@pytest.mark.crawl
def test_lock_of_a_killed_tick_is_free():
    code = HOLD.format(name=str(connection.settings_dict["NAME"]))
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout.readline() == "True\n"
        with only_one() as is_mine:
            assert not is_mine
        other.send_signal(signal.SIGKILL)
        other.wait()

    for _attempt in range(100):  # PostgreSQL takes a moment to see that nobody is there
        with only_one() as is_mine:
            if is_mine:
                break
    assert is_mine

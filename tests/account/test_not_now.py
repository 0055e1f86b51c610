"""Where a password can't be looked at, nobody is told that it is wrong."""

import errno
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Event

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from django.test import Client

from tests.account.conftest import browser, log_in, words
from tests.account.test_login_limit import gets_in
from welfare.account import password_check
from welfare.account.login_limit import PER_ADDRESS

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path


@pytest.fixture
def no_place(monkeypatch):
    """Let others hold all places."""
    monkeypatch.setattr(password_check, "PATIENCE", 0.05)
    with ExitStack() as held:
        for _each in range(password_check.PLACES):
            held.enter_context(password_check.place())
        yield held


def test_login_without_a_place_is_503_and_keeps_the_login(person, no_place):
    response = log_in()

    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "正在登录的人太多" in words(response)
    assert 'value="zhang"' in words(response)
    assert "错误次数太多" not in words(response)


def test_it_counts_as_no_failure(person, no_place):
    for _each in range(PER_ADDRESS.free + 5):
        log_in()
    no_place.close()

    assert gets_in()


def test_known_browser_has_a_place_that_no_stranger_takes(person, monkeypatch):
    client = browser()
    client.post("/account/logout/")
    monkeypatch.setattr(password_check, "PLACES", 0)
    monkeypatch.setattr(password_check, "PATIENCE", 0)

    assert log_in().status_code == 503  # the control
    assert gets_in(client=client)


def test_present_password_without_a_place_is_not_called_wrong(person, monkeypatch):
    client = browser()
    monkeypatch.setattr(password_check, "PATIENCE", 0)
    monkeypatch.setattr(password_check, "KNOWN_PLACES", 0)

    answer = client.post("/account/password/", {"old_password": "x"})

    assert "正在登录的人太多" in words(answer)


def test_places_are_few_and_those_who_wait_too():
    """The control: as many as there are places get one at once."""
    inside, most, done = [], [], Event()

    def check(_number):
        try:
            with password_check.place():
                inside.append(1)
                most.append(len(inside))
                done.wait(0.3)
                inside.pop()
        except password_check.Busy:
            return False
        return True

    with ThreadPoolExecutor(16) as threads:
        got = list(threads.map(check, range(16)))

    assert max(most) == password_check.PLACES
    assert sum(got) == password_check.PLACES + password_check.WAITING


HOLD = """
import os, sys
import django
django.setup()
from django.conf import settings
settings.VAR_DIR = sys.argv[1]
from welfare.account import password_check
held = [password_check.place() for _each in range(password_check.PLACES)]
for place in held:
    place.__enter__()
print("held", flush=True)
input()
"""


@pytest.mark.crawl
def test_places_are_counted_over_processes_and_free_after_a_kill(folder, monkeypatch):
    monkeypatch.setattr(password_check, "PATIENCE", 0.05)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(password_check.Busy), password_check.place():
            pass
        other.kill()
        other.wait()

    with password_check.place():
        pass


# A database that can't write


@pytest.mark.parametrize(
    ("said", "status", "sentence"),
    [
        ("database or disk is full", 507, "磁盘已满"),
        ('could not extend file "base/1/2": No space left on device', 507, "磁盘已满"),
        ("database is locked", 503, "暂时不能保存"),
        ("cannot execute INSERT in a read-only transaction", 503, "暂时不能保存"),
    ],
)
def test_right_password_is_not_called_wrong(person, monkeypatch, said, status, sentence):
    with monkeypatch.context() as failing:
        no_writes(failing, said)
        response = log_in()

    assert response.status_code == status
    assert sentence in words(response)
    assert 'value="zhang"' in words(response)
    assert "错误" not in words(response)
    assert gets_in()


@pytest.mark.parametrize(("number", "status"), [(errno.ENOSPC, 507), (errno.EROFS, 503)])
def test_place_that_cannot_be_made_is_said(person, monkeypatch, number, status):
    def fail(*_asked):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(password_check, "_take", fail)

    assert log_in().status_code == status


@pytest.mark.parametrize(
    ("said", "status"), [("database or disk is full", 507), ("database is locked", 503)]
)
def test_session_that_cannot_be_written_is_no_bad_request(person, monkeypatch, said, status):
    """A disk may fill up between the look at the password and the end of the request."""
    with monkeypatch.context() as failing:
        no_writes(failing, said, into='UPDATE "django_session"')
        response = log_in(client=Client(raise_request_exception=False), origin="http://testserver")

    assert response.status_code == status
    assert "zhang" in words(response)
    assert "错误" not in words(response)
    assert gets_in()


def test_session_that_was_ended_meanwhile_stays_ended(person):
    client = browser()
    session = client.session
    Session.objects.all().delete()

    with pytest.raises(UpdateError):
        session.save()


def no_writes(monkeypatch, said, into=""):
    """Let the database refuse every write that says `into`, in these words."""
    execute = CursorWrapper._execute

    def fail(self, sql, params, *ignored):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and into in sql:
            raise OperationalError(said)
        return execute(self, sql, params, *ignored)

    monkeypatch.setattr(CursorWrapper, "_execute", fail)


def test_without_the_look_it_would_be_swallowed(monkeypatch):
    """The negative control: Django's cache says of a full disk only that it wrote nothing."""
    no_writes(monkeypatch, "database or disk is full")

    assert cache.add("key", 1) is False

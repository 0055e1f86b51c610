"""`manage.py` where the database can't be used: a sentence, and no traceback."""

import os
import subprocess
import sys

import pytest
from django.conf import settings


def run(command, url, *more):
    told = {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": url}
    return subprocess.run(
        [sys.executable, "manage.py", command, *more],
        cwd=settings.BASE_DIR,
        env={**os.environ, **told},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("where", ["none/db.sqlite3", "."], ids=["no folder", "a folder"])
def test_database_that_cannot_be_opened_is_said(where, tmp_path):
    done = run("migrate", f"sqlite:///{tmp_path / where}")

    assert done.returncode == 1
    assert "The database can’t be used: unable to open database file" in done.stderr
    assert "Traceback" not in done.stderr


def test_file_that_is_no_database_is_said(tmp_path):
    (tmp_path / "db.sqlite3").write_bytes(b"none " * 1000)

    done = run("migrate", f"sqlite:///{tmp_path}/db.sqlite3")

    assert "The database can’t be used: file is not a database" in done.stderr
    assert "Traceback" not in done.stderr


def test_server_that_does_not_run_is_said():
    done = run("migrate", "postgres://welfare@127.0.0.1:1/welfare")

    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "The database can’t be used: connection to server" in done.stderr


def test_traceback_is_shown_to_who_asks_for_it(tmp_path):
    done = run("migrate", f"sqlite:///{tmp_path}/none/db.sqlite3", "--traceback")

    assert "Traceback" in done.stderr

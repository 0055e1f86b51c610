"""A database without a trigger that it should have is said by check, start and verify_ledger."""

import logging
import os
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings as site
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection
from django.utils.translation import override

from items.guards import checks, triggers
from tests.items.published import run

pytestmark = pytest.mark.django_db


@pytest.fixture
def lifted():
    """Drop one trigger, as somebody with the database's own rights could; return its name."""
    on = " ON items_entry" if connection.vendor == "postgresql" else ""
    run(f"DROP TRIGGER guard_entry_update{on}")
    return "guard_entry_update"


def ours(**asked):
    return [said for said in run_checks(**asked) if said.id == "items.W001"]


def check():
    with override("en"):
        call_command("check", databases=["default"], fail_level="WARNING")


def test_nothing_is_said_while_all_are_there():
    assert ours(databases=["default"]) == []
    check()


def test_check_names_what_is_missing_and_the_remedy(lifted):
    with pytest.raises(SystemCheckError) as said:
        check()

    assert "The database “default” does not guard the ledger" in str(said.value)
    assert f"missing or made otherwise: 1 ({lifted})" in str(said.value)
    assert "Run `manage.py migrate`" in str(said.value)


def test_it_is_said_in_chinese(lifted):
    (said,) = ours(databases=["default"])

    assert "数据库“default”" in said.msg
    assert "`manage.py migrate`" in said.hint


def test_many_are_counted_and_some_named():
    connection.check_constraints()
    triggers.remove(connection)

    (said,) = ours(databases=["default"])

    assert str(len(list(triggers._triggers(connection)))) in said.msg
    assert said.msg.count("guard_") == checks.NAMED


def test_nothing_is_asked_of_a_database_that_is_not_checked(lifted, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert ours() == []


def test_new_database_lacks_nothing_yet(lifted, monkeypatch):
    monkeypatch.setattr(triggers, "TABLES", ["table_of_a_later_migration"])

    assert ours(databases=["default"]) == []


def test_migrate_mends_it(lifted):
    with StringIO() as out:
        call_command("migrate", verbosity=0, skip_checks=False, stdout=out, stderr=out)

    assert ours(databases=["default"]) == []


def test_verify_ledger_says_it(lifted):
    with override("en"), pytest.raises(CommandError, match=f"{lifted}.*manage.py migrate"):
        call_command("verify_ledger", stdout=StringIO())


def test_start_logs_it(lifted, caplog):
    checks.warn_of_unguarded(logging.getLogger("welfare.wsgi"))

    (logged,) = caplog.records
    assert (logged.levelname, logged.name) == ("WARNING", "welfare.wsgi")
    assert lifted in logged.message
    assert "`manage.py migrate`" in logged.message


def test_start_logs_nothing_while_all_are_there(caplog):
    checks.warn_of_unguarded(logging.getLogger("welfare.wsgi"))

    assert caplog.records == []


def test_start_goes_on_without_a_database(monkeypatch, caplog):
    def unreachable(connection):
        raise DatabaseError

    monkeypatch.setattr(triggers, "missing", unreachable)

    checks.warn_of_unguarded(logging.getLogger("welfare.wsgi"))

    assert caplog.records == []


if connection.vendor == "sqlite":

    @pytest.mark.crawl
    @pytest.mark.parametrize("lacking", [True, False])
    def test_site_says_it_as_it_starts(lacking, request, tmp_path):
        if lacking:
            request.getfixturevalue("lifted")
        (tmp_path / "db.sqlite3").write_bytes(connection.connection.serialize())
        done = subprocess.run(
            [sys.executable, "-c", "import welfare.wsgi"],
            cwd=site.BASE_DIR,
            env={
                "PATH": os.environ["PATH"],
                "DJANGO_SETTINGS_MODULE": "welfare.settings",
                "SECRET_KEY": site.SECRET_KEY,
                "HTTP_ONLY": "1",
                "VAR_DIR": str(tmp_path),
            },
            capture_output=True,
            text=True,
            check=True,
        )

        assert ("WARNING welfare.wsgi: HTTP_ONLY" in done.stderr) is True
        assert ("guard_entry_update" in done.stderr) is lacking

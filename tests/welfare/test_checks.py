"""`manage.py check --deploy`: each thing that an operator would want to know, and no noise."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from welfare import checks
from welfare.backup import archive
from welfare.models import JobRun

GOOD = {
    "HTTP_ONLY": False,
    "ALLOWED_HOSTS": ["welfare.example"],
    "SITE_URL": "https://welfare.example",
    "TRUSTED_PROXIES": 1,
    "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    "MAIL_IS_SENT": True,
    "DEFAULT_FROM_EMAIL": "list@welfare.example",
    "BACKUP_KEY": archive.new_key(),
}


@pytest.fixture
def good(settings, tmp_path, monkeypatch):
    """Let the site be one to which nothing has to be said."""
    for name, value in GOOD.items():
        setattr(settings, name, value)
    settings.VAR_DIR = tmp_path / "var"
    settings.MEDIA_ROOT = settings.VAR_DIR / "media"
    settings.STATIC_ROOT = settings.VAR_DIR / "static"
    settings.LEDGER_DIR = tmp_path / "ledger"
    settings.BACKUP_DIR = tmp_path / "backups"
    (settings.STATIC_ROOT / "css").mkdir(parents=True)
    monkeypatch.setattr(checks, "LOW", 1)
    return settings


def said():
    return {message.id: message for message in checks.site()}


def test_nothing_is_said_to_a_good_site(good):
    assert said() == {}


WRONG = {
    "welfare.W001": {"HTTP_ONLY": True},
    "welfare.W002": {"ALLOWED_HOSTS": ["localhost"], "SITE_URL": "https://localhost"},
    "welfare.W003": {"ALLOWED_HOSTS": ["*"]},
    "welfare.W004": {"SITE_URL": "https://elsewhere.example"},
    "welfare.W005": {"SITE_URL": "http://welfare.example"},
    "welfare.W006": {"TRUSTED_PROXIES": 0},
    "welfare.W007": {"SECURE_PROXY_SSL_HEADER": None},
    "welfare.I001": {"MAIL_IS_SENT": False},
    "welfare.W008": {"DEFAULT_FROM_EMAIL": "webmaster@localhost"},
    "welfare.W011": {"STATIC_ROOT": "/nowhere"},
    "welfare.E003": {"BACKUP_KEY": "a password"},
    "welfare.I003": {"BACKUP_KEY": ""},
}


@pytest.mark.parametrize("which", WRONG)
def test_each_wrong_setting_is_said_alone_and_with_its_remedy(which, good):
    for name, value in WRONG[which].items():
        setattr(good, name, value)

    found = said()

    assert list(found) == [which]
    assert found[which].hint or which == "welfare.E003"  # whose sentence says what to do


def test_backups_among_the_photos(good):
    good.BACKUP_DIR = good.MEDIA_ROOT / "backups"

    assert "welfare.E004" in said()


def test_backups_on_the_same_disk(good):
    good.BACKUP_DIR.mkdir()

    assert set(said()) == {"welfare.I002"}


def test_full_disk(good, monkeypatch):
    monkeypatch.setattr(checks, "LOW", 2**70)

    assert "welfare.W009" in said()


def test_folder_of_somebody_else(good, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_asked: False)

    assert "welfare.E002" in said()


def test_signed_heads_beside_the_database(good, monkeypatch):
    good.LEDGER_DIR = Path(connection.settings_dict["NAME"]).parent / "ledger"

    is_file = connection.vendor == "sqlite"
    assert ("welfare.W010" in said()) == is_file


def test_missing_programs_of_postgresql(good, monkeypatch):
    monkeypatch.setenv("PATH", "")

    assert ("welfare.W012" in said()) == (connection.vendor == "postgresql")


def of_database():
    return [message.id for message in checks.database(databases=["default"])]


@pytest.mark.django_db
def test_clock_and_backup_that_never_ran_or_long_ago():
    assert of_database() == ["welfare.W013", "welfare.W014"]

    now = timezone.now()
    JobRun.objects.create(job="backup", day=now, started_at=now, ended_at=now, count=1)
    assert of_database() == ["welfare.W013"]

    JobRun.objects.create(job="sign_heads", day=now, started_at=now, ended_at=now)
    assert of_database() == []

    long_ago = now - timedelta(days=2)
    JobRun.objects.update(started_at=long_ago, ended_at=long_ago)
    assert of_database() == ["welfare.W013", "welfare.W014"]


@pytest.mark.django_db
def test_nothing_is_asked_of_a_database_that_was_not_named():
    assert checks.database(databases=None) == []


@pytest.mark.usefixtures("emptied_tables")
def test_database_of_an_older_version():
    call_command("migrate", "welfare", "0001", verbosity=0)
    try:
        assert of_database() == ["welfare.E001"]
    finally:
        call_command("migrate", verbosity=0)


@pytest.mark.django_db
def test_program_older_than_the_server(good, tmp_path, monkeypatch):
    old = tmp_path / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6'\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert ("welfare.W015" in of_database()) == (connection.vendor == "postgresql")

"""What `manage.py check --deploy --database default` says to whoever runs the site.

Each says what follows from a setting, and what to do. What Django's own checks say already (DEBUG,
a weak SECRET_KEY) isn't said twice.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Warning
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http.request import validate_host
from django.utils import timezone
from django.utils.translation import gettext as _

from welfare.backup import BackupError, archive, postgresql
from welfare.backup.create import megabytes
from welfare.backup.status import JOB, last_backup
from welfare.models import JobRun

LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}
LOW = 2**30  # bytes; a photo takes 0.3 MB, a backup as much as the site
SILENT = timedelta(days=1)  # so long no tick


def site(app_configs=None, **kwargs) -> list[CheckMessage]:
    """Say what is missing in the settings and on the disk."""
    return [*_addresses(), *_proxies(), *_letters(), *_folders(), *_backups(), *_programs()]


def database(databases=None, **kwargs) -> list[CheckMessage]:
    """Say what is missing in the database, and what hasn't run."""
    if not databases:
        return []
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return [
            Error(
                _("The database isn’t of this version."),
                hint=_("Run `manage.py migrate`."),
                id="welfare.E001",
            )
        ]
    return [*_clock(), *_last_backup(), *_versions()]


def _addresses() -> Iterator[CheckMessage]:
    if settings.HTTP_ONLY:
        yield Warning(
            _("HTTP_ONLY=1: passwords and names cross the network in the clear."),
            hint=_("Leave HTTP_ONLY out, and put HTTPS before the site."),
            id="welfare.W001",
        )
    if LOOPBACK.issuperset(settings.ALLOWED_HOSTS):
        yield Warning(
            _("ALLOWED_HOSTS: the site answers this machine alone."),
            hint=_("Set ALLOWED_HOSTS to the names by which it is called."),
            id="welfare.W002",
        )
    elif "*" in settings.ALLOWED_HOSTS:
        yield Warning(
            _("ALLOWED_HOSTS=*: the site answers under any name that somebody gives it."),
            hint=_("Set ALLOWED_HOSTS to the names by which it is called."),
            id="welfare.W003",
        )
    url = urlsplit(settings.SITE_URL)
    if not validate_host((url.hostname or "").lower(), settings.ALLOWED_HOSTS):
        yield Warning(
            _("SITE_URL, with which links in letters begin, isn’t in ALLOWED_HOSTS: %s")
            % settings.SITE_URL,
            hint=_("Set SITE_URL to the address that people type, or add its name."),
            id="welfare.W004",
        )
    elif url.scheme != "https" and not settings.HTTP_ONLY:
        yield Warning(
            _("SITE_URL doesn’t begin with https, though the site wants HTTPS: %s")
            % settings.SITE_URL,
            hint=_("Write https:// there."),
            id="welfare.W005",
        )


def _proxies() -> Iterator[CheckMessage]:
    header = settings.SECURE_PROXY_SSL_HEADER
    if header and not settings.TRUSTED_PROXIES:
        yield Warning(
            _(
                "SECURE_PROXY_SSL_HEADER says that a proxy stands before the site, and"
                " TRUSTED_PROXIES=0: everybody seems to come from the proxy’s address."
            ),
            hint=_("Set TRUSTED_PROXIES to how many of yours stand there, mostly 1."),
            id="welfare.W006",
        )
    if settings.TRUSTED_PROXIES and not header and not settings.HTTP_ONLY:
        yield Warning(
            _(
                "TRUSTED_PROXIES is set, and SECURE_PROXY_SSL_HEADER isn’t: where the proxy asks"
                " by plain HTTP, each page leads back to itself."
            ),
            hint=_(
                "Set SECURE_PROXY_SSL_HEADER=X-Forwarded-Proto, and let the proxy always set"
                " that header itself."
            ),
            id="welfare.W007",
        )


def _letters() -> Iterator[CheckMessage]:
    if not settings.MAIL_IS_SENT:
        yield Info(
            _("EMAIL_URL isn’t set: who forgets a password has to ask the administrator."),
            hint=_("Set EMAIL_URL and DEFAULT_FROM_EMAIL where there is a mail server."),
            id="welfare.I001",
        )
    elif settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        yield Warning(
            _("DEFAULT_FROM_EMAIL isn’t set: mail servers refuse letters from %s.")
            % settings.DEFAULT_FROM_EMAIL,
            hint=_("Set it to an address of your own."),
            id="welfare.W008",
        )


def _folders() -> Iterator[CheckMessage]:
    for folder in dict.fromkeys(map(Path, _written())):
        there = next(place for place in (folder, *folder.parents) if place.exists())
        if not os.access(there, os.W_OK | os.X_OK):
            yield Error(
                _("This account can’t write in %s.") % folder,
                hint=_("Give the folder to the account that runs the site."),
                id="welfare.E002",
            )
        elif (free := shutil.disk_usage(there).free) < LOW:
            yield Warning(
                _("Only %(free)s are free for %(folder)s.")
                % {"free": megabytes(free), "folder": folder},
                hint=_("Make room: with a full disk nothing can be written or saved."),
                id="welfare.W009",
            )
    if connection.vendor == "sqlite" and _within(settings.LEDGER_DIR, _database_folder()):
        yield Warning(
            _(
                "The signed heads (LEDGER_DIR) lie in the database’s folder: whoever can write a"
                " ledger anew can sign it anew."
            ),
            hint=_("Set LEDGER_DIR to another place, or keep a copy of %s where only you write.")
            % settings.LEDGER_DIR,
            id="welfare.W010",
        )
    if not any(Path(settings.STATIC_ROOT).glob("*")):
        yield Warning(
            _("The static files aren’t collected: pages have no style."),
            hint=_("Run `manage.py collectstatic`."),
            id="welfare.W011",
        )


def _written() -> list[Path]:
    """Return the folders in which the site writes."""
    folders = [settings.VAR_DIR, settings.MEDIA_ROOT, settings.LEDGER_DIR]
    return [*folders, settings.BACKUP_DIR] if settings.BACKUP_DIR else folders


def _database_folder() -> Path:
    return Path(connection.settings_dict["NAME"]).absolute().parent


def _within(place: Path, folder: Path) -> bool:
    return Path(place).resolve().is_relative_to(Path(folder).resolve())


def _backups() -> Iterator[CheckMessage]:
    if settings.BACKUP_KEY:
        try:
            archive.identity_of(settings.BACKUP_KEY)
        except BackupError as wrong:
            yield Error(str(wrong), id="welfare.E003")
    if not settings.BACKUP_DIR:
        return
    if _within(settings.BACKUP_DIR, settings.MEDIA_ROOT):
        yield Error(
            _("BACKUP_DIR lies among the photos: each backup would hold those before it."),
            hint=_("Set it to another folder, best on another disk."),
            id="welfare.E004",
        )
    elif _on_one_disk(settings.BACKUP_DIR, Path(settings.VAR_DIR)):
        yield Info(
            _("BACKUP_DIR is on the disk of what it backs up: both go with that disk."),
            hint=_("Copy the folder to another machine each day, or take another disk."),
            id="welfare.I002",
        )
    if not settings.BACKUP_KEY:
        yield Info(
            _("BACKUP_KEY isn’t set: whoever gets hold of a backup can read all of it."),
            hint=_("Make one with `manage.py backup --new-key`, and keep it elsewhere as well."),
            id="welfare.I003",
        )


def _on_one_disk(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.stat().st_dev == other.stat().st_dev


def _programs() -> Iterator[CheckMessage]:
    missing = [name for name in postgresql.PROGRAMS if not shutil.which(name)]
    if connection.vendor == "postgresql" and missing:
        yield Warning(
            _("No backup can be made or restored: %s not found.") % ", ".join(missing),
            hint=_("Install PostgreSQL’s programs: apt install postgresql-client."),
            id="welfare.W012",
        )


def _clock() -> Iterator[CheckMessage]:
    runs = JobRun.objects.exclude(job=JOB)  # a backup has a timer of its own, too
    last = runs.order_by("-started_at").first()
    if last is None or last.started_at is None or timezone.now() - last.started_at > SILENT:
        yield Warning(
            _("The clock stands still: `manage.py tick` hasn’t run for a day."),
            hint=_("Let a timer call it every few minutes (deploy/README.md)."),
            id="welfare.W013",
        )


def _last_backup() -> Iterator[CheckMessage]:
    status = last_backup()
    if status.is_good:
        return
    if status.failed_at:
        said = _("The last backup failed (%s).") % status.failure
        hint = _("Run `manage.py backup`, which says why.")
    elif status.made_at:
        said = _("The last backup is of %s.") % timezone.localtime(status.made_at).date()
        hint = _("See whether a timer still runs `manage.py tick`.")
    else:
        said = _("No backup has ever been made.")
        hint = _("Set BACKUP_DIR, or let a timer run `manage.py backup DIR` (deploy/README.md).")
    yield Warning(said, hint=hint, id="welfare.W014")


def _versions() -> Iterator[CheckMessage]:
    """Say where PostgreSQL's programs are older than the server, which they refuse to dump."""
    if connection.vendor != "postgresql" or not shutil.which("pg_dump"):
        return
    told = subprocess.run(["pg_dump", "--version"], capture_output=True, text=True, check=False)
    program, server = map(_major, (told.stdout, postgresql.version()))
    if program < server:
        yield Warning(
            _("No backup can be made: pg_dump is of version %(program)s, the server of %(server)s.")
            % {"program": program, "server": server},
            hint=_("Install the programs of the server’s version."),
            id="welfare.W015",
        )


def _major(version: str) -> int:
    found = re.search(r"\d+", version)
    return int(found[0]) if found else 0

"""Looks at the site's health, every few seconds; whoever asks gets the last result at once."""

import shutil
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.utils import timezone

from items.guards import triggers
from welfare.backup.status import last_backup
from welfare.models import JobRun

LOOK_EVERY = 5  # seconds
LOW = 500 * 2**20  # bytes
SILENT = timedelta(days=1)  # since the last job of the clock


def look() -> dict[str, str]:
    """Return what is wrong, in words for whoever runs the site, by what was looked at; "" is well.

    The connection is a fresh one each time: old ones go on living where no new one can be made.
    """
    connection.close()
    try:
        found = {"database": writes(), "triggers": guarded()}
        found |= {"clock": ticks(), "backup": backed_up()}
    except (DatabaseError, InterfaceError) as error:
        found = {"database": f"can't be used: {type(error).__name__}"}
    finally:
        connection.close()
    return found | {"disk": room()}


def writes() -> str:
    """Write something, and take it back."""
    with transaction.atomic():
        JobRun.objects.create(job="look", day=timezone.localdate())
        transaction.set_rollback(True)
    return ""


def guarded() -> str:
    names = triggers.missing(connection)
    return f"missing or made otherwise: {', '.join(names)}" if names else ""


def ticks() -> str:
    last = JobRun.objects.filter(ended_at__isnull=False).order_by("-ended_at").first()
    if last and timezone.now() - last.ended_at < SILENT:
        return ""
    return f"manage.py tick did nothing since {last.ended_at if last else 'ever'}"


def backed_up() -> str:
    """Say how the last backup went, where backups are made."""
    last = last_backup()
    if last.is_good or not settings.BACKUP_DIR:
        return ""
    return f"last made: {last.made_at or 'never'}" + (f"; {last.failure}" if last.failure else "")


def room() -> str:
    free = shutil.disk_usage(settings.VAR_DIR).free
    return "" if free > LOW else f"{free // 2**20} MB are free"

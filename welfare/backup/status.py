"""How the last backup went, and how much room the disks have: for pages and looks at health."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from welfare.models import JobRun

JOB = "backup"
OLD = timedelta(hours=30)  # one a day, and some hours for a machine that was off at night


@dataclass(frozen=True, slots=True)
class BackupStatus:
    """The last backup that was made, and the attempt after it that failed."""

    made_at: datetime | None
    failed_at: datetime | None
    failure: str  # the exception's kind
    age: timedelta | None

    @property
    def is_old(self) -> bool:
        return self.age is not None and self.age > OLD

    @property
    def is_good(self) -> bool:
        """Tell whether nobody has to do anything."""
        return self.made_at is not None and not self.is_old and self.failed_at is None


def last_backup(now: datetime | None = None) -> BackupStatus:
    """Return how the last backup went, by tick or by hand; the journal of jobs says it."""
    now = now or timezone.now()
    runs = JobRun.objects.filter(job=JOB).order_by("day")
    made = runs.filter(count__gt=0, ended_at__isnull=False).last()
    made_at, latest = made.ended_at if made else None, runs.last()
    failed = latest if latest and latest.failure else None
    return BackupStatus(
        made_at=made_at,
        failed_at=failed.started_at if failed else None,
        failure=failed.failure if failed else "",
        age=now - made_at if made_at else None,
    )


def free_bytes() -> dict[Path, int]:
    """Return how many bytes are free where the site writes, by folder."""
    chosen = (settings.VAR_DIR, settings.MEDIA_ROOT, settings.LEDGER_DIR, settings.BACKUP_DIR)
    folders = {Path(folder) for folder in chosen if folder}
    return {folder: shutil.disk_usage(folder).free for folder in folders if folder.exists()}

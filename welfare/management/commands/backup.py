"""Make a backup now."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from welfare import jobs
from welfare.backup import BackupError, archive, create
from welfare.jobs.lock import only_one


class Command(BaseCommand):
    help = (
        "Write database, photos and signed heads into one file in a folder (else BACKUP_DIR), while"
        " people go on writing; read it again and compare. With BACKUP_KEY it is encrypted. Keeps"
        " 7 daily, 4 weekly and 12 monthly backups, the newest of each."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, help="where to; else BACKUP_DIR")
        parser.add_argument("--new-key", action="store_true", help="print a new key, do no more")

    def handle(self, *, folder, new_key, **options):
        if new_key:
            self.stdout.write(archive.new_key())
            return
        folder = folder or settings.BACKUP_DIR
        if not folder:
            raise CommandError(_("Say in which folder, or set BACKUP_DIR."))
        now = timezone.now()
        with only_one() as is_mine:
            if not is_mine:
                raise CommandError(_("Another tick or backup is at work. Try again later."))
            try:
                with jobs.noted("backup", now) as run:
                    made = create.make(folder, now)
                    run.count = 1
            except BackupError as failure:
                raise CommandError(str(failure)) from failure
        self.stdout.write(
            _("%(path)s: %(files)s files, %(size)s, read again and compared.")
            % {"path": made.path, "files": made.files, "size": create.megabytes(made.bytes)}
        )
        for path in made.deleted:
            self.stdout.write(_("Kept no longer: %s") % path.name)
        for name in made.missing:
            self.stderr.write(_("The site itself lacks a picture that a row names: %s") % name)

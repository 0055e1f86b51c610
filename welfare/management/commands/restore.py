"""Make the site what a backup holds, or only try whether that would work."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from welfare.backup import BackupError, restore
from welfare.jobs.lock import only_one


class Command(BaseCommand):
    help = (
        "Read a backup and compare it with its manifest, put its photos, signed heads and database"
        " in their places, and bring them up to this version. Stop the site first."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--check",
            action="store_true",
            help="restore in a scratch place, verify ledgers and photos there, and clear it away",
        )
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="put it in place of everything that this site holds",
        )

    def handle(self, *, file, check, overwrite, **options):
        with only_one() as is_mine:
            if not is_mine:
                raise CommandError(_("Another tick or backup is at work. Try again later."))
            try:
                if check:
                    self.check_backup(file)
                else:
                    self.say(restore.restore(file, overwrite=overwrite))
            except (BackupError, DatabaseError) as failure:
                raise CommandError(str(failure)) from failure

    def check_backup(self, file):
        with restore.scratch_site():
            self.say(restore.restore(file))
            for command in ("check_photos", "verify_ledger"):
                told = StringIO()
                try:
                    call_command(command, stdout=told, stderr=told)
                except CommandError as faults:
                    self.stderr.write(told.getvalue())
                    sentence = _("The backup can be restored, but %(command)s says: %(faults)s")
                    said = {"command": command, "faults": faults}
                    raise CommandError(sentence % said) from faults
        self.stdout.write(_("It can be restored; the scratch place is cleared away."))

    def say(self, manifest):
        rows = sum(table[0] for table in manifest["tables"].values())
        self.stdout.write(
            _("Restored, as of %(at)s: %(tables)s tables, %(rows)s rows, %(files)s files.")
            % {
                "at": manifest["made_at"],
                "tables": len(manifest["tables"]),
                "rows": rows,
                "files": len(manifest["files"]) - 1,
            }
        )
        for name in manifest["missing"]:
            self.stderr.write(_("A picture that a row names was missing already: %s") % name)

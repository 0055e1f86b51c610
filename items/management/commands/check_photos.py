"""Look through the stored photos for anything that isn't a clean picture of a row."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from items.actions import photo_files
from items.photos import storage


class Command(BaseCommand):
    help = (
        "Look through the stored photos: files that aren't clean pictures, files without a row,"
        " rows without files. Ends with an error when it finds any."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--sweep",
            action="store_true",
            help="Only remove the files that no row names and that are older than an hour.",
        )

    def handle(self, *, sweep, **options):
        if sweep:
            for name in photo_files.sweep():
                self.stdout.write(_("Removed: %s") % name)
            return
        found = 0
        for fault in photo_files.faults():
            found += 1
            self.stderr.write(fault)
        if found:
            raise CommandError(_("%s faults in the stored photos.") % found)
        self.stdout.write(_("%s files, all of them clean pictures.") % len(storage.files()))

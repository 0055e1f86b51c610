"""Integrity check of the stored photos: files without rows, rows without files, unclean files."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from items.actions import photo_files
from items.photos import storage


class Command(BaseCommand):
    help = (
        "Look through the stored photos: files that aren't clean pictures, files without a row,"
        " rows without files. Ends with an error when it finds any."
    )

    def handle(self, **options):
        count = 0
        for fault in photo_files.faults():
            count += 1
            self.stderr.write(fault)
        if count:
            raise CommandError(_("%s faults in the stored photos.") % count)
        self.stdout.write(_("%s files, all of them clean pictures.") % len(storage.files()))

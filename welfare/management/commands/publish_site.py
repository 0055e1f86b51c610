"""Write the public site as plain files."""

import os
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from welfare.edition.folder import EditionError
from welfare.edition.publish import Publishing


class Command(BaseCommand):
    help = (
        "Write the public site in both languages, with photos, issued bulletins as PDF and data, as"
        " plain files into a folder, for a web server outside the network. Writes what changed"
        " since the last run, or everything once a day; what isn’t published any more is deleted"
        " there."
        " Says something on a terminal, or when something is wrong."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="an empty folder, or one of an edition")
        parser.add_argument(
            "--sheets",
            action="store_true",
            help="also the sheets, cards, posters and pictures that are printed of today’s figures",
        )
        parser.add_argument(
            "--processes",
            type=int,
            default=min(2, os.cpu_count() or 1),
            help="how many write at once when much has to be written",
        )

    def handle(self, *, folder, sheets, processes, verbosity, **options):
        on_terminal = sys.stderr.isatty() and verbosity > 0
        try:
            outcome = Publishing(
                folder,
                sheets=sheets,
                processes=processes,
                **({"tell": self.tell} if on_terminal else {}),
            ).run()
        except EditionError as failure:
            raise CommandError(str(failure)) from failure
        if on_terminal:
            self.stderr.write("\r\033[K", ending="")
        for address in outcome.dead:
            self.stderr.write(_("A page leads to %s, where nothing is.") % address)
        if on_terminal or verbosity > 1:
            told = {"files": outcome.pages, "written": outcome.written, "gone": outcome.deleted}
            self.stdout.write(_("%(files)d files; %(written)d written, %(gone)d deleted.") % told)

    def tell(self, pages: int, waiting: int) -> None:
        """Show on the terminal how far it is."""
        line = _("%(pages)d files, %(waiting)d parts to go")
        self.stderr.write("\r\033[K" + line % {"pages": pages, "waiting": waiting}, ending="")
        self.stderr.flush()

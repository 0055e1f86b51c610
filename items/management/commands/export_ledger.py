"""Write a list's ledger into a file: a workbook, or comma-separated values."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from items.exports.ledger import (
    SPLITS,
    Wanted,
    file_name,
    write_ledger,
    write_numbered,
    write_separated,
)
from items.exports.template import file_name as template_name
from items.exports.template import write_template
from items.management.acting import list_of
from items.states import ListStatus

WRITERS = {".xlsx": write_ledger, ".csv": write_separated}


class Command(BaseCommand):
    help = "Write a list's ledger into an .xlsx or .csv file."

    def add_arguments(self, parser):
        parser.add_argument("list", help="the list's address")
        parser.add_argument(
            "--output", type=Path, help="the file, or a folder; else the folder where you are"
        )
        parser.add_argument(
            "--template", action="store_true", help="a workbook to write a new list in, instead"
        )
        parser.add_argument("--by", choices=SPLITS, default="", help="a sheet for each of them")
        parser.add_argument(
            "--inside", action="store_true", help="also what only the office and auditors read"
        )

    def handle(self, *, list, output, by, inside, template, **options):
        item_list, today = list_of(list), localdate()
        items = item_list.items if item_list.is_draft else item_list.items.published()
        items = items.order_by("number")
        file = output or Path()
        if file.is_dir():
            name = file_name(item_list, today, "xlsx")
            file = file / (template_name(item_list) if template else name)
        write = WRITERS.get(file.suffix.lower())
        if template:
            write = _write_template if file.suffix.lower() == ".xlsx" else None
        if write is None:
            raise CommandError(_("Call the file .xlsx or .csv: “%s”.") % file.name)
        try:
            with file.open("wb") as to:
                wanted = Wanted(items, inside=inside, split=by)
                if item_list.status == ListStatus.PUBLISHED and not template:
                    write_numbered(write, to, item_list, wanted, today, by=None)
                else:
                    write(to, item_list, wanted, today)
        except OSError as fault:
            raise CommandError(
                _("“%(file)s” can’t be written: %(why)s")
                % {"file": file, "why": fault.strerror or fault}
            ) from fault
        self.stdout.write(_("Written: %s") % file)


def _write_template(to, item_list, _wanted, today):
    write_template(to, item_list, today)

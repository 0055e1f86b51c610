"""Verify the hash chains of the ledgers, and that the database guards them."""

from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS
from django.utils.translation import gettext as _

from items.guards.checks import unguarded
from items.ledger import heads
from items.ledger.verify import verify
from items.management.acting import ActingCommand, list_of
from items.models import ItemList


class Command(ActingCommand):
    help = (
        "Follow each list's chain of hashes from its start, and hold all against the signed heads"
        " in LEDGER_DIR; end with an error where something breaks, or where the database lacks a"
        " trigger that guards the ledger."
    )

    def add_arguments(self, parser):
        parser.add_argument("list", nargs="?", help="one list's address; else every list")

    def handle(self, *, list, **options):
        lists = [list_of(list)] if list else ItemList.objects.order_by("slug")
        broken = False
        for item_list in lists:
            faults = verify(item_list)
            broken = broken or bool(faults)
            for fault in faults or [_("the ledger holds, %s entries.") % item_list.entries.count()]:
                self.stdout.write(f"{item_list.slug}: {fault}")
        for fault in heads.faults():
            broken = True
            self.stdout.write(fault)
        if day := heads.last_signed():
            self.stdout.write(_("Last signed on %s.") % day)
        else:
            self.stdout.write(_("No ledger has been signed yet: let a timer run manage.py tick."))
        told = [f"{said.msg} {said.hint}" for said in unguarded([DEFAULT_DB_ALIAS])]
        if broken:
            told.insert(0, _("A ledger isn’t what was written. Restore it from a backup."))
        if told:
            raise CommandError("\n".join(told))

"""Delete the contacts of suggestions whose time is over."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from items import actions


class Command(BaseCommand):
    help = (
        "Delete the names and contacts that came with suggestions, CONTACT_DAYS after their end:"
        " they were left for an answer, and nobody may find them later. Let a timer run it daily."
    )

    def handle(self, **options):
        self.stdout.write(_("Contacts deleted: %d.") % actions.forget_contacts())

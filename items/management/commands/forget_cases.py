"""Delete the documents of hardship items whose time is over."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from items import actions


class Command(BaseCommand):
    help = (
        "Delete the documents of hardship items that ended CASE_DAYS ago or earlier: resolved,"
        " withdrawn, or in a list that was closed. Run it every day."
    )

    def handle(self, **options):
        self.stdout.write(_("%s documents deleted.") % actions.forget_cases())

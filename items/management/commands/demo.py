"""Load the demonstration into an empty database."""

import secrets
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from items.demo import story
from items.models import Organisation, Person


class Command(BaseCommand):
    help = "Load the demonstration: the story of one list, under an invented name."

    def add_arguments(self, parser):
        parser.add_argument(
            "--story-dates",
            action="store_true",
            help="Keep the dates of 2021 instead of moving the story's last day to today.",
        )
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="Do nothing where the database holds something already.",
        )

    def handle(self, *, story_dates, if_empty, **options):
        if Organisation.objects.filter(demonstration=True).exists():
            self.stdout.write(_("The demonstration is loaded already."))
        elif Organisation.objects.exists() or Person.objects.exists():
            if not if_empty:
                raise CommandError(
                    _("This database holds real data. Give the demonstration one of its own: ")
                    + "DATABASE_URL=sqlite:////tmp/demo.sqlite3"
                )
            return
        else:
            told_on = story.TOLD_ON if story_dates else timezone.localdate()
            item_list = story.load(password(), told_on)
            said = _("The demonstration is loaded: %s items.")
            self.stdout.write(said % item_list.items.count())
        self._say_accounts()

    def _say_accounts(self):
        keep_true(password())
        self.stdout.write(_("Accounts: %s") % ", ".join(story.accounts()))
        self.stdout.write(_("Password of each: %s") % password())


def password() -> str:
    """Return the demo accounts' password, kept in a file that only we can read."""
    kept = Path(settings.DEMO_PASSWORD_FILE)
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(12) + "\n")
    return kept.read_text().strip()


def keep_true(said: str) -> None:
    """Give the accounts the password that is printed, when the file was lost or is another's."""
    for person in Person.objects.filter(username__in=story.accounts()):
        if not person.check_password(said):
            person.set_password(said)
            person.save()

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
            last_day = story.LAST_DAY if story_dates else timezone.localdate()
            item_list = story.load(password(), last_day)
            sentence = _("The demonstration is loaded: %s items.")
            self.stdout.write(sentence % item_list.items.count())
        self._print_accounts()

    def _print_accounts(self):
        reset_passwords(password())
        self.stdout.write(_("Accounts: %s") % ", ".join(story.accounts()))
        self.stdout.write(_("Password of each: %s") % password())


def password() -> str:
    """Return the demo accounts' password, kept in a file that only we can read."""
    file = Path(settings.DEMO_PASSWORD_FILE)
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(12) + "\n")
    return file.read_text().strip()


def reset_passwords(password: str) -> None:
    """Give the accounts the password that is printed, when the file was lost or is another's."""
    for person in Person.objects.filter(username__in=story.accounts()):
        if not person.check_password(password):
            person.set_password(password)
            person.save()

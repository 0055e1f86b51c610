"""The site's clock: run what is due, once."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from welfare import jobs
from welfare.jobs.lock import only_one


class Command(BaseCommand):
    help = (
        "Do what nobody asks for: sign the day's heads of the ledgers, forget what is kept no"
        " longer, clear up. Call it every few minutes (deploy/): each job runs once a day, and two"
        " at once do nothing twice."
    )

    def handle(self, **options):
        failed = []
        with only_one() as is_mine:
            if not is_mine:
                self.stdout.write(_("Another tick is at work."))
                return
            for run in jobs.run_due():
                if run.failure:
                    failed.append(run.job)
                    self.stderr.write(f"{run.job}: {run.failure}")
                else:
                    self.stdout.write(f"{run.job}: {run.count}")
        if failed:
            sentence = _("Failed, and tried again with the next tick: %s. The log says why.")
            raise CommandError(sentence % ", ".join(failed))

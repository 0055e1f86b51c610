"""Publish a draft list."""

from django.utils.translation import gettext as _

from items import actions
from items.management.acting import ActingCommand, list_of
from items.rules.closing import left_behind


class Command(ActingCommand):
    help = "Publish a draft list: its numbers are frozen and its ledger starts."

    def add_arguments(self, parser):
        parser.add_argument("list", help="the list's address, such as ironmaking-2026")
        super().add_arguments(parser)

    def handle(self, *, list, by, yes, **options):
        item_list = list_of(list)
        left = left_behind(item_list)
        actions.publish_list(item_list, by=self.acting_person(by, item_list.committee), yes=yes)
        sentence = _("“%(list)s” is published with %(count)s items, at /lists/%(slug)s/")
        count = item_list.items.count()
        self.stdout.write(sentence % {"list": item_list, "count": count, "slug": item_list.slug})
        for behind in left:
            self.stdout.write(behind)

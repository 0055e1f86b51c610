"""Draw again what a lot has drawn, and compare: it changes nothing."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from items.models import LookBackDraw
from items.rules import lot


class Command(BaseCommand):
    help = (
        "Draw a quarter's look-backs again from the seed and the candidates that the public page"
        " shows, and say whether the draw was right. Nothing is drawn anew or changed."
    )

    def add_arguments(self, parser):
        parser.add_argument("committee", help="the committee's address")
        parser.add_argument("quarter", help="such as 2026-Q3")

    def handle(self, *, committee, quarter, **options):
        draws = LookBackDraw.objects.filter(committee__slug=committee)
        known = {f"{row.quarter:%Y}-Q{(row.quarter.month + 2) // 3}": row for row in draws}
        draw = known.get(quarter)
        if draw is None:
            raise CommandError(_("Nothing was drawn for that quarter."))
        drawn = lot.drawn_among(draw.seed, draw.candidates)
        self.stdout.write(_("Seed: %s") % draw.seed)
        keys = [row["key"] for row in draw.candidates]
        for key in sorted(keys, key=lambda each: lot.lot_of(draw.seed, each)):
            looks = f" → post {drawn[key]}" if key in drawn else ""
            self.stdout.write(f"{lot.lot_of(draw.seed, key)} {key}{looks}")
        looks = draw.looks.values_list("item__list__slug", "item__number", "post")
        if {f"{slug}/{number}": post for slug, number, post in looks} != drawn:
            raise CommandError(_("Who looks at what isn’t what the lot says."))
        self.stdout.write(_("The draw is right."))

"""The three voices of many items in short, as the meeting pack shows them side by side."""

from collections.abc import Collection
from datetime import date

from items import public, staff
from items.models import Entry, Item, VerdictCount, VerdictRound
from items.queries.assessments import latest_judgements
from items.states import CLAIMS, FINDINGS


def voices(keys: Collection[int], today: date) -> dict[int, staff.Voices]:
    """Return the three voices of published items, by their keys; five questions, however many."""
    said = {"item__in": keys, "verb__in": CLAIMS | FINDINGS}
    entries = Entry.objects.public().filter(**said).select_related("words").order_by("pk")
    latest = {(entry.item_id, entry.verb in CLAIMS): entry for entry in entries}
    counts = list(VerdictCount.objects.filter(round__item__in=keys))
    rounds = VerdictRound.objects.filter(item__in=keys).order_by("pk")
    rounds_of = {row.item_id: public.verdict_round(row, counts, today) for row in rounds}
    judged = latest_judgements(keys)
    hardship = set(Item.objects.filter(pk__in=keys, hardship=True).values_list("pk", flat=True))
    return {
        key: staff.Voices(
            owner=staff.voice(latest.get((key, True))),
            supervisor=staff.voice(latest.get((key, False))),
            workers=None if key in hardship else rounds_of.get(key),
            hardship=key in hardship,
            judged=judged.get(key),
        )
        for key in keys
    }

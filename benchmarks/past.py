"""Time a past day's board of the longest list, and today's beside it.

    DATABASE_URL=… .venv/bin/python benchmarks/make_data.py 10000 10000
    DATABASE_URL=… .venv/bin/python benchmarks/past.py

Works on what benchmarks/make_data.py wrote, whose entries it first lets keep where their items
stood, and prints JSON: milliseconds without a template, the median of seven.
"""

import json
import os
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ |= {"DJANGO_SETTINGS_MODULE": "welfare.settings", "SECRET_KEY": "x", "HTTP_ONLY": "1"}

import django

django.setup()

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from items import queries
from items.guards import triggers
from items.ledger.entries import snapshot
from items.models import Entry, Item, ItemList
from items.states import MOVES, Status

PART = 5_000  # entries that are written at once


def keep_where_items_stood():
    """Write into each entry where its item stood after it, as the actions would have."""
    entries = Entry.objects.filter(snapshot={}, item__isnull=False).order_by("item", "seq")
    if not entries.exists():
        return
    triggers.remove(connection)
    changed = []
    with transaction.atomic():
        for entry in entries.select_related("item").iterator(PART):
            target = MOVES[entry.verb].target
            status = target if target in Status.values else Status.IN_PROGRESS
            entry.snapshot = snapshot(entry.item) | {"status": status}
            changed.append(entry)
            if len(changed) == PART:
                write(changed)
                changed = []
        write(changed)
    triggers.install(connection)


def write(entries):
    QuerySet(Entry).bulk_update(entries, ["snapshot"], batch_size=500)


def timed(ask):
    took = []
    for _time in range(7):
        since = perf_counter()
        assert ask()
        took.append(1000 * (perf_counter() - since))
    return round(median(took), 1)


def main():
    keep_where_items_stood()
    longest = ItemList.objects.public().annotate(n=Count("items")).order_by("-n").first()
    slug, today, days = longest.slug, timezone.localdate(), timedelta
    first = longest.published_on
    found = {
        "items": Item.objects.filter(list=longest).count(),
        "entries": Entry.objects.filter(list=longest).count(),
        "today": timed(lambda: queries.board(slug, today)),
    }
    for after in (0, 20, 50, 80):
        day = min(first + days(after), today)
        found[f"day {after}"] = timed(lambda day=day: queries.past_page(slug, day, today).board)
    day = min(first + days(50), today)
    told = {"group": "in_progress", "page": 40}
    found["a group's page"] = timed(lambda: queries.past_page(slug, day, today, **told).board)
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()

"""Notices: what somebody was told of and has seen."""

from datetime import datetime

from django.utils import timezone

from items.models import Entry, Notice, Person


def see_notices(person: Person, entries: list[Entry | int], *, now: datetime | None = None) -> int:
    """Mark a person's own notices of these entries (or their keys) as seen; return how many."""
    mine = Notice.objects.filter(person=person, entry__in=entries, seen_at=None)
    return mine.update(seen_at=now or timezone.now())

"""What of an item, or which list, is or was up for objections, with the answers to each."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from items import public
from items.compiled_queries import compiled_query
from items.models import Entry, Item, Suggestion
from items.rules.announcing import is_open
from items.states import Verb
from items.suggestion_states import SuggestionStatus


def announcements_of(
    entries: Iterable[Entry],
    names: bool,
    today: date,
    known: Collection[Suggestion] | None = None,
) -> tuple[public.Announcement, ...]:
    """Return what was put up, the latest first, out of the public entries, the latest first.

    They are those of an item, or of a list itself. Of what came in today nothing is said before
    tomorrow. `known` are the objections, where those of several items were read at once.
    """
    rows = list(entries)
    put_up = [row for row in rows if row.verb == Verb.PUT_UP]
    if not put_up:
        return ()
    endings = {row.about_id: row for row in rows if row.about_id}
    objections = objections_to([row.pk for row in put_up], today) if known is None else known
    return tuple(
        public.announcement(
            row,
            endings.get(row.pk),
            [one for one in objections if one.objects_to_id == row.pk],
            names,
            today,
        )
        for row in put_up
    )


def open_announcement(item: Item, today: date) -> Entry | None:
    """Return what of an item is up, and open to objections on this day; None where nothing is."""
    row = Entry.objects.announcements().filter(item=item).select_related("words").first()
    return row if row and is_open(row, today) else None


def objections_to(announcements: Collection[int], today: date) -> list[Suggestion]:
    """Return the objections to what entries put up that came before a day."""
    return list(_objections(list(announcements), today))


@compiled_query
def _objections(announcements: list[int], today: Any) -> QuerySet[Suggestion]:
    rows = Suggestion.objects.counted().filter(objects_to__in=announcements, received_on__lt=today)
    rows = rows.exclude(status=SuggestionStatus.TAKEN_BACK).select_related("merged_into")
    return rows.order_by("shown_on", "pk")

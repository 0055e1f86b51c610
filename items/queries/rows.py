"""What every public page begins with: the lists, their items and the equation."""

from collections import Counter
from datetime import date
from decimal import Decimal

from django.db.models import Max, Prefetch
from django.utils import timezone

from items import public
from items.models import Entry, Holding, Item, ItemList, UnitShare
from items.states import Group


def arithmetic(rows) -> public.Arithmetic:
    """Return the equation of the rows: every published number, withdrawn ones included."""
    return equation({group: sum(1 for row in rows if row.group == group) for group in Group})


def add_up(equations: list[public.Arithmetic]) -> public.Arithmetic:
    """Return the equation of several lists together: each of its numbers is the sum of theirs."""
    counts = Counter()
    for each in equations:
        counts.update({term.key: term.count for term in each.groups})
    return equation(counts)


def equation(counts) -> public.Arithmetic:
    """Return the equation of so many items in each group."""
    always = {Group.RESOLVED, Group.IN_PROGRESS}
    total = sum(counts[group] for group in Group)
    return public.Arithmetic(
        total=total,
        groups=tuple(
            public.GroupCount(group.value, group.label, counts[group])
            for group in Group
            if counts[group] or group in always
        ),
        percent=round(Decimal(100) * counts[Group.RESOLVED] / total, 1) if total else None,
    )


def lists():
    return ItemList.objects.public().select_related("committee__organisation")


def items_of(**of):
    """Return published items in the order of their numbers, with all that a row shows."""
    holdings = Holding.objects.select_related("person")
    shares = UnitShare.objects.select_related("unit")
    return (
        Item.objects.published()
        .filter(**of)
        .select_related("list__committee", "place", "category", "theme")
        .select_related("owner_post", "supervisor_post")
        .select_related("last_news__words", "brought_in", "carried_from__list")
        .prefetch_related(
            Prefetch("owner_post__holdings", holdings),
            Prefetch("supervisor_post__holdings", holdings),
            Prefetch("unit_shares", shares),
            "measures",
        )
        .order_by("list_id", "number")
    )


def last_changes(of) -> dict[int, date]:
    """Return the day on which each list's ledger was last written, where the public sees it."""
    latest = (
        Entry.objects.public().filter(list__in=of).values("list").annotate(at=Max("written_at"))
    )
    return {row["list"]: timezone.localdate(row["at"]) for row in latest.order_by()}


def last_change(item_list: ItemList) -> date | None:
    """Return the same of one list, from the end of its ledger, however long that is."""
    latest = Entry.objects.public().filter(list=item_list).order_by("-seq").first()
    return latest and timezone.localdate(latest.written_at)

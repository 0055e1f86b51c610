"""Looking back: what the office is proposed to have looked at again, and the looks of items."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from items import staff
from items.actions.planned_look import MONTHS, months_on
from items.models import Item, ItemList, LookBack, VerdictCount
from items.states import Grade, Status, Term
from items.words import day


def look_back_proposals(item_list: ItemList, today: date) -> tuple[staff.LookBackProposal, ...]:
    """Return a list's resolved items with what speaks for looking at each again."""
    items = list(item_list.items.filter(status=Status.RESOLVED).order_by("number"))
    asked = LookBack.objects.waiting().filter(item__in=items).values_list("item", flat=True)
    not_done = VerdictCount.objects.filter(
        round__item__in=items, grade=Grade.NOT_DONE, verified=True
    )
    said = set(not_done.values_list("round__item", flat=True))
    found = set(asked)
    return tuple(
        staff.LookBackProposal(
            item.number,
            item.title_words,
            () if item.pk in found else tuple(_why(item, item.pk in said, today)),
        )
        for item in items
    )


def _why(item: Item, said_not_done: bool, today: date) -> list[str]:
    why = []
    if item.recheck_on and item.recheck_on <= today:
        why.append(_("planned for %(day)s") % {"day": day(item.recheck_on)})
    elif item.signed_off_on and months_on(item.signed_off_on, MONTHS) <= today:
        why.append(_("signed off on %(day)s") % {"day": day(item.signed_off_on)})
    if said_not_done:
        why.append(_("workers say it isn’t done"))
    if item.term == Term.STANDING:
        why.append(_("promised for good"))
    return why


def looks_of(keys: Collection[int], today: date) -> dict[int, tuple[staff.LookBack, ...]]:
    """Return by item the looks that were asked for and those that came, the latest day first."""
    rows = LookBack.objects.filter(item__in=keys).select_related("post", "entry__words")
    waiting = set(LookBack.objects.waiting().filter(item__in=keys).values_list("pk", flat=True))
    found: dict[int, list[staff.LookBack]] = defaultdict(list)
    for row in rows.order_by("-by_when", "-pk"):
        if row.entry_id or row.pk in waiting:
            found[row.item_id].append(staff.look_back(row, today))
    return {key: tuple(looks) for key, looks in found.items()}

"""The change of year: how far a running list has come with it, and its open items."""

from datetime import date

from items import public, staff
from items.actions.year import chosen_from
from items.models import Item, ItemList
from items.queries.desk_lists import figures
from items.queries.paging import nearest
from items.queries.rows import in_rows, read
from items.rules.closing import waits
from items.states import ListStatus, Status, Term
from items.words import Words

AT_ONCE = 100  # open items on a page


def next_lists(item_list: ItemList) -> list[ItemList]:
    """Return the draft lists in which a list can go on, the likeliest first."""
    chosen = {draft.list_id for draft in chosen_from(item_list)}
    drafts = ItemList.objects.filter(committee=item_list.committee_id, status=ListStatus.DRAFT)
    drafts = drafts.select_related("committee").order_by("-year", "-pk")
    return sorted(drafts, key=lambda row: (row.pk not in chosen, row.year <= item_list.year))


def year(item_list: ItemList, into: ItemList | None, today: date) -> staff.Year:
    """Return how far the change of year has come."""
    held_up = waits(item_list, today)
    rows = item_list.items.filter(number__in={wait.number for wait in held_up})
    titles = {n: Words(*t) for n, *t in rows.values_list("number", "title", "title_en")}
    claims = in_rows(item_list.items.filter(status=Status.PENDING_CHECK))
    chosen = [draft for draft in chosen_from(item_list) if into and draft.list_id == into.pk]
    open_items = set(item_list.items.not_done().order_by().values_list("pk", flat=True))
    return staff.Year(
        head=staff.list_head(item_list),
        arithmetic=figures(item_list),
        waiting=tuple(staff.waiting(wait, titles) for wait in held_up),
        claims=tuple(public.row(item, today, show_names=True) for item in read(_of(claims))),
        open=len(open_items),
        chosen=len(open_items & {draft.carried_from_id for draft in chosen}),
        next=staff.list_head(into) if into else None,
        others=tuple(staff.list_head(row) for row in next_lists(item_list) if row != into),
        as_of=today,
    )


def _of(rows):
    return rows.select_related("list__committee")


def going(
    item_list: ItemList, into: ItemList, today: date, page: int = 1
) -> tuple[list[staff.Going], int, int]:
    """Return a page of the open items, the page, and how many there are."""
    rows = _of(in_rows(item_list.items.not_done()))
    page, pages = nearest(page, rows.count(), AT_ONCE)
    items = read(rows[(page - 1) * AT_ONCE : page * AT_ONCE])
    drafts = {d.carried_from_id: d for d in chosen_from(item_list) if d.list_id == into.pk}
    lines = []
    for item in items:
        draft = drafts.get(item.pk)
        lines.append(staff.going(item, draft, _deadline(item, draft, into, today), today))
    return lines, page, pages


def _deadline(item: Item, draft: Item | None, into: ItemList, today: date) -> str:
    """Return the new deadline that was written; else one that lies ahead already, or the year's."""
    if draft:
        return draft.due_words or (draft.due.isoformat() if draft.due else "")
    if item.due and item.due > date(item.list.year, 12, 31) and item.due >= today:
        return item.due.isoformat()
    return date(into.year, 12, 31).isoformat() if item.term == Term.STANDING else ""


def year_after(item_list: ItemList) -> ItemList | None:
    """Return the list that was published in the moment in which this one was closed."""
    entry = item_list.entries.filter(item=None, verb="close_list").last()
    slug = entry.facts.get("next") if entry else None
    return ItemList.objects.public().filter(slug=slug).first() if slug else None

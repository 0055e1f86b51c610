"""A list's board, or one group of it."""

from datetime import date

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from items import public, shown
from items.models import Item, ItemList
from items.queries import voices
from items.queries.rows import arithmetic, items_of, last_changes, lists, read, themes_of
from items.queries.visits import visits_of

MOVED_LATELY = 3
NO_MOVES = {"publish", "bring_in", "add_item"}  # being on the list is no move


def board(slug: str, today: date, group: str = "") -> public.Board | None:
    """Return a published list's board, or only the rows of one group; None when there is none."""
    item_list = lists().filter(slug=slug).annotate(others=_others()).first()
    if item_list is None:
        return None
    items = read(items_of(item_list))
    strip = tuple(shown.row(item, today) for item in items)
    rows = tuple(row for row in strip if not group or row.group == group)
    return page(item_list, items, strip, rows, today, group, others=item_list.others)


def _others():
    """Return the condition that the committee, or one directly below it, has another list."""
    others = ItemList.objects.public().exclude(pk=OuterRef("pk"))
    own = others.filter(committee=OuterRef("committee"))
    below = others.filter(committee__parent=OuterRef("committee"))
    return ExpressionWrapper(Q(Exists(own)) | Q(Exists(below)), BooleanField())


def page(
    item_list: ItemList,
    items: list[Item],
    strip: tuple[public.Row, ...],
    rows: tuple[public.Row, ...],
    today: date,
    group: str = "",
    others: bool = False,
) -> public.Board:
    """Return the board of a list that shows `rows` under the whole equation and strip."""
    changed_on = last_changes([item_list.pk]).get(item_list.pk)
    return public.Board(
        head=shown.head(item_list),
        arithmetic=arithmetic(strip),
        strip=strip,
        rows=rows,
        group=group,
        moved_lately=_moved_lately(items, strip),
        as_of=today,
        last_change_on=changed_on,
        last_change_days_ago=shown.days_ago(changed_on, today),
        themes=themes_of(items),
        heard=voices.heard(item_list, today),
        overdue_count=sum(1 for row in strip if row.overdue_days),
        plan=bool(item_list.plan),
        visits=visits_of(item_list.committee),
        others=others,
    )


def _moved_lately(items, strip):
    moved = [
        pair for pair in zip(items, strip, strict=True) if pair[0].last_news.verb not in NO_MOVES
    ]
    moved.sort(key=lambda pair: pair[0].last_news.seq, reverse=True)
    return tuple(row for _item, row in moved[:MOVED_LATELY])

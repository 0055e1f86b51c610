"""A list as a whole: its items counted by what is filtered, as the cells of a data cube.

What a page says of a whole list is added up from its cells; so no page reads every item of a
long one: the database counts them.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q

from items import public
from items.compiled_queries import compiled_query
from items.models import Item, ItemList, Theme
from items.models.items import IS_DONE_LATE, is_overdue
from items.states import GROUP_OF, NOT_DONE, Group, Status

COLUMNS = ("status", "theme_id", "category_id", "place_id")
IN_BRIEF = ("list", "number", "title", "title_en", "due", "put_right_by", "done_on", *COLUMNS)
IN_BRIEF += ("last_news__verb", "last_news__facts")  # whether it is signed off, and up
BLOCKS = 200  # a longer list shows a bar in place of its strip


@dataclass(frozen=True, slots=True)
class Cell:
    """So many items that are alike in status, theme, category, place and lateness."""

    status: str
    theme: int | None
    category: int | None
    place: int | None
    late: str  # "", "overdue" or "done"
    count: int
    mine: bool = True  # of the unit that is searched for

    @property
    def group(self) -> Group:
        return GROUP_OF[Status(self.status)]


class Summary(NamedTuple):
    """A list, or what is shown of it, as a whole."""

    cells: list[Cell]
    strip: list[Item]  # every item by number, in brief; none where they are too many for a strip


def summary_of_list(item_list: ItemList, today: date) -> Summary:
    """Return all of a list as a whole, in one query where it has a strip."""
    items = _in_brief(item_list.pk)
    if len(items) > BLOCKS:
        return Summary(cells_of(item_list.items.published(), today), [])
    return Summary([cell(item, today) for item in items], items)


@compiled_query
def _in_brief(item_list):
    return in_brief(Item.objects.filter(list=item_list).published())


def in_brief(items):
    """Return so many of the items by number that one more than a strip has can be told."""
    return items.order_by("number").select_related("last_news").only(*IN_BRIEF)[: BLOCKS + 1]


def strip_of(items) -> list[Item]:
    """Return all items of a queryset, in brief; none where they are too many for a strip."""
    rows = list(in_brief(items))
    return rows if len(rows) <= BLOCKS else []


def cell(item: Item, today: date) -> Cell:
    """Return the cell of one item."""
    late = "overdue" if item.overdue_days(today) else "done" if item.done_late_days() else ""
    return Cell(item.status, item.theme_id, item.category_id, item.place_id, late, 1)


def is_late(today: date) -> Q:
    """Return the condition that an item is overdue, or was done late."""
    return is_overdue(today) | IS_DONE_LATE


def cells_of(items, today: date) -> list[Cell]:
    """Return published items as cells, read from an index alone."""
    counted = items.order_by().values_list(*COLUMNS)
    rows = counted.annotate(n=Count("pk"), late=Count("pk", filter=is_late(today)))
    return [cell for *alike, n, late in rows for cell in split(*alike, n=n, late=late)]


def split(status, theme, category, place, *, n: int, late: int, mine=True):
    """Yield the cells of `n` items that are alike but for lateness; `late` of them are late."""
    how = "overdue" if status in NOT_DONE else "done"  # a status knows one lateness only
    for kind, count in ((how, late), ("", n - late)):
        if count:
            yield Cell(status, theme, category, place, kind, count, mine)


def total(cells) -> int:
    return sum(cell.count for cell in cells)


def together(cells) -> public.Arithmetic:
    """Return the equation of the cells' items."""
    counts = Counter()
    for cell in cells:
        counts[cell.group] += cell.count
    return public.equation(counts)


def themes_of(cells, item_list: ItemList) -> tuple[public.Theme, ...]:
    """Return the themes of the cells' items on a list, each with its arithmetic."""
    of = {}
    for cell in cells:
        if cell.theme:
            of.setdefault(cell.theme, []).append(cell)
    themes = Theme.objects.filter(pk__in=of).order_by("pk") if of else ()
    return tuple(
        public.Theme(
            public.Link(theme.pk, item_list.called(theme), total(of[theme.pk])),
            together(of[theme.pk]),
        )
        for theme in themes
    )

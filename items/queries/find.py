"""A search on a board: by words, group, theme, category, unit, place and lateness.

The database looks through the items' own words, folded (`Item.search_text`). The names beside them
are few: they are compared in memory and become keys. All counts are added up from cells.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from items import public
from items.models.items import IS_DONE_LATE, is_overdue
from items.queries.board import PAGE_SIZE, Page, board_of, items_by_key
from items.queries.cells import Cell, cells_of, is_late, summary_of_list
from items.queries.heard import conditions
from items.queries.hits import hits
from items.queries.names import Names, with_unit
from items.queries.paging import nearest
from items.queries.rows import list_at
from items.states import STATUSES_OF, Group
from items.words import Words

FIELDS = ("group", "theme", "category", "unit", "place", "late")
LATE = {
    "1": lambda: _("overdue or done late"),
    "overdue": lambda: _("overdue now"),
    "done": lambda: _("done late"),
}
HEARD = {
    "pending": lambda: _("waiting for the check"),
    "fresh": lambda: _("news in the last 30 days"),
    "unanswered": lambda: _("with a review past its day"),
    "silent": lambda: _("nothing heard for too long"),
}
LATE_KEYS = {"": (), "overdue": ("1", "overdue"), "done": ("1", "done")}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Items that are alike, with all that they can be filtered by."""

    keys: dict[str, tuple[str, ...]]  # by field
    count: int

    def matches(self, search: public.BoardSearch) -> bool:
        return all(
            not getattr(search, field) or getattr(search, field) in self.keys[field]
            for field in FIELDS
        )


def find(
    slug: str, today: date, search: public.BoardSearch, page: int = 1
) -> public.SearchResults | None:
    """Return a page of what a search finds on a list's board; None when there is no such list."""
    item_list = list_at(slug)
    if item_list is None:
        return None
    now, today = today, item_list.as_of(today)
    items = item_list.items.published()
    summary = summary_of_list(item_list, today)
    heard = conditions(item_list, now)
    matching = Matching(Names(item_list, summary.cells, today), search, today, heard)
    matching.look_through(items, max(page, 1), short=len(summary.strip))
    rows = Page(
        items_by_key(item_list, matching.keys), matching.count, matching.page, matching.pages
    )
    board = board_of(item_list, summary, rows, today)
    others = {item.number for item in summary.strip} - matching.numbers
    return public.SearchResults(
        board=replace(board, group=matching.search.group, dim=frozenset(others)),
        search=matching.search,
        choices={field: tuple(matching.choices(field)) for field in FIELDS},
        filters=tuple(matching.active_filters(items, summary.cells)),
        unknown=matching.search != search,
        unsaid=bool(search.q) and not any(alike.count for alike in matching.candidates),
    )


class Matching:
    """A search on a list, without what the list doesn't know, and the items that match it."""

    def __init__(self, names: Names, search: public.BoardSearch, today: date, heard: dict[str, Q]):
        self.names, self.today, self.heard = names, today, heard
        self.called = _called(names)
        unknown = {f: "" for f in FIELDS if getattr(search, f) not in ("", *self.called[f])}
        if search.heard not in heard:
            unknown["heard"] = ""
        self.search = replace(search, **unknown)

    def look_through(self, items, page: int, *, short: int) -> None:
        """Match the items; among `short`, if any, for all pages at once."""
        asked_for = self._read(self.search)
        asked = {"late": is_late(self.today), "mine": self._mine(), "fits": self._fits()}
        asked |= {"items": items.filter(*asked_for), "searched": bool(asked_for)}
        matches = self._hits(asked, page, short)
        self.candidates = [self._candidate(cell) for cell in matches.cells]
        count = self._count(self.candidates, self.search)
        asked_page, (page, pages) = page, nearest(page, count, PAGE_SIZE)
        if page != asked_page:
            matches = self._hits(asked, page, short)
        self.units, self.numbers = matches.units, set(matches.numbers.values())
        keys = list(matches.numbers)
        keys = keys[(page - 1) * PAGE_SIZE : page * PAGE_SIZE] if short else keys
        self.keys, self.count, self.page, self.pages = keys, count, page, pages

    def _read(self, search) -> list[Q]:
        """Return the conditions for which the items themselves are read: words, what was heard."""
        said = [self.names.saying(word) for word in self.names.words_of(search.q)]
        return [*said, self.heard[search.heard]] if search.heard else said

    def _hits(self, asked, page, short):
        if short:
            return hits(**asked, limit=short, offset=0)
        return hits(**asked, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)

    def choices(self, field: str):
        """Yield what can be chosen beside the other filters, and what is chosen already."""
        called, chosen = self.called[field], getattr(self.search, field)
        if len(called) < (1 if field == "theme" else 2):
            return  # nothing to choose from; of themes, being one or none is a choice already
        left = self._left(field)
        for key, name in called.items():
            if left[key] or key == chosen:
                depth = self.names.places.depth(key) if field == "place" else 0
                yield public.Choice(key, name, left[key], depth)

    def active_filters(self, items, cells: list[Cell]):
        """Yield each filter in force, with how many items match without it."""
        called = {**self.called, "heard": {key: both(say()) for key, say in HEARD.items()}}
        for field in ("q", *FIELDS, "heard"):
            value = getattr(self.search, field)
            if value:
                name = both(value) if field == "q" else called[field][value]
                without = replace(self.search, **{field: ""})
                candidates = self.candidates
                if field in ("q", "heard"):
                    candidates = map(self._candidate, self._cells(items, cells, without))
                yield public.ActiveFilter(field, name, without, self._count(candidates, without))

    def _cells(self, items, cells, search):
        """Return the cells of all that is found where only this is searched for."""
        asked_for = self._read(search)
        if not asked_for and not search.unit:
            return cells
        return cells_of(items.filter(*asked_for, self._mine()), self.today)

    def _left(self, field):
        if field == "unit":
            return Counter({str(unit): count for unit, count in self.units.items()})
        others, left = replace(self.search, **{field: ""}), Counter()
        for candidate in self.candidates:
            if candidate.matches(others):
                left.update(dict.fromkeys(candidate.keys[field], candidate.count))
        return left

    @staticmethod
    def _count(candidates, search):
        return sum(alike.count for alike in candidates if alike.matches(search))

    def _candidate(self, cell: Cell) -> Candidate:
        keys = {
            "group": (cell.group,),
            "theme": (str(cell.theme),),
            "category": (str(cell.category),),
            "unit": (self.search.unit,) if cell.mine else (),
            "place": tuple(map(str, self.names.around.get(cell.place, ()))),
            "late": LATE_KEYS[cell.late],
        }
        return Candidate(keys, cell.count)

    def _mine(self) -> Q:
        return with_unit([int(self.search.unit)]) if self.search.unit else Q()

    def _fits(self) -> Q:
        """Return the condition that an item is as every filter but words and unit has it."""
        search, fits = self.search, Q()
        if search.group:
            fits &= Q(status__in=STATUSES_OF[search.group])
        for field in ("theme", "category"):
            if value := getattr(search, field):
                fits &= Q(**{field: int(value)})
        if search.place:
            fits &= Q(place__in=self.names.places.within(int(search.place)))
        if search.late:
            late = {"1": is_late(self.today), "overdue": is_overdue(self.today)}
            fits &= late.get(search.late, IS_DONE_LATE)
        return fits


def _called(names: Names) -> dict[str, dict[str, Words]]:
    """Return the names of all that the list can be filtered by, in the order of the choices."""
    called = {f: getattr(names, f) for f in ("theme", "category", "unit", "place")}
    return {
        "group": {group.value: both(group.label) for group in Group},
        **{f: {str(key): words for key, words in names.items()} for f, names in called.items()},
        "late": {key: both(label()) for key, label in LATE.items()},
    }


def both(label) -> Words:
    """Return a label that gettext has put into the reader's language already."""
    return Words(str(label), str(label))

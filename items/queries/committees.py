"""The committees that everyone knows of, what their lists come to, and the page of one."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import F, OuterRef, Subquery, prefetch_related_objects

from items import public
from items.models import Committee, FormerAddress, Item, ItemList, Organisation
from items.queries import suggestions
from items.queries.bulletins import bulletins_of
from items.queries.changes import recent
from items.queries.paging import nearest
from items.queries.proposals import proposed_lines
from items.queries.rows import last_changes, lists
from items.states import GROUP_OF, OPEN
from items.words import Words

STRIP_AT_MOST = 90  # items; so many have room for their blocks on a committee's page
AT_ONCE = 60  # committees on a page
TREE_AT_MOST = AT_ONCE  # committees; so many are shown with all that is below them
LATEST = ("-year", "-published_on", "-pk")
BLOCK = ("list_id", "number", "title", "title_en", "status", "due", "put_right_by")
BLOCK += ("last_news__verb", "last_news__facts")


class Node(NamedTuple):
    """A committee with its organisation and its current list, as the database gives them."""

    pk: int
    parent: int | None
    slug: str
    name: str
    name_en: str
    of: str
    of_en: str
    of_short: str
    of_short_en: str
    demonstration: bool
    current: int | None  # the key of its latest public list
    year: int | None
    closed_on: date | None
    current_slug: str | None
    show_names: bool

    @property
    def names(self) -> tuple[str, ...]:
        return self[3:9]

    @property
    def words(self) -> Words:
        return Words(self.name, self.name_en)

    @property
    def organisation(self) -> Words:
        names = {"name": self.of, "name_en": self.of_en}
        short = {"short_name": self.of_short, "short_name_en": self.of_short_en}
        return Organisation(**names, **short).short_words


COLUMNS = ["pk", "parent", "slug", "name", "name_en"]
COLUMNS += [f"organisation__{name}" for name in ("name", "name_en", "short_name", "short_name_en")]
COLUMNS += ["organisation__demonstration", "current", "current_year", "current_closed_on"]
COLUMNS += ["current_slug", "show_names"]


class Tree:
    """The committees that have a public list, or have one below them: nobody knows of others."""

    def __init__(self):
        everyone = {node.pk: node for node in map(Node._make, _committees())}
        known = set()
        for node in everyone.values():
            above = node if node.current else None
            while above and above.pk not in known:
                known.add(above.pk)
                above = everyone.get(above.parent)
        self.nodes = {pk: node for pk, node in everyone.items() if pk in known}
        self.below = {}  # by the key of the parent; None: those at the top
        for node in self.nodes.values():
            self.below.setdefault(node.parent, []).append(node)

    def of(self, slug: str) -> Node | None:
        """Return the committee that has this address, or had it."""
        present = (node for node in self.nodes.values() if node.slug == slug)
        return next(present, None) or self._formerly(slug)

    def _formerly(self, slug: str) -> Node | None:
        former = FormerAddress.objects.filter(slug=slug).values_list("committee", flat=True)
        return self.nodes.get(former.first())

    @property
    def is_small(self) -> bool:
        """Tell whether one page has room for all committees."""
        return len(self.nodes) <= TREE_AT_MOST

    def walk(self, parent: int | None = None, depth: int = 0) -> Iterator[tuple[Node, int]]:
        """Yield each committee with its depth, before those below it."""
        for node in self.below.get(parent, ()):
            yield node, depth
            yield from self.walk(node.pk, depth + 1)

    def path(self, node: Node) -> list[Node]:
        """Return the committees above one, the highest first."""
        above = self.nodes.get(node.parent)
        return [*self.path(above), above] if above else []

    def lists_under(self, node: Node) -> list[Node]:
        """Return those that have a list: the committee itself, and what is below it."""
        with_list, waiting = [], [node]
        while waiting:
            one = waiting.pop()
            waiting += self.below.get(one.pk, ())
            if one.current:
                with_list.append(one)
        return with_list


def _committees():
    """Return every committee's columns; which list is its latest is asked of an index."""
    latest = ItemList.objects.public().filter(committee=OuterRef("pk")).order_by(*LATEST)
    committees = Committee.objects.without_tree_fields().order_by("name", "pk")
    return committees.annotate(
        current=Subquery(latest.values("pk")[:1]),
        current_year=Subquery(latest.values("year")[:1]),
        current_closed_on=Subquery(latest.values("closed_on")[:1]),
        current_slug=Subquery(latest.values("slug")[:1]),
    ).values_list(*COLUMNS)


class Counts:
    """How many items the current lists of some committees have in each status."""

    def __init__(self, nodes: Iterable[Node], today: date):
        nodes = [node for node in nodes if node.current]
        self._rows = {}
        self._count([node.current for node in nodes if not node.closed_on], today)
        closed = [node.current for node in nodes if node.closed_on]
        self._count(closed, F("list__closed_on"))  # each as on its last day

    def _count(self, lists: list[int], day: date | F) -> None:
        if not lists:
            return
        for key, *row in Item.objects.published().filter(list__in=lists).counted(day):
            self._rows.setdefault(key, []).append(row)

    def sum(self, nodes: list[Node]) -> public.Sum:
        """Return what the current lists of these committees come to."""
        return self.sum_of([node.current for node in nodes])

    def sum_of(self, lists: list[int | None]) -> public.Sum:
        groups, overdue = Counter(), 0
        for key in lists:
            for status, count, late in self._rows.get(key, ()):
                groups[GROUP_OF[status]] += count
                overdue += late
        return public.Sum(len(lists), public.equation(groups), overdue)

    def has_open(self, key: int) -> bool:
        """Tell whether a list has items that are neither resolved nor withdrawn."""
        return any(status in OPEN for status, _count, _late in self._rows.get(key, ()))

    def count_also(self, lists: list[ItemList], today: date) -> None:
        """Count further lists that run, beside the current ones."""
        self._count([item_list.pk for item_list in lists], today)

    def together(self, nodes: list[Node]) -> public.Sum | None:
        """Return the sum of several; None where there is only one, or they are no one promise."""
        one_year = len({node.year for node in nodes}) == 1
        return self.sum(nodes) if one_year and len(nodes) > 1 else None


def committee_page(slug: str, today: date, page: int = 1) -> public.CommitteePage | None:
    """Return a committee's page; None where neither it nor one below it has a public list."""
    tree = Tree()
    node = tree.of(slug)
    if node is None:
        return None
    under = tree.lists_under(node)
    counts = Counts(under, today)
    mine = lists_of([node])
    return public.CommitteePage(
        slug=node.slug,
        committee=node.words,
        organisation=node.organisation,
        demonstration=node.demonstration,
        path=tuple(map(crumb, tree.path(node))),
        shown=in_full(node, mine, counts, today),
        together=counts.together(under),
        lines=lines(tree, counts, with_those_below(tree, tree.below.get(node.pk, [])), today, page),
        earlier=earlier(mine, [node]),
        calls=suggestions.open_calls(today, [node.pk]),
        recent=recent_of(under, today) if len(under) > 1 else None,
        as_of=today,
        bulletins=bulletins_of([row.pk for row in mine]),
        proposed=proposed_lines(today, node.pk),
    )


def recent_of(nodes: Iterable[Node], today: date) -> public.Recent | None:
    """Return what moved lately on the current lists of some committees, as far as they run."""
    running = {
        node.current: node.show_names for node in nodes if node.current and not node.closed_on
    }
    return recent(dict.fromkeys(running, today), running, today) if running else None


def crumb(node: Node) -> public.Crumb:
    return public.Crumb(node.slug, node.words)


class TreeRow(NamedTuple):
    """A committee that gets a line, and the committees whose lists the line adds up."""

    node: Node
    summed: list[Node]
    depth: int = 0


def with_those_below(tree: Tree, nodes: Iterable[Node], depth: int = 0) -> list[TreeRow]:
    """Return a line for each committee that speaks of its own list and those below it."""
    return [TreeRow(node, tree.lists_under(node), depth) for node in nodes]


def lines(
    tree: Tree,
    counts: Counts,
    everyone: list[TreeRow],
    today: date,
    page: int = 1,
    with_path: bool = False,
) -> public.Lines:
    """Return one page of committees as lines, each with what its lists come to."""
    page, pages = nearest(page, len(everyone), AT_ONCE)
    rows = everyone[(page - 1) * AT_ONCE : page * AT_ONCE]
    shown = {row.node.pk for row in rows}
    # A line leads to the board, but where there is more below than the page shows.
    leading = [
        row.node
        for row in rows
        if row.node.current and all(below.pk in shown for below in tree.below.get(row.node.pk, ()))
    ]
    known = lists_of(leading)
    by_key = {item_list.pk: item_list for item_list in known}
    boards = {node.pk: by_key[node.current] for node in leading}
    changed = last_changes([item_list.pk for item_list in boards.values()])
    running = running_lists(known, leading, counts, today)
    committees = tuple(
        _line(
            tree,
            counts,
            row,
            path=tuple(above.words for above in tree.path(row.node)) if with_path else (),
            head=public.head(boards[row.node.pk]) if row.node.pk in boards else None,
            running=tuple(running.get(row.node.pk, ())),
            silent_days=_silent_days(boards.get(row.node.pk), counts, changed, today),
        )
        for row in rows
    )
    return public.Lines(committees, len(everyone), page, pages)


def _line(tree, counts, row, **columns):
    node, summed, depth = row
    years = {one.year for one in summed}
    # Of several years there is no sum: then the line says what the committee's own list says.
    of_one_year = summed if len(years) < 2 else [node] if node.current else []
    return public.Line(
        slug=node.slug,
        name=node.words,
        sum=counts.sum(of_one_year) if of_one_year else None,
        lists=len(summed),
        depth=depth,
        **columns,
    )


def _silent_days(
    item_list: ItemList | None, counts: Counts, changed: dict[int, date], today: date
) -> int | None:
    """Return how long nothing was heard of a list with open items, once that is too long."""
    if item_list is None or item_list.closed_on or not counts.has_open(item_list.pk):
        return None
    days = public.days_ago(changed.get(item_list.pk), today)
    return days if days and days > item_list.committee.stale_after_days else None


def lists_of(nodes: list[Node]) -> list[ItemList]:
    """Return all public lists of these committees, the latest of each first."""
    rows = list(lists().filter(committee__in=[node.pk for node in nodes]).order_by(*LATEST))
    prefetch_related_objects([row for row in rows if row.closed_on], "closing_names")
    return rows


def earlier(known: list[ItemList], nodes: list[Node]) -> tuple[public.Head, ...]:
    """Return the lists that are closed, but for the current ones."""
    return tuple(public.head(row) for row in _others(known, nodes) if row.closed_on)


def _others(known: list[ItemList], nodes: Iterable[Node]) -> list[ItemList]:
    """Return the lists that aren't the current ones."""
    current = {node.current for node in nodes}
    return [row for row in known if row.pk not in current]


def in_full(
    node: Node, known: list[ItemList], counts: Counts, today: date
) -> public.HomeList | None:
    """Return a committee's current list, with its strip unless it is long; None without one."""
    item_list = next((row for row in known if row.pk == node.current), None)
    if item_list is None:
        return None
    sum_, as_of = counts.sum([node]), item_list.as_of(today)
    is_short = sum_.arithmetic.total <= STRIP_AT_MOST
    changed_on = last_changes([item_list.pk]).get(item_list.pk)
    return public.HomeList(
        head=public.head(item_list),
        arithmetic=sum_.arithmetic,
        strip=_blocks(item_list, as_of) if is_short else (),
        overdue_count=sum_.overdue_count,
        last_change_on=changed_on,
        last_change_days_ago=public.days_ago(changed_on, as_of),
        running=tuple(running_lists(known, [node], counts, today).get(node.pk, ())),
    )


def running_lists(
    known: list[ItemList], nodes: Iterable[Node], counts: Counts, today: date
) -> dict[int, list[public.RunningList]]:
    """Return by committee the lists that run beside its current one, the newest first."""
    others = [row for row in _others(known, nodes) if not row.closed_on]
    counts.count_also(others, today)
    running: dict[int, list[public.RunningList]] = {}
    for row in others:
        running.setdefault(row.committee_id, []).append(running_list(row, counts))
    return running


def running_list(item_list: ItemList, counts: Counts) -> public.RunningList:
    total = counts.sum_of([item_list.pk])
    return public.RunningList(public.head(item_list), total.arithmetic, total.overdue_count)


def _blocks(item_list: ItemList, day: date) -> tuple[public.Block, ...]:
    """Return a list's items as the blocks of its strip on a day."""
    items = Item.objects.published().filter(list=item_list).order_by("number")
    return tuple(public.block(item, day) for item in items.select_related("last_news").only(*BLOCK))

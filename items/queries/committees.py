"""The committees that everyone knows of, what their lists come to, and the page of one."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.db.models import F, OuterRef, Subquery, prefetch_related_objects

from items import public
from items.models import Committee, FormerAddress, Item, ItemList, Organisation
from items.queries import suggestions
from items.queries.changes import recent
from items.queries.paging import nearest
from items.queries.rows import last_changes, lists
from items.states import GROUP_OF
from items.words import Words

CROWD = 90  # items; so many have room for their blocks on one page
AT_ONCE = 60  # committees on a page
LATEST = ("-year", "-published_on", "-pk")


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
        if closed := [node.current for node in nodes if node.closed_on]:
            self._count(closed, F("list__closed_on"))  # each as on its last day

    def _count(self, lists: list[int], day: date | F) -> None:
        for key, *row in Item.objects.published().filter(list__in=lists).counted(day):
            self._rows.setdefault(key, []).append(row)

    def crowded(self) -> bool:
        """Tell whether there are more items than a page has room for."""
        return sum(count for rows in self._rows.values() for _status, count, _late in rows) > CROWD

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

    def count_also(self, lists: list[ItemList], today: date) -> None:
        """Count further lists that run, beside the current ones."""
        if lists:
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
        shown=in_full([node], mine, counts, today).get(node.pk),
        together=counts.together(under),
        lines=lines(tree, counts, tree.below.get(node.pk, []), page),
        earlier=earlier(mine, [node]),
        calls=suggestions.open_calls(today, [node.pk]),
        recent=recent_of(under, today) if len(under) > 1 else None,
        as_of=today,
    )


def recent_of(nodes: Iterable[Node], today: date) -> public.Recent | None:
    """Return what moved lately on the current lists of some committees, as far as they run."""
    running = {
        node.current: node.show_names for node in nodes if node.current and not node.closed_on
    }
    return recent(dict.fromkeys(running, today), running, today) if running else None


def crumb(node: Node) -> public.Crumb:
    return public.Crumb(node.slug, node.words)


def lines(
    tree: Tree, counts: Counts, nodes: list[Node], page: int = 1, with_path: bool = False
) -> public.Lines:
    """Return one page of committees, each with what its lists and those below it come to."""
    page, pages = nearest(page, len(nodes), AT_ONCE)
    rows = nodes[(page - 1) * AT_ONCE : page * AT_ONCE]
    committees = tuple(_line(tree, counts, node, with_path) for node in rows)
    return public.Lines(committees, len(nodes), page, pages)


def _line(tree, counts, node, with_path):
    under = tree.lists_under(node)
    # Of several years there is no sum: then the line says what the committee's own list says.
    of = under if len({node.year for node in under}) == 1 else [node] if node.current else []
    return public.Line(
        slug=node.slug,
        name=node.words,
        path=tuple(above.words for above in tree.path(node)) if with_path else (),
        sum=counts.sum(of) if of else None,
        lists=len(under),
    )


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
    nodes: list[Node],
    known: list[ItemList],
    counts: Counts,
    today: date,
    *,
    strips: bool = False,
) -> dict[int, public.HomeList]:
    """Return each committee's current list; a long one has its strip only with `strips`."""
    by_key = {item_list.pk: item_list for item_list in known}
    current = {node: by_key[node.current] for node in nodes if node.current in by_key}
    sums = {node: counts.sum([node]) for node in current}
    short = [n for n in current if strips or sums[n].arithmetic.total <= CROWD]
    blocks = _blocks({node.current: current[node].as_of(today) for node in short})
    changed = last_changes([node.current for node in current])
    running = [row for row in _others(known, current) if not row.closed_on]
    counts.count_also(running, today)
    return {
        node.pk: public.HomeList(
            head=public.head(item_list),
            arithmetic=sums[node].arithmetic,
            strip=blocks.get(node.current, ()),
            overdue_count=sums[node].overdue_count,
            last_change_on=changed.get(node.current),
            last_change_days_ago=public.days_ago(changed.get(node.current), item_list.as_of(today)),
            running=tuple(
                running_list(row, counts) for row in running if row.committee_id == node.pk
            ),
        )
        for node, item_list in current.items()
    }


def running_list(item_list: ItemList, counts: Counts) -> public.RunningList:
    total = counts.sum_of([item_list.pk])
    return public.RunningList(public.head(item_list), total.arithmetic, total.overdue_count)


def _blocks(days: dict[int, date]) -> dict[int, tuple[public.Block, ...]]:
    """Return each list's items as blocks of its strip for its day, read at once."""
    columns = ("list_id", "number", "title", "title_en", "status", "due", "put_right_by")
    items = Item.objects.published().filter(list__in=days).order_by("list_id", "number")
    read = groupby(items.only(*columns), key=lambda item: item.list_id)
    return {pk: tuple(public.block(item, days[pk]) for item in group) for pk, group in read}

"""A list's board, or one group of it: a small list from its rows, a large one from counts."""

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from django.db.models import Case, Count, OuterRef, Q, Subquery, When

from items import public
from items.compiled_queries import compiled_query, counted
from items.models import (
    Assessment,
    Bulletin,
    Committee,
    Entry,
    Item,
    ItemList,
    Photo,
    Review,
    SiteVisit,
)
from items.models.post import know_posts
from items.queries import suggestions
from items.queries.assessments import board_assessments
from items.queries.cells import Summary, cell, summary_of_list, themes_of, together, total
from items.queries.changes import recent_of
from items.queries.committees import LATEST, Counts, running_list
from items.queries.heard import conditions, is_fresh, is_silent, waits_for_check
from items.queries.paging import nearest
from items.queries.places import chips
from items.queries.promises import smaller_of
from items.queries.proposals import proposed_lines, was_up
from items.queries.rows import in_rows, last_change, list_at, lists, read
from items.states import STATUSES_OF, Status, Verb

PAGE_SIZE = 100  # items
LISTS_NEAR = 20  # of a committee and below it that a board looks at
PAIRS = 3  # of pictures that a board shows


class Page(NamedTuple):
    """The items of a page, with all that a row shows; of how many, on which page of how many."""

    items: list[Item]
    count: int
    number: int = 1
    pages: int = 1


def board(slug: str, today: date, group: str = "", page: int = 1) -> public.Board | None:
    """Return a page of a published list, or of one group of it; None when there is none.

    Of a list that fits on one page everything follows from its rows; a longer one is counted by
    the database.
    """
    item_list = list_at(slug)
    if item_list is None:
        return None
    items = _first_items(item_list.pk)
    if len(items) <= PAGE_SIZE:
        return _small_board(item_list, items, today, group)
    return _large_board(item_list, today, group, page)


@compiled_query
def _first_items(item_list):
    return in_rows(Item.objects.filter(list=item_list))[: PAGE_SIZE + 1]


def _small_board(item_list, items, today, group):
    for item in items:
        item.list = item_list
    know_posts(items)
    summary = Summary([cell(item, item_list.as_of(today)) for item in items], items)
    if group:
        rows = [item for item in items if item.group == group]
        return _group_board(item_list, summary, Page(rows, len(rows)), today, group)
    return _whole_board(item_list, summary, Page(items, len(items)), today, _heard(items, today))


def _large_board(item_list, today, group, number):
    items, summary = item_list.items.published(), summary_of_list(item_list, item_list.as_of(today))
    if group:
        count = total(cell for cell in summary.cells if cell.group == group)
        keys, *place = keys_of_page(items.filter(status__in=STATUSES_OF[group]), count, number)
        page = Page(items_by_key(item_list, keys), count, *place)
        return _group_board(item_list, summary, page, today, group)
    count = total(summary.cells)
    keys, *place = keys_of_page(items, count, number)
    page = Page(items_by_key(item_list, keys), count, *place)
    return _whole_board(item_list, summary, page, today, _count_heard(item_list, items, today))


def _heard(items, today):
    """Return how many items wait for the check, have fresh news, and none for too long."""
    return (
        sum(map(waits_for_check, items)),
        sum(is_fresh(item, today) for item in items),
        sum(is_silent(item, today) for item in items),
    )


def _count_heard(item_list, items, today):
    """Count the same in the database."""
    known = conditions(item_list, today)
    counts = {name: Count("pk", filter=known[name]) for name in ("pending", "fresh", "silent")}
    return tuple(items.order_by().aggregate(**counts).values())


def _whole_board(item_list, summary, page, today, heard):
    board = board_of(item_list, summary, page, today)
    promises, visits, unanswered, judged, ups, proposed, issued = _papers.one(item_list.pk, today)
    return replace(
        board,
        recent=recent_of(item_list, today),
        truth=public.Truth(board.overdue_count, *heard, unanswered or 0),
        themes=themes_of(summary.cells, item_list),
        suggestions=suggestions.of_the_year(item_list, today),  # they don't end with the list
        plan=bool(item_list.plan),
        promises=promises or 0,
        visits=visits or 0,
        assessments=board_assessments(item_list) if judged else (),
        bulletin=issued,
        was_up=was_up(item_list, today) if ups else None,
        proposed=proposed_lines(today, item_list.committee_id) if proposed else (),
        **_beside(item_list, today),
        places=chips(item_list, summary.cells),
    )


@compiled_query
def _papers(item_list, today):
    """Count a list's smaller promises, its committee's visits, late reviews and assessments.

    How often it was up for objections before its publication, and how many drafts of its
    committee are. And the bulletins that are issued: the newest one's number.
    """
    of_list = (
        smaller_of(OuterRef("pk")),
        SiteVisit.objects.filter(committee=OuterRef("committee"), withdrawn_on=None),
        Review.objects.overdue(today).filter(item__list=OuterRef("pk")),
        Assessment.objects.issued().filter(list=OuterRef("pk")),
        Entry.objects.of_lists().filter(list=OuterRef("pk"), verb=Verb.PUT_UP),
        Entry.objects.announcements().of_lists().filter(list__committee=OuterRef("committee")),
    )
    counts = (Subquery(counted(rows)) for rows in of_list)
    newest = Bulletin.objects.issued().filter(list=OuterRef("pk")).order_by("-number")
    last = Subquery(newest.values("number")[:1])
    return ItemList.objects.filter(pk=item_list).order_by().values_list(*counts, last)


def _group_board(item_list, summary, page, today, group):
    return of_group(board_of(item_list, summary, page, today), summary, group)


def of_group(board: public.Board, summary: Summary, group: str) -> public.Board:
    """Return a board that shows one group of its list, in whose strip the others stand back."""
    others = frozenset(item.number for item in summary.strip if item.group != group)
    return replace(board, group=group, dim=others)


def _beside(item_list, today):
    """Return the committee's other lists, and whether committees directly below it have some."""
    rows = _lists_near(item_list.committee_id, item_list.pk)
    mine = [row for row in rows if row.committee_id == item_list.committee_id]
    running = [row for row in mine if not row.closed_on]
    counts = Counts([], today)
    counts.count_also(running, today)
    return {
        "running": tuple(running_list(row, counts) for row in running),
        "earlier": tuple(public.head(row) for row in mine if row.closed_on),
        "below": len(mine) < len(rows),
    }


@compiled_query
def _lists_near(committee, but):
    """Return the other lists of a committee, the latest first, and after them some below it."""
    known = Committee.objects.without_tree_fields()
    near = known.filter(Q(pk=committee) | Q(parent=committee)).order_by()
    below = Case(When(committee=committee, then=0), default=1)
    others = lists().filter(committee__in=near).exclude(pk=but)
    return others.order_by(below, *LATEST)[:LISTS_NEAR]


def keys_of_page(items, count: int, number: int) -> tuple[list[int], int, int]:
    """Return the keys of a page of a queryset of `count` items, its number, and of how many."""
    number, pages = nearest(number, count, PAGE_SIZE)
    keys = items.order_by("number").values_list("pk", flat=True)
    return list(keys[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]), number, pages


def items_by_key(item_list: ItemList, keys: list[int]) -> list[Item]:
    """Return items of the list in the order of their keys, with all that a row shows."""
    by_key = {item.pk: item for item in read(in_rows(item_list.items.filter(pk__in=keys)))}
    return [by_key[key] for key in keys]


def board_of(item_list: ItemList, summary: Summary, page: Page, today: date) -> public.Board:
    """Return the board of a list that shows a page of its items."""
    return drawn(
        item_list,
        summary,
        page,
        item_list.as_of(today),
        changed_on=last_change(item_list),
        pairs=pairs_of(page.items),
    )


def drawn(
    item_list: ItemList,
    summary: Summary,
    page: Page,
    today: date,
    *,
    changed_on: date | None,
    pairs: dict[int, public.Pair],
) -> public.Board:
    """Return the board that these items make on a day; else as `board_of`."""
    rows = (public.row(item, today) for item in page.items)
    return public.Board(
        head=public.head(item_list),
        arithmetic=together(summary.cells),
        strip=tuple(public.block(item, today) for item in summary.strip),
        rows=tuple(
            replace(r, photo=pairs[r.number].after) if r.number in pairs else r for r in rows
        ),
        pairs=tuple(pairs.values())[:PAIRS],
        count=page.count,
        page=page.number,
        pages=page.pages,
        group="",
        as_of=today,
        last_change_on=changed_on,
        last_change_days_ago=public.days_ago(changed_on, today),
        overdue_count=total(cell for cell in summary.cells if cell.late == "overdue"),
    )


def pairs_of(items: list[Item]) -> dict[int, public.Pair]:
    """Return pictures from before and after of resolved items, by number, the latest first."""
    shown = {
        item.pk: item for item in items if item.status == Status.RESOLVED and not item.hardship
    }
    spots = {}
    for photo in _photos_at_spots(list(shown)) if shown else ():
        spots.setdefault(photo.spot_id, {})[photo.side] = photo
    both = [spot for spot in spots.values() if len(spot) == 2]  # before and after
    both.sort(key=lambda spot: (spot["after"].taken_on, spot["after"].pk), reverse=True)
    pairs = {}
    for spot in both:
        item = shown[spot["after"].item_id]
        stems = spot["before"].stem, spot["after"].stem
        pairs.setdefault(item.number, public.Pair(item.number, item.title_words, *stems))
    return pairs


@compiled_query
def _photos_at_spots(items: list[int]):
    return Photo.objects.public().filter(item__in=items, spot__isnull=False).order_by()

"""What the report of a year says beside what a bulletin does: its results, months and years.

Its last month is the board's equation, and the line of each year is that year's board.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from items.models import Adoption, Category, Entry, Item, ItemList, Photo, Suggestion
from items.public.figures import BeforeAfter, Figures, FiguresRow, ShownPhoto
from items.queries.cells import summary_of_list, together
from items.queries.rows import lists
from items.queries.suggestions import of_the_year
from items.states import Status
from items.words import Words, month

YEARS = 5  # so many lists of a committee stand side by side
MONTHS_AT_MOST = 24  # of a list that runs on, the last ones
PAIRS = 24  # of pictures


def results(items: list[Item]) -> Iterator[str]:
    """Return in sentences how many of a list's items workers asked for, and what became of all."""
    keys = [item.pk for item in items]
    asked = Adoption.objects.filter(item__in=keys).order_by().values("item").distinct().count()
    said = ngettext(
        "%(n)d item on the list; %(asked)d of them from workers’ suggestions",
        "%(n)d items on the list; %(asked)d of them from workers’ suggestions",
        len(items),
    )
    yield said % {"n": len(items), "asked": asked}
    done = [item for item in items if item.status == Status.RESOLVED]
    in_time = sum(1 for item in done if _in_time(item))
    values = {"n": len(done), "in_time": in_time, "later": len(done) - in_time}
    yield _("%(n)d resolved: %(in_time)d by the day first promised, %(later)d later") % values


def _in_time(item: Item) -> bool:
    """Tell whether a resolved item was done by the day that was promised first."""
    promised = item.first_due or item.due
    return promised is None or item.done_on is None or item.done_on <= promised


def areas(item_list: ItemList, items: list[Item], today: date) -> Figures | None:
    """Return items by what they are about, in the names' order: asked for, promised, resolved.

    None where no item has a category.
    """
    listed = Counter(item.category_id for item in items)
    done = Counter(item.category_id for item in items if item.status == Status.RESOLVED)
    asked = _asked_for(items, today)
    known = Category.objects.filter(pk__in=listed.keys() - {None}).order_by("name", "pk")
    told = [(row.pk, item_list.called(row)) for row in known]
    if not told:
        return None
    if listed[None]:
        nothing = pgettext("category", "None")
        told.append((None, Words(nothing, nothing)))
    return Figures(
        key="areas",
        caption=_("By what they are about"),
        heads=(_("Category"), _("Suggestions that led to them"), _("Promised"), _("Resolved")),
        rows=tuple(FiguresRow(name, "", (asked[pk], listed[pk], done[pk])) for pk, name in told),
        drawn=False,
    )


def _asked_for(items: list[Item], today: date) -> Counter[int | None]:
    """Return by category how many suggestions, as of midnight, became these items."""
    categories = {item.pk: item.category_id for item in items}
    became = defaultdict(set)
    adoptions = Adoption.objects.filter(item__in=list(categories)).order_by()
    for suggestion, item in adoptions.values_list("suggestion", "item"):
        became[suggestion].add(categories[item])
    behind = Suggestion.objects.behind(list(categories)).filter(received_on__lt=today)
    roots = behind.order_by().values_list("pk", "merged_into")
    return Counter(each for pk, merged_into in roots for each in became[merged_into or pk])


def months(item_list: ItemList, today: date) -> Figures:
    """Return how many items were on the list, and how many resolved, as each month ended.

    The last row is as of today: the board's equation.
    """
    steps = Entry.objects.public().filter(list=item_list, item__isnull=False)
    found = steps.filter(happened_on__lte=today).exclude(status_to="").order_by("seq")
    moves = defaultdict(list)
    for item, day, status in found.values_list("item", "happened_on", "status_to"):
        moves[date(day.year, day.month, 1)].append((item, status))
    assert item_list.published_on
    rows, stands = [], {}
    for first in _months(min([*moves, _first(item_list.published_on)]), today):
        stands |= dict(moves[first])
        resolved = sum(1 for status in stands.values() if status == Status.RESOLVED)
        name = Words(month(first), month(first))  # a name in either language
        rows.append(FiguresRow(name, month(first, short=True), (len(stands), resolved)))
    return Figures(
        key="months",
        caption=_("On the list, and resolved, as each month ended"),
        heads=(_("Month"), _("On the list"), _("Resolved")),
        rows=tuple(rows[-MONTHS_AT_MOST:]),
    )


def _first(day: date) -> date:
    return day.replace(day=1)


def _months(first: date, last: date) -> Iterator[date]:
    """Return the first day of each month from one to another."""
    while first <= last:
        yield first
        first = date(first.year + first.month // 12, first.month % 12 + 1, 1)


def years(item_list: ItemList, today: date) -> Figures | None:
    """Return a committee's lists up to this one, a row each; None where it is the first."""
    earlier = lists().filter(committee=item_list.committee_id, year__lte=item_list.year)
    rows = [row for row in earlier.order_by("-year", "-pk")[:YEARS] if row.pk != item_list.pk]
    if not rows:
        return None
    both = sorted([item_list, *rows], key=lambda row: (row.year, row.pk))
    return Figures(
        key="years",
        caption=_("This list beside those before it"),
        heads=(
            _("List"),
            _("Promised"),
            _("Resolved"),
            _("Taken off"),
            _("More time"),
            _("Suggestions"),
            _("Answered"),
        ),
        rows=tuple(_year(row, today) for row in both),
    )


def _year(item_list: ItemList, today: date) -> FiguresRow:
    as_of = item_list.as_of(today)
    equation = together(summary_of_list(item_list, as_of).cells)
    counted = {term.key: term.count for term in equation.groups}
    extended = item_list.items.published().filter(times_extended__gt=0).count()
    heard = of_the_year(item_list, today).counts
    waiting = sum(term.count for term in heard.terms if term.key == "waiting")
    numbers = equation.total, counted["resolved"], counted.get("withdrawn", 0), extended
    return FiguresRow(
        item_list.words, str(item_list.year), (*numbers, heard.total, heard.total - waiting)
    )


def pictures(items: Iterable[Item]) -> tuple[BeforeAfter, ...]:
    """Return resolved items in two pictures each, in list order; families' are never shown."""
    shown = {
        item.pk: item for item in items if item.status == Status.RESOLVED and not item.hardship
    }
    photos = Photo.objects.public().filter(item__in=list(shown), spot__isnull=False)
    spots: dict[int, dict[str, Photo]] = defaultdict(dict)
    for photo in photos.select_related("entry").order_by("spot__order", "spot", "taken_on", "pk"):
        spots[photo.spot_id][photo.side] = photo
    pairs: dict[int, BeforeAfter] = {}
    for spot in spots.values():
        if {"before", "after"} <= spot.keys():
            item = shown[spot["after"].item_id]
            both = _shown(spot["before"]), _shown(spot["after"])
            pairs.setdefault(item.number, BeforeAfter(item.number, item.title_words, *both))
    return tuple(pairs[number] for number in sorted(pairs)[:PAIRS])


def _shown(photo: Photo) -> ShownPhoto:
    return ShownPhoto(
        stem=photo.stem,
        words=photo.shows,
        day=photo.taken_on,
        width=photo.small_width,
        height=photo.small_height,
        entry=photo.entry.seq,
    )

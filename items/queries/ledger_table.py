"""The rows of the ledger's table, and the list's whole ledger by date: read in portions."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import NullIf

from items import public, staff
from items.models import Entry, Item, ItemList, Person, SheetLayout, TableView, UnitShare
from items.models.items import VISITS
from items.models.post import know_posts
from items.queries.assessments import latest_judgements
from items.queries.cells import strip_of
from items.queries.desk_lists import CHOSEN, figures, matches
from items.queries.paging import nearest
from items.states import REPORTS, Status, Verb

LEADS = UnitShare.objects.filter(item=OuterRef("pk")).order_by("order", "pk")
LOOKED = Entry.objects.public().filter(item=OuterRef("pk"), verb__in=VISITS, role="supervisor")
BLANK = ("term", "source", "problem", "result", "budget", "remark", "internal_note")
# The table's columns that it can be sorted by, and what of the item stands behind each
SORTED: dict[str, str | NullIf | Subquery] = {
    "number": "number",
    "title": "title",
    "category": "category__name",
    "theme": "theme__name",
    "place": "place__name",
    "owner_post": "owner_post__name",
    "supervisor_post": "supervisor_post__name",
    "start_by": "start_by",
    "first_due": "first_due",
    "due": "due",
    "status": "status",
    "times_extended": "times_extended",
    "last_news_on": "last_news__happened_on",
    "percent": "percent",
    "done_on": "done_on",
    "signed_off_on": "signed_off_on",
    "recheck_on": "recheck_on",
    **{name: NullIf(name, Value("")) for name in BLANK},
    "shares": Subquery(LEADS.values("unit__name")[:1]),
    "visited_on": Subquery(LOOKED.order_by("-happened_on").values("happened_on")[:1]),
}
PAGE = 100  # items
PORTION = 500  # items, or entries, that are in memory at once
JOINED = ("category", "theme", "place", "last_news", "brought_in")
SIGNED = (Verb.SIGN_OFF, Verb.BRING_IN)
SAID = (*REPORTS, Verb.BRING_IN)
LOOKED_BACK = (Verb.LOOK_BACK,)
LINES = ("measures", "criteria", "handlers", "unit_shares__unit")


def ledger_rows(
    item_list: ItemList, items: QuerySet[Item], today: date
) -> Iterator[staff.LedgerRow]:
    """Yield items of a list as rows, in their order, however many they are."""
    today = item_list.as_of(today)
    keys = items.values_list("pk", flat=True)
    for portion in _portions(list(keys)):
        yield from _rows(item_list, portion, today)


def ledger_page(
    item_list: ItemList,
    today: date,
    search: staff.ItemSearch,
    *,
    sort: str = "",
    page: int = 1,
    numbers: Collection[int] | None = None,
) -> staff.LedgerPage:
    """Return a page of what a search finds in a list, sorted by a column; "-due" is backwards.

    With `numbers` it is the page of these items, whatever the search finds.
    """
    today = item_list.as_of(today)
    items = matches(item_list, today, search)
    if numbers is not None:
        items = item_list.items.published().filter(number__in=numbers)
    count = items.count()
    page, pages = nearest(page, count, PAGE)
    strip = [] if item_list.is_draft else strip_of(item_list.items.published())
    found = set(items.values_list("number", flat=True)) if strip and search else None
    items = sorted_by(items, sort)[(page - 1) * PAGE : page * PAGE]
    return staff.LedgerPage(
        arithmetic=None if item_list.is_draft else figures(item_list),
        strip=tuple(public.block(item, today) for item in strip),
        dim=frozenset(i.number for i in strip if found is not None and i.number not in found),
        rows=tuple(ledger_rows(item_list, items, today)),
        as_of=today,
        count=count,
        page=page,
        pages=pages,
    )


def sheet_layout(item_list: ItemList) -> staff.SheetLayout:
    """Return how the list's sheet looked when it came in; else that of its committee's latest."""
    of_committee = SheetLayout.objects.filter(list__committee=item_list.committee_id)
    latest = of_committee.order_by("-list__year", "-list_id")
    row = of_committee.filter(list=item_list).first() or latest.first()
    return staff.sheet_layout(row, is_own=bool(row and row.list_id == item_list.pk))


def sorted_by(items: QuerySet[Item], sort: str) -> QuerySet[Item]:
    """Return items in the order of a column, what is blank last; else in that of their numbers."""
    column = SORTED.get(sort.removeprefix("-"))
    if column is None:
        return items.order_by("number")
    value = F(column) if isinstance(column, str) else column
    by = value.desc(nulls_last=True) if sort.startswith("-") else value.asc(nulls_last=True)
    return items.order_by(by, "number")


def choices(item_list: ItemList) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return what a list's items can be chosen by: keys and names, by the search's fields."""
    items = item_list.items.all()
    found = {}
    for name, lookup in CHOSEN.items():
        if name != "term":
            rows = items.exclude(**{lookup: None}).order_by(f"{lookup}__name")
            known = rows.values_list(lookup, f"{lookup}__name").distinct()
            found[name] = tuple((str(pk), label) for pk, label in known)
    return found


def saved_views(item_list: ItemList, person: Person) -> tuple[staff.SavedView, ...]:
    """Return the views of a list's table that a person can open: the office's, then one's own."""
    views = TableView.objects.filter(committee=item_list.committee_id)
    views = views.filter(Q(person=None) | Q(person=person)).order_by("name")
    rows = [staff.SavedView(v.pk, v.name, v.query, v.person_id is None) for v in views]
    return tuple(sorted(rows, key=lambda view: not view.shared))


def roles_in(
    item_list: ItemList, numbers: Collection[int], person: Person, today: date
) -> dict[str, set[int]]:
    """Return the numbers of the items on which a person acts for the "owner" or "supervisor"."""
    items = item_list.items.filter(number__in=numbers).order_by()
    mine = {
        "owner": items.acted_for_by(person, today),
        "supervisor": items.supervised_by(person, today),
    }
    return {role: set(found.values_list("number", flat=True)) for role, found in mine.items()}


def asked_for_time(item_list: ItemList, numbers: Collection[int]) -> set[int]:
    """Return the numbers of those items for which a request for more time waits."""
    waiting = Entry.objects.filter(list=item_list, verb=Verb.ASK_EXTENSION).waiting()
    return set(waiting.filter(item__number__in=numbers).values_list("item__number", flat=True))


def _rows(item_list: ItemList, keys: list[int], today: date) -> Iterator[staff.LedgerRow]:
    items = list(Item.objects.filter(pk__in=keys).select_related(*JOINED).prefetch_related(*LINES))
    place = {key: at for at, key in enumerate(keys)}
    items.sort(key=lambda item: place[item.pk])
    for item in items:
        item.list = item_list
    know_posts(items)
    entries = Entry.objects.public().filter(item__in=keys)
    told = {*SIGNED, *SAID, *LOOKED_BACK}
    of_words = entries.filter(verb__in=told).select_related("words")
    signed, said, looked = {}, {}, {}
    for entry in of_words.order_by("seq"):
        for latest, verbs in ((signed, SIGNED), (said, SAID), (looked, LOOKED_BACK)):
            if entry.verb in verbs:
                latest[entry.item_id] = entry
    visits = entries.filter(verb__in=VISITS, role="supervisor").order_by().values("item")
    visited_on = dict(visits.values_list("item").annotate(on=Max("happened_on")))
    judged = latest_judgements(keys)
    for item in items:
        yield staff.ledger_row(
            item,
            today,
            said=said.get(item.pk),
            signed=signed.get(item.pk) if item.status == Status.RESOLVED else None,
            visited_on=visited_on.get(item.pk),
            judged=judged.get(item.pk),
            looked=looked.get(item.pk),
        )


def row_of(
    item: Item, entries: Iterable[Entry], today: date, judged: public.Judgement | None
) -> staff.LedgerRow:
    """Return one item as a row; `entries` are its own, in their order, with their words."""
    shown = [entry for entry in entries if entry.public]
    kinds = (SIGNED, SAID, LOOKED_BACK)
    latest = {verbs: entry for entry in shown for verbs in kinds if entry.verb in verbs}
    visits = [e.happened_on for e in shown if e.verb in VISITS and e.role == "supervisor"]
    return staff.ledger_row(
        item,
        item.list.as_of(today),
        said=latest.get(SAID),
        signed=latest.get(SIGNED) if item.status == Status.RESOLVED else None,
        visited_on=max(visits, default=None),
        judged=judged,
        looked=latest.get(LOOKED_BACK),
    )


def ledger_lines(
    item_list: ItemList, items: QuerySet[Item], *, inside: bool
) -> Iterator[staff.LedgerLine]:
    """Yield what was written of items of a list, and of the list itself, in the order of writing.

    Only with `inside` what the public doesn't read.
    """
    entries = Entry.objects.filter(list=item_list)
    entries = entries if inside else entries.public()
    titles = items.order_by().values_list("pk", "number", "title")
    shown = {pk: (number, title) for pk, number, title in titles}
    for entry in entries.select_related("words").order_by("seq").iterator(PORTION):
        if entry.item_id is None or entry.item_id in shown:
            yield staff.ledger_line(entry, *shown.get(entry.item_id, ()))


def _portions(keys: list[int]) -> Iterable[list[int]]:
    return (keys[at : at + PORTION] for at in range(0, len(keys), PORTION))

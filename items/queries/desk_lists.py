"""Lists at the desk: all that a person may see, one's drafts, what a search finds in another."""

from collections import Counter
from datetime import date
from itertools import groupby

from django.db.models import Count, Q

from items import public, staff
from items.models import Committee, Holding, Item, ItemList, Part, Person, Post
from items.models.folded import says_in
from items.models.tie import read_by
from items.queries.cells import summary_of_list
from items.queries.names import Names
from items.queries.paging import nearest
from items.queries.proposal_desk import proposals_of
from items.queries.rows import items_of, read
from items.search import Word, words_of
from items.states import GROUP_OF, STATUSES_OF, ListStatus, Status

PAGE = 100
# What a search chooses by, and the column that it looks into
CHOSEN = {
    "owner": "owner_post",
    "supervisor": "supervisor_post",
    "unit": "unit_shares__unit",
    "place": "place",
    "theme": "theme",
    "category": "category",
    "term": "term",
}


def desk_lists(person: Person, today: date) -> tuple[staff.CommitteeLists, ...]:
    """Return the lists that a person may see, by committee, the newest year first."""
    lists = ItemList.objects.visible_to(person, today).select_related("committee")
    lists = list(lists.order_by("committee__name", "committee_id", "-year", "-pk"))
    counts = _counts(lists)
    ups = proposals_of([row.pk for row in lists if row.is_draft], today)
    return tuple(
        staff.CommitteeLists(
            committee.words,
            tuple(_line(row, counts.get(row.pk, Counter()), ups.get(row.pk)) for row in rows),
        )
        for committee, rows in groupby(lists, key=lambda item_list: item_list.committee)
    )


def _counts(lists) -> dict[int, Counter]:
    """Return how many items of each list are at each status."""
    rows = Item.objects.filter(list__in=lists).order_by().values_list("list", "status")
    counts = {}
    for key, status, count in rows.annotate(count=Count("pk")):
        counts.setdefault(key, Counter())[status] = count
    return counts


def _line(item_list, by_status, up):
    status = ListStatus(item_list.status)
    return staff.ListLine(
        slug=item_list.slug,
        name=item_list.words,
        year=item_list.year,
        status=status.value,
        status_label=status.label,
        drafts=by_status[Status.DRAFT],
        arithmetic=None if item_list.is_draft else _equation(by_status),
        proposal=up,
    )


def figures(item_list: ItemList) -> public.Arithmetic:
    """Return the equation of a published list."""
    return _equation(_counts([item_list]).get(item_list.pk, Counter()))


def _equation(by_status) -> public.Arithmetic:
    counts = Counter()
    for status, count in by_status.items():
        if status in GROUP_OF:
            counts[GROUP_OF[Status(status)]] += count
    return public.equation(counts)


def drafts_page(item_list: ItemList, *, page: int = 1, size: int = PAGE) -> staff.DraftsPage:
    """Return one page of a draft list's items."""
    items = item_list.items.select_related("place", "owner_post", "supervisor_post")
    count = items.count()
    page, pages = nearest(page, count, size)
    rows = items.order_by("number")[(page - 1) * size : page * size]
    return staff.DraftsPage(tuple(map(staff.draft_line, rows)), count, page, pages)


def list_page(
    item_list: ItemList, today: date, search: staff.ItemSearch, *, page: int = 1, size: int = PAGE
) -> staff.ListPage:
    """Return one page of what a search finds in a published list, under its whole equation."""
    today = item_list.as_of(today)
    items = matches(item_list, today, search)
    count = items.count()
    page, pages = nearest(page, count, size)
    rows = read(items[(page - 1) * size : page * size])
    return staff.ListPage(
        head=public.head(item_list),
        arithmetic=figures(item_list),
        rows=tuple(public.row(item, today, show_names=True) for item in rows),
        count=count,
        page=page,
        pages=pages,
        owners=_owners(item_list),
    )


def reads_inside(person: Person, item_list: ItemList) -> bool:
    """Tell whether `person` reads what stays inside: the committee's office and auditors do."""
    mine = Committee.objects.without_tree_fields().filter(pk=item_list.committee_id)
    return mine.filter(read_by(person.pk, "pk")).exists()


def _owners(item_list):
    posts = Post.objects.filter(owned_items__in=item_list.items.published()).distinct()
    return tuple((str(post.pk), post.name) for post in posts.order_by("name"))


def matches(item_list: ItemList, today: date, search: staff.ItemSearch):
    """Return what a search finds among a list's published items, or those of a draft list."""
    if item_list.is_draft:
        items = item_list.items.order_by("number")
        for word in words_of(search.q):
            items = items.filter(_said_in_draft(word, today))
    else:
        items = items_of(item_list)
        if search.q.strip():
            cells = summary_of_list(item_list, today).cells
            names = Names(item_list, cells, today, with_holders=True)
            items = items.filter(*map(names.saying, names.words_of(search.q)))
    if search.status in STATUSES_BY_KEY:
        items = items.filter(status__in=STATUSES_BY_KEY[search.status])
    for name, lookup in CHOSEN.items():
        if key := getattr(search, name):
            items = items.filter(**{lookup: key if name == "term" else int(key)})
    if search.late == "overdue":
        items = items.overdue(today)
    elif search.late == "part":
        items = items.with_late_part(today)
    elif search.late == "done":
        items = items.done_late()
    elif search.late == "silent":
        items = items.stale(today)
    elif search.late == "extended":
        items = items.filter(times_extended__gt=0)
    return items


IN_DRAFT = ("title", "title_en", "problem", "problem_en", "effect", "effect_en")
DUTIES = ("owner_post", "supervisor_post")


def _said_in_draft(word: Word, today: date) -> Q:
    """Return the condition that a draft says a word, in its parts or names too, or has its number.

    What isn't published has no folded column, and few rows.
    """
    said, condition = word.spellings[0], Q(number=word.number) if word.number else Q()
    condition |= says_in(said, *IN_DRAFT)
    parts = Part.objects.filter(says_in(said, "title", "title_en"))
    condition |= Q(pk__in=parts.values("item"))
    held = Holding.objects.on(today).filter(says_in(said, "person__name"))
    for duty in DUTIES:
        condition |= says_in(said, f"{duty}__name") | Q(**{f"{duty}__in": held.values("post")})
    return condition


# A group, or a status of one that waits for somebody.
STATUSES_BY_KEY = STATUSES_OF | {"pending_check": [Status.PENDING_CHECK]}

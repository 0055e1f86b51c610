"""The proof of a draft list: how it would be published today, and what deserves a second look."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from items import public, staff
from items.models import Item, ItemList, Post
from items.models.closing_name import shown_by
from items.models.items import ItemQuerySet
from items.privacy import personal_data
from items.privacy.shades import public_texts
from items.rules.closing import left_behind
from items.rules.gaps import with_posts
from items.rules.vague import vague_words
from items.states import GROUP_OF, Status, Term


def proof(item_list: ItemList, today: date, closing: ItemList | None = None) -> staff.Proof:
    """Return a draft list as it would be published today.

    `closing` is the list that is closed in the same moment, where there is one.
    """
    rows = (
        Item.objects.filter(list=item_list)
        .order_by("number")
        .select_related("brought_in", "carried_from")
    )
    items = with_posts(rows.prefetch_related("measures", "criteria", "parts"))
    statuses = {item.number: _status(item) for item in items}
    leaders, others, supervisors = _coverage(item_list, items, today)
    dated = [item for item in items if item.due]
    odd = [staff.proof_deadline(item, item_list.year, today) for item in dated]
    odd = [line for line in odd if line.overdue_days or line.of_an_earlier_year]
    return staff.Proof(
        leaders=leaders,
        other_owners=others,
        supervisors=supervisors,
        deadlines=tuple(sorted(odd, key=lambda line: (line.due, line.number))),
        overdue_count=sum(1 for line in odd if line.overdue_days),
        dated_count=len(dated),
        next_due=min((item.due for item in dated if item.due and item.due >= today), default=None),
        standing=tuple(item.number for item in items if item.term == Term.STANDING),
        brought_in=tuple(_brought_in(items)),
        carried=tuple(item.number for item in items if item.carried_from),
        new_names=tuple(_new_names(item_list)),
        without_criteria=tuple(item.number for item in items if not item.criteria.all()),
        vague=tuple(_vague(items)),
        findings=tuple(_findings(item_list, items)),
        arithmetic=_arithmetic(statuses),
        strip=tuple(staff.proof_block(item, statuses[item.number], today) for item in items),
        names_shown=item_list.committee.show_names,
        left_behind=tuple(left_behind(item_list, closing)),
        as_of=today,
    )


def _items(item_list: ItemList) -> ItemQuerySet:
    return Item.objects.filter(list=item_list)


def _status(item: Item) -> Status:
    """Return the status that publishing gives a draft."""
    if item.carried_from:
        return Status(item.carried_from.status)
    before = getattr(item, "brought_in", None)
    return Status(before.status) if before else Status.NOT_STARTED


def _arithmetic(statuses: dict[int, Status]) -> public.Arithmetic:
    counts = dict.fromkeys(GROUP_OF.values(), 0)
    for status in statuses.values():
        counts[GROUP_OF[status]] += 1
    return public.equation(counts)


def _coverage(item_list, items, today):
    """Return who leads what: leaders' posts, other posts that lead, and those that check."""
    owned, checked, posts = defaultdict(list), defaultdict(list), {}
    for item in items:
        for numbers, post in ((owned, item.owner_post), (checked, item.supervisor_post)):
            if post:
                posts[post.pk] = post
                numbers[post.pk].append(item.number)
    leading = Post.objects.filter(committee=item_list.committee, is_leader=True)
    leading = list(leading.prefetch_related("holdings__person").order_by("pk"))
    leaders = {post.pk for post in leading}

    def lines(of, numbers):
        shown = [staff.coverage(post, numbers[post.pk], today) for post in of]
        return tuple(sorted(shown, key=lambda line: (bool(line.numbers), not line.holder)))

    others = [posts[pk] for pk in sorted(owned) if pk not in leaders]
    return (
        lines(leading, owned),
        lines(others, owned),
        lines([posts[pk] for pk in sorted(checked)], checked),
    )


def _brought_in(items: list[Item]) -> Iterator[tuple[str, tuple[int, ...]]]:
    numbers = defaultdict(list)
    for item in items:
        if hasattr(item, "brought_in"):
            numbers[item.brought_in.status].append(item.number)
    for status in Status:
        if status in numbers:
            yield str(status.label), tuple(numbers[status])


def _vague(items: list[Item]) -> Iterator[staff.Vague]:
    """Yield what can't be checked in what done looks like."""
    for item in items:
        for row in item.criteria.all():
            if words := [*vague_words(row.text), *vague_words(row.text_en)]:
                yield staff.Vague(item.number, row.words, tuple(words))


def _new_names(item_list: ItemList) -> Iterator[staff.NewName]:
    """Yield the names that no published list of the committee has shown yet."""
    published = Item.objects.published().filter(list__committee=item_list.committee_id)
    for rows, before in zip(shown_by(_items(item_list)), shown_by(published), strict=True):
        for row in rows.exclude(pk__in=before.order_by().values("pk")):
            yield staff.NewName(str(row._meta.verbose_name), row.shown_words)


def _findings(item_list: ItemList, items: list[Item]) -> Iterator[staff.Finding]:
    """Yield what looks like data about a person in what becomes public."""
    committee = item_list.committee
    for row in (item_list, committee, committee.organisation):
        yield from _found_in(None, row)
    for item in items:
        for row in [item, *item.measures.all(), *item.criteria.all(), *item.parts.all()]:
            yield from _found_in(item.number, row)
    for rows in shown_by(_items(item_list)):
        for row in rows:
            yield from _found_in(None, row)


def _found_in(number: int | None, row) -> Iterator[staff.Finding]:
    for name in public_texts(type(row)):
        if hits := list(personal_data.find(getattr(row, name) or "")):
            masked = tuple(personal_data.masked(text) for _kind, text in hits)
            yield staff.Finding(number, str(row._meta.get_field(name).verbose_name), masked)

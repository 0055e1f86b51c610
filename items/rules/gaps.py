"""What a list still lacks under rules 1 to 3: coverage, posts, measures and deadlines."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple, Self

from django.utils.translation import gettext as _

from items.compiled_queries import compiled_query
from items.models import Committee, Item, ItemList, Part, Person, Post, Role
from items.models.items import ItemQuerySet
from items.models.post import know_holdings
from items.rules import on_owner_side, why_barred
from items.rules.announcing import why_not_published
from items.rules.closing import Wait, goes_on_with, left_open
from items.states import NOT_DONE, Status

Roles = dict[tuple[int, int], set[str]]  # kinds of role by person and committee


class Gap(str):
    """A sentence about what is missing, which knows the numbers of the items it is about.

    `post` is the key of a vacant post: whoever appoints its holder mends all of them at once.
    """

    numbers: tuple[int, ...] = ()
    post: int | None = None

    def __new__(cls, sentence: str, *numbers: int, post: int | None = None) -> Self:
        gap = super().__new__(cls, sentence)
        gap.numbers, gap.post = numbers, post
        return gap


def gaps(
    item_list: ItemList,
    today: date,
    closing: ItemList | None = None,
    *,
    leaders_proposed: bool = False,
) -> list[str]:
    """Return every reason why the list can't be published, in the order of the numbers.

    `closing` is the list that is closed in the same moment, where there is one. With
    `leaders_proposed` posts that lead items will be marked as leaders' with the publication.
    """
    missing = _gaps(item_list, today, closing, leaders_proposed)
    return [*missing, *filter(None, [why_not_published(item_list, today)])]


def gaps_to_put_up(
    item_list: ItemList, today: date, *, leaders_proposed: bool = False
) -> list[str]:
    """Return every reason why the draft can't be put up for objections: all that publishing asks.

    But for what another list has to settle before it is closed in the moment of publication.
    """
    closing = goes_on_with(item_list)
    missing = _gaps(item_list, today, closing, leaders_proposed)
    return [gap for gap in missing if not isinstance(gap, Wait)]


def _gaps(
    item_list: ItemList, today: date, closing: ItemList | None, leaders_proposed: bool
) -> list[str]:
    rows = item_list.items.order_by("number").select_related("brought_in", "carried_from__list")
    items = with_posts(rows.prefetch_related("measures", "parts"))
    missing = [] if items else [_("The list has no items. Import or enter them.")]
    for item in items:
        sentence = _("No. %(number)s: %(gap)s")
        lacks = [sentence % {"number": item.number, "gap": gap} for gap in gaps_of(item)]
        missing += [Gap(lack, item.number) for lack in lacks]
    missing += _carried_gaps(item_list, items, today, closing)
    missing += posts_gaps(items, today) + _same_person_gaps(_own_checkers(item_list.pk, today))
    missing += _review_gaps([item_list.committee_id], today)[item_list.committee_id]
    leaders = _leaders_posts([item_list.committee_id])
    if leaders or not leaders_proposed:
        missing += _leaders_gaps(item_list, leaders, items, today)
    return missing


def _carried_gaps(
    item_list: ItemList, items: list[Item], today: date, closing: ItemList | None
) -> list[str]:
    """Return what is wrong with the items that go on with those of another list."""
    elsewhere: dict[ItemList, list[int]] = {}
    found: list[str] = []
    for item in items:
        if item.carried_from and item.carried_from.list != closing:
            elsewhere.setdefault(item.carried_from.list, []).append(item.number)
        elif item.carried_from:
            found += _carried_gap(item, today)
    found += [_goes_on_elsewhere(before, numbers) for before, numbers in elsewhere.items()]
    if closing:
        carried = [item.carried_from_id for item in items]
        found += left_open(closing, but=carried)
    return found


def _goes_on_elsewhere(before: ItemList, numbers: list[int]) -> Gap:
    sentence = _(
        "It goes on with “%(list)s” (no. %(numbers)s). It is published by the change of year of"
        " that list, which closes in the same moment."
    )
    said = {"list": before, "numbers": ", ".join(map(str, numbers))}
    return Gap(sentence % said, *numbers)


def _carried_gap(item: Item, today: date) -> Iterator[Gap]:
    before = item.carried_from
    assert before is not None
    said = {"number": item.number, "before": before.number, "status": Status(before.status).label}
    if before.status not in NOT_DONE:
        sentence = _(
            "No. %(number)s goes on with no. %(before)s, whose status is “%(status)s” now. Leave it"
            " out."
        )
        yield Gap(sentence % said, item.number)
    elif item.due and item.due < today:
        sentence = _(
            "No. %(number)s: its new deadline has passed already. Write one that lies ahead."
        )
        yield Gap(sentence % said, item.number)


def gaps_of_published(lists: list[ItemList], today: date) -> dict[int, list[str]]:
    """Return by list what rules 1 and 2 find missing after publication: it unpublishes nothing."""
    rows = Item.objects.published().filter(list__in=lists).order_by("list_id", "number")
    items: dict[int, list[PostsOfItem]] = {item_list.pk: [] for item_list in lists}
    for pk, item in _posts_of_items(rows):
        items[pk].append(item)
    left = {pk: [i for i in of if i.status in NOT_DONE] for pk, of in items.items()}
    same = _with_people(_checked_by_their_own(rows.not_done(), today))
    roles = _roles_of_holders([item for of in left.values() for item in of], today)
    leaders = _leaders_posts([item_list.committee_id for item_list in lists])
    review = _review_gaps([item_list.committee_id for item_list in lists], today)
    return {
        item_list.pk: _posts_gaps(left[item_list.pk], roles, today)
        + [_same_person(number, checker) for pk, number, checker in same if pk == item_list.pk]
        + review[item_list.committee_id]
        + _leaders_gaps(item_list, leaders, items[item_list.pk], today)
        for item_list in lists
    }


def with_posts(rows: ItemQuerySet) -> list[Item]:
    """Return the items with their posts and those who hold them: one Post for all its items."""
    items = list(rows)
    posts = _posts_by_key((item.owner_post_id, item.supervisor_post_id) for item in items)
    for item in items:
        item.owner_post = posts.get(item.owner_post_id)
        item.supervisor_post = posts.get(item.supervisor_post_id)
    return items


class PostsOfItem(NamedTuple):
    """An item's number, status and posts: all that rules 1 and 2 look at, for long lists."""

    number: int
    status: str
    owner_post: Post
    supervisor_post: Post


def _posts_of_items(rows: ItemQuerySet) -> Iterator[tuple[int, PostsOfItem]]:
    """Yield each item's list and the item."""
    columns = ("list_id", "number", "status", "owner_post_id", "supervisor_post_id")
    read = list(rows.values_list(*columns))
    posts = _posts_by_key(row[3:] for row in read)
    for list_id, number, status, owner, supervisor in read:
        yield list_id, PostsOfItem(number, status, posts[owner], posts[supervisor])


def _posts_by_key(pairs: Iterable[Iterable[int | None]]) -> dict[int, Post]:
    keys = {key for pair in pairs for key in pair if key}
    return Post.objects.prefetch_related("holdings__person").in_bulk(keys)


def gaps_of(item: Item) -> list[str]:
    """Return what the item itself lacks (rules 2 and 3)."""
    lacks = []
    if item.owner_post is None:
        lacks.append(_("no owner’s post. Name the leader in charge."))
    if item.supervisor_post is None:
        lacks.append(_("no supervisor’s post. Name who checks it."))
    if not item.measures.all():
        lacks.append(_("no measure. Write at least one."))
    if item.due is None:
        lacks.append(_lacks_deadline(item))
    lacks += [_ends_late(part) for part in item.parts.all() if _is_after(part, item)]
    return lacks + _brought_in_gaps(item)


def _is_after(part: Part, item: Item) -> bool:
    return bool(part.due and item.due and part.due > item.due)


def _ends_late(part: Part) -> str:
    words = {"part": part, "day": part.due and part.due.isoformat()}
    return (
        _("the part “%(part)s” ends on %(day)s, after the item. Give one of them another day.")
        % words
    )


def _lacks_deadline(item: Item) -> str:
    if item.start_by:
        return _(
            "only a day to start by (%(words)s), no deadline for completion."
            " Write one, or mark that starting is the matter."
        ) % {"words": item.due_words or item.start_by.isoformat()}
    if item.due_words:
        return _("no date can be read from the deadline “%(words)s”. Write a date.") % {
            "words": item.due_words
        }
    return _("no deadline. Write a date.")


def _brought_in_gaps(item: Item) -> list[str]:
    before = getattr(item, "brought_in", None)
    if before and before.status == Status.ON_HOLD and before.hold_review_on is None:
        return [
            _(
                "the sheet says on hold, without the day on which it is looked at again."
                " Write it in a column 暂缓复核时间 and import the sheet again."
            )
        ]
    if before is None or before.status != Status.RESOLVED:
        return []
    if before.signed_off_on is None:
        return [_("the sheet says resolved, without the day of the sign-off.")]
    if before.done_on and before.done_on > before.signed_off_on:
        return [_("the sheet says it was signed off before it was done.")]
    return []


def posts_gaps(items: list[Item], today: date) -> list[str]:
    """Return the posts of these items that nobody holds, or nobody who can act (rule 2)."""
    return _posts_gaps(items, _roles_of_holders(items, today), today)


def _posts_gaps(items: Sequence[Item | PostsOfItem], roles: Roles, today: date) -> list[str]:
    numbers: dict[Post, list[int]] = {}
    for item in items:
        for post in _posts(item):
            numbers.setdefault(post, []).append(item.number)
    return [gap for post in numbers for gap in _holder_gap(post, numbers[post], roles, today)]


def _posts(item: Item | PostsOfItem) -> Iterator[Post]:
    return filter(None, [item.owner_post, item.supervisor_post])


def _roles_of_holders(items: Sequence[Item | PostsOfItem], today: date) -> Roles:
    """Return the roles of those who hold the items' posts."""
    return _roles_of({post for item in items for post in _posts(item)}, today)


def _roles_of(posts: Iterable[Post], today: date) -> Roles:
    kinds: Roles = {}
    for role in Role.objects.filter(person__in={post.holder(today) for post in posts} - {None}):
        kinds.setdefault((role.person_id, role.committee_id), set()).add(role.kind)
    return kinds


def _holder_gap(post: Post, numbers: list[int], roles: Roles, today: date) -> list[str]:
    words = {"post": post, "numbers": ", ".join(map(str, numbers))}
    holder = post.holder(today)
    if holder is None:
        sentence = _("The post “%(post)s” is vacant (no. %(numbers)s). Appoint its holder.")
        return [Gap(sentence % words, *numbers, post=post.pk)]
    why = why_barred(holder, roles.get((holder.pk, post.committee_id), set()))
    if why:
        sentence = _(
            "%(person)s holds the post “%(post)s” (no. %(numbers)s) and can’t act. %(why)s"
        )
        return [Gap(sentence % (words | {"person": holder, "why": why}), *numbers)]
    return []


def same_person_gaps(rows: ItemQuerySet, today: date) -> list[str]:
    """Return the items whose supervisor is on their owner's side, read at once (rule 2)."""
    return _same_person_gaps(_checked_by_their_own(rows, today))


def _review_gaps(committees: Iterable[int], today: date) -> dict[int, list[str]]:
    """Return by committee why nobody could review what its workers doubt (rule 22)."""
    rows = Committee.objects.without_tree_fields().filter(pk__in=set(committees))
    rows = rows.select_related("review_post", "second_review_post")
    named = {
        row.pk: (row, [post for post in (row.review_post, row.second_review_post) if post])
        for row in rows
    }
    posts = [post for _row, of in named.values() for post in of]
    know_holdings(posts)
    roles = _roles_of(posts, today) if posts else {}
    return {key: _review_gap(row, of, roles, today) for key, (row, of) in named.items()}


def _review_gap(committee: Committee, posts: list[Post], roles: Roles, today: date) -> list[str]:
    if not posts:
        sentence = _("“%s” has named no post that reviews what workers doubt. Name one.")
        return [Gap(sentence % committee)]
    found: list[str] = []
    for post in posts:
        holder = post.holder(today)
        if holder is None:
            sentence = _("The post for reviews, “%s”, is vacant. Appoint its holder.")
            found.append(Gap(sentence % post, post=post.pk))
        elif why := why_barred(holder, roles.get((holder.pk, post.committee_id), set())):
            sentence = _(
                "%(person)s holds the post for reviews, “%(post)s”, and can’t act. %(why)s"
            )
            found.append(Gap(sentence % {"person": holder, "post": post, "why": why}))
    return found


Checked = tuple[int, int, int]  # the keys of a list, an item's number, the key of its checker


def _checked_by_their_own(rows: ItemQuerySet, today: date) -> Iterable[Checked]:
    return rows.checked_by_their_own(today).values_list("list_id", "number", "checker")


@compiled_query
def _own_checkers(item_list: Any, today: Any) -> Any:
    return _checked_by_their_own(Item.objects.filter(list=item_list).order_by("number"), today)


def _same_person_gaps(checked: Iterable[Checked]) -> list[str]:
    return [_same_person(number, checker) for _list, number, checker in _with_people(checked)]


def _with_people(checked: Iterable[Checked]) -> list[tuple[int, int, Person]]:
    matches = list(checked)
    people = Person.objects.in_bulk({checker for _list, _number, checker in matches})
    return [(pk, number, people[checker]) for pk, number, checker in matches]


def same_person_gap(item: Item, today: date) -> list[str]:
    """Return whether an item's supervisor is on its owner's side, as one sentence or none.

    The item is asked as it is in memory, before a change of it is saved.
    """
    checker = item.supervisor_post and item.supervisor_post.holder(today)
    if not checker or not on_owner_side(checker, item, today):
        return []
    return [_same_person(item.number, checker)]


def _same_person(number: int, person: Person) -> Gap:
    sentence = _(
        "No. %(number)s: %(person)s is on the owner’s side and would check the same item."
        " Name another supervisor."
    )
    return Gap(sentence % {"number": number, "person": person}, number)


def leaders_gaps(
    item_list: ItemList, items: Sequence[Item | PostsOfItem], today: date
) -> list[str]:
    """Return the leaders who own no item (rule 1), or that there is no leader's post at all."""
    return _leaders_gaps(item_list, _leaders_posts([item_list.committee_id]), items, today)


def _leaders_posts(committees: list[int]) -> list[Post]:
    posts = Post.objects.filter(committee__in=committees, is_leader=True)
    return list(posts.prefetch_related("holdings__person").order_by("pk"))


def _leaders_gaps(
    item_list: ItemList, leaders: list[Post], items: Sequence[Item | PostsOfItem], today: date
) -> list[str]:
    posts = [post for post in leaders if post.committee_id == item_list.committee_id]
    if not posts:
        return [_("“%s” has no leader’s post. Set up its leaders.") % item_list.committee]
    running = [item for item in items if item.status != Status.WITHDRAWN]
    owning = {item.owner_post for item in running if item.owner_post}
    owners = {post.holder(today) for post in owning}
    idle: dict[Person, list[str]] = {}
    for post in posts:
        holder = post.holder(today)
        if holder and holder not in owners:
            idle.setdefault(holder, []).append(post.name)
    return [_owns_nothing(holder, names) for holder, names in idle.items()]


def _owns_nothing(person: Person, post_names: list[str]) -> str:
    return _(
        "%(person)s (%(post)s) owns no item. Every leader is responsible for at least one."
    ) % {"person": person, "post": ", ".join(post_names)}

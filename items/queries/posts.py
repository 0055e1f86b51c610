"""The posts of committees: who holds each, who held it before, and how much depends on it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from items import staff
from items.models import Committee, Holding, Item, ItemList, Person, Post, Role
from items.models.tie import read_by
from items.rules import why_not_standing
from items.rules.standing import Standing
from items.states import ListStatus, Status


def committees_read_by(person: Person):
    """Return the committees that `person` reads: as office, as auditor, from above."""
    return Committee.objects.without_tree_fields().filter(read_by(person.pk, "pk"))


def reads_committees(person: Person) -> bool:
    """Tell whether there are posts and suggestions for `person` to see."""
    return person.is_active and committees_read_by(person).exists()


def posts(person: Person, today: date) -> tuple[staff.Posts, ...]:
    """Return the posts of each committee that `person` reads; what is vacant comes first."""
    published = ItemList.objects.public().filter(committee=OuterRef("pk"))
    committees = committees_read_by(person).annotate(has_published=Exists(published))
    in_office = Count("roles", filter=Q(roles__kind=Role.Kind.OFFICE))
    committees = committees.annotate(in_office=in_office)
    committees = list(committees.select_related("organisation", "releasing_post").order_by("pk"))
    known = _known(committees, today)
    why_not = _why_not_appoint(committees, person, today)
    return tuple(_posts_of(row, known, why_not[row.pk]) for row in committees)


def held_post(post: Post, today: date) -> staff.HeldPost:
    """Return one post as `posts` does."""
    known = _known([post.committee], today)
    return _held_post(next(row for row in known.posts if row == post), known)


@dataclass(frozen=True)
class Known:
    """What has to be known of committees to tell of their posts, each read once."""

    posts: list[Post]
    lists: list[ItemList]  # those that are published
    owned: dict[tuple[int, int], int]  # items by the keys of list and post
    supervised: dict[tuple[int, int], int]
    today: date

    def owners(self, item_list: ItemList) -> set[Person]:
        """Return who owns an item of a list today."""
        of = [post for post in self.posts if (item_list.pk, post.pk) in self.owned]
        return {post.holder(self.today) for post in of}


def _known(committees, today):
    lists = list(ItemList.objects.filter(committee__in=committees, status=ListStatus.PUBLISHED))
    rows = Post.objects.filter(committee__in=committees).prefetch_related("holdings__person")
    owned, supervised = (_counts(lists, duty) for duty in ("owner_post", "supervisor_post"))
    return Known(list(rows), lists, owned, supervised, today)


def _counts(lists, duty):
    # What is withdrawn asks nothing of anybody: an appointment writes no entry there.
    items = Item.objects.published().filter(list__in=lists).exclude(status=Status.WITHDRAWN)
    counted = items.order_by().values_list("list", duty).annotate(n=Count("pk"))
    return {(item_list, post): n for item_list, post, n in counted}


def _posts_of(committee, known, why_not):
    rows = [_held_post(post, known) for post in known.posts if post.committee_id == committee.pk]
    return staff.Posts(
        committee=committee.words,
        organisation=committee.organisation.short_words,
        why_not=why_not,
        posts=tuple(sorted(rows, key=_most_pressing_first)),
        vacant=sum(not post.holder for post in rows),
        slug=committee.slug,
        names=committee.has_published,
        office=committee.office_contact,
        alone=committee.in_office < 2,
        releasing=next((row for row in rows if row.pk == committee.releasing_post_id), None),
        reviewing=tuple(row for key in committee.review_posts for row in rows if row.pk == key),
    )


def _most_pressing_first(post):
    return (bool(post.holder), not post.idle_in, not post.is_leader, post.name.zh)


def _held_post(post, known):
    holdings = list(post.holdings.all())
    current = next((row for row in reversed(holdings) if row.covers(known.today)), None)
    before = _before(holdings, current)
    return staff.HeldPost(
        pk=post.pk,
        name=post.words,
        is_leader=post.is_leader,
        holding=current.pk if current else 0,
        holder=current.person.name if current else "",
        since=current.since if current else before and before.until,
        before=before.person.name if before else "",
        owned=_sum(known.owned, post),
        supervised=_sum(known.supervised, post),
        idle_in=tuple(_idle_in(post, current, known)),
    )


def _before(holdings: list[Holding], current) -> Holding | None:
    """Return the holding before; one that was put right on its first day is none."""
    ended = [row for row in holdings if row != current and row.until != row.since]
    return ended[-1] if ended else None


def _sum(counts, post):
    return sum(n for (_list, key), n in counts.items() if key == post.pk)


def _idle_in(post, current, known):
    """Yield the lists in which a leader owns no item, whichever post of theirs it would be by."""
    if not post.is_leader or current is None:
        return
    for item_list in known.lists:
        here = item_list.committee_id == post.committee_id
        if here and current.person not in known.owners(item_list):
            yield item_list.words


def _why_not_appoint(committees, person, today):
    """Return by committee why a person may not appoint there: of its posts the rule is one."""
    roles = {committee.pk: set() for committee in committees}
    for role in Role.objects.filter(person=person, committee__in=committees):
        roles[role.committee_id].add(role.kind)
    sentences = {}
    for committee in committees:
        standing = Standing(person, Post(committee=committee), today)
        standing.roles = roles[committee.pk]
        sentences[committee.pk] = why_not_standing("appoint", standing)
    return sentences

"""What a list still lacks under rules 1 to 3: coverage, posts, measures and deadlines."""

from datetime import date

from django.utils.translation import gettext as _

from items.models import Item, ItemList, Post
from items.rules import barred, on_owner_side
from items.states import Status


def gaps(item_list: ItemList, today: date) -> list[str]:
    """Return every reason why the list can't be published, in the order of the numbers."""
    items = list(
        item_list.items.select_related(
            "list__committee", "brought_in", "owner_post__committee", "supervisor_post__committee"
        ).prefetch_related(
            "measures", "owner_post__holdings__person", "supervisor_post__holdings__person"
        )
    )
    found = [] if items else [_("The list has no items. Import or enter them.")]
    for item in items:
        said = _("No. %(number)s: %(gap)s")
        found += [said % {"number": item.number, "gap": gap} for gap in gaps_of(item)]
    return found + posts_gaps(items, today) + leaders_gaps(item_list, items, today)


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
    return lacks + _brought_in_gaps(item)


def _lacks_deadline(item):
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


def _brought_in_gaps(item):
    before = getattr(item, "brought_in", None)
    if before is None or before.status != Status.RESOLVED:
        return []
    if before.signed_off_on is None:
        return [_("the sheet says resolved, without the day of the sign-off.")]
    if before.done_on and before.done_on > before.signed_off_on:
        return [_("the sheet says it was signed off before it was done.")]
    return []


def posts_gaps(items, today) -> list[str]:
    """Return posts without a holder who can act, and supervisors on the owner's side (rule 2)."""
    numbers = {}
    for item in items:
        for post in filter(None, [item.owner_post, item.supervisor_post]):
            numbers.setdefault(post, []).append(str(item.number))
    idle = [gap for post in numbers for gap in _holder_gap(post, numbers[post], today)]
    return idle + [gap for item in items for gap in same_person_gap(item, today)]


def _holder_gap(post, numbers, today):
    words = {"post": post, "numbers": ", ".join(numbers)}
    holder = post.holder(today)
    if holder is None:
        said = _("The post “%(post)s” is vacant (no. %(numbers)s). Appoint its holder.")
        return [said % words]
    why = barred(holder, post.committee)
    if why:
        said = _("%(person)s holds the post “%(post)s” (no. %(numbers)s) and can’t act. %(why)s")
        return [said % (words | {"person": holder, "why": why})]
    return []


def same_person_gap(item: Item, today: date) -> list[str]:
    """Return the gap of an item whose supervisor is on its owner's side; else nothing."""
    checker = item.supervisor_post and item.supervisor_post.holder(today)
    if not checker or not on_owner_side(checker, item, today):
        return []
    return [_same_person(item, checker)]


def _same_person(item, person):
    return _(
        "No. %(number)s: %(person)s is on the owner’s side and would check the same item."
        " Name another supervisor."
    ) % {"number": item.number, "person": person}


def leaders_gaps(item_list, items, today) -> list[str]:
    """Return the leaders who own no item (rule 1), or that there is no leader's post at all."""
    posts = Post.objects.filter(committee=item_list.committee_id, is_leader=True)
    posts = posts.prefetch_related("holdings__person").order_by("pk")
    if not posts:
        return [_("“%s” has no leader’s post. Set up its leaders.") % item_list.committee]
    kept = [item for item in items if item.owner_post and item.status != Status.WITHDRAWN]
    owners = {item.owner_post.holder(today) for item in kept}
    idle = {}
    for post in posts:
        holder = post.holder(today)
        if holder and holder not in owners:
            idle.setdefault(holder, []).append(post.name)
    return [_owns_nothing(holder, names) for holder, names in idle.items()]


def _owns_nothing(person, post_names):
    return _(
        "%(person)s (%(post)s) owns no item. Every leader is responsible for at least one."
    ) % {"person": person, "post": ", ".join(post_names)}

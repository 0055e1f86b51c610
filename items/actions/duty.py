"""Assigning duties: an item is handed over to another post, a post gets another holder."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from items.actions.validation import need
from items.errors import Conflict, Refused
from items.ledger import acting, acting_on_post, not_in_future
from items.models import Entry, Holding, Item, Person, Post
from items.rules import barred
from items.rules.gaps import leaders_gaps, same_person_gap, same_person_gaps
from items.states import ListStatus, Status
from items.words import day as day_of


def hand_over_item(
    item: Item,
    *,
    to: Post,
    duty: str,
    by: Person,
    reason: str,
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Give the owner's or the supervisor's duty (`duty`: "owner" or "supervisor") to a post."""
    field = {"owner": "owner_post", "supervisor": "supervisor_post"}[duty]
    reason = need(reason, _("Write why it is handed over."))
    with acting("hand_over", item, by=by, now=now, post=to, yes=yes) as act:
        assert act.post is not None  # locked together with the item
        old, to = getattr(item, field), act.post
        if refusal := _why_not_to(to, item, act.today):
            raise Refused(refusal)
        setattr(item, field, to)
        if gaps := _new_gaps(item, act.today):
            raise Refused("; ".join(gaps))
        english = {"old_en": old.name_en, "new_en": to.name_en}
        act.write(reason, old=old.name, new=to.name, facts={"duty": duty}, **english)
        act.tell(to, old)
    return act.entry


def _why_not_to(post: Post, item: Item, today: date) -> str:
    if post.committee_id != item.list.committee_id:
        return _("“%s” is a post of another committee.") % post
    if post in (item.owner_post, item.supervisor_post):
        return _("“%s” has a duty for this item already. Name another post.") % post
    if post.holder(today) is None:
        return _("The post “%s” is vacant. Appoint its holder first.") % post
    return ""


def _new_gaps(item: Item, today: date) -> list[str]:
    """Return the gaps of rules 1 and 2 that the change to `item`, not yet saved, would make."""
    saved = list(item.list.items.prefetch_related("owner_post__holdings__person"))
    changed = [item if row == item else row for row in saved]
    before, after = (leaders_gaps(item.list, items, today) for items in (saved, changed))
    return same_person_gap(item, today) + [gap for gap in after if gap not in before]


def appoint(
    post: Post,
    person: Person | None,
    *,
    by: Person,
    since: date | None = None,
    reason: str = "",
    seen: int | None = None,
    yes: bool = False,
    now: datetime | None = None,
) -> list[Entry]:
    """Make `person` the holder of a post from a day on, or leave it vacant with None.

    The duty for its items passes to them; each of those items gets an entry. Return the entries.
    `seen` is the key of the holding that whoever appoints saw in force, 0 for none; raise
    `Conflict` when that is no longer so.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    since = not_in_future(since or today, today)
    with acting_on_post("appoint", post, by=by, now=now, yes=yes) as act:
        post = act.thing
        _refuse_another_than(seen, post)
        person = person and Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        current = _current_holding(post, since)
        before = current.person if current else None
        if before == person:
            raise Refused(_("That is how “%s” is held already.") % post)
        if person:
            _refuse_unfit(person, post)
        items = _items_of(post)
        names = {"old": before.name if before else "", "new": person.name if person else ""}
        words = {"text": reason.strip(), "post": post.name, "post_en": post.name_en, **names}
        for item in items:
            if item.status != Status.DRAFT:
                duty = "owner" if item.owner_post_id == post.pk else "supervisor"
                entry = act.write_on(item, facts={"duty": duty}, happened_on=since, **words)
                act.tell(entry, person)
        # After the entries: the database takes no holding of which none of them tells.
        if current:
            current.until = since
            current.save()
        if person:
            Holding.objects.create(post=post, person=person, since=since)
        rows = Item.objects.filter(pk__in=[item.pk for item in items]).order_by("list_id", "number")
        if gaps := same_person_gaps(rows, today):
            raise Refused("\n".join(gaps))
    return act.entries


def _refuse_unfit(person: Person, post: Post) -> None:
    if not person.is_active:
        raise Refused(_("The account of %s is closed.") % person)
    if why := barred(person, post.committee):
        sentence = _("%(person)s can’t act for “%(post)s”. %(why)s")
        raise Refused(sentence % {"person": person, "post": post, "why": why})


def _refuse_another_than(seen: int | None, post: Post) -> None:
    current = post.holdings.filter(until=None).first()
    if seen is None or seen == (current.pk if current else 0):
        return
    raise Conflict(_meanwhile(post, current), _("If it should be otherwise, send it again."))


def _meanwhile(post: Post, current: Holding | None) -> str:
    if current is None:
        return _("Meanwhile “%s” was left vacant. Yours was not saved.") % post
    values = {"post": post, "person": current.person, "day": day_of(current.since)}
    sentence = _(
        "Meanwhile %(person)s was appointed to “%(post)s” from %(day)s. Yours was not saved."
    )
    return sentence % values


def _current_holding(post: Post, since: date) -> Holding | None:
    """Return the holding that can end on `since`; None when the post has been vacant by then.

    Its person is locked, as the next one is: the database compares their names with the entries.
    """
    rows = post.holdings.select_for_update(of=("self", "person"), no_key=True)
    current = rows.filter(until=None).first()
    if current is None:
        last = post.holdings.last()
        if last and last.until and since < last.until:
            raise Refused(_too_early(last.until))
        return None
    if since < current.since:
        raise Refused(_too_early(current.since))
    return current


def _too_early(day: date) -> str:
    return _("The one before was appointed on %s. Choose that day or a later one.") % day


def _items_of(post: Post) -> list[Item]:
    """Lock the items of the post's lists that aren't closed."""
    items = Item.objects.exclude(list__status=ListStatus.CLOSED).exclude(status=Status.WITHDRAWN)
    items = items.filter(owner_post=post) | items.filter(supervisor_post=post)
    items = Item.objects.filter(pk__in=items.values("pk"))
    items = items.select_related("list__committee", "last_entry")
    return items.locked()

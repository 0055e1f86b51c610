"""Who has the duty: an item goes to another post, a post to another person."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from items import rules
from items.actions.door import locked, move, need, not_in_future, refuse_if, write_entry
from items.errors import Conflict
from items.models import Entry, Holding, Item, Notice, Person, Post
from items.models.versioned import lock
from items.rules.gaps import leaders_gaps, same_person_gap, same_person_gaps
from items.states import ListStatus, Status
from items.words import day as day_of


@transaction.atomic
def hand_over_item(item: Item, *, to: Post, duty: str, by: Person, reason: str, now=None) -> Entry:
    """Give the owner's or the supervisor's duty (`duty`: "owner" or "supervisor") to a post."""
    field = {"owner": "owner_post", "supervisor": "supervisor_post"}[duty]
    to = _locked_post(to)
    lock(item)
    old = getattr(item, field)

    def change(today):
        refuse_if(_why_not_to(to, item, today))
        setattr(item, field, to)
        refuse_if("; ".join(_new_gaps(item, today)))
        return {"duty": duty}

    return move(
        "hand_over",
        item,
        by=by,
        text=need(reason, _("Write why it is handed over.")),
        old=str(old),
        new=str(to),
        change=change,
        now=now,
        tell=lambda today: [to.holder(today), old.holder(today)],
    )


def _why_not_to(post, item, today):
    if post.committee_id != item.list.committee_id:
        return _("“%s” is a post of another committee.") % post
    if post in (item.owner_post, item.supervisor_post):
        return _("“%s” has a duty for this item already. Name another post.") % post
    if post.holder(today) is None:
        return _("The post “%s” is vacant. Appoint its holder first.") % post
    return ""


def _new_gaps(item, today):
    """Return the gaps of rules 1 and 2 that the change to `item`, not yet saved, would make."""
    saved = list(item.list.items.prefetch_related("owner_post__holdings__person"))
    changed = [item if each == item else each for each in saved]
    before, after = (leaders_gaps(item.list, items, today) for items in (saved, changed))
    return same_person_gap(item, today) + [gap for gap in after if gap not in before]


@transaction.atomic
def appoint(
    post: Post,
    person: Person | None,
    *,
    by: Person,
    since: date | None = None,
    reason: str = "",
    seen: int | None = None,
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
    post = _locked_post(post)
    refuse_if(rules.why_not("appoint", by, post, today=today))
    _refuse_another_than(seen, post)
    before = _end_holding(post, since)
    refuse_if(_("That is how “%s” is held already.") % post if before == person else "")
    if person:
        refuse_if("" if person.is_active else _("The account of %s is closed.") % person)
        refuse_if(_why_not_held_by(person, post))
        Holding.objects.create(post=post, person=person, since=since)
    items = _items_of(post)
    rows = Item.objects.filter(pk__in=[item.pk for item in items]).order_by("list_id", "number")
    refuse_if("\n".join(same_person_gaps(rows, today)))
    published = [item for item in items if item.status != Status.DRAFT]
    return [_written(item, post, before, person, by, since, reason, now) for item in published]


def _why_not_held_by(person, post):
    why = rules.barred(person, post.committee)
    if not why:
        return ""
    said = _("%(person)s can’t act for “%(post)s”. %(why)s")
    return said % {"person": person, "post": post, "why": why}


def _locked_post(post) -> Post:
    """Lock a post and read it anew; whoever needs its items too locks them afterwards."""
    return Post.objects.select_for_update(no_key=True).get(pk=post.pk)


def _refuse_another_than(seen, post):
    current = post.holdings.filter(until=None).first()
    if seen is None or seen == (current.pk if current else 0):
        return
    raise Conflict(_meanwhile(post, current), _("If it should be otherwise, send it again."))


def _meanwhile(post, current):
    if current is None:
        return _("Meanwhile “%s” was left vacant. Yours was not saved.") % post
    said = {"post": post, "person": current.person, "day": day_of(current.since)}
    sentence = _(
        "Meanwhile %(person)s was appointed to “%(post)s” from %(day)s. Yours was not saved."
    )
    return sentence % said


def _end_holding(post, since):
    """End the current holding on `since` and return who held it."""
    current = post.holdings.filter(until=None).first()
    if current is None:
        last = post.holdings.last()
        refuse_if(_too_early(last.until) if last and since < last.until else "")
        return None
    refuse_if(_too_early(current.since) if since < current.since else "")
    current.until = since
    current.save()
    return current.person


def _too_early(day):
    return _("The one before was appointed on %s. Choose that day or a later one.") % day


def _items_of(post):
    """Lock the items of the post's lists that aren't closed."""
    items = Item.objects.exclude(list__status=ListStatus.CLOSED).exclude(status=Status.WITHDRAWN)
    items = items.filter(owner_post=post) | items.filter(supervisor_post=post)
    items = Item.objects.filter(pk__in=items.values("pk")).select_related("list__committee")
    return locked(items)


def _written(item, post, before, person, by, since, reason, now):
    today = timezone.localdate(now)
    entry = write_entry(
        item.list,
        "appoint",
        item=item,
        by=by,
        role=rules.role_of("appoint", by, post, today),
        happened_on=since,
        now=now,
        text=reason.strip(),
        facts={"duty": "owner" if item.owner_post_id == post.pk else "supervisor"},
        old=before.name if before else "",
        new=person.name if person else "",
        post=post.name,
    )
    item.save()
    if person and person != by:
        Notice.objects.create(person=person, entry=entry)
    return entry

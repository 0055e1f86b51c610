"""The change of year: what is open goes over as it stands, the next list opens, the old one closes.

A carried item is the same matter under a new number. Its draft says two things of its own, the
number and the new deadline; all else is read from the list that runs at the moment of publication.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from items.actions.draft import DAYS_OF_PART, OWN_OF_CARRIED, Draft, fill
from items.actions.leader import mark_leaders
from items.actions.list import begin, names_on, publish_item, texts_of
from items.actions.occasion import planned
from items.actions.validation import need
from items.actions.verdict import end_rounds_of_year
from items.columns import STORED, attnames, names
from items.errors import Refused
from items.ledger import (
    ActOnBoth,
    ActOnList,
    ActOnMany,
    acting_on_both,
    acting_on_list,
    acting_on_year,
)
from items.models import Entry, Item, ItemList, Occasion, Part, Person, Post, VerdictRound
from items.models.versioned import lock
from items.rules import why_not
from items.rules.closing import left_open, waits
from items.rules.gaps import gaps, gaps_of, posts_gaps, same_person_gap
from items.states import NOT_DONE, Group, ListStatus, Status

CARRIED = [column for column in STORED if column.carried]
DRAFTED = names(column for column in CARRIED if column.drafted)
STATE = attnames(column for column in CARRIED if not column.drafted)
OF_PART = ["title", "title_en", "unit_id", "progress", "done_on"]
LINES = ("measures", "criteria", "unit_shares__unit", "handlers", "parts")


@transaction.atomic
def carry_over(
    item_list: ItemList,
    *,
    into: ItemList,
    chosen: Mapping[int, dict[str, Any] | None],
    by: Person,
    now: datetime | None = None,
) -> list[Item]:
    """Choose which items of a running list go over into a draft list, and with which deadline.

    `chosen` gives by number the columns of the new deadline; None lets an item stay.
    A number that isn't in it stays as it was chosen before.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    for row in sorted((item_list, into), key=lambda row: row.pk):
        lock(row, "committee")
    refusal = why_not("carry_over", by, item_list, today=today)
    if refusal := refusal or why_not("import_into", by, into, today=today):
        raise Refused(refusal)
    if into.committee_id != item_list.committee_id:
        raise Refused(_("“%s” is a list of another committee.") % into)
    chosen_before = chosen_from(item_list).prefetch_related("parts")
    drafts = {draft.carried_from_id: draft for draft in chosen_before}
    items = list(item_list.items.published().filter(number__in=chosen).order_by("number"))
    prefetch_related_objects(items, *LINES)
    for draft in chosen_before.exclude(carried_from__status__in=NOT_DONE):
        draft.delete()  # its item was resolved or withdrawn meanwhile
    into.save()  # so that whoever saw it otherwise is told
    carried = [_choose(item, into, chosen[item.number], drafts.get(item.pk), by) for item in items]
    return [item for item in carried if item]


def chosen_from(item_list: ItemList) -> QuerySet[Item]:
    """Return the drafts of a next list that go on with items of this one."""
    drafts = Item.objects.filter(status=Status.DRAFT, carried_from__list=item_list)
    return drafts.select_related("list").order_by("list_id", "number")


def _choose(
    item: Item, into: ItemList, deadline: dict[str, Any] | None, before: Item | None, by: Person
) -> Item | None:
    """Let an item go over with a deadline, or stay; return its draft."""
    stays = deadline is None or item.status not in NOT_DONE
    if before and (stays or before.list_id != into.pk):
        before.delete()
        before = None
    if stays:
        return None
    fields = _said(item, before) | (deadline or {}) | {"carried_from": item}
    draft = _draft(item, fields, before)
    number = before.number if before else into.items.next_number()
    return fill(into, number, draft, by=by, now=timezone.now(), carrying=True)


def _said(item: Item, before: Item | None) -> dict[str, Any]:
    """Return what an item says; of a draft that is there already, its own stays."""
    said = {name: getattr(item, name) for name in DRAFTED}
    return {name: said[name] for name in said.keys() - OWN_OF_CARRIED} if before else said


def _draft(item: Item, fields: dict[str, Any], before: Item | None) -> Draft:
    """Return what the draft of a carried item says; `before` is it, where it is there already."""
    days = {part.title: part for part in before.parts.all()} if before else {}
    return Draft(
        fields=fields,
        measures=[measure.words for measure in item.measures.all()],
        criteria=[criterion.words for criterion in item.criteria.all()],
        shares=[(share.unit, share.role) for share in item.unit_shares.all()],
        handlers=list(item.handlers.all()),
        parts=[_part(part, days.get(part.title, part)) for part in item.parts.all()],
    )


def _part(part: Part, days: Part) -> dict[str, Any]:
    said = {name: getattr(part, name) for name in OF_PART}
    said["first_due"] = part.first_due or part.due
    return said | {name: getattr(days, name) for name in DAYS_OF_PART}


def change_year(
    item_list: ItemList,
    *,
    into: ItemList,
    by: Person,
    leaders: Iterable[Post] = (),
    yes: bool = False,
    now: datetime | None = None,
) -> list[Entry]:
    """Publish the next list and close this one in the same moment, as everything stands then.

    Refuse with all that still waits in this one, is open and was not chosen, or lacks in the next.
    `leaders` are posts that are marked as leaders' from now on.
    """
    leaders = list(leaders)
    who: dict[str, Any] = {"by": by, "now": now, "yes": yes}
    with acting_on_year(item_list, into, posts=leaders, **who) as (closing, opening):
        if into.committee_id != item_list.committee_id:
            raise Refused(_("“%s” is a list of another committee.") % into)
        marked = mark_leaders(opening, into, leaders)
        missing = [str(wait) for wait in waits(item_list, closing.today)]
        pairs = _refresh(item_list, into, by, closing.now)
        missing += gaps(into, closing.today, closing=item_list)
        if missing:
            raise Refused(*missing)
        for before, item in pairs.values():
            _go_on(closing, before, item)
        end = _close(closing, next=into.slug)
        items = list(into.items.order_by("number"))
        begin(opening, into, items, marked)
        for item in items:
            if pair := pairs.get(item.pk):
                item.list, item.carried_from = into, pair[0]
                _carry_in(opening, item)
            else:
                publish_item(opening, item)
        return [end, *opening.entries]


def _refresh(
    item_list: ItemList, into: ItemList, by: Person, now: datetime
) -> dict[int, tuple[Item, Item]]:
    """Let each carried draft say what its item says now; return both by the key of the draft."""
    drafts = [draft for draft in chosen_from(item_list) if draft.list_id == into.pk]
    standing = item_list.items.select_related("last_entry")
    items = standing.in_bulk({draft.carried_from_id for draft in drafts})
    prefetch_related_objects(list(items.values()), *LINES)
    prefetch_related_objects(drafts, "parts")
    pairs = {}
    for draft in drafts:
        item = items[draft.carried_from_id]
        item.list = item_list
        said = _draft(item, _said(item, draft), draft)
        pairs[draft.pk] = (item, fill(into, draft.number, said, by=by, now=now, carrying=True))
    return pairs


def _go_on(act: ActOnMany, before: Item, item: Item, text: str = "") -> Entry:
    """Write on an item of the earlier list under which number of which list it goes on."""
    return act.write_on(
        before,
        text,
        verb="carry_over",
        facts={"to": item.list.slug, "to_number": item.number},
        new=item.list.name,
        new_en=item.list.name_en,
    )


def _carry_in(act: ActOnMany, item: Item) -> Entry:
    """Publish a draft in the state of the item that it goes on with."""
    before = item.carried_from
    assert before is not None
    for name in STATE:
        setattr(item, name, getattr(before, name))
    item.published_on = act.today
    open_dates = before.occasions.open().select_related("place")
    for occasion in open_dates:  # while it is a draft, which needs no entry of its own
        _plan_again(act, item, occasion)
    facts = {"old_due": str(before.due), "new_due": str(item.due)}
    return act.write_on(
        item, verb="carry_in", status=before.status, facts=facts | whence(before), **_called(before)
    )


def whence(before: Item) -> dict[str, Any]:
    return {"from": before.list.slug, "from_number": before.number}


def _called(before: Item) -> dict[str, str]:
    return {"old": before.list.name, "old_en": before.list.name_en}


def _plan_again(act: ActOnMany, item: Item, occasion: Occasion) -> None:
    place = occasion.place
    words = " · ".join(filter(None, [occasion.what, place.name if place else ""]))
    entry = act.write_only(item, words, verb="plan_occasion", facts=planned(occasion))
    Occasion.objects.create(item=item, entry=entry, on=occasion.on, place=place, what=occasion.what)


def close_list(
    item_list: ItemList, *, by: Person, yes: bool = False, now: datetime | None = None
) -> Entry:
    """Close a list in which nothing is open: its figures never change again."""
    with acting_on_list("close_list", item_list, by=by, now=now, yes=yes) as act:
        item_list.items.published().locked()
        if missing := [*waits(item_list, act.today), *left_open(item_list)]:
            raise Refused(*missing)
        return _close(act)


def _close(act: ActOnList, **facts: Any) -> Entry:
    """Close the locked list with the figures of this moment."""
    item_list = act.thing
    items = item_list.items.published()
    counts = Counter(item.group for item in items)
    figures = {str(group): counts[group] for group in Group} | {"total": sum(counts.values())}
    item_list.status, item_list.closed_on = ListStatus.CLOSED, act.today
    item_list.closing_figures = figures
    # Whoever has an item's form open, or waits for its lock, learns that it isn't as they saw it.
    QuerySet(Item).filter(list=item_list).update(version=F("version") + 1)
    rounds = VerdictRound.objects.open(act.today).filter(item__list=item_list)
    ended = {"verdict_rounds": n} if (n := rounds.count()) else {}
    entry = act.write(facts=figures | facts | ended)
    end_rounds_of_year(item_list, act.today)
    return entry


def bring_back(
    item: Item,
    *,
    by: Person,
    reason: str,
    due: date,
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Let what was counted as resolved when its list closed, and isn't, go on in the running list.

    The closed list stays as it is, and says beside its page where the item goes on.
    """
    reason = need(reason, _("Write why it has to be opened again."))
    into = running_list(item) or item.list  # without one, it is refused
    with acting_on_both("bring_back", item, into, by=by, now=now, yes=yes) as act:
        return write_brought_back(act, into, reason, due)


def running_list(item: Item) -> ItemList | None:
    """Return the latest list of its committee that runs now; None without one."""
    running = item.list.committee.lists.filter(status=ListStatus.PUBLISHED)
    return running.order_by("year", "pk").last()


def write_brought_back(act: ActOnBoth, into: ItemList, reason: str, due: date) -> Entry:
    """Let the resolved item of a closed list go on in the running one, and write so in both."""
    item = act.item
    if due <= act.today:
        raise Refused(_("The deadline has to lie ahead."))
    new = _draft_back(item, into, due, act)
    missing = gaps_of(new) + posts_gaps([new], act.today) + same_person_gap(new, act.today)
    if missing:
        raise Refused(*missing)
    _go_on(act, item, new, reason)
    for name in STATE:
        setattr(new, name, getattr(item, name))
    new.times_reopened += 1
    new.claimed_on = new.done_on = None
    new.published_on, new.added_later = act.today, True
    names = names_on(Item.objects.filter(pk=new.pk))
    facts = whence(item) | {"signed_off_on": str(item.signed_off_on)}
    facts |= act.ask(*names, *texts_of([new]))
    new.list = into
    came = _called(item)
    entry = act.write_on(
        new, reason, verb="bring_back", status=Status.IN_PROGRESS, facts=facts, **came
    )
    into.save()  # so that a button that is pressed twice doesn't do it twice
    for post in (new.owner_post, new.supervisor_post):
        act.tell(entry, post.holder(act.today) if post else None)
    return entry


def _draft_back(item: Item, into: ItemList, due: date, act: ActOnMany) -> Item:
    """Draw up the item that goes on with a resolved one: nobody knows how far it is now."""
    prefetch_related_objects([item], *LINES)
    fields = _said(item, None) | {"carried_from": item, "result": "", "percent": None}
    fields |= {"due": due, "due_words": "", "start_is_the_matter": False}
    number = into.items.next_number()
    said = _draft(item, fields, None)
    return fill(into, number, said, by=act.by, now=act.now, carrying=True)

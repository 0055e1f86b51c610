"""A year's list: publish it and add to it. Its end is in `items.actions.year`."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from items.actions.announcing import days_up
from items.actions.draft import Draft, fill
from items.actions.leader import mark_leaders
from items.actions.validation import need
from items.errors import Refused
from items.ledger import ActOnList, acting_on_list, lock_posts
from items.ledger.lines import RELATIONS
from items.models import BroughtIn, Entry, Item, ItemList, Person, Post
from items.models.closing_name import shown_by
from items.models.items import ItemQuerySet
from items.models.versioned import lock
from items.privacy.shades import public_texts
from items.rules import why_not
from items.rules.announcing import announcement_of
from items.rules.gaps import gaps, gaps_of, gaps_to_put_up, posts_gaps, same_person_gap
from items.states import ListStatus, Status


def publish_list(
    item_list: ItemList,
    *,
    by: Person,
    leaders: Iterable[Post] = (),
    yes: bool = False,
    now: datetime | None = None,
) -> list[Entry]:
    """Publish a list: freeze its numbers and start its ledger; or refuse with every reason.

    `leaders` are posts that are marked as leaders' from now on.
    """
    with acting_on_list("publish", item_list, by=by, now=now, yes=yes) as act:
        marked = mark_leaders(act, item_list, leaders)
        items = item_list.items.locked()
        if missing := gaps(item_list, act.today):
            raise Refused(*missing)
        begin(act, item_list, items, marked)
        return [publish_item(act, item) for item in items]


def begin(
    act: ActOnList, item_list: ItemList, items: list[Item], leaders: Sequence[int] = ()
) -> None:
    """Publish the locked list itself, and its plan; its items follow.

    `leaders` are the keys of posts that were marked as leaders' with it.
    """
    up = announcement_of(item_list)
    item_list.status, item_list.published_on = ListStatus.PUBLISHED, act.today
    item_list.committee.mark_public()
    act.write(facts=_told(act, item_list, items, leaders, up), about=up)
    if item_list.plan:
        _write_plan(act)


def _told(
    act: ActOnList,
    item_list: ItemList,
    items: list[Item],
    leaders: Sequence[int],
    up: Entry | None = None,
) -> dict[str, Any]:
    """Return the facts of a list that becomes public; ask about data about persons in it.

    What was `up` for objections has been asked about, and was frozen since.
    """
    facts: dict[str, Any] = {"total": len(items)}
    if leaders:
        facts["leaders"] = list(leaders)
    prefetch_related_objects(items, *RELATIONS.values(), "brought_in")
    act.yes = act.yes or (up is not None and "personal" in up.facts)
    names = names_on(item_list.items.all())
    return facts | act.ask(*_texts_of_list(item_list), *names, *texts_of(items))


def put_up_list(
    item_list: ItemList,
    *,
    by: Person,
    leaders: Iterable[Post] = (),
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Put a whole draft up for objections (公示); or refuse with every reason.

    All that publishing asks is asked now. Its words, rows and numbers are frozen until it is
    published, or taken down.
    """
    with acting_on_list("put_up", item_list, by=by, now=now, yes=yes) as act:
        marked = mark_leaders(act, item_list, leaders)
        items = item_list.items.locked()
        if missing := gaps_to_put_up(item_list, act.today):
            raise Refused(*missing)
        item_list.committee.mark_public()
        told = _told(act, item_list, items, marked)
        entry = act.write(facts=told | days_up("publish", act.today))
        item_list.save()  # so that whoever has it open learns that it is frozen
    return entry


def take_down_list(
    item_list: ItemList, *, by: Person, reason: str, yes: bool = False, now: datetime | None = None
) -> Entry:
    """Take a draft down that is up for objections, so that it can change; say why, for good."""
    reason = need(reason, _("Write why it is taken down; everyone will read it."))
    with acting_on_list("take_down", item_list, by=by, now=now, yes=yes) as act:
        up = announcement_of(item_list)
        entry = act.write(reason, facts={"verb": "publish"}, about=up)
        item_list.save()
    return entry


def publish_plan(
    item_list: ItemList,
    *,
    by: Person,
    plan: str,
    plan_en: str = "",
    reason: str = "",
    yes: bool = False,
    now: datetime | None = None,
) -> Entry | None:
    """Publish the implementation plan beside the list, or another in its place, and say why.

    Of a draft list it is kept, and published together with the list; None then.
    """
    plan, plan_en = _tidy(need(plan, _("Write the plan."))), _tidy(plan_en)
    if item_list.is_draft:
        return _keep_plan(item_list, plan, plan_en, by, now)
    with acting_on_list("publish_plan", item_list, by=by, now=now, yes=yes) as act:
        _refuse_same(item_list, plan, plan_en)
        text = ""
        if item_list.plan:
            text = need(reason, _("Write why it is replaced; everyone will read it."))
        item_list.plan, item_list.plan_en = plan, plan_en
        return _write_plan(act, text)


@transaction.atomic
def _keep_plan(
    item_list: ItemList, plan: str, plan_en: str, by: Person, now: datetime | None
) -> None:
    """Write the plan into a draft list, where nobody outside reads it yet."""
    lock(item_list)
    today = timezone.localdate(now or timezone.now())
    if refusal := why_not("publish_plan", by, item_list, today=today):
        raise Refused(refusal)
    _refuse_same(item_list, plan, plan_en)
    item_list.plan, item_list.plan_en = plan, plan_en
    item_list.save()


def _refuse_same(item_list: ItemList, plan: str, plan_en: str) -> None:
    if (item_list.plan, item_list.plan_en) == (plan, plan_en):
        raise Refused(_("That is what it says already."))


def _write_plan(act: ActOnList, text: str = "") -> Entry:
    """Write the plan into the ledger: the Chinese, and the English beside it."""
    plan = {"new": act.thing.plan, "evidence": act.thing.plan_en}
    return act.write(text, verb="publish_plan", **plan)


def _tidy(text: str) -> str:
    """Return a text as the ledger and the database compare it."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _texts_of_list(item_list: ItemList) -> Iterator[str]:
    committee = item_list.committee
    names = [item_list.words, item_list.programme_words]
    for words in [*names, committee.words, committee.organisation.short_words]:
        yield from (words.zh, words.en)


def names_on(items: ItemQuerySet) -> Iterator[str]:
    """Yield the names of posts, units, places … that become public with the items."""
    for rows in shown_by(items):
        for row in rows:
            yield from (row.shown_words.zh, row.shown_words.en)


def texts_of(items: list[Item]) -> Iterator[str]:
    """Yield everything in words that becomes public with the items, but for names of others."""
    for item in items:
        for row in [item, *item.measures.all(), *item.criteria.all(), *item.parts.all()]:
            yield from (getattr(row, name) for name in public_texts(type(row)))


def publish_item(act: ActOnList, item: Item, text: str = "", facts: dict | None = None) -> Entry:
    """Publish a draft item by an entry of the act's verb, or with the state of an earlier sheet."""
    item.published_on = act.today
    item.first_due = item.first_due or item.due  # the sheet may know of an earlier one
    before = getattr(item, "brought_in", None)
    if before is None:
        return act.write_on(item, text, status=Status.NOT_STARTED, facts=facts or {})
    words = _apply(before, item, act.today)
    return act.write_on(item, verb="bring_in", status=before.status, **words)


def _apply(before: BroughtIn, item: Item, today: date) -> dict:
    """Put the state that the sheet gave on the item; return what the entry says of it."""
    item.result = item.result or before.progress
    item.started_on = before.started_on
    if before.status in MOVING:
        item.started_on = before.started_on or today
    if before.status in (Status.RESOLVED, Status.PENDING_CHECK):
        item.done_on = before.done_on  # where the sheet has none, nothing is called late
        item.claimed_on = before.done_on or before.signed_off_on or today
    if before.status == Status.RESOLVED:
        item.signed_off_on = before.signed_off_on
    if before.status == Status.ON_HOLD:
        item.held_on, item.status_before_hold = today, Status.IN_PROGRESS
        item.hold_review_on = before.hold_review_on
    if before.status == Status.WITHDRAWN:
        item.withdrawn_on = before.withdrawn_on
    assert item.supervisor_post is not None  # else the list had a gap and isn't published
    days = {"done_on": item.done_on, "signed_off_on": item.signed_off_on}
    days |= {"withdrawn_on": item.withdrawn_on, "review_on": item.hold_review_on}
    facts = {name: day.isoformat() for name, day in days.items() if day} | {"row": before.row}
    return {
        "text": before.progress,
        "evidence": before.file,
        "old": item.supervisor_post.name,  # stands for the signer where names aren't shown
        "old_en": item.supervisor_post.name_en,
        "new": before.signed_off_by,
        "facts": facts,
    }


MOVING = {Status.IN_PROGRESS, Status.PENDING_CHECK, Status.ON_HOLD}


def add_item(
    item_list: ItemList,
    draft: Draft,
    *,
    by: Person,
    reason: str,
    yes: bool = False,
    now: datetime | None = None,
) -> Item:
    """Add an item to a published list, under the next number."""
    reason = need(reason, _("Write why it is added; everyone will read it."))
    if draft.brought_in:
        raise Refused(_("A state can be brought in only until publication."))
    with acting_on_list("add_item", item_list, by=by, now=now, yes=yes) as act:
        duties = [draft.fields.get(duty) for duty in ("owner_post", "supervisor_post")]
        lock_posts(filter(None, duties))  # nobody is appointed meanwhile, past this item
        number = item_list.items.next_number()
        item = fill(item_list, number, draft, by=by, now=act.now)
        missing = gaps_of(item) + posts_gaps([item], act.today) + same_person_gap(item, act.today)
        if missing:
            raise Refused(*missing)
        item.added_later = True
        names = names_on(Item.objects.filter(pk=item.pk))
        publish_item(act, item, reason, act.ask(*names, *texts_of([item])))
        item_list.save()  # so that a button that is pressed twice doesn't add twice
    return item

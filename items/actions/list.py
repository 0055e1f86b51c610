"""A year's list: publish it, add to it, close it, carry over what is left."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from items.actions.draft import Draft, fill
from items.actions.validation import need
from items.columns import STORED, names
from items.errors import Refused
from items.ledger import ActOnList, ActOnMany, acting_on_items, acting_on_list, lock_posts
from items.models import BroughtIn, Entry, Item, ItemList, Person
from items.models.closing_name import shown_by
from items.models.items import ItemQuerySet
from items.models.versioned import lock
from items.privacy.shades import public_texts
from items.rules import why_not
from items.rules.gaps import gaps, gaps_of, posts_gaps, same_person_gap
from items.states import Group, ListStatus, Status


def publish_list(
    item_list: ItemList, *, by: Person, yes: bool = False, now: datetime | None = None
) -> list[Entry]:
    """Publish a list: freeze its numbers and start its ledger; or refuse with every reason."""
    with acting_on_list("publish", item_list, by=by, now=now, yes=yes) as act:
        items = item_list.items.locked()
        if missing := gaps(item_list, act.today):
            raise Refused(*missing)
        item_list.status, item_list.published_on = ListStatus.PUBLISHED, act.today
        names = _names_on(item_list.items.all())
        asked = act.ask(*_texts_of_list(item_list), *names, *_texts_of(items))
        act.write(facts={"total": len(items)} | asked)
        if item_list.plan:
            _write_plan(act)
        return [_publish_item(act, item) for item in items]


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


def _names_on(items: ItemQuerySet) -> Iterator[str]:
    """Yield the names of posts, units, places … that become public with the items."""
    for rows in shown_by(items):
        for row in rows:
            yield from (row.shown_words.zh, row.shown_words.en)


def _texts_of(items: list[Item]) -> Iterator[str]:
    """Yield everything in words that becomes public with the items, but for names of others."""
    for item in items:
        for row in [item, *item.measures.all(), *item.parts.all()]:
            yield from (getattr(row, name) for name in public_texts(type(row)))


def _publish_item(act: ActOnList, item: Item, text: str = "", facts: dict | None = None) -> Entry:
    """Publish a draft item by an entry of the act's verb, or with the state of an earlier sheet."""
    item.published_on = act.today
    item.first_due = _first_due(item)
    before = getattr(item, "brought_in", None)
    if before is None:
        return act.write_on(item, text, status=Status.NOT_STARTED, facts=facts or {})
    words = _apply(before, item, act.today)
    return act.write_on(item, verb="bring_in", status=before.status, **words)


def _first_due(item: Item) -> date | None:
    """Return what was promised first: on an earlier list, in the sheet, or now."""
    return item.carried_from.first_due if item.carried_from else item.first_due or item.due


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
        names = _names_on(Item.objects.filter(pk=item.pk))
        _publish_item(act, item, reason, act.ask(*names, *_texts_of([item])))
        item_list.save()  # so that a button that is pressed twice doesn't add twice
    return item


def close_list(
    item_list: ItemList, *, by: Person, yes: bool = False, now: datetime | None = None
) -> Entry:
    """Close a year: its figures never change again."""
    with acting_on_list("close_list", item_list, by=by, now=now, yes=yes) as act:
        items = item_list.items.published().locked()
        counts = Counter(item.group for item in items)
        figures = {str(group): counts[group] for group in Group} | {"total": len(items)}
        item_list.status, item_list.closed_on = ListStatus.CLOSED, act.today
        item_list.closing_figures = figures
        return act.write(facts=figures)


def carry_over(
    item_list: ItemList,
    *,
    into: ItemList,
    by: Person,
    yes: bool = False,
    now: datetime | None = None,
) -> list[Item]:
    """Copy what a closed list left open into the next, draft list, with its first deadlines."""
    with acting_on_items("carry_over", item_list, by=by, now=now, yes=yes) as act:
        lock(into)
        if refusal := why_not("import_into", by, into, today=act.today):
            raise Refused(refusal)
        if into.committee_id != item_list.committee_id:
            raise Refused(_("“%s” is a list of another committee.") % into)
        left = list(item_list.items.not_done().filter(carried_to=None).order_by("number"))
        return [_carry(act, item, into) for item in left]


CARRIED_OVER = names(column for column in STORED if column.carried)


def _carry(act: ActOnMany, item: Item, into: ItemList) -> Item:
    draft = Draft(
        fields={name: getattr(item, name) for name in CARRIED_OVER} | {"carried_from": item},
        measures=[measure.words for measure in item.measures.all()],
        shares=[(share.unit, share.role) for share in item.unit_shares.all()],
        handlers=list(item.handlers.all()),
        parts=list(item.parts.values(*PART_KEPT)),
    )
    act.write_on(item, facts={"to": into.slug})
    carried = fill(into, into.items.next_number(), draft, by=act.by, now=act.now)
    carried.times_extended = item.times_extended
    carried.save()
    return carried


PART_KEPT = ["title", "title_en", "unit_id", "start_by", "due", "due_words", "progress", "done_on"]

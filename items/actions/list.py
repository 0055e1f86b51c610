"""A year's list: publish it, add to it, close it, carry over what is left."""

from collections import Counter

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from items import personal, rules
from items.actions.door import locked, need, refuse_if, write_entry
from items.actions.draft import Draft, fill
from items.errors import Refused
from items.models import Entry, Item, ItemList, Person
from items.models.versioned import lock
from items.rules.gaps import gaps, gaps_of, posts_gaps, same_person_gap
from items.states import Group, ListStatus, Status


@transaction.atomic
def publish_list(item_list: ItemList, *, by: Person, now=None) -> list[Entry]:
    """Publish a list: freeze its numbers and start its ledger; or refuse with every reason."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    _lock_for("publish", item_list, by, today)
    items = locked(item_list.items)
    found = gaps(item_list, today)
    if found:
        raise Refused(*found)
    item_list.status, item_list.published_on = ListStatus.PUBLISHED, today
    asked = personal.ask(*_texts_of_list(item_list), *_texts_of(items))
    _write("publish", item_list, by, now, facts={"total": len(items)} | asked)
    item_list.save()
    if item_list.plan:
        write_plan(item_list, by, now)
    return [_publish_item(item, by, now, "publish") for item in items]


@transaction.atomic
def publish_plan(
    item_list: ItemList, *, by: Person, plan: str, plan_en: str = "", reason: str = "", now=None
) -> Entry | None:
    """Publish the implementation plan beside the list, or another in its place, and say why.

    Of a draft list it is kept, and published together with the list; None then.
    """
    now = now or timezone.now()
    plan, plan_en = _tidy(need(plan, _("Write the plan."))), _tidy(plan_en)
    _lock_for("publish_plan", item_list, by, timezone.localdate(now))
    refuse_if(_("That is what it says already.") if same(item_list, plan, plan_en) else "")
    replaces = item_list.plan and not item_list.is_draft
    if replaces:
        reason = need(reason, _("Write why it is replaced; everyone will read it."))
    item_list.plan, item_list.plan_en = plan, plan_en
    entry = None
    if not item_list.is_draft:
        entry = write_plan(item_list, by, now, text=reason if replaces else "")
    item_list.save()
    return entry


def same(item_list, plan, plan_en):
    return (item_list.plan, item_list.plan_en) == (plan, plan_en)


def write_plan(item_list, by, now, text=""):
    """Write the plan into the ledger: the Chinese, and the English beside it."""
    said = {"new": item_list.plan, "evidence": item_list.plan_en}
    return _write("publish_plan", item_list, by, now, text=text, **said)


def _tidy(text):
    """Return a text as the ledger and the database compare it."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _lock_for(verb, item_list, by, today):
    lock(item_list)
    refuse_if(rules.why_not(verb, by, item_list, today=today))


def _write(verb, item_list, by, now, **written):
    today = timezone.localdate(now)
    role = rules.role_of(verb, by, item_list, today)
    return write_entry(item_list, verb, by=by, role=role, happened_on=today, now=now, **written)


def _texts_of_list(item_list):
    return [item_list.name, item_list.name_en, item_list.programme, item_list.programme_en]


def _texts_of(items):
    """Yield everything in words that becomes public with the items, but for names of posts."""
    for item in items:
        yield from (getattr(item, name) for name in SHOWN)
        yield from (text for row in item.measures.all() for text in (row.text, row.text_en))
        yield from (text for row in item.parts.all() for text in (row.title, row.title_en))
        yield from (text for row in item.parts.all() for text in (row.due_words, row.progress))


SHOWN = ["title", "title_en", "problem", "problem_en", "effect", "effect_en", "due_words", "result"]


def _publish_item(item, by, now, verb, text="", facts=None):
    today = timezone.localdate(now)
    item.published_on = today
    item.first_due = _first_due(item)
    item.status = Status.NOT_STARTED
    before = getattr(item, "brought_in", None)
    written = {"text": text, "facts": facts or {}}
    if before:
        verb = "bring_in"
        written = _apply(before, item, today)
    entry = _write(
        verb,
        item.list,
        by,
        now,
        item=item,
        status_from=Status.DRAFT,
        status_to=item.status,
        **written,
    )
    item.last_news = entry
    item.save()
    return entry


def _first_due(item):
    """Return what was promised first: on an earlier list, in the sheet, or now."""
    return item.carried_from.first_due if item.carried_from else item.first_due or item.due


def _apply(before, item, today) -> dict:
    """Put the state that the sheet gave on the item; return what the entry says of it."""
    item.status, item.result = before.status, item.result or before.progress
    item.started_on = before.started_on
    if before.status in MOVING:
        item.started_on = before.started_on or today
    if before.status in (Status.RESOLVED, Status.PENDING_CHECK):
        item.done_on = item.claimed_on = before.done_on or before.signed_off_on or today
    if before.status == Status.RESOLVED:
        item.signed_off_on = before.signed_off_on
    if before.status == Status.ON_HOLD:
        item.held_on, item.status_before_hold = today, Status.IN_PROGRESS
    if before.status == Status.WITHDRAWN:
        item.withdrawn_on = today
    days = {"done_on": item.done_on, "signed_off_on": item.signed_off_on}
    facts = {name: day.isoformat() for name, day in days.items() if day} | {"row": before.row}
    return {
        "text": before.progress,
        "evidence": before.file,
        "old": item.supervisor_post.name,  # stands for the signer where names aren't shown
        "new": before.signed_off_by,
        "facts": facts,
    }


MOVING = {Status.IN_PROGRESS, Status.PENDING_CHECK, Status.ON_HOLD}


@transaction.atomic
def add_item(item_list: ItemList, draft: Draft, *, by: Person, reason: str, now=None) -> Item:
    """Add an item to a published list, under the next number."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    reason = need(reason, _("Write why it is added; everyone will read it."))
    refuse_if(_("A state can be brought in only until publication.") if draft.brought_in else "")
    _lock_for("add_item", item_list, by, today)
    item = fill(item_list, item_list.items.next_number(), draft, by=by, now=now)
    found = gaps_of(item) + posts_gaps([item], today) + same_person_gap(item, today)
    if found:
        raise Refused(*found)
    item.added_later = True
    asked = personal.ask(*_texts_of([item]))
    _publish_item(item, by, now, "add_item", reason, asked)
    item_list.save()
    return item


@transaction.atomic
def close_list(item_list: ItemList, *, by: Person, now=None) -> Entry:
    """Close a year: its figures never change again."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    _lock_for("close_list", item_list, by, today)
    items = locked(item_list.items.published())
    counts = Counter(item.group for item in items)
    figures = {str(group): counts[group] for group in Group} | {"total": len(items)}
    item_list.status, item_list.closed_on = ListStatus.CLOSED, today
    item_list.closing_figures = figures
    entry = _write("close_list", item_list, by, now, facts=figures)
    item_list.save()
    return entry


@transaction.atomic
def carry_over(item_list: ItemList, *, into: ItemList, by: Person, now=None) -> list[Item]:
    """Copy what a closed list left open into the next, draft list, with its first deadlines."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    _lock_for("carry_over", item_list, by, today)
    _lock_for("import_into", into, by, today)
    if into.committee_id != item_list.committee_id:
        raise Refused(_("“%s” is a list of another committee.") % into)
    left = item_list.items.not_done().filter(carried_to=None).order_by("number")
    return [_carry(item, into, by, now) for item in left]


KEPT = ["title", "title_en", "problem", "problem_en", "effect", "effect_en", "source", "category"]
KEPT += [
    "theme",
    "place",
    "owner_post",
    "supervisor_post",
    "term",
    "start_by",
    "start_is_the_matter",
]
KEPT += ["first_due", "due", "due_words", "percent", "done_count", "target_count", "count_unit"]
KEPT += ["budget", "remark", "illustrative", "hardship"]


def _carry(item, into, by, now):
    draft = Draft(
        fields={name: getattr(item, name) for name in KEPT} | {"carried_from": item},
        measures=[measure.words for measure in item.measures.all()],
        shares=[(share.unit, share.role) for share in item.unit_shares.all()],
        handlers=list(item.handlers.all()),
        parts=list(item.parts.values(*PART_KEPT)),
    )
    _write("carry_over", item.list, by, now, item=item, facts={"to": into.slug})
    item.save()
    carried = fill(into, into.items.next_number(), draft, by=by, now=now)
    carried.times_extended = item.times_extended
    carried.save()
    return carried


PART_KEPT = ["title", "title_en", "unit_id", "start_by", "due", "due_words", "progress", "done_on"]

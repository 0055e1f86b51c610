"""The parts of a published item: added, reported on, undone, given more time, corrected openly."""

import sys
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from items.actions.correction import in_both_languages, visible_value, why_corrected
from items.actions.validation import checked, need, refuse_foreign
from items.errors import Refused
from items.ledger import Act, acting, not_in_future
from items.ledger.lines import Lines
from items.models import Entry, Item, Part, Person, Unit
from items.models.versioned import changed_meanwhile
from items.rules.days import why_not_on

CORRECTABLE_OF_PART = ("title", "title_en", "unit", "start_by", "due", "due_words")


def add_part(
    item: Item,
    *,
    by: Person,
    title: str,
    title_en: str = "",
    unit: Unit | None = None,
    start_by: date | None = None,
    due: date | None = None,
    reason: str,
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Add a part to a published item; the item can't be claimed done before it is."""
    title = need(title, _("Write what the part is."))
    reason = need(reason, _("Write why it is added; everyone will read it."))
    with acting("add_part", item, by=by, now=now, yes=yes) as act:
        refuse_foreign(item, unit)
        part = Part(item=item, order=_next_order(item), title=title, title_en=title_en.strip())
        part.unit, part.start_by, part.due = unit, start_by, due
        _refuse_second(part)
        _refuse_after_its_item(item, due)
        if due and due < act.today:
            raise Refused(_("The new deadline has passed already."))
        facts = {"part_due": str(due)} if due else {}
        facts |= act.ask(part.title, part.title_en)
        write_on_part(act, checked(part), reason, facts=facts)
        act.tell(item.owner_post, item.supervisor_post)
    return act.entry


def undo_part(
    part: Part, *, by: Person, reason: str, yes: bool = False, now: datetime | None = None
) -> Entry:
    """Take back that a part is done; until when it had counted as done stays in the ledger."""
    reason = need(reason, _("Write why the part isn’t done; everyone will read it."))
    with acting("undo_part", part.item, by=by, now=now, yes=yes) as act:
        write_undone(act, part, reason)
        act.tell(act.item.owner_post, act.item.supervisor_post)
    return act.entry


def write_undone(act: Act, part: Part, reason: str = "", about: Entry | None = None) -> None:
    """Write that a part isn't done after all, within an act on its item.

    `about` is the entry that gives the reason, where that is another one.
    """
    _read_again(part, act.item)
    if part.done_on is None:
        raise Refused(_("The part “%s” doesn’t count as done.") % part)
    facts = {"part_was_done_on": str(part.done_on)}
    part.done_on, part.progress = None, ""  # what was reported last says that it is done
    write_on_part(act, part, reason, verb="undo_part", facts=facts, about=about)


def extend_part(
    part: Part,
    *,
    by: Person,
    new_due: date,
    reason: str,
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Give a part more time, within its item's deadline. Its first deadline stays on the page."""
    reason = need(reason, _("Write why more time is needed."))
    with acting("extend_part", part.item, by=by, now=now, yes=yes) as act:
        _read_again(part, act.item)
        if part.done_on:
            raise Refused(_("The part “%s” is done already.") % part)
        if part.due is None:
            raise Refused(_("The part “%s” has no deadline. Correct it openly.") % part)
        if new_due <= part.due:
            raise Refused(_("The new deadline has to be later than %s.") % part.due.isoformat())
        if new_due < act.today:
            raise Refused(_("The new deadline has passed already."))
        _refuse_after_its_item(act.item, new_due)
        facts = {"old_due": str(part.due), "new_due": str(new_due)}
        part.first_due, part.due = part.first_due or part.due, new_due
        write_on_part(act, part, reason, facts=facts)
        act.tell(act.item.owner_post, act.item.supervisor_post)
    return act.entry


def correct_part(
    part: Part,
    *,
    by: Person,
    field: str,
    value: Any,
    reason: str,
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Correct what a part says, openly: the entry shows the old words and the new ones.

    `field` is one of CORRECTABLE_OF_PART. A deadline that was corrected stays visible beside it.
    """
    if field not in CORRECTABLE_OF_PART:
        raise Refused(_("“%s” can’t be corrected.") % field)
    reason = why_corrected(reason)
    with acting("correct_part", part.item, by=by, now=now, yes=yes) as act:
        _read_again(part, act.item)
        value = visible_value(Part, field, value)
        old = getattr(part, field)
        if (old or None) == (value or None):
            raise Refused(_("That is what it says already."))
        first = part.first_due or part.due
        setattr(part, field, value)
        need(part.title, _("Write what the part is."))
        _refuse_second(part)
        refuse_foreign(act.item, part.unit)
        if field == "due":
            part.first_due = first
            _refuse_after_its_item(act.item, part.due)
        words: dict[str, Any] = in_both_languages(field, old=old, new=value)
        facts = {"field": f"part_{field}"}
        if field == "due":
            facts["part_was_due"] = str(old or "")
        write_on_part(act, checked(part), reason, facts=facts, **words)
    return act.entry


def report_on_part(act: Act, part: Part, text: str, done_on: date | None) -> dict[str, str]:
    """Let a part say how far it is, and return the facts of its entry; save it afterwards.

    A day on which it was done raises `Conflict` where others wrote about the part meanwhile.
    """
    _read_again(part, act.item)
    part.progress = text
    if done_on and any(e.facts.get("part") == part.order + 1 for e in act.meanwhile.entries):
        raise changed_meanwhile(part)
    if done_on and (sentence := why_not_on(act.item, not_in_future(done_on, act.today))):
        raise Refused(sentence)
    if not done_on:
        return {}
    facts = {"part_done_on": str(done_on)}
    if part.done_on:
        facts["part_was_done_on"] = str(part.done_on)
    part.done_on = done_on
    return facts


def write_on_part(
    act: Act, part: Part, text: str, *, lines: Lines | None = None, **written: Any
) -> Entry:
    """Write and return the entry of an act that changes a part or adds one; save the part.

    `lines` are rows of other kinds that change with the same entry.
    """
    others = Part.objects.filter(item=act.item).exclude(pk=part.pk)
    parts = sorted([*others, part], key=lambda row: (row.order, row.pk or sys.maxsize))
    entry = act.write(text, part=part, lines={"parts": parts, **(lines or {})}, **written)
    part.save()
    return entry


def _read_again(part: Part, item: Item) -> None:
    """Read a part as it stands now, of the item that is locked: another act may have changed it."""
    if part.item_id != item.pk:
        raise Refused(_("This part belongs to another item."))
    part.refresh_from_db()
    part.item = item


def _next_order(item: Item) -> int:
    last = item.parts.order_by("order").last()
    return last.order + 1 if last else 0


def _refuse_second(part: Part) -> None:
    if part.item.parts.filter(title=part.title).exclude(pk=part.pk).exists():
        raise Refused(_("The item has a part of that name already."))


def _refuse_after_its_item(item: Item, due: date | None) -> None:
    if due and item.due and due > item.due:
        raise Refused(
            _("A part can’t end after its item, which is due on %s. Give the item more time first.")
            % item.due.isoformat()
        )

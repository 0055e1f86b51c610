"""Tasks: what a meeting decides on an item, for whom and by when, until it comes back finished."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from items.actions.validation import need
from items.errors import Refused
from items.ledger import acting
from items.models import Entry, Item, Person
from items.rules.roles import TASK_FOR, people_for


def set_task(
    item: Item,
    *,
    by: Person,
    text: str,
    who: str,
    by_when: date,
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Set a task on an item for its "owner", its "supervisor" or the "office" (`who`)."""
    if who not in TASK_FOR:
        raise Refused(_("Say whose task it is: owner, supervisor or office."))
    text = need(text, _("Write what has to be done."))
    with acting("set_task", item, by=by, now=now, yes=yes) as act:
        if by_when < act.today:
            raise Refused(_("That day has passed already."))
        facts = {"who": str(who), "by_when": by_when.isoformat()}
        act.write(text, facts=facts, public=False)
        act.tell(*people_for(item, who, act.today))
    return act.entry


def finish_task(
    entry: Entry, *, by: Person, text: str, yes: bool = False, now: datetime | None = None
) -> Entry:
    """Finish the task that `entry` set, with what came of it."""
    item, text = entry.item, need(text, _("Write what came of it."))
    assert item is not None  # a task is set on an item
    with acting("finish_task", item, by=by, now=now, about=entry, yes=yes) as act:
        if entry.answers.exists():
            raise Refused(_("This task is finished already."))
        act.write(text, public=False)
        act.tell(entry.by, *people_for(item, "office", act.today))
    return act.entry

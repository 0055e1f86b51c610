"""Tasks: what a meeting decides on an item, for whom and by when, until it comes back finished."""

from datetime import date

from django.utils.translation import gettext as _

from items.actions.door import move, need, people_for, refuse_if
from items.models import Entry, Item, Person
from items.rules.who import TASK_FOR


def set_task(item: Item, *, by: Person, text: str, who: str, by_when: date, now=None) -> Entry:
    """Set a task on an item for its "owner", its "supervisor" or the "office" (`who`)."""
    refuse_if("" if who in TASK_FOR else _("Say whose task it is: owner, supervisor or office."))

    def change(today):
        refuse_if("" if by_when >= today else _("That day has passed already."))
        return {"who": str(who), "by_when": by_when.isoformat()}

    return move(
        "set_task",
        item,
        by=by,
        text=need(text, _("Write what has to be done.")),
        public=False,
        change=change,
        now=now,
        tell=lambda today: people_for(item, who, today),
    )


def finish_task(entry: Entry, *, by: Person, text: str, now=None) -> Entry:
    """Finish the task that `entry` set, with what came of it."""
    item = entry.item

    def change(today):
        refuse_if(_("This task is finished already.") if entry.answers.exists() else "")

    return move(
        "finish_task",
        item,
        by=by,
        text=need(text, _("Write what came of it.")),
        public=False,
        change=change,
        now=now,
        about=entry,
        tell=lambda today: [entry.by, *people_for(item, "office", today)],
    )

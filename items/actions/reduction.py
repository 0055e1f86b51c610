"""A smaller promise: less of a target, a measure struck or swapped, by the decision of a body."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items.actions.announcing import put_up_first
from items.actions.correction import held, in_both_languages, read_back
from items.actions.decision import Decision, written
from items.actions.draft import LINES, write_lines
from items.actions.validation import checked, need
from items.errors import Refused
from items.ledger import Act, acting
from items.models import Entry, Item, Person
from items.rules.smaller import lost
from items.states import Smaller
from items.words import Words, fold

REDUCIBLE = ["target_count", "measures", "criteria"]


def reduce_item(
    item: Item,
    *,
    by: Person,
    field: str,
    value: Any,
    reason: str,
    decision: Decision,
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Make a promise smaller, as was decided; the old and the new one stay in sight.

    `field` is "target_count" with a lower number, or "measures" or "criteria" with those that are
    left.
    """
    if field not in REDUCIBLE:
        raise Refused(_("“%s” can’t be made smaller.") % field)
    reason = need(reason, _("Write why it is made smaller; everyone will read it."))
    with acting("reduce", item, by=by, now=now, yes=yes) as act:
        facts, who = written(item, decision, act.today)
        old = held(item, field)
        words: dict[str, Any] = in_both_languages(field, old=old, new=value) | who
        facts |= {"field": field, "smaller": _in_which_way(field, old, value)}
        lines = _lines(item, field, value)  # refuses what can't be one
        if put_up_first(act, reason, facts, **words):
            _refuse_unless_read_back(field, old, value, words)
        else:
            _reduce(act, reason, facts, value, lines, words)
        act.tell(item.owner_post, item.supervisor_post)
    return act.entry


def reduced(act: Act, reason: str, facts: dict[str, Any], **words: Any) -> None:
    """Let a smaller promise take effect within an act, as it stands in an announcement's words."""
    field = facts["field"]
    old = held(act.item, field)
    value = read_back(field, words.get("new", ""), words.get("new_en", ""), old)
    facts |= {"smaller": _in_which_way(field, old, value)}  # raises where it isn't smaller any more
    _reduce(act, reason, facts, value, _lines(act.item, field, value), words)


def _lines(item: Item, field: str, value: Any) -> dict[str, list] | None:
    return {field: LINES[field](item, value)} if field in LINES else None


def _reduce(
    act: Act,
    reason: str,
    facts: dict[str, Any],
    value: Any,
    lines: dict[str, list] | None,
    words: dict,
) -> None:
    item, field = act.item, facts["field"]
    if field == "target_count":
        item.first_target = item.first_target or item.target_count
        item.target_count = value
        checked(item)
    item.times_reduced += 1
    act.write(reason, facts=facts, lines=lines, **words)
    if lines:
        write_lines(item, lines)


def _in_which_way(field: str, old: Any, value: Any) -> Smaller:
    return _less(old, value) if field == "target_count" else _struck(field, old, value)


def _refuse_unless_read_back(field: str, old: Any, value: Any, words: dict[str, str]) -> None:
    """Raise `Refused` when what is up couldn't be read out of its words again."""
    if read_back(field, words["new"], words["new_en"], old) != value:
        raise Refused(
            _(
                "“ / ” divides Chinese and English here. Write the lines without it, then send"
                " them again."
            )
        )


def _less(old: int | None, new: int | None) -> Smaller:
    if old is None:
        raise Refused(_("Nothing is counted here: there is no target to lower."))
    if new is None or new >= old:
        raise Refused(_("A smaller promise has a target below %s. Correct it openly.") % old)
    return Smaller.SCOPE


def _struck(field: str, old: list[Words], new: list[Words]) -> Smaller:
    """Tell what becomes of the lines: some are dropped, or there is less or other in them."""
    if not new:
        raise Refused(str(NONE_LEFT[field]))
    if not lost(old, new):
        raise Refused(str(NONE_LOST[field]))
    left = {fold(words.zh) for words in old}
    dropped = len(new) < len(old) and all(fold(words.zh) in left for words in new)
    return Smaller.DROPPED if dropped else Smaller.SCOPE


NONE_LEFT = {
    "measures": gettext_lazy("At least one measure has to stay. Or withdraw the item."),
    "criteria": gettext_lazy("At least one line has to stay of what done looks like."),
}
NONE_LOST = {
    "measures": gettext_lazy("No measure is struck or swapped by that. Correct the words openly."),
    "criteria": gettext_lazy("No line is struck or swapped by that. Correct the words openly."),
}

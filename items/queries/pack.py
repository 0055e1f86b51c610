"""The pack for a meeting: a list's figures, and what the committee has to decide, in order."""

from datetime import date

from items import shown, staff
from items.gaps import gaps_of_published
from items.models import Entry, Item, ItemList, Person
from items.queries.lines import TOLD, line, with_answers
from items.queries.rows import arithmetic, items_of
from items.rules import why_not_standing
from items.standing import REQUESTS, Standing
from items.states import Status


def pack(item_list: ItemList, today: date) -> staff.Pack:
    """Return a published list's pack; its figures are those of the board."""
    items = list(items_of(list=item_list))
    told = {}
    for each in with_answers(Entry.objects.filter(item__list=item_list, verb__in=TOLD)):
        told.setdefault(each.item_id, []).append(each)
    lines = [line(item, told.get(item.pk, []), None, set(), today) for item in items]
    return staff.Pack(
        head=shown.head(item_list),
        arithmetic=arithmetic([each.row for each in lines]),
        gaps=tuple(gaps_of_published([item_list], today)[item_list.pk]),
        as_of=today,
        **{name: tuple(of(lines)) for name, of in SECTIONS.items()},
    )


def _tasks(lines):
    found = [each for each in lines if each.tasks]
    return sorted(found, key=lambda each: (each.tasks[0].by_when, each.row.number))


def _overdue(lines):
    return _most_first(lines, lambda each: each.row.overdue_days)


def _stale(lines):
    return _most_first(lines, lambda each: each.row.stale and each.row.last_days_ago)


def _most_first(lines, days):
    return sorted(filter(days, lines), key=lambda each: (-days(each), each.row.number))


def _extensions(lines):
    return [each for each in lines if each.extension and each.row.status in DECIDABLE]


def _claims(lines):
    found = [each for each in lines if each.row.status == Status.PENDING_CHECK]
    return sorted(found, key=lambda each: (each.claimed_on, each.row.number))


def _reopened(lines):
    done = {Status.RESOLVED, Status.WITHDRAWN}
    return [each for each in lines if each.row.times_reopened and each.row.status not in done]


DECIDABLE = {Status.NOT_STARTED, Status.IN_PROGRESS, Status.PENDING_CHECK}
# First what came of the last meeting's decisions, then what to decide now.
SECTIONS = {
    "tasks": _tasks,
    "overdue": _overdue,
    "extensions": _extensions,
    "claims": _claims,
    "reopened": _reopened,
    "stale": _stale,
}


# What the office writes down of a meeting
DECISIONS = ["set_task", "finish_task", "decide_extension"]


def decisions(items: list[Item], person: Person, today: date) -> dict[int, dict[str, str]]:
    """Return by item, for the office: why `person` may not enter a decision, "" when they may.

    The items are one list's (`item_list.items`). Others enter nothing from the pack, and nothing
    is returned.
    """
    standings = [Standing(person, item, today) for item in items]
    if not standings or not standings[0].is_office:
        return {}
    asked = {}
    for entry in Entry.objects.filter(item__in=items, verb__in=REQUESTS).waiting().order_by("seq"):
        asked.setdefault(entry.item_id, []).append(entry)
    for standing in standings:  # the facts that each would else ask the database for
        standing.roles = standings[0].roles
        standing.waiting = asked.get(standing.thing.pk, [])
    return {
        standing.thing.pk: {verb: why_not_standing(verb, standing) for verb in DECISIONS}
        for standing in standings
    }

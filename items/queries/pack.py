"""The pack for a meeting: a list's figures, and what the committee has to decide, in order."""

from datetime import date, timedelta

from django.db.models.fields.json import KT

from items import public, staff
from items.models import Entry, Item, ItemList, LookBack, Person, Review
from items.models.items import DEADLINE, ItemQuerySet, is_overdue
from items.queries.claims import claim_counts
from items.queries.lines import lines
from items.queries.look_backs import looks_of
from items.queries.voices import voices
from items.rules import why_not_standing
from items.rules.gaps import gaps_of_published
from items.rules.standing import REQUESTS, Standing

QUARTER = 92  # days


def pack(item_list: ItemList, today: date) -> staff.Pack:
    """Return a published list's pack; its figures are those of the board."""
    now, today = today, item_list.as_of(today)
    items = item_list.items.published().order_by("number")
    keys = {name: of(items, today) for name, of in SECTIONS.items()}
    # What may be asked for after the closing, too
    keys |= {"reviews": _reviews(items, now), "look_backs": _look_backs(items, now)}
    known = lines({pk for pks in keys.values() for pk in pks}, None, today, now)
    return staff.Pack(
        head=public.head(item_list),
        arithmetic=public.arithmetic(items.only("list", "status")),
        claimed=claim_counts(item_list),
        gaps=tuple(gaps_of_published([item_list], today)[item_list.pk]),
        as_of=today,
        looks=looks_of(keys["look_backs"], now),
        voices=voices(known, today),
        **{name: tuple(known[pk] for pk in pks) for name, pks in keys.items()},
    )


def _tasks(items: ItemQuerySet, today: date) -> list[int]:
    tasks = (
        Entry.objects.tasks().filter(item__in=items.order_by()).annotate(day=KT("facts__by_when"))
    )
    return list(dict.fromkeys(tasks.order_by("day", "seq").values_list("item", flat=True)))


def _urged(items, today):
    urgings = Entry.objects.urgings().filter(item__in=items.order_by())
    rows = urgings.order_by("happened_on", "seq").values_list("item", flat=True)
    return list(dict.fromkeys(rows))


def _overdue(items, today):
    return _keys(items.overdue(today), DEADLINE)


def _parts(items, today):
    late = items.with_late_part(today).exclude(is_overdue(today))
    return _keys(late, "next_part_due")


def _extensions(items, today):
    return _keys(items.not_done().waiting_for("ask_extension"), DEADLINE)


def _reviews(items, today):
    return _keys(items.with_review(Review.objects.overdue(today)), "review_due")


def _claims(items, today):
    return _keys(items.to_check(), "claimed_on")


def _reopened(items, today):
    return _keys(items.not_done().filter(times_reopened__gt=0), DEADLINE)


def _look_backs(items, today):
    """Return what is to be looked at again, or was in the last quarter, the earliest day first."""
    of_list = LookBack.objects.filter(item__in=items.order_by())
    lately = of_list.filter(entry__happened_on__gte=today - timedelta(days=QUARTER))
    rows = of_list.waiting() | lately
    return list(dict.fromkeys(rows.order_by("by_when", "pk").values_list("item", flat=True)))


def _stale(items, today):
    return _keys(items.stale(today), "last_news__happened_on")


def _keys(items, first):
    return list(items.order_by(first, "number").values_list("pk", flat=True))


# First what came of the last meeting's decisions, then what to decide now.
SECTIONS = {
    "tasks": _tasks,
    "urged": _urged,
    "overdue": _overdue,
    "parts": _parts,
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
    asked, own = {}, _own(items, person, today)
    for entry in Entry.objects.filter(item__in=items, verb__in=REQUESTS).waiting().order_by("seq"):
        asked.setdefault(entry.item_id, []).append(entry)
    for standing in standings:  # the facts that each would else ask the database for
        standing.roles = standings[0].roles
        standing.waiting = asked.get(standing.thing.pk, [])
        standing.on_owner_side = standing.thing.pk in own
    return {
        standing.thing.pk: {verb: why_not_standing(verb, standing) for verb in DECISIONS}
        for standing in standings
    }


def _own(items, person, today):
    """Return the keys of the items on whose owner's side a person is, or ever was."""
    rows = Item.objects.filter(pk__in=[item.pk for item in items]).order_by()
    acted = rows.acted_for_by(person, today).values_list("pk", flat=True)
    return {*acted, *rows.reported_by(person).values_list("pk", flat=True)}

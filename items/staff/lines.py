"""Items as lines of a queue or a pack, with the entries that have to be known to decide."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from items import models, public
from items.models import Item, Person
from items.staff.entries import Entry, Task, day_in, entry, tasks, urgings
from items.states import Status
from items.words import Words


@dataclass(frozen=True, slots=True)
class Line:
    """An item as a line of a queue or a pack, with what has to be known to decide."""

    pk: int
    list_slug: str
    list_name: Words
    row: public.Row  # with names
    extension: Entry | None  # more time asked for, not decided
    new_due: date | None  # until when it asks
    entered: Entry | None  # entered for the owner, not released
    claim: Entry | None  # the latest, while it waits for the check
    claimed_on: date | None  # since when it waits for the check
    claimed_done_on: date | None
    returned: Entry | None  # the latest sending back
    reopened: Entry | None  # the latest reopening
    tasks: tuple[Task, ...]  # those that are open, the nearest day first
    urgings: tuple[Task, ...]  # those without news since, the nearest day first
    late_parts: tuple[public.Part, ...]  # in their order
    review: public.Review | None  # the open one
    acts: tuple[str, ...] = ()  # in a queue: the verbs that answer what waits, the due one first


def line(
    item: Item,
    entries: list[models.Entry],
    parts: Iterable[models.Part],
    person: Person | None,
    mine: set[int],
    today: date,
    review: public.Review | None = None,
) -> Line:
    """Return an item as a line; `mine` are the keys of what is asked of `person`."""
    as_of = item.list.as_of(today)
    extension = _last(entries, "ask_extension", waiting=True)
    pending = item.status == Status.PENDING_CHECK
    claim = _last(entries, "claim") if pending else None
    return Line(
        pk=item.pk,
        list_slug=item.list.slug,
        list_name=item.list.words,
        row=public.row(item, as_of, show_names=True),
        extension=entry(extension, person),
        new_due=day_in(extension, "new_due"),
        entered=entry(_last(entries, "enter_for_owner", waiting=True), person),
        claim=entry(claim, person),
        claimed_on=item.claimed_on if pending else None,
        claimed_done_on=item.done_on if pending else None,
        returned=entry(_last(entries, "send_back"), person),
        reopened=entry(_last(entries, "reopen", "bring_back"), person),
        tasks=tasks(entries, person, mine, today),
        urgings=urgings(entries, person, mine, today),
        late_parts=tuple(
            public.part(part, item, as_of) for part in parts if part.overdue_days(item, as_of)
        ),
        review=review,
    )


def _last(entries: list[models.Entry], *verbs: str, waiting: bool = False) -> models.Entry | None:
    """Return the latest entry of these verbs; of requests, on wish, the latest that waits."""
    rows = [row for row in entries if row.verb in verbs and not (waiting and row.answered)]
    return rows[-1] if rows else None

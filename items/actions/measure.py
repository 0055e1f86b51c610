"""What is ticked of an item's measures: done with a report, or openly not done after all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from items.actions.validation import need
from items.errors import Refused
from items.ledger import Act, acting
from items.models import Entry, Item, Measure, Person
from items.models.versioned import changed_meanwhile
from items.words import one_line


@dataclass(frozen=True)
class Ticks:
    """The measures that an entry ticks, or unticks: what it says of them, and the rows to save.

    The entry keeps their numbers among its facts and their words as they are now: words of a
    measure may be corrected later.
    """

    changed: Sequence[Measure] = ()
    rows: Sequence[Measure] = ()  # all of the item's, as they will stand
    done: bool = True

    @property
    def facts(self) -> dict[str, list[int]]:
        name = "ticked" if self.done else "unticked"
        numbers = [at for at, row in enumerate(self.rows, start=1) if row in self.changed]
        return {name: numbers} if self.changed else {}

    @property
    def words(self) -> dict[str, Any]:
        name = "new" if self.done else "old"
        words = {name: _lines(row.text for row in self.changed)}
        if any(row.text_en for row in self.changed):
            words[f"{name}_en"] = _lines(row.text_en or row.text for row in self.changed)
        return words if self.changed else {}

    @property
    def lines(self) -> dict[str, Sequence[Measure]]:
        return {"measures": self.rows} if self.changed else {}

    def save(self) -> None:
        """Save the rows, once their entry is written."""
        for row in self.changed:
            row.save(update_fields=["done_on"])


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(map(one_line, texts))


def tick(act: Act, measures: Iterable[Measure], on: date | None = None) -> Ticks:
    """Tick measures of the act's item as done on the day of its entry; `save` them after it.

    What is ticked already keeps its day.
    """
    return _mark(act.item, measures, on or act.happened_on)


def untick(act: Act, measures: Iterable[Measure]) -> Ticks:
    """Take the ticks of measures back; what isn't ticked stays so."""
    return _mark(act.item, measures, None)


def _mark(item: Item, measures: Iterable[Measure], day: date | None) -> Ticks:
    measures = list(measures)
    if any(row.item_id != item.pk for row in measures):
        raise Refused(_("This measure belongs to another item."))
    rows = list(Measure.objects.filter(item=item))
    if any(row not in rows for row in measures):  # others corrected them since
        raise changed_meanwhile(item)
    changed = [row for row in rows if row in measures and (row.done_on is None) == bool(day)]
    for row in changed:
        row.done_on = day
    return Ticks(changed, rows, done=day is not None)


def tick_entered(act: Act, entered: Entry) -> Ticks:
    """Tick what the office entered as done for the owner, of what the item still promises.

    What somebody unticked since stays open: newer news counts.
    """
    words = set(entered.words.new.splitlines()) if "ticked" in entered.facts else set()
    later = act.item.entries.filter(seq__gt=entered.seq, facts__has_key="unticked")
    for entry in later.select_related("words") if words else ():
        words -= set(entry.words.old.splitlines())
    rows = Measure.objects.filter(item=act.item) if words else ()
    return tick(act, [row for row in rows if one_line(row.text) in words], entered.happened_on)


def undo_measures(
    item: Item,
    *,
    by: Person,
    measures: Sequence[Measure],
    reason: str,
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Say that ticked measures aren't done after all; that they were ticked stays in the ledger."""
    reason = need(reason, _("Write why it isn’t done; everyone will read it."))
    with acting("undo_measures", item, by=by, now=now, yes=yes) as act:
        if not write_undone_measures(act, measures, reason):
            raise Refused(_("None of these measures is ticked."))
        act.tell(item.owner_post, item.supervisor_post)
    return act.entry


def write_undone_measures(
    act: Act, measures: Sequence[Measure], reason: str = "", about: Entry | None = None
) -> bool:
    """Write that measures aren't done after all; tell whether any was ticked.

    `about` is the entry that gives the reason, where that is another one.
    """
    ticks = untick(act, measures)
    if ticks.changed:
        said: dict[str, Any] = {"facts": ticks.facts, "lines": ticks.lines, **ticks.words}
        act.write(reason, verb="undo_measures", about=about, **said)
        ticks.save()
    return bool(ticks.changed)

"""Bringing an exported ledger back in two steps: a plan, which is the preview, and its saving.

What a change becomes depends on its column: an entry for the owner, a change inside, a correction
in the open; all else is refused, each with the verb that does it.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items import queries
from items.actions import annotation, correction, progress
from items.actions.validation import checked
from items.errors import Conflict, Refused
from items.exports.ledger import CHINESE
from items.exports.separated import said
from items.ledger import Together, acting_together
from items.models import Entry, Item, ItemList, LedgerExport, Person
from items.models.versioned import columns_of, put_back
from items.privacy import personal_data
from items.rules import why_not
from items.rules.releasing import BATCH, new_batch
from items.sheets.errors import BadTable
from items.sheets.returned import CellBack, Returned, refuse_unless_kept
from items.sheets.returned_values import OF_UNITS, Meaning, Meanings, all_shares, shown_figure
from items.sheets.text import quoted
from items.sheets.three_way import Outcome, compared, same

# In one transaction, some 11 ms each: the write lock is held at most 4 s. Of entries fewer, since
# one yes releases them all, and that takes longer.
MOST_CHANGES, MOST_ENTRIES = 250, 150

NAMED = ("place", "category", "theme")  # what an item is asked for as it is checked
JOINED = ("list__committee", "owner_post", "supervisor_post", "last_entry", "last_news", *NAMED)

ENTRY, INSIDE, CORRECTION = KINDS = ("entry", "inside", "correction")
VERBS = {ENTRY: "enter_for_owner", INSIDE: "annotate", CORRECTION: "correct"}
CORRECTED = "title problem category theme place measures criteria shares support_units term"
CORRECTED += " start_by result"
KIND_OF = {"progress": ENTRY, "percent": ENTRY}
KIND_OF |= dict.fromkeys(annotation.INTERNAL, INSIDE)
KIND_OF |= dict.fromkeys(CORRECTED.split(), CORRECTION)

# Of the other columns: why no table changes them, and the verbs that do, of which some may be open
_DEADLINE = gettext_lazy("A deadline moves when more time is asked for and decided.")
_DONE = gettext_lazy("It changes by what is done: claimed, checked, signed off.")
_POST = gettext_lazy("An item is handed over to another post, with a reason.")
ELSEWHERE: dict[str, tuple[Promise, tuple[str, ...]]] = {
    "first_due": (_DEADLINE, ("decide_extension", "ask_extension")),
    "due": (_DEADLINE, ("decide_extension", "ask_extension")),
    "status": (_DONE, ("claim", "sign_off", "resume")),
    "done_on": (_DONE, ("claim", "sign_off")),
    "signed_off_on": (_DONE, ("sign_off",)),
    "signed_off_by": (_DONE, ("sign_off",)),
    "owner_post": (_POST, ("hand_over",)),
    "supervisor_post": (_POST, ("hand_over",)),
    "handlers": (gettext_lazy("Handlers are persons: choose them at the desk."), ("correct",)),
}
_RECKONED = (gettext_lazy("The system works this out; nobody writes it."), ())


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that came back changed: what it said, says, and would say."""

    number: int
    title: str
    column: str
    heading: str
    place: str  # in the book
    exported: str
    yours: str
    now: str
    kind: str = ""  # one of KINDS; "": no table changes it
    is_conflict: bool = False  # somebody else changed it too, and differently
    problem: str = ""  # why it can't be done
    verb: str = ""  # what can be done instead, if that is open to this person

    @property
    def key(self) -> str:
        """Return by what a form names its choice."""
        return f"{self.number}-{self.column}"


MINE, THERE = "mine", "there"  # what is chosen of a conflict


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a page shows of a plan, beside its changes."""

    seen: str  # a digest of all that matters
    rows: int  # items that the book has
    missing: int  # exported items that it doesn't have
    agreed: int  # cells that say already what the book says
    silent: int  # cells of the progress that are blank
    notes: tuple[str, ...]  # what was passed over
    changes: tuple[Change, ...]
    conflicts: tuple[Change, ...]
    refused: tuple[Change, ...]


@dataclass
class ReturnPlan:
    """What bringing a book back would do: the preview."""

    item_list: ItemList
    returned: Returned
    changes: list[Change] = field(default_factory=list)  # in the order of numbers and columns
    agreed: int = 0  # cells that say already what the book says
    silent: int = 0  # cells of the progress that are blank: no news
    versions: dict[int, int] = field(default_factory=dict)  # as compared, by the items' keys
    keys: dict[int, int] = field(default_factory=dict)  # by their numbers
    meanings: dict[str, Meaning] = field(default_factory=dict)  # by the changes' keys
    waiting: dict[int, Entry] = field(default_factory=dict)  # entered for owners, by number

    @property
    def seen(self) -> str:
        """Return a digest of what the preview shows."""
        shown = [replace(each, place="", problem=each.problem and "-") for each in self.changes]
        return hashlib.sha256(repr(shown).encode()).hexdigest()

    @property
    def conflicts(self) -> list[Change]:
        return [each for each in self.changes if each.is_conflict and not each.problem]

    @property
    def refused(self) -> list[Change]:
        return [each for each in self.changes if each.problem]

    def ready(self, kind: str = "") -> list[Change]:
        """Return what would be saved whatever is chosen, of a kind or of all."""
        return [
            each
            for each in self.changes
            if not (each.problem or each.is_conflict) and kind in ("", each.kind)
        ]

    def comparison(self) -> Comparison:
        """Return what a page shows."""
        return Comparison(
            seen=self.seen,
            rows=self.returned.rows,
            missing=self.returned.missing,
            agreed=self.agreed,
            silent=self.silent,
            notes=tuple(self.returned.notes),
            changes=tuple(self.changes),
            conflicts=tuple(self.conflicts),
            refused=tuple(self.refused),
        )

    def chosen(self, choices: Mapping[str, str]) -> list[Change]:
        """Return what is saved when the conflicts are chosen so; raise `Refused` if one isn't."""
        if left := [each for each in self.conflicts if choices.get(each.key) not in (MINE, THERE)]:
            numbers = ", ".join(dict.fromkeys(str(each.number) for each in left))
            raise Refused(_("Choose first, in each conflict: no. %s.") % numbers)
        mine = {each.key for each in self.conflicts if choices[each.key] == MINE}
        return [
            each
            for each in self.changes
            if not each.problem and (not each.is_conflict or each.key in mine)
        ]


def plan_return(
    returned: Returned, item_list: ItemList, *, by: Person, today: date | None = None
) -> ReturnPlan:
    """Compare what came back with what is there now, and check each change.

    Raise `BadTable` when its base is gone meanwhile, or when it changes too much at once.
    """
    today = today or timezone.localdate()
    exports = LedgerExport.objects.filter(pk=returned.export, list=item_list)
    export = refuse_unless_kept(exports.first())
    plan = ReturnPlan(item_list, returned)
    if returned.cells:
        _Planner(plan, export, by, today).fill()
    changes = [*plan.ready(), *plan.conflicts]
    entered = {each.number for each in changes if each.kind == ENTRY}
    if len(changes) > MOST_CHANGES or len(entered) > MOST_ENTRIES:
        raise BadTable(
            _(
                "The file changes %(n)s cells, and says of %(items)s items how they go: at most"
                " %(most)s and %(entries)s at once. Delete rows in a copy and bring it back in"
                " parts; rows that aren’t there stay as they are."
            )
            % {
                "n": len(changes),
                "items": len(entered),
                "most": MOST_CHANGES,
                "entries": MOST_ENTRIES,
            }
        )
    return plan


class _Planner:
    """Fills a plan, item by item."""

    def __init__(self, plan: ReturnPlan, export: LedgerExport, by: Person, today: date) -> None:
        self.plan, self.by, self.today = plan, by, today
        self.headings = dict(export.columns)
        self.meanings = Meanings(plan.item_list.committee)

    def fill(self) -> None:
        cells, item_list = self.plan.returned.cells, self.plan.item_list
        rows = item_list.items.filter(number__in=cells).select_related(*JOINED)
        items = {item.number: item for item in rows}  # before what they say: a version too old
        for number, item in items.items():
            self.plan.versions[item.pk], self.plan.keys[number] = item.version, item.pk
        entered = Entry.objects.filter(item__in=rows, verb="enter_for_owner").waiting()
        numbers = {item.pk: number for number, item in items.items()}
        for entry in entered.select_related("words").order_by("seq"):
            self.plan.waiting[numbers[entry.item_id or 0]] = entry
        with translation.override(CHINESE):
            ordered = rows.order_by("number")
            now = {row.number: row for row in queries.ledger_rows(item_list, ordered, self.today)}
            texts = {
                number: {name: said(value) for name, value in row.values.items()}
                for number, row in now.items()
            }
        for number in sorted(cells):
            item = items[number]
            says = texts[number] | self._entered(item)
            for column in (name for name in self.headings if name in cells[number]):
                self._compare(item, column, cells[number][column], says[column], says["title"])

    def _entered(self, item: Item) -> dict[str, str]:
        """Return what waits to be released, which is what the item says once it is."""
        if (entry := self.plan.waiting.get(item.number)) is None:
            return {}
        figure = shown_figure(item, *_figures(entry).values())
        return {"progress": entry.words.text} | ({"percent": figure} if figure else {})

    def _compare(self, item: Item, column: str, cell: CellBack, now: str, title: str) -> None:
        kind, problem, meaning = KIND_OF.get(column, ""), "", None
        if kind == ENTRY and not cell.yours.strip():
            self.plan.silent += 1
            return
        becomes = cell.yours
        if kind:
            try:
                meaning = self.meanings.of(item, column, cell.yours)
                becomes = meaning.shown
            except Refused as refused:
                problem = " ".join(refused.sentences)
        if same(column, cell.exported, becomes):
            return
        outcome = compared(column, cell.exported, becomes, now)
        if outcome is Outcome.AGREED or same(column, cell.yours, now):
            self.plan.agreed += 1
            return
        verb = ""
        if not kind:
            why, verbs = ELSEWHERE.get(column, _RECKONED)
            problem, verb = str(why), self._open(verbs, item)
        elif meaning and not problem:
            problem = why_not(VERBS[kind], self.by, item, today=self.today)
            problem = problem or self._why_not(item, column, meaning)
        change = Change(
            number=item.number,
            title=title,
            column=column,
            heading=self.headings[column],
            place=cell.place,
            exported=cell.exported,
            yours=cell.yours,
            now=now,
            kind=kind,
            is_conflict=outcome is Outcome.CONFLICT,
            problem=problem,
            verb=verb,
        )
        self.plan.changes.append(change)
        if meaning:
            self.plan.meanings[change.key] = meaning

    def _open(self, verbs: Collection[str], item: Item) -> str:
        """Return the first of some verbs that this person may do to an item now; "" for none."""
        return next((verb for verb in verbs if not why_not(verb, self.by, item)), "")

    def _why_not(self, item: Item, column: str, meaning: Meaning) -> str:
        """Say why a change can't be done; an item is changed here in memory alone."""
        before = columns_of(item)
        try:
            if column in OF_UNITS:
                correction.take_correction(item, "shares", all_shares(item, self._units(item)))
            elif KIND_OF[column] == CORRECTION:
                correction.take_correction(item, column, meaning.value)
            elif KIND_OF[column] == INSIDE:
                setattr(item, column, meaning.value)
                checked(item, only=[column])
            elif column == "percent":
                facts = {"percent": None, "done_count": None} | meaning.value
                progress.progress_facts(item, **facts, on=self.today)
        except Refused as refused:
            put_back(item, before)
            return " ".join(refused.sentences)
        return ""

    def _units(self, item: Item) -> dict[str, list[Any]]:
        """Return what the columns of units say that came back and can be read."""
        found = {}
        for column, cell in self.plan.returned.cells[item.number].items():
            if column in OF_UNITS:
                with suppress(Refused):
                    found[column] = self.meanings.of(item, column, cell.yours).value
        return found


def _figures(entry: Entry) -> dict[str, Any]:
    """Return the percent and the count that an entry says, as `enter_for_owner` takes them."""
    percent = entry.facts.get("percent")
    return {
        "percent": None if percent is None else Decimal(percent),
        "done_count": entry.facts.get("done_count"),
    }


def do_return(
    plan: ReturnPlan,
    choices: Mapping[str, str],
    *,
    by: Person,
    reason: str = "",
    yes: bool = False,
    now: datetime | None = None,
) -> list[Change]:
    """Save what a plan shows, all or nothing; return what was saved.

    Raise `Conflict` when an item was changed since it was compared.
    """
    changes = plan.chosen(choices)
    corrections = [each for each in changes if each.kind == CORRECTION]
    if corrections:
        reason = correction.why_corrected(reason)
        personal_data.ask(reason, *(each.yours for each in corrections), yes=yes)
    of_item: dict[int, list[Change]] = defaultdict(list)
    for each in changes:
        of_item[each.number].append(each)
    keys, batch = [plan.keys[number] for number in of_item], new_batch()
    entered = [n for n, mine in of_item.items() if any(each.kind == ENTRY for each in mine)]
    if not keys:
        return []
    with acting_together(plan.item_list, keys, by=by, now=now, yes=yes) as together:
        refuse_if_stale(plan, together)
        prefetch_related_objects(list(together.items.values()), *NAMED)
        for number, mine in of_item.items():
            try:
                _save(plan, together, number, mine, reason, batch, number in entered[:1])
            except personal_data.PersonalData:
                raise
            except Refused as refused:
                of_number = _("No. %(number)s: %(gap)s")
                sentences = [
                    of_number % {"number": number, "gap": each} for each in refused.sentences
                ]
                raise type(refused)(*sentences) from refused
    return changes


def refuse_if_stale(plan: ReturnPlan, together: Together) -> None:
    """Raise `Conflict` when a locked item isn't any more as it was compared."""
    if any(item.version != plan.versions[key] for key, item in together.items.items()):
        raise Conflict(
            _("Somebody else changed one of these items meanwhile."),
            _("Look at the comparison again, then save."),
        )


def _save(
    plan: ReturnPlan,
    together: Together,
    number: int,
    changes: list[Change],
    reason: str,
    batch: str,
    told: bool,  # of a batch, one entry is
) -> None:
    key = plan.keys[number]
    by_kind = {kind: [each for each in changes if each.kind == kind] for kind in KINDS}
    if by_kind[ENTRY]:
        with together.on("enter_for_owner", key) as act:
            progress.enter(act, **_entry(plan, number, by_kind[ENTRY], batch), told=told)
    if by_kind[INSIDE]:
        with together.on("annotate", key) as act:
            for each in by_kind[INSIDE]:
                annotation.annotate(act, each.column, plan.meanings[each.key].value)
    for name, value in _corrections(plan, together.items[key], by_kind[CORRECTION]):
        with together.on("correct", key) as act:
            correction.correct(act, name, value, reason)


def _entry(plan: ReturnPlan, number: int, changes: list[Change], batch: str) -> dict[str, Any]:
    """Return what is entered for an owner: what the book leaves out is as it waits already."""
    entered = plan.waiting.get(number)
    known: dict[str, Any] = {"text": entered.words.text, **_figures(entered)} if entered else {}
    for each in changes:
        if each.column == "progress":
            known["text"] = plan.meanings[each.key].value
        else:
            known |= {"percent": None, "done_count": None} | plan.meanings[each.key].value
            known.setdefault("text", f"{each.heading}：{quoted(plan.meanings[each.key].shown)}")
    known["facts"] = {BATCH: batch}
    return known


def _corrections(plan: ReturnPlan, item: Item, changes: list[Change]) -> Iterator[tuple[str, Any]]:
    """Yield the corrected columns of an item; its units are one, whichever column says them."""
    units = {}
    for each in changes:
        value = plan.meanings[each.key].value
        if each.column in OF_UNITS:
            units[each.column] = value
        else:
            yield each.column, value
    if units:
        yield "shares", all_shares(item, units)

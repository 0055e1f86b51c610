"""Spreadsheet import in two steps: a plan, which is the preview, and its execution in one piece."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from items import actions
from items.actions.draft import Draft, Prepared, prepare, write_drafts
from items.actions.names import Names
from items.actions.sheet_heading import remember_headings, remember_layout
from items.actions.validation import Complaint, FieldsRefused
from items.errors import Conflict, Refused
from items.models import Committee, Item, ItemList, Person, Post, Unit
from items.sheets.archive import Source
from items.sheets.corrections import Corrections, corrected
from items.sheets.diff import (
    DAYS,
    POSTS,
    ROWS,
    TEXTS,
    Change,
    ItemDiff,
    Values,
    diff_item,
    items_by_number,
    other_posts,
)
from items.sheets.headings import as_remembered
from items.sheets.notes import Note
from items.sheets.parsing import parse_table
from items.sheets.places import UNITS, Columns, cell_of, places_of
from items.sheets.sheet_item import Problem, SheetItem
from items.sheets.table import Line, read_table
from items.words import Words

# The model behind each column that is chosen among the committee's own rows: Category and so on
ROW_MODELS: dict[str, Any] = {name: Item._meta.get_field(name).related_model for name in ROWS}

# Above the headings, what is no title: 附件1, 填报单位：…
_NO_TITLE = re.compile(r"^附件|[:：]")


@dataclass
class ImportPlan:
    """What an import would do: the preview. `problems` keep it from being done."""

    item_list: ItemList
    headings: dict[str, str]  # the sheet's own heading by column
    title: str = ""  # the sheet's first line above its headings
    diffs: list[ItemDiff] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    letters: dict[str, str] = field(default_factory=dict)  # the sheet's own, by column
    # Headings with their letters that mean nothing, or what somebody said: a column or ""
    by_hand: list[tuple[str, str, str]] = field(default_factory=list)
    mapped_now: dict[str, str] = field(default_factory=dict)  # remembered once it is saved
    lines_read: dict[int, Line] = field(default_factory=dict)  # by row, as the file has them
    names: Names = field(init=False)
    prepared: list[Prepared] = field(default_factory=list)  # what is saved, checked already

    def __post_init__(self) -> None:
        self.names = Names(self.item_list.committee)

    @property
    def new(self) -> list[ItemDiff]:
        """The items whose numbers the list does not hold yet."""
        return [diff for diff in self.diffs if diff.item is None]

    @property
    def changes(self) -> list[Change]:
        """The changed cells of items that the list holds already."""
        return [change for d in self.diffs if d.item is not None for change in d.changes]

    def own_headings(self) -> dict[str, str]:
        """Return the sheet's headings by column from left to right, each column of the sheet once.

        What was read out of a cell beside its own column has none.
        """
        of_letter: dict[str, str] = {}
        for column, letter in self.letters.items():
            of_letter.setdefault(letter, column)
        return {column: self.headings[column] for column in of_letter.values()}

    def heading(self, column: str) -> str:
        """Return what the sheet calls a column."""
        return self.headings.get(column, column)

    @property
    def lines(self) -> int:
        """The number of lines that were read, of which an item may have several."""
        return sum(len(diff.sheet_item.lines) for diff in self.diffs)


def plan_import(
    source: Source,
    item_list: ItemList,
    *,
    name: str,
    sheet: str | None = None,
    corrections: Corrections | None = None,
    now: datetime | None = None,
    tell: Callable[[int, int], None] = lambda done, of: None,
) -> ImportPlan:
    """Read a sheet, compare it with a draft list, which need not be saved yet, and check it all.

    `name` is the file's; `sheet` chooses a worksheet, else it is the first that holds a list.
    A plan without problems can be done: nothing is refused later for what the sheet says.
    `tell` is told every thousand items how many of them are checked.
    """
    corrections = corrections or Corrections()
    mapped = remembered(item_list.committee) | dict(corrections.columns)
    table = read_table(source, name=name, sheet=sheet, mapped=mapped)
    lines_read = {line.row: line for line in table.lines}
    table.lines = corrected(table, corrections)
    parsed = parse_table(table, item_list.year)
    headings = {column: heading for column, (_letter, heading) in table.columns.items()}
    plan = ImportPlan(item_list, headings)
    plan.problems, plan.warnings, plan.notes = parsed.problems, parsed.warnings, parsed.notes
    plan.letters = {column: letter for column, (letter, _heading) in table.columns.items()}
    plan.lines_read, plan.mapped_now = lines_read, dict(corrections.columns)
    by_hand = [(letter, words, c) for c, (letter, words) in table.columns.items()]
    by_hand = [each for each in by_hand if as_remembered(each[1]) in mapped]
    plan.by_hand = [*by_hand, *((letter, words, "") for letter, words in table.unknown.items())]
    plan.title = next((row for row in table.title_rows if not _NO_TITLE.search(row)), "")
    plan.names = Names(item_list.committee, corrections.leaders)
    items = items_by_number(item_list) if item_list.pk else {}
    posts = posts_by_holder(item_list.committee)
    for sheet_item in parsed.items:
        item = items.pop(sheet_item.number, None)
        plan.diffs.append(diff_item(sheet_item, item, set(headings), Path(name).name, posts))
    plan.warnings += _warnings(plan, numbers_not_in_sheet=sorted(items))
    _prepare(plan, now or timezone.now(), tell)
    plan.problems.sort(key=lambda problem: problem.row)
    return plan


def _prepare(plan: ImportPlan, now: datetime, tell: Callable[[int, int], None]) -> None:
    """Make the drafts of all that is new or changed; note what would be refused, at its cell."""
    plan.names.know_people(name for d in plan.diffs for name in d.values.get("handlers", ()))
    drafts = DraftMaker(plan)
    for done, diff in enumerate(plan.diffs):
        if done and done % 1000 == 0:
            tell(done, len(plan.diffs))
        if diff.item is not None and not diff.changes:
            continue
        item = diff.item or Item(list=plan.item_list, number=diff.number)
        try:
            plan.prepared.append(prepare(item, drafts.draft(diff), now=now))
        except FieldsRefused as refused:
            found = [_problem(plan, diff.sheet_item, each) for each in refused.complaints]
            rows = {problem.row for problem in plan.problems}
            # What a blank cell lacks was said as it was read.
            plan.problems += [each for each in found if each.address or each.row not in rows]
        except Refused as refused:
            row = diff.sheet_item.row
            plan.problems += [Problem(row, "", sentence) for sentence in refused.sentences]


def _problem(plan: ImportPlan, sheet_item: SheetItem, complaint: Complaint) -> Problem:
    """Say at its cell what keeps a draft from being saved."""
    columns = places_of(complaint.lines, complaint.column)
    line = sheet_item.part_line(complaint.part) if complaint.lines == "parts" else None
    row, address = cell_of(sheet_item, columns, plan.lines_read, line)
    return Problem(row, address, complaint.sentence)


def remembered(committee: Committee) -> dict[str, str]:
    """Return the columns of headings that somebody mapped by hand before."""
    return dict(committee.sheet_headings.values_list("heading", "column"))


def posts_by_holder(committee: Committee) -> dict[str, str]:
    """Return the post's name by its holder's, for sheets that name leaders by their own names.

    A name that could mean two posts, or that is a post's own name, isn't there.
    """
    posts = Post.objects.filter(committee=committee)
    current = posts.filter(holdings__until=None).values_list("holdings__person__name", "name")
    pairs = list(current)
    holders = [holder for holder, _post in pairs]
    names = set(posts.values_list("name", flat=True))
    return {h: post for h, post in pairs if holders.count(h) == 1 and h not in names}


def _warnings(plan: ImportPlan, numbers_not_in_sheet: list[int]) -> Iterator[str]:
    """Yield what the person should know before they go on."""
    if numbers_not_in_sheet:
        numbers = ", ".join(map(str, numbers_not_in_sheet))
        yield _("The file doesn’t have no. %s; they stay as they are.") % numbers
    for diff in plan.diffs:
        if others := other_posts(diff.sheet_item):
            sentence = _("No. %s: one post owns an item and one checks it. Noted in the remark: ")
            yield sentence % diff.number + others
        dates = diff.values.get("due")
        if dates and dates.start_by and not dates.due:
            sentence = _(
                "No. %(number)s has only a day to start by (%(words)s)."
                " Add the deadline, or mark that starting is the matter."
            )
            yield sentence % {"number": diff.number, "words": dates.due_words or dates.start_by}
        if _is_resolved_without_sign_off(diff):
            sentence = _(
                "No. %s is called resolved without a sign-off: taken as the owner’s claim."
            )
            yield sentence % diff.number


def _is_resolved_without_sign_off(diff: ItemDiff) -> bool:
    statuses = {line.get("status") for line in diff.sheet_item.lines}
    return "resolved" in statuses and diff.values["status"].get("status") != "resolved"


def do_import(plan: ImportPlan, *, by: Person) -> ItemList:
    """Do what the plan says, all or nothing; raise `Refused` with every problem."""
    if plan.problems:
        raise Refused(*map(str, plan.problems))
    try:
        with transaction.atomic():
            if plan.item_list.pk is None:
                plan.item_list = _create_list(plan.item_list, by)
            write_drafts(plan.item_list, plan.prepared, by=by, names=plan.names)
            remember_headings(plan.item_list.committee, plan.mapped_now)
            remember_layout(plan.item_list, plan.title, plan.own_headings())
    except IntegrityError as error:  # two wrote the same name or number in the same moment
        sentence = _("Somebody else wrote the same at this moment. Look again, then save.")
        raise Conflict(sentence) from error
    return plan.item_list


def _create_list(unsaved: ItemList, by: Person) -> ItemList:
    columns = {name: getattr(unsaved, name) for name in ["slug", "name", "year"]}
    return actions.create_list(unsaved.committee, by=by, **columns)


class DraftMaker:
    """Makes drafts of what a sheet says; a name that can't be one is a problem of its cell."""

    def __init__(self, plan: ImportPlan):
        self.plan, self.names = plan, plan.names

    def draft(self, diff: ItemDiff) -> Draft:
        """Return the item's draft; None in it for what the sheet has no column of."""
        values, sheet_item = diff.values, diff.sheet_item
        return Draft(
            fields=self._fields(values, sheet_item),
            measures=self._worded("measures", values),
            criteria=self._worded("criteria", values),
            shares=self._shares(values, sheet_item),
            handlers=self._handlers(values, sheet_item),
            parts=[self._part(dict(part), sheet_item) for part in values["part"]],
            brought_in=values["status"],
        )

    def _named(self, sheet_item: SheetItem, columns: Columns, look_up: Callable[[], Any]) -> Any:
        """Return what has a name; note a name that is refused at its cell, and return None."""
        try:
            return look_up()
        except Refused as refused:
            row, address = cell_of(sheet_item, columns, self.plan.lines_read)
            problems = [Problem(row, address, sentence) for sentence in refused.sentences]
            self.plan.problems += [each for each in problems if each not in self.plan.problems]
            return None

    def _unit(self, sheet_item: SheetItem, name: str) -> Unit | None:
        return self._named(sheet_item, UNITS, lambda: self.names.row(Unit, Words(name)))

    def _fields(self, values: Values, sheet_item: SheetItem) -> Values:
        """Return the item's columns by name."""
        fields = {name: values[name] or "" for name in TEXTS if name in values}
        fields |= {name: values[name] for name in DAYS if name in values}
        for column, model in ROW_MODELS.items():
            if column in values:
                words = Words(values[column], sheet_item.first(f"{column}_en"))
                look_up = partial(self.names.row, model, words)
                fields[column] = self._named(sheet_item, (column,), look_up) if words.zh else None
        for column, field_name in POSTS.items():
            if column in values:
                name = values[column]
                look_up = partial(self.names.post, name, is_leader=column == "owner")
                fields[field_name] = self._named(sheet_item, (column,), look_up) if name else None
        if "due" in values:
            dates = values["due"]
            fields |= {"start_by": dates.start_by, "due": dates.due, "due_words": dates.due_words}
        if "percent" in values:
            progress = values["percent"]
            fields |= {"percent": progress.percent, "done_count": progress.done}
            fields |= {"target_count": progress.target, "count_unit": progress.count_unit}
        if "start_is_the_matter" in values:
            fields["start_is_the_matter"] = values["start_is_the_matter"]
        if "basis" in values:
            fields["illustrative"] = values["basis"]
        return fields

    def _worded(self, name: str, values: Values) -> list[Words] | None:
        """Return the lines of a column that is written in two languages."""
        if name not in values:
            return None
        english = values.get(f"{name}_en", ())
        pairs = zip_longest(values[name], english, fillvalue="")
        return [Words(text, text_en) for text, text_en in pairs]

    def _shares(self, values: Values, sheet_item: SheetItem) -> list[tuple[Unit, str]] | None:
        if "units" not in values:
            return None
        shares: dict[int, tuple[Unit, str]] = {}
        for name, role in values["units"]:
            if unit := self._unit(sheet_item, name):
                shares.setdefault(id(unit), (unit, role))  # two spellings of one name
        return list(shares.values())

    def _handlers(self, values: Values, sheet_item: SheetItem) -> list[Person] | None:
        if "handlers" not in values:
            return None
        look_ups = [partial(self.names.person, name) for name in values["handlers"]]
        people = [self._named(sheet_item, ("handlers",), look_up) for look_up in look_ups]
        return list({id(person): person for person in people if person}.values())

    def _part(self, columns: Values, sheet_item: SheetItem) -> Values:
        unit = columns.pop("unit")
        return columns | {"unit": self._unit(sheet_item, unit) if unit else None}

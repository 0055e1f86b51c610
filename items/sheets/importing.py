"""Spreadsheet import in two steps: a plan, which is the preview, and its execution in one piece."""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from items import actions, rules
from items.actions.draft import Named, named, named_person, named_post
from items.errors import Refused
from items.models import Committee, Item, ItemList, Person, Post, Unit
from items.sheets.archive import Source
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
from items.sheets.notes import Note
from items.sheets.parsing import parse_table
from items.sheets.sheet_item import Problem, SheetItem
from items.sheets.table import read_table
from items.words import Words

# The model behind each column that is chosen among the committee's own rows
# Category, Theme and Place, by the column that names one.
ROW_MODELS: dict[str, Any] = {name: Item._meta.get_field(name).related_model for name in ROWS}


@dataclass
class ImportPlan:
    """What an import would do: the preview. `problems` keep it from being done."""

    item_list: ItemList
    headings: dict[str, str]  # the sheet's own heading by column
    diffs: list[ItemDiff] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def new(self) -> list[ItemDiff]:
        """The items whose numbers the list does not hold yet."""
        return [diff for diff in self.diffs if diff.item is None]

    @property
    def changes(self) -> list[Change]:
        """The changed cells of items that the list holds already."""
        return [change for d in self.diffs if d.item is not None for change in d.changes]

    def heading(self, column: str) -> str:
        """Return what the sheet calls a column."""
        return self.headings.get(column, column)

    @property
    def lines(self) -> int:
        """The number of lines that were read, of which an item may have several."""
        return sum(len(diff.sheet_item.lines) for diff in self.diffs)


def plan_import(
    source: Source, item_list: ItemList, *, name: str, sheet: str | None = None
) -> ImportPlan:
    """Read a sheet and compare it with a draft list, which need not be saved yet.

    `name` is the file's; `sheet` chooses a worksheet, else it is the first that holds a list.
    """
    table = read_table(source, name=name, sheet=sheet)
    parsed = parse_table(table, item_list.year)
    headings = {column: heading for column, (_letter, heading) in table.columns.items()}
    plan = ImportPlan(item_list, headings, [], parsed.problems, parsed.warnings, parsed.notes)
    items = items_by_number(item_list) if item_list.pk else {}
    posts = posts_by_holder(item_list.committee)
    for sheet_item in parsed.items:
        item = items.pop(sheet_item.number, None)
        plan.diffs.append(diff_item(sheet_item, item, set(headings), Path(name).name, posts))
    plan.warnings += _warnings(plan, numbers_not_in_sheet=sorted(items))
    return plan


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


@transaction.atomic
def do_import(plan: ImportPlan, *, by: Person) -> ItemList:
    """Do what the plan says, all or nothing; raise `Refused` with every problem."""
    if plan.problems:
        raise Refused(*map(str, plan.problems))
    if plan.item_list.pk is None:
        plan.item_list = _create_list(plan.item_list, by)
    if refusal := rules.why_not("import_into", by, plan.item_list):
        raise Refused(refusal)
    drafts = DraftMaker(plan.item_list.committee)
    for diff in plan.diffs:
        if diff.item is None or diff.changes:
            _write_draft(plan.item_list, diff, drafts, by)
    return plan.item_list


def _create_list(unsaved: ItemList, by: Person) -> ItemList:
    columns = {name: getattr(unsaved, name) for name in ["slug", "name", "year"]}
    return actions.create_list(unsaved.committee, by=by, **columns)


def _write_draft(item_list: ItemList, diff: ItemDiff, drafts: "DraftMaker", by: Person) -> None:
    """Write a draft item; what is refused is raised as a problem of its row."""
    try:
        actions.write_draft(item_list, diff.number, drafts.draft(diff), by=by)
    except Refused as refused:
        row = diff.sheet_item.row
        problems = [Problem(row, "", sentence) for sentence in refused.sentences]
        raise Refused(*map(str, problems)) from refused


class DraftMaker:
    """Makes drafts of what a sheet says; names become rows of the committee, made if missing."""

    def __init__(self, committee: Committee):
        self.committee = committee
        self._rows: dict[tuple, Any] = {}  # by model and name: looked up once an import

    def draft(self, diff: ItemDiff) -> actions.Draft:
        """Return the item's draft; None in it for what the sheet has no column of."""
        values = diff.values
        return actions.Draft(
            fields=self._fields(values, diff.sheet_item),
            measures=self._worded("measures", values),
            criteria=self._worded("criteria", values),
            shares=self._shares(values),
            handlers=self._handlers(values),
            parts=self._parts(values),
            brought_in=values["status"],
        )

    def _once(self, model: type[Model], name: Hashable, look_up: Callable[[], Any]) -> Any:
        if (model, name) not in self._rows:
            self._rows[model, name] = look_up()
        return self._rows[model, name]

    def _row(self, model: type[Named], name: str, english: str = "") -> Named:
        words = Words(name, english)
        row: Named = self._once(model, words, lambda: named(model, self.committee, words))
        return row

    def _post(self, name: str, is_leader: bool) -> Post | None:
        def look_up() -> Post:
            return named_post(self.committee, name, is_leader=is_leader)

        return self._once(Post, name, look_up) if name else None

    def _fields(self, values: Values, sheet_item: SheetItem) -> Values:
        """Return the item's columns by name."""
        fields = {name: values[name] or "" for name in TEXTS if name in values}
        fields |= {name: values[name] for name in DAYS if name in values}
        for column, model in ROW_MODELS.items():
            if column in values:
                name, english = values[column], sheet_item.first(f"{column}_en")
                fields[column] = self._row(model, name, english) if name else None
        for column, field_name in POSTS.items():
            if column in values:
                fields[field_name] = self._post(values[column], is_leader=column == "owner")
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

    def _shares(self, values: Values) -> list[tuple[Unit, str]] | None:
        if "units" not in values:
            return None
        return [(self._row(Unit, name), role) for name, role in values["units"]]

    def _handlers(self, values: Values) -> list[Person] | None:
        if "handlers" not in values:
            return None
        names = values["handlers"]
        return [self._once(Person, name, partial(self._person, name)) for name in names]

    def _person(self, name: str) -> Person:
        """Return the person of that name who is known in this committee, or a new one."""
        known = Person.objects.filter(name=name).filter(
            Q(holdings__post__committee=self.committee)
            | Q(handled_items__list__committee=self.committee)
            | Q(units__committee=self.committee)
            | Q(roles__committee=self.committee)
        )
        people = list(known.distinct())
        if len(people) > 1:
            accounts = ", ".join(person.username for person in people)
            sentence = _(
                "“%(name)s” may be one of several people: %(accounts)s. Write the account."
            )
            raise Refused(sentence % {"name": name, "accounts": accounts})
        return people[0] if people else named_person(name)

    def _parts(self, values: Values) -> list[Values]:
        return [self._part(dict(part)) for part in values["part"]]

    def _part(self, columns: Values) -> Values:
        unit = columns.pop("unit")
        return columns | {"unit": self._row(Unit, unit) if unit else None}

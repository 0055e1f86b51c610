"""Bring a committee's own list in from its spreadsheet: preview it, then do it, all or nothing."""

from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from items import actions, rules
from items.actions.draft import named, named_person, named_post
from items.errors import Refused
from items.models import Item, ItemList, Person, Post, Unit
from items.sheets import reading
from items.sheets.matching import (
    DAYS,
    POSTS,
    ROWS,
    TEXTS,
    Change,
    Match,
    items_of,
    match,
    other_posts,
)
from items.sheets.numbers import Problem, first
from items.sheets.table import read_table
from items.words import Words

LOOKED_UP = {name: Item._meta.get_field(name).related_model for name in ROWS}


@dataclass
class Plan:
    """What an import would do; `problems` keep it from being done."""

    item_list: ItemList
    headings: dict[str, str]  # the sheet's own heading by column
    matches: list[Match] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def new(self) -> list[Match]:
        return [match for match in self.matches if match.item is None]

    @property
    def changes(self) -> list[Change]:
        """Return the changed cells of numbers that the list holds already."""
        return [change for m in self.matches if m.item is not None for change in m.changes]

    def heading(self, column: str) -> str:
        """Return the column as the sheet calls it."""
        return self.headings.get(column, column)

    @property
    def lines(self) -> int:
        return sum(len(match.wanted.lines) for match in self.matches)


def plan_import(file, item_list: ItemList, *, name: str, sheet: str | None = None) -> Plan:
    """Read a sheet and compare it with a draft list, which need not be saved yet."""
    table = read_table(file, name=name, sheet=sheet)
    found = reading.read(table, item_list.year)
    headings = {column: heading for column, (_letter, heading) in table.columns.items()}
    plan = Plan(item_list, headings, [], found.problems, found.warnings)
    held = items_of(item_list) if item_list.pk else {}
    posts = posts_by_holder(item_list.committee)
    for wanted in found.wanted:
        item = held.pop(wanted.number, None)
        plan.matches.append(match(wanted, item, set(headings), Path(name).name, posts))
    _warn(plan, held)
    return plan


def posts_by_holder(committee) -> dict[str, str]:
    """Return the post's name by its holder's, for sheets that name leaders by their own names.

    A name that could mean two posts, or that is a post's own name, isn't there.
    """
    posts = Post.objects.filter(committee=committee)
    held = posts.filter(holdings__until=None).values_list("holdings__person__name", "name")
    pairs = list(held)
    holders = [holder for holder, _post in pairs]
    names = set(posts.values_list("name", flat=True))
    return {h: post for h, post in pairs if holders.count(h) == 1 and h not in names}


def _warn(plan, left):
    """Say what the person should know before they go on."""
    if left:
        numbers = ", ".join(str(number) for number in sorted(left))
        said = _("The file doesn’t have no. %s; they stay as they are.")
        plan.warnings.append(said % numbers)
    for each in plan.matches:
        number = each.wanted.number
        if others := other_posts(each.wanted):
            said = _("No. %s: one post owns an item and one checks it. Noted in the remark: ")
            plan.warnings.append(said % number + others)
        dates = each.said.get("due")
        if dates and dates.start_by and not dates.due:
            said = _(
                "No. %(number)s has only a day to start by (%(words)s)."
                " Add the deadline, or mark that starting is the matter."
            )
            words = dates.due_words or dates.start_by
            plan.warnings.append(said % {"number": number, "words": words})
        if _called_resolved(each):
            said = _("No. %s is called resolved without a sign-off: taken as the owner’s claim.")
            plan.warnings.append(said % number)


def _called_resolved(each):
    statuses = {line.get("status") for line in each.wanted.lines}
    return "resolved" in statuses and each.said["status"].get("status") != "resolved"


@transaction.atomic
def do_import(plan: Plan, *, by: Person) -> ItemList:
    """Do what the plan says, all or nothing; raise `Refused` with every problem."""
    if plan.problems:
        raise Refused(*map(str, plan.problems))
    if plan.item_list.pk is None:
        plan.item_list = _create(plan.item_list, by)
    if refusal := rules.why_not("import_into", by, plan.item_list):
        raise Refused(refusal)
    names = Names(plan.item_list.committee)
    for each in plan.matches:
        if each.item is None or each.changes:
            _write(plan.item_list, each, names, by)
    return plan.item_list


def _create(unsaved, by):
    fields = {name: getattr(unsaved, name) for name in ["slug", "name", "year"]}
    return actions.create_list(unsaved.committee, by=by, **fields)


def _write(item_list, each, names, by):
    try:
        draft = names.draft(each)
        actions.write_draft(item_list, each.wanted.number, draft, by=by)
    except Refused as refused:
        problems = [Problem(each.wanted.row, "", sentence) for sentence in refused.sentences]
        raise Refused(*map(str, problems)) from refused


class Names:
    """Turns what the sheet says by name into rows of the committee, made where there are none."""

    def __init__(self, committee):
        self.committee = committee
        self.known = {}  # each name is looked up once an import

    def draft(self, each: Match) -> actions.Draft:
        said = each.said
        return actions.Draft(
            fields=self._fields(said, each.wanted),
            measures=self._measures(said),
            shares=self._shares(said),
            handlers=self._handlers(said),
            parts=self._parts(said),
            brought_in=said["status"],
        )

    def _once(self, kind, name, find):
        if (kind, name) not in self.known:
            self.known[kind, name] = find()
        return self.known[kind, name]

    def _named(self, model, name, english=""):
        words = Words(name, english)
        return self._once(model, words, lambda: named(model, self.committee, words))

    def _post(self, name, is_leader):
        def find():
            return named_post(self.committee, name, is_leader=is_leader)

        return self._once(Post, name, find) if name else None

    def _fields(self, said, wanted):
        fields = {name: said[name] or "" for name in TEXTS if name in said}
        fields |= {name: said[name] for name in DAYS if name in said}
        for column, model in LOOKED_UP.items():
            if column in said:
                english = first(wanted, f"{column}_en")
                name = said[column]
                fields[column] = self._named(model, name, english) if name else None
        for column, name in POSTS.items():
            if column in said:
                fields[name] = self._post(said[column], is_leader=column == "owner")
        if "due" in said:
            dates = said["due"]
            fields |= {"start_by": dates.start_by, "due": dates.due, "due_words": dates.due_words}
        if "percent" in said:
            far = said["percent"]
            fields |= {"percent": far.percent, "done_count": far.done}
            fields |= {"target_count": far.target, "count_unit": far.count_unit}
        if "start_is_the_matter" in said:
            fields["start_is_the_matter"] = said["start_is_the_matter"]
        if "basis" in said:
            fields["illustrative"] = said["basis"]
        return fields

    def _measures(self, said):
        if "measures" not in said:
            return None
        english = said.get("measures_en", ())
        return [Words(zh, en) for zh, en in zip_longest(said["measures"], english, fillvalue="")]

    def _shares(self, said):
        if "units" not in said:
            return None
        return [(self._named(Unit, name), role) for name, role in said["units"]]

    def _handlers(self, said):
        if "handlers" not in said:
            return None
        return [self._once(Person, n, lambda n=n: self._person(n)) for n in said["handlers"]]

    def _person(self, name):
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
            said = _("“%(name)s” may be one of several people: %(accounts)s. Write the account.")
            raise Refused(said % {"name": name, "accounts": accounts})
        return people[0] if people else named_person(name)

    def _parts(self, said):
        return [self._part(dict(columns)) for columns in said["part"]]

    def _part(self, columns):
        unit = columns.pop("unit")
        return columns | {"unit": self._named(Unit, unit) if unit else None}

"""A whole draft item as a form: all its columns in groups, and its parts."""

from collections import Counter
from functools import cached_property

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items.actions.draft import Draft, starting
from items.actions.table import LAST_NUMBER, Line
from items.columns import STORED, grouped, names
from items.models import Item, ItemList
from items.states import Term
from welfare.desk import columns
from welfare.desk.beside import differing, last_change, shown
from welfare.desk.choosing import Choices
from welfare.desk.deadlines import DeadlineField, read, written
from welfare.desk.forms import words
from welfare.desk.table import Cell
from welfare.forms import Plain

EMPTY_PARTS = 3
MOST_PARTS = 60

# What is asked, in the order of the page; the words over each group of `items.columns`
HEADINGS = {
    "wrong": gettext_lazy("What is wrong"),
    "promised": gettext_lazy("What is promised"),
    "who": gettext_lazy("Who"),
    "when": gettext_lazy("By when"),
    "counted": gettext_lazy("Counted in numbers"),
    "inside": gettext_lazy("Inside the office only"),
}


def asked(group: str) -> list[str]:
    """Return the fields of a group; units are asked for by their roles."""
    there = (column.name for column in grouped("desk", group))
    return [field for name in there for field in (columns.ROLES if name == "shares" else [name])]


GROUPS = {words: asked(group) for group, words in HEADINGS.items()}
ENGLISH = [f"{column.name}_en" for column in STORED if column.desk and column.english]
LONG = ["handlers", *columns.ROLES]  # with so many to choose from that they are shown folded
OF_ITEM = [name for names in GROUPS.values() for name in names] + ENGLISH
OWN = names(column for column in STORED if column.desk and column.drafted)


def twice(things) -> list:
    """Return what is there more than once, empty texts left out."""
    return [thing for thing, count in Counter(filter(None, things)).items() if count > 1]


class PartForm(Plain, forms.Form):
    """A further line under the number; without a title it is none."""

    title = forms.CharField(label=gettext_lazy("part"), required=False, max_length=200)
    title_en = forms.CharField(
        label=gettext_lazy("part in English"), required=False, max_length=300
    )

    def __init__(self, *args, at, choices, year, **kwargs):
        super().__init__(*args, prefix=f"part-{at}", **kwargs)
        self.place = at + 1
        self.fields["unit"] = choices.unit_field()
        self.fields["deadline"] = DeadlineField(year)

    def clean(self):
        said = super().clean()
        if not said.get("title") and any(said.get(n) for n in ("title_en", "unit")):
            self.add_error("title", _("Name the part, or empty its line."))
        return said

    def said(self) -> dict | None:
        said = self.cleaned_data
        if not said["title"]:
            return None
        part = {name: said[name] for name in ("title", "title_en", "unit")}
        if (self["deadline"].value() or "") != self.initial.get("deadline", ""):
            read = said["deadline"]
            part |= {"due": read.due, "start_by": read.start_by, "due_words": read.words}
        return part


class DraftForm(Plain, forms.Form):
    """The columns of an item that isn't published; `of` is None for a new one."""

    item = forms.IntegerField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, said=None, *, item_list: ItemList, of: Item | None = None, **kwargs):
        super().__init__(said, **kwargs)
        self.item_list, self.of, self.change, self.theirs = item_list, of, None, {}
        self.choices = Choices(item_list.committee)
        made = {name: self._field(name) for name in OF_ITEM if name not in columns.ROLES}
        made |= columns.share_fields(item_list.committee)
        self.fields = {name: made[name] for name in OF_ITEM} | self.fields
        if of:
            self.initial |= self._held(of)

    def _field(self, name):
        if name in columns.CHOSEN:
            return self.choices.field(name)
        if name == "measures":
            return columns.measures_field(required=False)
        field = columns.field_for(name, self.item_list.committee)
        if name == "number":
            field.max_value, field.required = LAST_NUMBER, self.of is not None
        if name == "term":
            field.choices = [("", "—"), *Term.choices]
        if name == "due_words":
            field.help_text = _("Such as 12月底前. Without a day above, it is read from them.")
        return field

    def _held(self, item):
        held = {name: getattr(item, name) for name in OWN} | columns.shares_shown(item)
        held |= {"measures": [each.words for each in item.measures.all()]}
        held |= {"handlers": [person.pk for person in item.handlers.all()]}
        return held | {"number": item.number, "item": item.pk, "version": item.version}

    # Its parts

    @cached_property
    def parts(self) -> list[PartForm]:
        held = [{}] * EMPTY_PARTS
        if self.of:
            held = [_part_held(part) for part in self.of.parts.all()] + held
        count = self.data.get("parts", "") if self.is_bound else str(len(held))
        count = min(int(count), MOST_PARTS) if count.isascii() and count.isdigit() else 0
        return [self._part(at, held[at] if at < len(held) else {}) for at in range(count)]

    def _part(self, at, held):
        said = self.data if self.is_bound else None
        year = self.item_list.year
        return PartForm(said, initial=held, at=at, choices=self.choices, year=year)

    # What it says

    def is_valid(self):
        return all([super().is_valid(), *(part.is_valid() for part in self.parts)])

    def clean(self):
        said = super().clean()
        for title in twice(str(part["title"].value() or "").strip() for part in self.parts):
            self.add_error(None, _("The part “%s” stands twice.") % title)
        for unit in twice(unit for role in columns.ROLES for unit in said.get(role, [])):
            self.add_error("joint", _("“%s” can have only one share in the work.") % unit)
        if said.get("start_is_the_matter") and not said.get("start_by"):
            self.add_error("start_by", _("Write the day to start by."))
        self._read_deadline(said)
        return said

    def _read_deadline(self, said):
        """Read the day from the words, where only these are given."""
        if said.get("start_is_the_matter"):
            said |= starting(said.get("start_by"))
        elif said.get("due_words") and not said.get("due"):
            try:
                deadline = read(said["due_words"], self.item_list.year)
            except forms.ValidationError as error:
                self.add_error("due_words", error)
                return
            said["due"] = deadline.due
            said["start_by"] = said.get("start_by") or deadline.start_by

    def draft(self) -> Draft:
        said = dict(self.cleaned_data)
        return Draft(
            {name: said[name] for name in OWN if name in said},
            measures=said["measures"],
            shares=columns.shares_said(said),
            handlers=list(said["handlers"]),
            parts=[part for part in (form.said() for form in self.parts) if part],
        )

    def line(self) -> Line:
        said = self.cleaned_data
        return Line(self.draft(), said["number"], said["item"], said["version"])

    # How it is shown

    def groups(self):
        return [(heading, self._cells(names)) for heading, names in GROUPS.items()]

    def english(self):
        return self._cells(ENGLISH)

    @property
    def english_is_written(self) -> bool:
        return any(self[name].value() or self[name].errors for name in ENGLISH)

    @property
    def held_parts(self) -> list[PartForm]:
        return [part for part in self.parts if part.initial]

    @property
    def new_parts(self) -> list[PartForm]:
        return [part for part in self.parts if not part.initial]

    @property
    def new_parts_are_written(self) -> bool:
        return any(field.value() for part in self.new_parts for field in part)

    @property
    def wrong_parts(self) -> list[PartForm]:
        return [part for part in self.parts if part.errors]

    def _cells(self, names):
        fields = [self[name] for name in names if name in self.fields]
        return [Cell(f, self.theirs.get(f.name, ""), folded=f.name in LONG) for f in fields]

    def shown_anew(self, item: Item | None, refused) -> "DraftForm":
        """Return the form with the same words, beside what stands there now."""
        said = self.data.copy()
        said["version"] = item.version if item else ""
        said["item"] = item.pk if item else ""
        again = type(self)(said, item_list=self.item_list, of=item)
        again.is_valid()
        again.say_refused(refused)
        if item and item.version != self.cleaned_data["version"]:
            now = type(self)(item_list=self.item_list, of=item)
            again.change, again.theirs = last_change(item), differing(again, now)
            if again.parts_said() != now.parts_said():
                again.theirs["parts"] = "\n".join(map(" · ".join, now.parts_said())) or "—"
        return again

    def parts_said(self) -> list[tuple[str, ...]]:
        """Return what the parts that have a title say, in words."""
        said = [tuple(shown(field) for field in part) for part in self.parts]
        return [tuple(filter(None, words)) for words in said if words[0]]


def _part_held(part):
    held = {name: getattr(part, name) for name in ("title", "title_en")}
    return held | {"unit": part.unit_id, "deadline": written(part)}


class AddForm(DraftForm):
    """An item that joins a published list, and why."""

    reason = words(gettext_lazy("Why it is added"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["number"]

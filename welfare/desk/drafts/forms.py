"""The form of a whole draft item: all its columns in groups, and its parts."""

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
from welfare.desk import item_fields
from welfare.desk.choices import Choices
from welfare.desk.drafts.deadline_field import DeadlineField, deadline_text, read_deadline
from welfare.desk.drafts.table import Cell
from welfare.desk.edit_conflicts import differing, display_value, last_change
from welfare.desk.fields import words
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
    return [
        field for name in there for field in (item_fields.ROLES if name == "shares" else [name])
    ]


GROUPS = {words: asked(group) for group, words in HEADINGS.items()}
ENGLISH = [f"{column.name}_en" for column in STORED if column.desk and column.english]
LONG = ["handlers", *item_fields.ROLES]  # with so many to choose from that they are shown folded
OF_ITEM = [name for names in GROUPS.values() for name in names] + ENGLISH
OWN = names(column for column in STORED if column.desk and column.drafted)


def duplicates(values) -> list:
    """Return the values that occur more than once, empty ones left out."""
    return [value for value, count in Counter(filter(None, values)).items() if count > 1]


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
        cleaned = super().clean()
        if not cleaned.get("title") and any(cleaned.get(n) for n in ("title_en", "unit")):
            self.add_error("title", _("Name the part, or empty its line."))
        return cleaned

    def columns(self) -> dict | None:
        """Return the part's columns as the action takes them; None for an empty line."""
        cleaned = self.cleaned_data
        if not cleaned["title"]:
            return None
        columns = {name: cleaned[name] for name in ("title", "title_en", "unit")}
        if (self["deadline"].value() or "") != self.initial.get("deadline", ""):
            due = cleaned["deadline"]
            columns |= {"due": due.due, "start_by": due.start_by, "due_words": due.words}
        return columns


class DraftForm(Plain, forms.Form):
    """The columns of an item that isn't published; `of` is None for a new one."""

    item = forms.IntegerField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, post=None, *, item_list: ItemList, of: Item | None = None, **kwargs):
        super().__init__(post, **kwargs)
        self.item_list, self.of, self.change, self.theirs = item_list, of, None, {}
        self.choices = Choices(item_list.committee)
        fields = {name: self._field(name) for name in OF_ITEM if name not in item_fields.ROLES}
        fields |= item_fields.share_fields(item_list.committee)
        self.fields = {name: fields[name] for name in OF_ITEM} | self.fields
        if of:
            self.initial |= self._initial_of(of)

    def _field(self, name):
        if name in item_fields.CHOSEN:
            return self.choices.field(name)
        if name in item_fields.WORDED:
            return item_fields.lines_field(name, required=False)
        field = item_fields.field_for(name, self.item_list.committee)
        if name == "number":
            field.max_value, field.required = LAST_NUMBER, self.of is not None
        if name == "term":
            field.choices = [("", "—"), *Term.choices]
        if name == "due_words":
            field.help_text = _("Such as 12月底前. Without a day above, it is read from them.")
        return field

    def _initial_of(self, item):
        initial = {name: getattr(item, name) for name in OWN} | item_fields.shares_initial(item)
        initial |= item_fields.lines_initial(item)
        initial |= {"handlers": [person.pk for person in item.handlers.all()]}
        return initial | {"number": item.number, "item": item.pk, "version": item.version}

    # Its parts

    @cached_property
    def parts(self) -> list[PartForm]:
        initial = [{}] * EMPTY_PARTS
        if self.of:
            initial = [_part_initial(part) for part in self.of.parts.all()] + initial
        count = self.data.get("parts", "") if self.is_bound else str(len(initial))
        count = min(int(count), MOST_PARTS) if count.isascii() and count.isdigit() else 0
        return [self._part(at, initial[at] if at < len(initial) else {}) for at in range(count)]

    def _part(self, at, initial):
        post = self.data if self.is_bound else None
        year = self.item_list.year
        return PartForm(post, initial=initial, at=at, choices=self.choices, year=year)

    # Its values

    def is_valid(self):
        return all([super().is_valid(), *(part.is_valid() for part in self.parts)])

    def clean(self):
        cleaned = super().clean()
        for title in duplicates(str(part["title"].value() or "").strip() for part in self.parts):
            self.add_error(None, _("The part “%s” stands twice.") % title)
        for unit in duplicates(
            unit for role in item_fields.ROLES for unit in cleaned.get(role, [])
        ):
            self.add_error("joint", _("“%s” can have only one share in the work.") % unit)
        if cleaned.get("start_is_the_matter") and not cleaned.get("start_by"):
            self.add_error("start_by", _("Write the day to start by."))
        self._read_deadline(cleaned)
        return cleaned

    def _read_deadline(self, cleaned):
        """Read the day from the words, where only these are given."""
        if cleaned.get("start_is_the_matter"):
            cleaned |= starting(cleaned.get("start_by"))
        elif cleaned.get("due_words") and not cleaned.get("due"):
            try:
                deadline = read_deadline(cleaned["due_words"], self.item_list.year)
            except forms.ValidationError as error:
                self.add_error("due_words", error)
                return
            cleaned["due"] = deadline.due
            cleaned["start_by"] = cleaned.get("start_by") or deadline.start_by

    def draft(self) -> Draft:
        cleaned = dict(self.cleaned_data)
        return Draft(
            {name: cleaned[name] for name in OWN if name in cleaned},
            measures=cleaned["measures"],
            criteria=cleaned["criteria"],
            shares=item_fields.shares_from(cleaned),
            handlers=list(cleaned["handlers"]),
            parts=[part for part in (form.columns() for form in self.parts) if part],
        )

    def line(self) -> Line:
        cleaned = self.cleaned_data
        return Line(self.draft(), cleaned["number"], cleaned["item"], cleaned["version"])

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

    def at_current_version(self, item: Item | None, refused) -> "DraftForm":
        """Return the form with the same words, bound to the current version, and the conflicts."""
        post = self.data.copy()
        post["version"] = item.version if item else ""
        post["item"] = item.pk if item else ""
        again = type(self)(post, item_list=self.item_list, of=item)
        again.is_valid()
        again.say_refused(refused)
        if item and item.version != self.cleaned_data["version"]:
            current = type(self)(item_list=self.item_list, of=item)
            again.change, again.theirs = last_change(item), differing(again, current)
            if again.parts_text() != current.parts_text():
                again.theirs["parts"] = "\n".join(map(" · ".join, current.parts_text())) or "—"
        return again

    def parts_text(self) -> list[tuple[str, ...]]:
        """Return the values of the parts that have a title, in words."""
        texts = [tuple(display_value(field) for field in part) for part in self.parts]
        return [tuple(filter(None, words)) for words in texts if words[0]]


def _part_initial(part):
    initial = {name: getattr(part, name) for name in ("title", "title_en")}
    return initial | {"unit": part.unit_id, "deadline": deadline_text(part)}


class AddForm(DraftForm):
    """An item that joins a published list, and why."""

    reason = words(gettext_lazy("Why it is added"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["number"]

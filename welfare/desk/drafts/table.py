"""The drafts of a list as one table of forms: checked, written and shown again together."""

from dataclasses import dataclass
from functools import partial
from hashlib import sha256

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items.actions.draft import Draft
from items.actions.names import Names
from items.actions.table import LAST_NUMBER, Line, LinesConflict, LinesRefused
from items.columns import STORED, placed
from items.errors import Refused
from items.models import Item, ItemList, Post
from items.queries.paging import nearest
from items.sheets.headings import HEADINGS, as_remembered
from items.sheets.notes import Noted
from items.sheets.numbers import parse_number
from items.states import Term
from items.words import Words, day
from welfare.desk.choices import NEW, Choices, SharedSelect, options
from welfare.desk.drafts.deadline_field import DeadlineField, deadline_columns, deadline_text
from welfare.desk.edit_conflicts import differing, last_change
from welfare.desk.item_fields import CHOSEN, WORDED, LinesField, OneLineField, lines_initial
from welfare.forms import Plain, explain

EMPTY = 5  # rows for new items
PAGE = 80
MOST = 150  # rows that are taken at once

COLUMNS = ["deadline" if column.name == "due" else column.name for column in placed("table")]
OWN = [column.name for column in placed("table", STORED) if column.drafted and column.name != "due"]


@dataclass
class Cell:
    """A field of a row, with what somebody else wrote there meanwhile (`theirs`)."""

    field: BoundField
    theirs: str = ""
    note: str = ""
    folded: bool = False

    @property
    def wide(self) -> bool:
        field = self.field
        explained = field.help_text or field.widget_type == "textarea"
        return bool(self.folded or explained or field.name in ("number", "title", "term"))


class Row(Plain, forms.Form):
    """An item as a row; it knows which version its reader saw (optimistic lock)."""

    item = forms.IntegerField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    delete = forms.BooleanField(label=gettext_lazy("delete"), required=False)

    def __init__(self, *args, of: Item | None, columns: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.of, self.columns, self.change, self.theirs = of, columns, None, {}
        self.fields = columns | self.fields
        if of:
            self.initial = {n: getattr(of, f"{n}_id" if n in CHOSEN else n) for n in OWN}
            self.initial |= {"number": of.number}
            self.initial |= lines_initial(of)
            self.initial |= {"deadline": deadline_text(of), "item": of.pk, "version": of.version}
            if not self.is_bound:
                self.initial["seen"] = self.digest()

    def digest(self) -> str:
        """Return a digest of what stands in the row, to tell whether somebody wrote into it."""
        values = (str(self[name].value() or "").strip() for name in COLUMNS)
        texts = ["\n".join(line.strip() for line in value.splitlines()) for value in values]
        return sha256("\0".join(texts).encode()).hexdigest()[:16]

    @property
    def untouched(self) -> bool:
        if self["delete"].value():
            return not self["item"].value()
        seen, digest = self["seen"].value(), self.digest()
        if self.of and digest == type(self)(of=self.of, columns=self.columns).digest():
            return True  # it holds what stands there: a button that was pressed twice
        return digest == seen if seen else not any(self[name].value() for name in COLUMNS)

    def line(self) -> Line:
        cleaned = self.cleaned_data
        seen = {"item": cleaned.get("item"), "version": cleaned.get("version")}
        if cleaned["delete"]:
            return Line(number=cleaned.get("number"), delete=True, **seen)
        fields = {name: cleaned[name] for name in OWN}
        if not self.of or (self["deadline"].value() or "").strip() != deadline_text(self.of):
            fields |= deadline_columns(cleaned["deadline"], self.of)
            fields["term"] = fields["term"] or cleaned["deadline"].term
        lines = {name: cleaned[name] for name in WORDED}
        return Line(Draft(fields, **lines), cleaned["number"], **seen)

    @property
    def name(self) -> str:
        """Return what the row is called above the table."""
        number = self["number"].value() or (self.of and self.of.number)
        if number:
            return _("No. %(number)s") % {"number": number}
        return _("Row %(place)d") % {"place": int(self.prefix.removeprefix("row-")) + 1}

    @cached_property
    def cells(self) -> list[Cell]:
        return [Cell(self[n], self.theirs.get(n, ""), self._note(n)) for n in COLUMNS]

    def _note(self, name):
        """Return the day that was parsed from a deadline in words."""
        words = self["deadline"].value() if name == "deadline" and self.of else ""
        if not words or words != self.of.due_words:
            return ""
        if self.of.due:
            return day(self.of.due)
        return _("start by %(day)s") % {"day": day(self.of.start_by)} if self.of.start_by else ""


def columns_for(item_list: ItemList) -> dict:
    """Return the fields that all rows share."""
    choices = Choices(item_list.committee)
    term = SharedSelect(options(Term.choices))
    columns = {
        "number": NumberField(
            label=_("No."), required=False, min_value=1, max_value=LAST_NUMBER,
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        ),
        "title": OneLineField(label=_("matter"), max_length=200),
        "measures": LinesField(label=_("measures"), required=False, widget=two_rows()),
        "criteria": LinesField(label=_("what done looks like"), required=False, widget=two_rows()),
        **{name: choices.field(name) for name in CHOSEN if name in OWN},
        "deadline": DeadlineField(item_list.year),
        "term": forms.ChoiceField(
            label=_("term"), choices=[("", ""), *Term.choices], required=False, widget=term
        ),
    }  # fmt: skip
    for field in columns.values():
        explain(field, field.label)
    return {name: columns[name] for name in COLUMNS}


def two_rows() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 2})


class NumberField(forms.IntegerField):
    """A number as sheets write it, too: 3., 第3项, ③."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except forms.ValidationError:
            try:
                number = parse_number(value)
            except Refused as refused:
                raise forms.ValidationError(refused.sentences) from refused
            if isinstance(number, Noted):  # words stand beside it, which no field here takes
                raise
            return number and number.number


@dataclass
class Offer:
    """Names that the committee doesn't have: of which kind, and in which columns they stand."""

    kind: str
    label: str
    columns: str
    names: list[str]
    ticked: bool


class Table:
    """One page of a list's drafts as rows, and some empty rows for new ones."""

    def __init__(self, item_list: ItemList, post=None, page: int = 1, empty: int = EMPTY):
        self.item_list, self.post, self.empty = item_list, post, empty
        self.items = item_list.items.filter(status="draft").order_by("number")
        self.items = self.items.prefetch_related(*WORDED)
        self.count = self.items.count()
        self.page, self.pages = nearest(page, self.count, PAGE)
        self.columns = columns_for(item_list)
        self.names = Names(item_list.committee)
        self.added = set(post.getlist("add")) if post is not None else set()
        for name in CHOSEN.keys() & self.columns.keys():
            if CHOSEN[name]._meta.model_name in self.added:
                self.columns[name].make = partial(self._make, name)
        self.sentences = []
        self.rows = self._sent() if post is not None else self._fresh()

    def _fresh(self):
        items = self.items[(self.page - 1) * PAGE : self.page * PAGE]
        return [self._row(at, item) for at, item in enumerate([*items, *[None] * self.empty])]

    def _sent(self):
        count = self.post.get("rows", "")
        count = int(count) if count.isascii() and count.isdigit() and len(count) < 4 else 0
        keys = [self.post.get(f"row-{at}-item", "") for at in range(min(count, MOST))]
        known = {str(i.pk): i for i in self.items.filter(pk__in=[k for k in keys if k.isdigit()])}
        return [self._row(at, known.get(key), self.post) for at, key in enumerate(keys)]

    def _row(self, at, item, post=None):
        return Row(post, prefix=f"row-{at}", of=item, columns=self.columns)

    def _make(self, column, name):
        """Return the row of that name, which is saved with the table."""
        if CHOSEN[column] is Post:
            return self.names.post(name, is_leader=column == "owner_post")
        return self.names.row(CHOSEN[column], Words(name))

    def offers(self) -> list[Offer]:
        """Return of each kind of choices which names are new in the table."""
        kinds = {}
        for name in COLUMNS:
            if name in CHOSEN:
                kinds.setdefault(CHOSEN[name], []).append(name)
        return [self._offer(model, names) for model, names in kinds.items()]

    def _offer(self, model, columns):
        values = [str(row[name].value() or "") for row in self.rows for name in columns]
        new = [value.removeprefix(NEW) for value in values if value.startswith(NEW)]
        kind, label = model._meta.model_name, str(model._meta.verbose_name_plural)
        ticked = kind in self.added or not self.added
        return Offer(kind, label, " ".join(columns), list(dict.fromkeys(new)), ticked)

    def headings(self) -> dict[str, str]:
        """Return the table's column for each heading of a sheet, "" for those it doesn't have."""
        in_table = {each.in_sheets: each.name for each in placed("table")} | {"due": "deadline"}
        return {
            as_remembered(words): in_table.get(column, "")
            for column, all_words in HEADINGS.items()
            for words in all_words
        }

    @cached_property
    def touched(self) -> list[Row]:
        return [row for row in self.rows if not row.untouched]

    def is_valid(self) -> bool:
        valid = [row.is_valid() or row["delete"].value() for row in self.touched]  # each is asked
        return all(valid)

    def lines(self) -> list[Line]:
        return [row.line() for row in self.touched]

    @property
    def wrong(self) -> list[Row]:
        """Return the rows with errors."""
        return [row for row in self.rows if row.is_bound and row in self.touched and row.errors]

    def add_refusal(self, refused) -> None:
        """Show a refusal at the rows that it is about; what was typed stays."""
        if not isinstance(refused, LinesRefused):
            self.sentences = refused.sentences
            return
        for at, sentences in refused.by_line.items():
            row = self.touched[at]
            row.add_error(None, sentences)
            if isinstance(refused, LinesConflict):
                self._show_conflict(row)

    def _show_conflict(self, row):
        """Show at a row what stands there now, and bind it to the current version."""
        at, place = self.rows.index(row), self.touched.index(row)
        post = self.post = self.post.copy()
        prefix = f"row-{at}-"
        post[f"{prefix}item"] = row.of.pk if row.of else ""
        post[f"{prefix}version"] = row.of.version if row.of else ""
        again = self._row(at, row.of, post)
        if row.of:
            current = self._row(at, row.of)
            post[f"{prefix}seen"] = current["seen"].value()
            again.change, again.theirs = last_change(row.of), differing(row, current)
        else:
            post[f"{prefix}seen"] = ""
        again._errors = row._errors
        self.rows[at] = self.touched[place] = again

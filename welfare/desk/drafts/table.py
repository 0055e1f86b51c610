"""The drafts of a list as one table of forms: checked, written and shown again together."""

from dataclasses import dataclass
from functools import cached_property, partial
from hashlib import sha256

from django import forms
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items.actions.draft import Draft, starting
from items.actions.names import Names
from items.actions.table import Line, LinesConflict, LinesRefused
from items.models import Item, ItemList, Person, Post
from items.queries.paging import nearest
from items.words import Words, day
from welfare.desk.choices import NEW
from welfare.desk.drafts.cells import RESPONSIBLE, Role, people_text, shares_text, target_text
from welfare.desk.drafts.columns import NAMED, OWN, by_heading, fields_for
from welfare.desk.drafts.deadline_field import deadline_columns, deadline_text
from welfare.desk.edit_conflicts import differing, last_change
from welfare.desk.item_fields import CHOSEN, WORDED, lines_initial
from welfare.forms import Plain

EMPTY = 5  # rows for new items
PAGE = 80
MOST = 150  # rows that are taken at once
# What stands in the cells of a row without a column of its own
TEXTS = {
    "deadline": deadline_text,
    "target_count": target_text,
    "shares": lambda item: shares_text(item, *RESPONSIBLE),
    "support_units": lambda item: shares_text(item, Role.SUPPORT),
    "handlers": lambda item: people_text(item.handlers.all()),
}
UNDER = {"shares": "unit_shares__unit", "support_units": "unit_shares__unit"}
UNDER |= {name: name for name in (*WORDED, "handlers")}


@dataclass
class Cell:
    """A field of a row, with what somebody else wrote there meanwhile (`theirs`)."""

    field: BoundField
    theirs: str = ""
    note: str = ""
    folded: bool = False

    def __post_init__(self):
        self.name, self.label = self.field.name, self.field.label
        # Only what was asked is said: a row that nobody touched lacks nothing.
        self.errors = self.field.errors if self.field.form._errors else ()

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
            own = [name for name in OWN if name in columns]
            self.initial = {n: getattr(of, f"{n}_id" if n in CHOSEN else n) for n in own}
            self.initial |= {name: text(of) for name, text in TEXTS.items() if name in columns}
            self.initial |= lines_initial(of, [name for name in WORDED if name in columns])
            self.initial |= {"number": of.number, "item": of.pk, "version": of.version}
            if not self.is_bound:
                self.initial["seen"] = self.digest()

    def digest(self) -> str:
        """Return a digest of what stands in the row, to tell whether somebody wrote into it."""
        texts = map(self.text, self.columns)
        return sha256("\0".join(texts).encode()).hexdigest()[:16]

    def text(self, name) -> str:
        """Return what stands in a cell, without what a browser adds to it."""
        value = str(self[name].value() or "").strip()
        return "\n".join(line.strip() for line in value.splitlines())

    @cached_property
    def fresh(self) -> "Row | None":
        """Return the row as its item stands now."""
        return type(self)(of=self.of, columns=self.columns) if self.of else None

    def changes(self, name) -> bool:
        """Tell whether a cell says something else than the item."""
        return self.fresh is None or self.text(name) != self.fresh.text(name)

    @property
    def untouched(self) -> bool:
        if self["delete"].value():
            return not self["item"].value()
        seen, digest = self["seen"].value(), self.digest()
        if self.fresh and digest == self.fresh.digest():
            return True  # it holds what stands there: a button that was pressed twice
        return digest == seen if seen else not any(self[name].value() for name in self.columns)

    def line(self) -> Line:
        cleaned = self.cleaned_data
        seen = {"item": cleaned.get("item"), "version": cleaned.get("version")}
        if cleaned["delete"]:
            return Line(number=cleaned.get("number"), delete=True, **seen)
        lines = {name: cleaned[name] for name in WORDED if name in cleaned}
        if "handlers" in cleaned and self.changes("handlers"):
            lines["handlers"] = [person for person, _role in cleaned["handlers"]]
        return Line(
            Draft(self._fields(cleaned), **lines, shares=self._shares(cleaned)),
            cleaned["number"],
            **seen,
        )

    def _fields(self, cleaned) -> dict:
        """Return the item's own columns; those that aren't shown stay as they are."""
        fields = {name: cleaned[name] for name in OWN if name in cleaned}
        if "target_count" in cleaned:
            fields["target_count"], fields["count_unit"] = cleaned["target_count"]
        says_start = "start_by" in cleaned and self.changes("start_by")
        if "deadline" in cleaned and self.changes("deadline"):
            columns = deadline_columns(cleaned["deadline"], self.of)
            if says_start and fields["start_by"]:
                del columns["start_by"]
            fields |= columns
            if "term" in fields or not self.of:
                fields["term"] = fields.get("term") or cleaned["deadline"].term
        elif says_start and self.of and self.of.start_is_the_matter and fields["start_by"]:
            fields |= starting(fields["start_by"])
        return fields

    def _shares(self, cleaned) -> list | None:
        """Return the units' shares; None where nobody changed them."""
        roles = {"shares": RESPONSIBLE, "support_units": (Role.SUPPORT,)}
        written = [name for name in roles if name in cleaned and self.changes(name)]
        if not written:
            return None
        shares = [pair for name in written for pair in cleaned[name]]
        kept = [role for name in roles if name not in written for role in roles[name]]
        old = self.of.unit_shares.all() if self.of else ()
        shares += [(share.unit, share.role) for share in old if share.role in kept]
        order = list(Role)
        once = {}
        for unit, role in sorted(shares, key=lambda share: order.index(share[1])):
            once.setdefault(unit.name, (unit, role))
        return list(once.values())

    @property
    def at(self) -> int:
        """Return the row's place, counted from 0."""
        return int(self.prefix.removeprefix("row-"))

    @property
    def name(self) -> str:
        """Return what the row is called above the table."""
        number = self["number"].value() or (self.of and self.of.number)
        if number:
            return _("No. %(number)s") % {"number": number}
        return _("Row %(place)d") % {"place": self.at + 1}

    @cached_property
    def cells(self) -> list[Cell]:
        return [Cell(self[n], self.theirs.get(n, ""), self._note(n)) for n in self.columns]

    def _note(self, name):
        """Return the day that was parsed from a deadline in words."""
        words = self[name].value() if name == "deadline" and self.of else ""
        if not words or words != self.of.due_words:
            return ""
        if self.of.due:
            return day(self.of.due)
        return _("start by %(day)s") % {"day": day(self.of.start_by)} if self.of.start_by else ""


@dataclass
class Offer:
    """Names that the committee doesn't have: of which kind, and in which columns they stand."""

    kind: str
    label: str
    columns: str
    names: list[str]
    ticked: bool

    @property
    def told(self) -> str:
        """Return the names as the form sends them back: whoever saves it was told of them."""
        return "\n".join(self.names)


class Table:
    """One page of a list's drafts as rows, and some empty rows for new ones."""

    def __init__(
        self,
        item_list: ItemList,
        post=None,
        *,
        columns: list[str],
        found: QuerySet[Item] | None = None,
        page: int = 1,
        empty: int = EMPTY,
    ):
        """Take the columns that are shown and, where only some drafts are, which were `found`."""
        self.item_list, self.post, self.empty = item_list, post, empty
        self.shown = columns
        drafts = item_list.items.filter(status="draft")
        self.drafts = drafts.prefetch_related(*{UNDER[n] for n in columns if n in UNDER})
        self.found = self.drafts.order_by("number") if found is None else found
        self.count = self.found.count()
        self.page, self.pages = nearest(page, self.count, PAGE)
        self.names = Names(item_list.committee)
        self.columns = fields_for(item_list, self.names, columns)
        self.added = set(post.getlist("add")) if post is not None else set()
        for name, model in self._named().items():
            if model._meta.model_name in self.added:
                self.columns[name].make = partial(self._make, name)
            if name in NAMED and post is not None:
                told = post.get(f"told-{model._meta.model_name}", "")
                self.columns[name].offered = set(told.splitlines())
        self.sentences = []
        self.is_checked = False
        self.rows = self._sent() if post is not None else self._fresh()
        if post is not None and "handlers" in self.columns:
            said = (self.columns["handlers"].said(row.text("handlers")) for row in self.rows)
            self.names.know_people(name for names in said for name in names)

    def _named(self):
        """Return the columns that are said by names, and the model of each."""
        return {n: m for n, m in (CHOSEN | NAMED).items() if n in self.columns}

    def _fresh(self):
        keys = list(self.found.values_list("pk", flat=True)[(self.page - 1) * PAGE :][:PAGE])
        items = sorted(self.drafts.filter(pk__in=keys), key=lambda item: keys.index(item.pk))
        return [self._row(at, item) for at, item in enumerate([*items, *[None] * self.empty])]

    def _sent(self):
        count = self.post.get("rows", "")
        count = int(count) if count.isascii() and count.isdigit() and len(count) < 4 else 0
        keys = [self.post.get(f"row-{at}-item", "") for at in range(min(count, MOST))]
        known = {str(i.pk): i for i in self.drafts.filter(pk__in=[k for k in keys if k.isdigit()])}
        return [self._row(at, known.get(key), self.post) for at, key in enumerate(keys)]

    def _row(self, at, item, post=None):
        return Row(post, prefix=f"row-{at}", of=item, columns=self.columns)

    def _make(self, column, name):
        """Return the row of that name, which is saved with the table."""
        model = self._named()[column]
        if model is Person:
            return self.names.person(name)
        if model is Post:
            return self.names.post(name, is_leader=column == "owner_post")
        return self.names.row(model, Words(name))

    def offers(self) -> list[Offer]:
        """Return of each kind of choices which names are new in the table."""
        kinds = {}
        for name, model in self._named().items():
            kinds.setdefault(model, []).append(name)
        return [self._offer(model, names) for model, names in kinds.items()]

    def _offer(self, model, columns):
        new = [name for row in self.rows for column in columns for name in self._new(row, column)]
        kind, label = model._meta.model_name, str(model._meta.verbose_name_plural)
        ticked = kind in self.added or not self.added
        return Offer(kind, label, " ".join(columns), list(dict.fromkeys(new)), ticked)

    def _new(self, row, column):
        """Return the names in a cell that the committee doesn't have."""
        value = str(row[column].value() or "")
        if column in NAMED:
            return self.columns[column].new(value) if self.post is not None else []
        return [value.removeprefix(NEW)] if value.startswith(NEW) else []

    def known_names(self) -> dict[str, list[str]]:
        """Return by column the names that are nothing new in it, for the page's script."""
        columns = [name for name in NAMED if name in self.columns]
        return {name: self.columns[name].known for name in columns}

    def headings(self) -> dict[str, str]:
        """Return the table's field for each heading of a sheet, "" for those it doesn't show."""
        return by_heading(self.shown)

    @cached_property
    def touched(self) -> list[Row]:
        return [row for row in self.rows if not row.untouched]

    def is_valid(self) -> bool:
        self.is_checked = True
        valid = [row.is_valid() or row["delete"].value() for row in self.touched]  # each is asked
        return all(valid)

    def lines(self) -> list[Line]:
        return [row.line() for row in self.touched]

    @property
    def wrong(self) -> list[Row]:
        """Return the rows with errors."""
        if not self.is_checked:
            return []
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

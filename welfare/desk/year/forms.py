"""The forms of the change of year: what goes over and by when, and the next list's name typed."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items import staff
from items.models import ItemList
from welfare.desk.drafts.deadline_field import DeadlineField, deadline_columns
from welfare.desk.lists.publishing import PublishingFields
from welfare.forms import Plain, explain


@dataclass
class Line:
    """An open item with its two fields."""

    going: staff.Going
    take: BoundField
    due: BoundField


class YearForm(Plain, forms.Form):
    """A form about both lists; it knows which version of each its reader saw (optimistic lock)."""

    into = forms.SlugField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    into_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, post=None, *, item_list: ItemList, into: ItemList, **kwargs):
        self.item_list, self.next = item_list, into
        super().__init__(post, **kwargs)
        self.initial |= self.seen()

    def seen(self) -> dict:
        versions = {"version": self.item_list.version, "into_version": self.next.version}
        return versions | {"into": self.next.slug}

    def as_seen(self) -> tuple[ItemList, ItemList]:
        """Return both lists at the versions that the reader saw."""
        self.item_list.version = self.cleaned_data["version"]
        self.next.version = self.cleaned_data["into_version"]
        return self.item_list, self.next

    def at_current_version(self, item_list: ItemList, into: ItemList, refused, **kwargs):
        """Return the form with the same words, bound to the current versions, with the refusal."""
        again = type(self)(None, item_list=item_list, into=into, **kwargs)
        again.data, again.is_bound = self.data.copy(), True
        for name, value in again.seen().items():
            again.data[name] = value
        again.say_refused(refused)
        return again


class CarryForm(YearForm):
    """The open items as a table: whether each goes over, and its new deadline."""

    fill = forms.CharField(
        label=gettext_lazy("For those without one"), required=False, max_length=200
    )

    def __init__(self, *args, lines: list[staff.Going], **kwargs):
        super().__init__(*args, **kwargs)
        self.going = lines
        for line in lines:
            n = line.row.number
            label = _("No. %(number)s goes over") % {"number": n}
            self.fields[f"take-{n}"] = forms.BooleanField(required=False, label=label)
            self.fields[f"due-{n}"] = DeadlineField(self.next.year)
            self.fields[f"due-{n}"].label = _("New deadline of no. %(number)s") % {"number": n}
            explain(self.fields[f"due-{n}"], self.fields[f"due-{n}"].label)
            # Whoever opens the table for the first time finds all ticked: nothing is left by
            # mistake.
            self.initial |= {f"take-{n}": line.chosen is not None, f"due-{n}": line.deadline}
        if not any(line.chosen for line in lines):
            self.initial |= {f"take-{line.row.number}": True for line in lines}

    def lines(self) -> Iterator[Line]:
        for line in self.going:
            n = line.row.number
            yield Line(line, self[f"take-{n}"], self[f"due-{n}"])

    def chosen(self) -> dict[int, dict | None]:
        """Return by number the columns of the new deadline; None for what stays."""
        items = {item.number: item for item in self.item_list.items.filter(number__in=self.numbers)}
        said = self.cleaned_data
        return {
            n: deadline_columns(said[f"due-{n}"], items[n]) if said[f"take-{n}"] else None
            for n in self.numbers
            if n in items
        }

    @property
    def numbers(self) -> list[int]:
        return [line.row.number for line in self.going]

    def filled(self) -> "CarryForm":
        """Return the form with the one deadline in every empty cell of what goes over."""
        data = self.data.copy()
        for n in self.numbers:
            if f"take-{n}" in data and not data.get(f"due-{n}", "").strip():
                data[f"due-{n}"] = data.get("fill", "")
        return CarryForm(data, item_list=self.item_list, into=self.next, lines=self.going)


class ChangeYearForm(PublishingFields, YearForm):
    """The form with which the next list is published and this one closed."""

    field_order = ["leaders", "name"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fit_publishing(self.next)

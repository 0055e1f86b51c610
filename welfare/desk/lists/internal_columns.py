"""Internal columns in the ledger's table: a form for each row, saved together or not at all."""

from hashlib import sha256

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from items import actions
from items.actions.annotation import INTERNAL
from items.errors import Conflict
from items.models import Item
from items.queries.ledger_table import PAGE
from welfare.desk.item_fields import field_for
from welfare.forms import Plain

MOST = PAGE  # rows that are taken at once


class InternalRow(Plain, forms.Form):
    """The internal columns of an item; `seen` says what each said when the page was made."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, number, fields, **kwargs):
        super().__init__(*args, prefix=f"row-{number}", **kwargs)
        self.number, self.theirs = number, {}
        self.fields |= fields
        if not self.is_bound:
            self.initial["seen"] = " ".join(_digest(self[name].value()) for name in fields)

    def columns(self):
        """Yield each column with what it says here, and the digest of what its reader saw."""
        names = [name for name in self.fields if name != "seen"]
        seen = (self["seen"].value() or "").split(" ")
        for at, name in enumerate(names):
            yield name, seen[at] if at < len(seen) else ""


def _digest(value) -> str:
    """Return a short digest of a column's value, to tell whether it is still the same."""
    return sha256(_text(value).encode()).hexdigest()[:8]


def _text(value) -> str:
    return "\n".join(line.rstrip() for line in str(value or "").strip().splitlines())


class InternalRows:
    """The rows of a page, as they stand or as they were sent."""

    def __init__(self, item_list, post=None):
        self.item_list, self.sentences = item_list, []
        if post is not None:
            self._read(post)

    @classmethod
    def of(cls, item_list, rows, names):
        """Return the forms of a page's rows, with what they say."""
        self = cls(item_list)
        fields = self._fields(names)
        self.names = names
        self.forms = [
            InternalRow(initial={n: row.values[n] for n in names}, number=row.number, fields=fields)
            for row in rows
        ]
        return self

    def _fields(self, names):
        fields = {name: field_for(name, self.item_list.committee) for name in names}
        for each in fields.values():
            if isinstance(each.widget, forms.TextInput):
                each.widget = forms.Textarea()
            if isinstance(each.widget, forms.Textarea):
                each.widget.attrs["rows"] = 1
            each.widget.attrs |= {"aria-label": each.label, "class": "typed"}
        return fields

    def _read(self, post):
        numbers = [n for n in post.getlist("numbers") if n.isascii() and n.isdigit()][:MOST]
        self.names = [name for name in post.getlist("names") if name in INTERNAL]
        items = self.item_list.items.filter(number__in=[n for n in numbers if len(n) < 6])
        self.items = {item.number: item for item in items}
        fields = self._fields(self.names)
        self.forms = [
            InternalRow(post, number=number, fields=fields) for number in sorted(self.items)
        ]

    @property
    def numbers(self):
        return [form.number for form in self.forms]

    @property
    def by_number(self):
        return {form.number: form for form in self.forms}

    def is_valid(self) -> bool:
        valid = [form.is_valid() for form in self.forms]  # each is asked
        return all(valid)

    @property
    def wrong(self) -> list[str]:
        """Return what is wrong in the rows, each with its number and column."""
        return [
            _("No. %(number)s, %(column)s: %(error)s")
            % {"number": form.number, "column": form[name].label, "error": error}
            for form in self.forms
            if form.is_bound
            for name in form.errors
            for error in form.errors[name]
        ]

    def annotations(self) -> list[actions.Annotation]:
        """Return what was changed on this page; what somebody else changed to the same is left out.

        What somebody else changed to something else stands in for what was seen, so that the
        action refuses it.
        """
        changed = []
        for form in self.forms:
            item = self.items[form.number]
            for name, seen in form.columns():
                value, now = form.cleaned_data[name], getattr(item, name)
                if _digest(value) in (seen, _digest(now)):
                    continue
                was = now if _digest(now) == seen else _OTHER
                changed.append(actions.Annotation(item.pk, name, value, was))
        return changed

    def add_refusal(self, refused) -> None:
        """Say why nothing was saved; beside each conflict what stands there now."""
        self.sentences = refused.sentences
        if not isinstance(refused, Conflict):
            return
        again = InternalRows.of(self.item_list, [], self.names)
        post = self.forms[0].data.copy() if self.forms else {}
        now = {
            item.number: item
            for item in Item.objects.filter(pk__in=[i.pk for i in self.items.values()])
        }
        for form in self.forms:
            item, theirs, digests = now[form.number], {}, []
            for name, seen in form.columns():
                value = getattr(item, name)
                digests.append(_digest(value))
                if _digest(value) not in (seen, _digest(form.cleaned_data[name])):
                    theirs[name] = _text(value) or "—"
            post[f"row-{form.number}-seen"] = " ".join(digests)
            again.forms.append(
                InternalRow(post, number=form.number, fields=self._fields(self.names))
            )
            again.forms[-1].theirs = theirs
        self.forms = again.forms

    def saved_message(self) -> str:
        count = len(self.annotations())
        if not count:
            return _("Nothing was changed.")
        return ngettext("Saved: %d cell.", "Saved: %d cells.", count) % count


_OTHER = object()  # what no column says

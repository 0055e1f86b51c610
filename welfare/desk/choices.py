"""Choices of an item's columns (posts, places, …), read and rendered once for many rows."""

from functools import cached_property

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from items.errors import Refused
from items.models import Category, Item, Place, Post, Theme, Unit
from items.words import one_line
from welfare.desk.item_fields import CHOSEN, of_committee

NEW = "new:"  # before the name of a row that is made as the form is saved


class SharedSelect(forms.Select):
    """A select among many of the same: their options are rendered once."""

    def __init__(self, options):
        super().__init__()
        self.options_html = options

    def render(self, name, value, attrs=None, renderer=None):
        attrs = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        option = f'value="{value or ""}"'
        options = self.options_html.replace(option, f"{option} selected", 1)
        made = ""
        if str(value or "").startswith(NEW):
            label = _("%(name)s (new)") % {"name": value.removeprefix(NEW)}
            made = format_html('<option value="{}" selected>{}</option>', value, label)
        return format_html("<select{}>{}{}</select>", flatatt(attrs), mark_safe(options), made)


class Chosen(forms.Field):
    """A row chosen by its key, or none; where `make` is set, also one by its name that is new."""

    def __init__(self, rows: dict, options: str, **kwargs):
        self.rows = rows
        self.make = None
        super().__init__(widget=SharedSelect(options), required=False, **kwargs)

    def prepare_value(self, value):
        return getattr(value, "pk", value)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if str(value).startswith(NEW):
            return self._named(one_line(str(value).removeprefix(NEW)))
        if str(value) not in self.rows:
            raise forms.ValidationError(_("This can’t be chosen any more. Choose another."))
        return self.rows[str(value)][0]

    def _named(self, name):
        for row, _label in self.rows.values():
            if row.name == name:
                return row  # somebody made it meanwhile
        if self.make is None:
            sentence = _("“%s” isn’t among the choices. Tick that it is added, or choose another.")
            raise forms.ValidationError(sentence % name)
        try:
            return self.make(name)
        except Refused as refused:
            raise forms.ValidationError(refused.sentences) from refused

    def label_of(self, value) -> str:
        """Return the label of a key that was chosen."""
        return self.rows.get(str(value), ("", ""))[1]


class Choices:
    """The posts, places, categories and units of a committee."""

    def __init__(self, committee):
        self.committee = committee

    @cached_property
    def posts(self):
        today = localdate()
        posts = of_committee(Post, self.committee).prefetch_related("holdings__person")
        held = [(post, post.holder(today)) for post in posts]
        rows = {str(post.pk): (post, _with_holder(post, holder)) for post, holder in held}
        # Where a block is pasted, a post is known by its name and by its holder's.
        shown = format_html_join(
            "\n",
            '<option value="{}" data-name="{}" data-holder="{}">{}</option>',
            ((post.pk, post.name, holder or "", rows[str(post.pk)][1]) for post, holder in held),
        )
        return rows, f'<option value="">—</option>\n{shown}'

    @cached_property
    def places(self):
        return _by_key((row, row.name) for row in of_committee(Place, self.committee))

    @cached_property
    def categories(self):
        return _by_key((row, row.name) for row in of_committee(Category, self.committee))

    @cached_property
    def themes(self):
        return _by_key((row, row.name) for row in of_committee(Theme, self.committee))

    @cached_property
    def units(self):
        return _by_key((row, row.name) for row in of_committee(Unit, self.committee))

    def field(self, name: str) -> Chosen:
        """Return the field for a column of the item that is chosen."""
        label = str(Item._meta.get_field(name).verbose_name)
        return Chosen(*getattr(self, CHOICES_OF[CHOSEN[name]]), label=label)

    def unit_field(self) -> Chosen:
        return Chosen(*self.units, label=_("unit"))


CHOICES_OF = {Post: "posts", Place: "places", Category: "categories", Theme: "themes"}


def _by_key(named):
    """Return the rows by their keys with their names, and the options that show them."""
    rows = {str(row.pk): (row, name) for row, name in named}
    return rows, options((key, name) for key, (_row, name) in rows.items())


def options(named) -> str:
    """Return the options of a select, for no choice and for each key with its name."""
    shown = format_html_join("\n", '<option value="{}">{}</option>', named)
    return f'<option value="">—</option>\n{shown}'


def _with_holder(post, holder):
    names = {"post": post.name, "holder": holder or _("vacant")}
    return _("%(post)s (%(holder)s)") % names

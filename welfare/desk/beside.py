"""What somebody else wrote meanwhile, beside what this person wrote."""

from dataclasses import dataclass

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from items.models import Item
from welfare.desk.choosing import Chosen


def shown(bound) -> str:
    """Return what a field of a form holds, in words."""
    value, field = bound.value(), bound.field
    if isinstance(field, Chosen):
        return field.said(value)
    if isinstance(field, forms.BooleanField):
        return _("yes") if value and value not in ("False", "false") else _("no")
    if isinstance(field, forms.ChoiceField):  # also those of many
        keys = {str(getattr(each, "pk", each)) for each in _many(value)}
        return ", ".join(str(label) for key, label in field.choices if str(key) in keys and key)
    return "\n".join(str("" if value is None else value).split("\r\n")).strip()


def _many(value):
    return value if isinstance(value, list | tuple) else [] if value is None else [value]


def differing(mine: forms.Form, theirs: forms.Form) -> dict[str, str]:
    """Return by field what stands there now, where it isn't what was sent."""
    said = {bound.name: shown(bound) for bound in theirs.visible_fields()}
    return {
        name: said[name] or "—"
        for name in said
        if name in mine.fields and shown(mine[name]) != said[name]
    }


@dataclass
class Change:
    """Who changed an item last, and when."""

    name: str
    at: str


def last_change(item: Item) -> Change:
    record = item.history.select_related("history_user").order_by("-history_date", "-pk").first()
    if record is None:
        return Change(_("Somebody"), "")
    name = record.history_user.name if record.history_user else _("Somebody")
    return Change(name, localtime(record.history_date).strftime("%H:%M"))

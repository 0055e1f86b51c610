"""A row's history in words: who changed which cell, from what to what."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

SHOWN = 100  # the latest
KINDS = {"+": _("Entered"), "~": _("Changed"), "-": _("Deleted")}
UNSAID = {"id", "version", "last_entry", "last_news"}


@dataclass
class Shown:
    """One change as the page shows it."""

    at: datetime
    by: str
    kind: str
    cells: list[tuple[str, str, str]]  # its name, what it said, what it says


def changes_of(row) -> list[Shown]:
    """Return the latest changes of a row, the latest first."""
    records = list(row.history.select_related("history_user")[: SHOWN + 1])
    olders = [*records[1:], None]
    names = _names(records)
    pairs = zip(records[:SHOWN], olders, strict=False)
    return [_shown(new, old, names) for new, old in pairs]


def _shown(new, old, names):
    by = str(new.history_user) if new.history_user else ""
    cells = _cells(new, old, names) if old else []
    return Shown(new.history_date, by, KINDS[new.history_type], cells)


def _cells(new, old, names):
    for field in new.tracked_fields:
        before, after = (getattr(record, field.attname) for record in (old, new))
        if before != after and field.name not in UNSAID:
            yield field.verbose_name, _said(field, before, names), _said(field, after, names)


def _said(field, value, names):
    if value is None or value == "":
        return "—"
    if field.is_relation:
        return names[field.name].get(value, str(value))
    choices = dict(field.flatchoices)
    return str(choices.get(value, value))


def _names(records) -> dict[str, dict]:
    """Return by field and key what the rows that the records point to are called now."""
    if not records:
        return {}
    fields = [field for field in records[0].tracked_fields if field.is_relation]
    return {field.name: _called(field, records) for field in fields}


def _called(field, records):
    keys = {getattr(record, field.attname) for record in records} - {None}
    found = field.related_model._base_manager.filter(pk__in=keys) if len(keys) > 1 else []
    return {row.pk: str(row) for row in found}

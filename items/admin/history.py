"""Change history of a row: who changed which field, from what to what, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

MAX_CHANGES = 100  # the latest
KINDS = {"+": _("Entered"), "~": _("Changed"), "-": _("Deleted")}
HIDDEN_FIELDS = {"id", "version", "last_entry", "last_news"}


@dataclass
class Change:
    """One change as the page shows it."""

    at: datetime
    by: str
    kind: str
    cells: list[tuple[str, str, str]]  # the name of the field, its old and its new value


def changes_of(row) -> list[Change]:
    """Return the latest changes of a row, the latest first."""
    records = list(row.history.select_related("history_user")[: MAX_CHANGES + 1])
    predecessors = [*records[1:], None]
    names = _names_of_related_rows(records)
    pairs = zip(records[:MAX_CHANGES], predecessors, strict=False)
    return [_change(new, old, names) for new, old in pairs]


def _change(new, old, names):
    by = str(new.history_user) if new.history_user else ""
    cells = _cells(new, old, names) if old else []
    return Change(new.history_date, by, KINDS[new.history_type], cells)


def _cells(new, old, names):
    for field in new.tracked_fields:
        before, after = (getattr(record, field.attname) for record in (old, new))
        if before != after and field.name not in HIDDEN_FIELDS:
            yield field.verbose_name, _display(field, before, names), _display(field, after, names)


def _display(field, value, names):
    if value is None or value == "":
        return "—"
    if field.is_relation:
        return names[field.name].get(value, str(value))
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    choices = dict(field.flatchoices)
    return str(choices.get(value, value))


def _names_of_related_rows(records) -> dict[str, dict]:
    """Return by field and key what the rows that the records point to are called now."""
    if not records:
        return {}
    fields = [field for field in records[0].tracked_fields if field.is_relation]
    return {field.name: _names_by_key(field, records) for field in fields}


def _names_by_key(field, records):
    keys = {getattr(record, field.attname) for record in records} - {None}
    rows = field.related_model._base_manager.filter(pk__in=keys) if len(keys) > 1 else []
    return {row.pk: str(row) for row in rows}

"""What an entry keeps of the lines under its item: a salted digest of each kind of them.

Words may have to be erased one day, hence the salt: without it nobody finds short ones again by
trying. The item keeps it, and draws another whenever its lines change, so that nothing is left to
try of what they said before. An entry that changes none repeats the digests of the one before it:
what a hand changed in the database meanwhile goes on standing out.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import models

from items.models import Criterion, EntryWords, Item, Measure, Part, Person, UnitShare
from items.models.ledger import digest

# The kinds, by the names that corrections have for them, and the item's relation to each.
RELATIONS = {
    "measures": "measures",
    "parts": "parts",
    "shares": "unit_shares",
    "handlers": "handlers",
    "criteria": "criteria",
}
MODELS: dict[str, type[models.Model]] = {
    "measures": Measure,
    "parts": Part,
    "shares": UnitShare,
    "criteria": Criterion,
}
Lines = Mapping[str, Iterable[Any]]  # rows by kind


def digests(item: Item) -> dict[str, str]:
    """Return the digest of each kind of lines that the item has."""
    return _digests(item.lines_salt, _rows(item))


def digests_after(item: Item, changed: Lines | None = None) -> dict[str, str]:
    """Return what a new entry keeps; `changed` are the rows that its act leaves of some kinds."""
    before = item.last_entry.snapshot.get("lines") if item.last_entry else None
    if before is not None and changed is None:
        return before
    item.lines_salt = EntryWords.new_salt()
    return _digests(item.lines_salt, {**_rows(item), **(changed or {})})


def _rows(item: Item) -> Lines:
    """Return the item's lines as they were prefetched, else as they stand now."""
    known = getattr(item, "_prefetched_objects_cache", {})
    return {
        kind: known[relation] if relation in known else _stored(item, kind)
        for kind, relation in RELATIONS.items()
    }


def _stored(item: Item, kind: str) -> Iterable[models.Model]:
    if kind == "handlers":
        return Person.objects.filter(handled_items=item)
    return MODELS[kind]._base_manager.filter(item=item).order_by("order", "pk")


def _digests(salt: str, lines: Lines) -> dict[str, str]:
    said = {kind: [_values(row) for row in rows] for kind, rows in lines.items()}
    said["handlers"].sort()
    return {kind: digest([salt, kind, rows]) for kind, rows in said.items() if rows}


# Columns that came later: a line without any of them keeps the digest that it has had before.
LATER: dict[type[models.Model], tuple[str, ...]] = {Measure: ("done_on",)}


def _values(row: models.Model) -> list[Any]:
    """Return what a line says, in its columns; of a person only who it is."""
    if not hasattr(row, "item_id"):
        return [row.pk]
    columns = [f.attname for f in row._meta.concrete_fields if not f.primary_key]
    unsaid = [name for name in LATER.get(type(row), ()) if getattr(row, name) is None]
    values = (getattr(row, name) for name in columns if name not in ("item_id", *unsaid))
    return [value.isoformat() if isinstance(value, date) else value for value in values]

"""Bulk writes: many rows of one model by few statements, with the history that `save` leaves.

Django's `bulk_create` asks each value for its SQL and so holds SQLite's one write lock for twice as
long; simple_history's makes each row once more in memory.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.utils import timezone

from items.models import Person

BATCH = 500  # rows that one statement deletes, changes or copies
MOST_VALUES = 30_000  # in one statement, where the database names no limit


def save_all(rows: Sequence[models.Model], by: Person) -> None:
    """Save rows of one model, and their history; those that exist are changed."""
    new, old = [r for r in rows if r.pk is None], [r for r in rows if r.pk is not None]
    insert(new)
    if old:
        model = type(old[0])
        columns = [column.name for column in model._meta.concrete_fields if not column.primary_key]
        taken: dict[str, Any] = {"unique_fields": ["id"], "update_fields": columns}
        manager = model._default_manager
        manager.bulk_create(old, batch_size=BATCH, update_conflicts=True, **taken)
    for kind, saved in {"+": new, "~": old}.items():
        if saved and hasattr(type(saved[0]), "history"):
            _write_history(saved, kind, by)


def insert(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model, within a transaction, and give them their keys."""
    if not rows:
        return
    meta = type(rows[0])._meta
    fields: list[Any] = [column for column in meta.concrete_fields if not column.primary_key]
    related = [column for column in fields if column.is_relation]
    for row in rows:
        for column in related:
            if (to := column.get_cached_value(row, default=None)) is not None:  # saved meanwhile
                setattr(row, column.attname, to.pk)
    database = connections[DEFAULT_DB_ALIAS]  # which `connection` looks up for every value
    size = (connection.features.max_query_params or MOST_VALUES) // len(fields)
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(column.column)) for column in fields)
    with connection.cursor() as cursor:
        for part in _batches(rows, size):
            holes = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(part))
            sql = f"INSERT INTO {quote(meta.db_table)} ({names}) VALUES {holes} RETURNING id"
            values = chain.from_iterable(_values(row, fields, database) for row in part)
            cursor.execute(sql, list(values))
            for row, (key,) in zip(part, cursor.fetchall(), strict=True):
                row.pk, row._state.adding, row._state.db = key, False, connection.alias


def _values(row: models.Model, fields: Sequence[Any], database: Any) -> Iterator[Any]:
    return (f.get_db_prep_save(f.pre_save(row, add=True), database) for f in fields)


def _write_history(rows: Sequence[models.Model], kind: str, by: Person) -> None:
    """Copy rows that were just saved into their history, in the database."""
    model: Any = type(rows[0])
    quote = connection.ops.quote_name
    history = model.history.model
    copied = ", ".join(quote(column.column) for column in history.tracked_fields)
    own = ", ".join(map(quote, ["history_date", "history_type", "history_user_id"]))
    own += f", {quote('history_change_reason')}"
    said = [connection.ops.adapt_datetimefield_value(timezone.now()), kind, by.pk]
    with connection.cursor() as cursor:
        for part in _batches(rows, BATCH):
            keys = ", ".join(["%s"] * len(part))
            cursor.execute(
                f"INSERT INTO {quote(history._meta.db_table)} ({copied}, {own})"
                f" SELECT {copied}, %s, %s, %s, NULL FROM {quote(model._meta.db_table)}"
                f" WHERE id IN ({keys}) ORDER BY id",
                [*said, *(row.pk for row in part)],
            )


def _batches(rows: Sequence[models.Model], size: int) -> Iterator[Sequence[models.Model]]:
    return (rows[at : at + size] for at in range(0, len(rows), size))

"""Bulk writes: many rows of one model by few statements, with the history that `save` leaves."""

from collections.abc import Sequence
from typing import Any

from django.db import models

from items.models import Person

BATCH = 500  # rows that are written by one statement


def save_all(rows: Sequence[models.Model], by: Person) -> None:
    """Save rows of one model by few statements, and their history; those that exist are changed."""
    if not rows:
        return
    model = type(rows[0])
    new, old = [r for r in rows if r.pk is None], [r for r in rows if r.pk is not None]
    columns = [column.name for column in model._meta.concrete_fields if not column.primary_key]
    manager = model._default_manager
    manager.bulk_create(new, batch_size=BATCH)
    if old:
        taken: dict[str, Any] = {"unique_fields": ["id"], "update_fields": columns}
        manager.bulk_create(old, batch_size=BATCH, update_conflicts=True, **taken)
    if history := getattr(model, "history", None):
        said = {"batch_size": BATCH, "default_user": by}
        history.bulk_history_create(new, **said)
        history.bulk_history_create(old, update=True, **said)

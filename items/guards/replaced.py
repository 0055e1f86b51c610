"""Rows that are written over, on SQLite: OR REPLACE deletes them, and no DELETE trigger sees it.

SQLite fires those only with the pragma recursive_triggers, which each connection has off until it
says otherwise: the sqlite3 shell does not. So a row that may not be deleted may not be written over
either: by a new row or a changed one, with the same value in any unique key of the table.
"""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db import models

from items.guards import GUARDS

QUOTED = re.compile(r'"(\w+)"')


def guards(connection) -> Iterator[tuple]:
    """Yield two guards, of INSERT and of UPDATE, for each guard of DELETE."""
    tables = {model._meta.db_table: model for model in _models()}
    for name, table, event, condition, words in GUARDS:
        if event != "DELETE":
            continue
        model = tables[table]
        same = " OR ".join(_same(key) for key in unique_keys(model, connection))
        kept = f"({same}) AND ({re.sub(r'OLD[.]', 'gone.', condition)})"
        over = f"EXISTS (SELECT 1 FROM {table} gone WHERE {kept}"
        key = model._meta.pk.column
        yield f"{name}_by_insert", table, "INSERT", f"{over})", words
        yield f"{name}_by_update", table, "UPDATE", f"{over} AND gone.{key} <> OLD.{key})", words


def unique_keys(model, connection) -> Iterator[tuple[list[str], str]]:
    """Yield the columns of each unique key of a model, and in SQL which rows it is about, or ""."""
    meta = model._meta
    yield from (([field.column], "") for field in meta.concrete_fields if field.unique)
    yield from ((_columns(model, names), "") for names in meta.unique_together)
    for constraint in meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            if constraint.expressions:
                raise NotImplementedError(f"{constraint.name}: only columns are guarded so far.")
            only = constraint._get_condition_sql(model, connection.schema_editor())
            yield _columns(model, constraint.fields), only or ""


def _same(key: tuple[list[str], str]) -> str:
    """Return the condition that NEW has the same key as the row that would be gone."""
    columns, only = key
    terms = [f'gone."{column}" = NEW."{column}"' for column in columns]
    if only:
        terms += [QUOTED.sub(rf'{row}."\1"', only) for row in ("gone", "NEW")]
    return f"({' AND '.join(terms)})"


def _columns(model, names) -> list[str]:
    return [model._meta.get_field(name).column for name in names]


def _models() -> Iterator[type[models.Model]]:
    return apps.get_app_config("items").get_models(include_auto_created=True)

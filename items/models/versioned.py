"""Optimistic locking: rows that two people may change at once carry a version."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db import connection, models
from django.db.transaction import TransactionManagementError
from django.utils.translation import gettext as _

from items.compiled_queries import CompiledQuery
from items.errors import Conflict


class Versioned(models.Model):
    """A row whose every save checks that nobody saved it since it was read."""

    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    def save(self, *, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Save the row, or some of its columns; its version always goes with them."""
        if update_fields is not None:
            update_fields = {*update_fields, "version"}
        return super().save(update_fields=update_fields, **kwargs)

    def _do_update(self, rows, using, pk, values, *args):
        """Update the row; raise `Conflict` when it isn't the version that was read."""
        if self._state.adding:
            return super()._do_update(rows, using, pk, values, *args)
        # One conditional UPDATE is the whole protection: SQLite has no row locks.
        read, taken = self.version, self._meta.get_field("version")
        values = [(f, model, read + 1 if f is taken else value) for f, model, value in values]
        updated = super()._do_update(rows.filter(version=read), using, pk, values, *args)
        if not updated:
            raise changed_meanwhile(self)
        self.version = read + 1
        return updated


def changed_meanwhile(row: object) -> Conflict:
    """Return the refusal that says somebody changed `row` since it was read."""
    return Conflict(
        _("Somebody else changed “%(thing)s” while you were writing. Nothing of yours was saved.")
        % {"thing": row},
        _("Look at what changed, then send yours again."),
    )


def lock(row: Versioned, *joined: str) -> None:
    """Lock and re-read `row` in place; raise `Conflict` when it changed since it was read.

    `joined` are the relations to be read with it, as `select_related` names them. After a
    `Conflict`, too, `row` is as it stands in the database.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("A lock without a transaction ends at once.")
    seen, called = row.version, str(row)
    now = _locking(type(row), joined).one(row.pk)
    if now is None:
        raise row.DoesNotExist
    put_back(row, columns_of(now))
    row._state.fields_cache = dict(now._state.fields_cache)  # what was joined, and nothing older
    if row.version != seen:
        raise changed_meanwhile(called)


@cache
def _locking(model, joined) -> CompiledQuery:
    # With no_key, so that an entry which points to the row never waits for us while we wait for it.
    rows = model._base_manager.select_for_update(of=("self",), no_key=True)
    rows = rows.select_related(*joined) if joined else rows
    return CompiledQuery(lambda pk: rows.filter(pk=pk))


def columns_of(row: models.Model) -> dict[str, Any]:
    """Return what a row in memory says, by column."""
    read = vars(row)
    return {f.attname: read[f.attname] for f in row._meta.concrete_fields if f.attname in read}


def put_back(row: models.Model, columns: dict[str, Any]) -> None:
    """Let a row in memory say again what `columns_of` returned of it, and forget the rest."""
    for name, value in columns.items():
        setattr(row, name, value)
    row._prefetched_objects_cache = {}
    for relation in row._meta.related_objects:
        if relation.is_cached(row):
            relation.delete_cached_value(row)

"""Rows that two people may change at once."""

from functools import cache

from django.db import connection, models
from django.db.transaction import TransactionManagementError
from django.utils.translation import gettext as _

from items.compiled_queries import CompiledQuery
from items.errors import Conflict

MISSING = object()


class Versioned(models.Model):
    """A row whose every save checks that nobody saved it since it was read."""

    version = models.PositiveIntegerField(default=0, editable=False)
    _locked = {}  # what the row held when it was locked, by attribute: only the rest is written

    class Meta:
        abstract = True

    def _do_update(self, rows, using, pk, values, *args):
        """Update the row; raise `Conflict` when it isn't the version that was read."""
        if self._state.adding:
            return super()._do_update(rows, using, pk, values, *args)
        # One conditional UPDATE is the whole protection: SQLite has no row locks.
        read, taken = self.version, self._meta.get_field("version")
        values = [(f, model, read + 1 if f is taken else value) for f, model, value in values]
        held = self._locked if self._locked.get("version") == read else {}
        values = [each for each in values if differs(*each, held)]
        updated = super()._do_update(rows.filter(version=read), using, pk, values, *args)
        if not updated:
            raise changed_meanwhile(self)
        self.version = read + 1
        return updated


def differs(field, _model, value, held: dict) -> bool:
    """Tell whether a value isn't known to be what the row holds."""
    may_differ_inside = isinstance(value, (dict, list))
    return may_differ_inside or held.get(field.attname, MISSING) != value


def changed_meanwhile(row):
    """Return the refusal that says somebody changed `row` since it was read."""
    return Conflict(
        _("Somebody else changed “%(thing)s” while you were writing. Nothing of yours was saved.")
        % {"thing": row},
        _("Look at what changed, then send yours again."),
    )


def lock(row, *joined: str):
    """Lock and re-read `row` in place; raise `Conflict` when it changed since it was read.

    `joined` are the relations to be read with it, as `select_related` names them.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("A lock without a transaction ends at once.")
    now = _locked(type(row), joined).one(row.pk)
    if now is None:
        raise row.DoesNotExist
    if now.version != row.version:
        raise changed_meanwhile(row)
    vars(row).pop("_prefetched_objects_cache", None)
    vars(row).update(vars(now), _locked=vars(now))


@cache
def _locked(model, joined):
    # With no_key, so that an entry which points to the row never waits for us while we wait for it.
    rows = model._base_manager.select_for_update(of=("self",), no_key=True)
    rows = rows.select_related(*joined) if joined else rows
    return CompiledQuery(lambda pk: rows.filter(pk=pk))

"""Questions whose SQL Django writes once: where rows are few, writing it takes most of the time."""

from collections.abc import Callable
from copy import copy
from functools import update_wrapper
from inspect import signature
from json import dumps
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Count, Expression, QuerySet, Window

KNOWN = []  # every question of the site, for the tests to ask


def counted(rows: QuerySet) -> QuerySet:
    """Return, in place of the rows, how many there are: one number, or nothing where none is."""
    return rows.order_by().annotate(n=Window(Count("*"))).values_list("n", flat=True)[:1]


class Place(Expression):
    """Where a value will stand in a question."""

    def __init__(self, at: int):
        super().__init__()
        self.at = at

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def filled(self, value, connection):
        return connection.ops.adapt_unknown_value(value)


class Places(Place):
    """Where keys will stand, however many: `__in` takes it."""

    def as_sqlite(self, compiler, connection):
        return "(SELECT value FROM json_each(%s))", [self]

    def as_postgresql(self, compiler, connection):
        return "(SELECT unnest(%s::bigint[]))", [self]

    def filled(self, value, connection):
        return dumps(list(value)) if connection.vendor == "sqlite" else list(value)


class WrittenOnce:
    """A question as a function of its values, which returns the rows.

    What it is made of returns a queryset. It is called once for each connection, with places
    where the values will be; a parameter that takes keys says so: `keys: list[int]`. No value
    may be None: that would be other SQL.
    """

    def __init__(self, ask: Callable[..., QuerySet]):
        update_wrapper(self, ask)
        self.ask, self.written = ask, WeakKeyDictionary()
        KNOWN.append(self)

    def __call__(self, *values) -> list:
        here = connections[DEFAULT_DB_ALIAS]
        if here not in self.written:
            self.written[here] = self._write()
        rows, compiler, sql, places = self.written[here]
        said = [
            each.filled(values[each.at], here) if isinstance(each, Place) else each
            for each in places
        ]
        compiler = copy(compiler)
        compiler.as_sql = lambda: (sql, said)
        rows = rows.all()
        rows.query.get_compiler = lambda *args, **kwargs: compiler
        return list(rows)  # and no queryset: its SQL would not follow a further filter

    def one(self, *values):
        """Return the only row that there can be; None where there is none."""
        return next(iter(self(*values)), None)

    def _write(self):
        parameters = signature(self.ask).parameters.values()
        kinds = [Places if each.annotation == list[int] else Place for each in parameters]
        rows = self.ask(*(kind(at) for at, kind in enumerate(kinds)))
        compiler = rows.query.get_compiler(rows.db)
        sql, places = compiler.as_sql()
        converters = compiler.get_converters([each for each, *_sql in compiler.select])
        compiler.get_converters = lambda columns: converters
        return rows, compiler, sql, places


written_once = WrittenOnce

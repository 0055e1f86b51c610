"""Questions that are written once: as SQL by Django, and as a plan by PostgreSQL.

Where a question finds a few rows, writing its SQL takes Django longer than all the rest, and
planning it takes PostgreSQL longer than answering (decision 0704).
"""

from collections.abc import Callable
from copy import copy
from functools import update_wrapper
from inspect import signature
from json import dumps
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Count, Expression, QuerySet, Window

KNOWN = []  # every question that was written so, for the tests to ask
WRITTEN = "questions_written_once"  # an attribute of a connection
PLANS = WeakKeyDictionary()  # the names of PostgreSQL's plans, by session and SQL


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

    def said(self, value, connection):
        """Return the value as the database's driver takes it."""
        return connection.ops.adapt_unknown_value(value)


class Places(Place):
    """Where keys will stand, however many: `__in` takes it."""

    def as_sqlite(self, compiler, connection):
        return "(SELECT value FROM json_each(%s))", [self]

    def as_postgresql(self, compiler, connection):
        return "(SELECT unnest(%s::bigint[]))", [self]

    def said(self, value, connection):
        return dumps(list(value)) if connection.vendor == "sqlite" else list(value)


class WrittenOnce:
    """A question as a function of its values, which returns the rows.

    `ask` returns a queryset. It is called once for each connection, with places where the values
    will be, so it can't look at them; a parameter for keys says so: `keys: list[int]`. No value
    may be None, which is other SQL.
    """

    def __init__(self, ask: Callable[..., QuerySet]):
        update_wrapper(self, ask)
        self.ask = ask
        parameters = signature(ask).parameters.values()
        kinds = [Places if each.annotation == list[int] else Place for each in parameters]
        self.places = [kind(at) for at, kind in enumerate(kinds)]
        KNOWN.append(self)

    def __call__(self, *values) -> list:
        here = connections[DEFAULT_DB_ALIAS]
        written = vars(here).setdefault(WRITTEN, {})  # there, so that they go together
        if self not in written:
            written[self] = self._write()
        rows, compiler, sql, parameters = written[self]
        pairs = zip(self.places, values, strict=True)
        said = [place.said(value, here) for place, value in pairs]
        if plans_last(here):
            sql = f"EXECUTE {plan(here, sql, parameters)} ({', '.join(['%s'] * len(said))})"
        else:
            said = [said[each.at] if isinstance(each, Place) else each for each in parameters]
        compiler = copy(compiler)
        compiler.as_sql = lambda: (sql, said)
        rows = rows.all()
        rows.query.get_compiler = lambda *args, **kwargs: compiler
        return list(rows)  # and no queryset: its SQL would not follow a further filter

    def one(self, *values):
        """Return the only row that there can be; None where there is none."""
        return next(iter(self(*values)), None)

    def _write(self):
        rows = self.ask(*self.places)
        compiler = rows.query.get_compiler(rows.db)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters([each for each, *_sql in compiler.select])
        compiler.get_converters = lambda columns: converters
        return rows, compiler, sql, parameters


def plan(here, sql: str, parameters) -> str:
    """Return the name of PostgreSQL's plan for a question's SQL in this session."""
    here.close_if_health_check_failed()  # now: it may begin another session, which has no plans
    here.ensure_connection()
    plans = PLANS.setdefault(here.connection, {})
    if sql not in plans:
        name = f"question_{len(plans)}"
        marks = [f"${p.at + 1}" if isinstance(p, Place) else "%s" for p in parameters]
        constants = [each for each in parameters if not isinstance(each, Place)]
        # The driver's cursor: to make a session ready is no question that a page asks.
        with here.wrap_database_errors, here.connection.cursor() as cursor:
            cursor.execute(f"PREPARE {name} AS {sql % tuple(marks)}", constants)
        plans[sql] = name
    return plans[sql]


def plans_last(connection) -> bool:
    """Tell whether the next question is asked in the same session: a pooler may give another."""
    pooled = connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS")
    return connection.vendor == "postgresql" and not pooled


written_once = WrittenOnce

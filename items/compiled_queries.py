"""Compiled queries: querysets whose SQL Django writes once for each connection.

This module patches Django: it keeps the SQL compiler of a queryset (`Query.get_compiler`, which is
no public interface) and runs it again with other parameters. Where a query finds a few rows,
writing its SQL takes Django longer than all the rest; decision 0704 has the figures. Mark with it
only what nearly every request asks, and give each query an example in
tests/items/test_each_compiled_query.py, which runs it both ways.
"""

from collections.abc import Callable
from copy import copy
from functools import update_wrapper
from inspect import signature
from json import dumps
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Count, Expression, QuerySet, Window

REGISTRY = []  # every compiled query, for the tests
CACHE = "compiled_queries"  # the attribute of a connection that holds what was compiled for it


def counted(rows: QuerySet) -> QuerySet:
    """Return a queryset of one number, how many rows there are; of nothing where there is none."""
    return rows.order_by().annotate(n=Window(Count("*"))).values_list("n", flat=True)[:1]


class Parameter(Expression):
    """Stands in a queryset for a value that is given when the query runs."""

    def __init__(self, position: int):
        super().__init__()
        self.position = position

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def adapted(self, value, connection):
        """Return the value as the database's driver takes it."""
        if value is None:
            raise ValueError("A compiled query takes no None: IS NULL is other SQL.")
        return connection.ops.adapt_unknown_value(value)


class KeysParameter(Parameter):
    """Stands for any number of keys, behind `__in`."""

    def as_sqlite(self, compiler, connection):
        return "(SELECT value FROM json_each(%s))", [self]

    def as_postgresql(self, compiler, connection):
        return "(SELECT unnest(%s::bigint[]))", [self]

    def adapted(self, value, connection):
        return dumps(list(value)) if connection.vendor == "sqlite" else list(value)


class CompiledQuery:
    """A query as a function of its parameters that returns the rows as a list.

    `build` returns a queryset of the default database. It is called once for each connection,
    with a `Parameter` for each argument, so it can't look at their values; an argument for keys
    says so: `keys: list[int]`. Raise `ValueError` when the queryset needs further queries or
    another database, and when a value is None or missing.
    """

    def __init__(self, build: Callable[..., QuerySet]):
        update_wrapper(self, build)
        self.build = build
        arguments = signature(build).parameters.values()
        kinds = [KeysParameter if a.annotation == list[int] else Parameter for a in arguments]
        self.parameters = [kind(position) for position, kind in enumerate(kinds)]
        REGISTRY.append(self)

    def __call__(self, *values: Any) -> list:
        connection = connections[DEFAULT_DB_ALIAS]
        cache = vars(connection).setdefault(CACHE, {})  # there, so that they go together
        if self not in cache:
            cache[self] = self._compiled()
        rows, compiler, sql, params = cache[self]
        pairs = zip(self.parameters, values, strict=True)
        adapted = [parameter.adapted(value, connection) for parameter, value in pairs]
        filled = [adapted[p.position] if isinstance(p, Parameter) else p for p in params]
        compiler = copy(compiler)
        compiler.as_sql = lambda: (sql, filled)
        rows = rows.all()
        rows.query.get_compiler = lambda *args, **kwargs: compiler
        return list(rows)  # and no queryset: its SQL would not follow a further filter

    def one(self, *values: Any) -> Any:
        """Return the only row that there can be; None where there is none."""
        return next(iter(self(*values)), None)

    def _compiled(self):
        rows = self.build(*self.parameters)
        if rows._prefetch_related_lookups or rows.db != DEFAULT_DB_ALIAS:
            raise ValueError("A compiled query is one query of the default database.")
        compiler = rows.query.get_compiler(rows.db)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_sql in compiler.select])
        compiler.get_converters = lambda columns: converters
        return rows, compiler, sql, params


compiled_query = CompiledQuery

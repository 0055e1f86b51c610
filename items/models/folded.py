"""Full-text search of columns as they are folded: case and full width make no difference.

PostgreSQL folds in its own SQL, SQLite by `items.words.fold`, which each connection is told of.
Published items keep their folded words in a column instead (`Item.search_text`).
"""

from typing import Any, TypeVar

from django.db.models import F, Func, Model, Q, QuerySet, TextField, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from items.search import split
from items.words import fold

M = TypeVar("M", bound=Model)


class Folded(Func):
    """A text as it is compared (`items.words.fold`)."""

    function = "items_fold"
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **extra):
        template = "LOWER(NORMALIZE(%(expressions)s, NFKC))"
        return self.as_sql(compiler, connection, template=template, **extra)


def teach(connection: Any, **signal: Any) -> None:
    """Let a new connection of SQLite know the function."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("items_fold", 1, _fold, deterministic=True)


def _fold(text: str | None) -> str | None:
    return None if text is None else fold(text)


def says_in(word: str, *columns: str) -> Q:
    """Return the condition that one of the columns contains the folded word, sign by sign."""
    condition = Q()
    for column in columns:
        # To LIKE, % and _ would be no signs.
        condition |= Q(GreaterThan(StrIndex(Folded(F(column)), Value(word)), 0))
    return condition


def saying(rows: QuerySet[M], q: str, *columns: str) -> QuerySet[M]:
    """Return the rows that contain every word of a search, each in one of the columns."""
    for word in split(q):
        rows = rows.filter(says_in(word, *columns))
    return rows

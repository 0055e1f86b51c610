"""One question for all that a search needs: the items are looked through once, then counted."""

from typing import NamedTuple

from django.db import connection
from django.db.models import Case, IntegerField, Q, Value, When

from items.queries.cells import COLUMNS, Cell, split

# CROSS JOIN: SQLite then looks for the shares of the hits, and not the other way round.
# `mine`: of the unit that is searched for; `fits`: as every other filter but the words has it.
QUESTION = """
WITH hit (id, number, status, theme, category, place, late, mine, fits) AS {how} ({items})
SELECT 'cell', status, theme, category, place, COUNT(*), SUM(late), SUM(mine), SUM(mine * late)
  FROM hit GROUP BY status, theme, category, place
UNION ALL
SELECT 'unit', '', unit_id, 0, 0, COUNT(*), 0, 0, 0
  FROM hit CROSS JOIN items_unitshare WHERE item_id = hit.id AND fits = 1 GROUP BY unit_id
UNION ALL
SELECT * FROM (
  SELECT 'row', '', id, number, 0, 0, 0, 0, 0
  FROM hit WHERE fits = 1 AND mine = 1 ORDER BY number LIMIT %s OFFSET %s
) AS part
"""


class Hits(NamedTuple):
    """What says the words: counted in cells, and by unit what fits; a part of the matches."""

    cells: list[Cell]
    units: dict[int, int]
    numbers: dict[int, int]  # by the items' keys, in order


def hits(items, *, late: Q, mine: Q, fits: Q, searched: bool, limit: int, offset: int) -> Hits:
    """Return the hits among the items, which are those that say the words."""
    items = items.annotate(late=flag(late), mine=flag(mine), fits=flag(fits))
    # In their order, words are read as they lie; without words, an index alone is read.
    items = items.order_by(*(["number"] if searched else []))
    columns = items.values_list("pk", "number", *COLUMNS, "late", "mine", "fits")
    sql, params = columns.query.sql_with_params()
    how = "MATERIALIZED" if searched else "NOT MATERIALIZED"
    with connection.cursor() as cursor:
        cursor.execute(QUESTION.format(how=how, items=sql), [*params, limit, offset])
        rows = cursor.fetchall()
    parts = {kind: [row[1:] for row in rows if row[0] == kind] for kind in ("cell", "unit", "row")}
    return Hits(
        cells=[cell for row in parts["cell"] for cell in _cells(*row)],
        units={unit: n for _status, unit, _category, _place, n, *_none in parts["unit"]},
        numbers=dict(sorted((row[1:3] for row in parts["row"]), key=lambda row: row[1])),
    )


def _cells(status, theme, category, place, n, late, mine, mine_late):
    alike = (status, theme, category, place)
    yield from split(*alike, n=mine, late=mine_late)
    yield from split(*alike, n=n - mine, late=late - mine_late, mine=False)


def flag(condition: Q):
    """Return a condition as 1 or 0; none is always met."""
    if not condition:
        return Value(1, IntegerField())
    return Case(When(condition, then=1), default=0, output_field=IntegerField())

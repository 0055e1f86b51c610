"""A database's schema as sorted lines of text, to compare one way of making it with another.

Tables, columns (type, null, default), constraints and indexes with their names, of the tables that
this project's migrations make. The order of the columns is left out: a migration that adds a
column puts it last, and nothing here reads columns by their place. So are the triggers, which no
migration makes: see `items.guards.triggers`.
"""

import re

OURS = r"^(items_\w+|welfare_\w+|cache)$"
VALUES = re.compile(r"( IN \(|ARRAY\[)([^()\[\]]+)([)\]])")


def lines(connection) -> list[str]:
    """Return the schema of a database, one fact a line: `table: definition`."""
    make = {"sqlite": _sqlite, "postgresql": _postgresql}[connection.vendor]
    with connection.cursor() as cursor:
        return sorted(
            f"{table}: {VALUES.sub(_in_order, ' '.join(fact.split()))}"
            for table, fact in make(cursor)
            if re.match(OURS, table)
        )


def _in_order(values):
    """Put the values that a check allows in order: one came from a set, each time otherwise."""
    return values[1] + ", ".join(sorted(values[2].split(", "))) + values[3]


# SQLite keeps the sentence that made a table or an index: everything is in it.


def _sqlite(cursor):
    cursor.execute(
        "SELECT type, tbl_name, sql FROM sqlite_master"
        " WHERE type IN ('table', 'index') AND sql IS NOT NULL"
    )
    for kind, table, sql in cursor.fetchall():
        if kind == "index":
            yield table, sql
            continue
        head, _bracket, body = sql.partition("(")
        body, _bracket, tail = body.rpartition(")")
        yield table, f"table{tail}"  # after the bracket: STRICT, WITHOUT ROWID
        for definition in _split(body):
            yield table, definition


def _split(body):
    """Yield the parts between the commas that stand in no bracket and no quotes."""
    depth, quoted, part = 0, "", ""
    for letter in body:
        if quoted:
            quoted = "" if letter == quoted else quoted
        elif letter in "'\"":
            quoted = letter
        elif letter in "()":
            depth += 1 if letter == "(" else -1
        elif letter == "," and depth == 0:
            yield part
            part = ""
            continue
        part += letter
    yield part


def _postgresql(cursor):
    for sql in (COLUMNS, CONSTRAINTS, INDEXES):
        cursor.execute(sql)
        yield from cursor.fetchall()


TABLES = (
    " JOIN pg_class t ON t.oid = {} AND t.relkind = 'r'"
    " AND t.relnamespace = current_schema()::regnamespace"
)
COLUMNS = (
    "SELECT t.relname, concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod),"
    " CASE WHEN a.attnotnull THEN 'not null' ELSE 'null' END,"
    " 'default ' || pg_get_expr(d.adbin, d.adrelid),"
    " 'identity ' || nullif(a.attidentity::text, ''),"
    " 'generated ' || nullif(a.attgenerated::text, ''),"
    " 'collate ' || (SELECT collname FROM pg_collation WHERE oid = a.attcollation))"
    " FROM pg_attribute a"
    + TABLES.format("a.attrelid")
    + " LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum"
    " WHERE a.attnum > 0 AND NOT a.attisdropped"
)
CONSTRAINTS = (
    "SELECT t.relname, 'constraint ' || c.conname || ' ' || pg_get_constraintdef(c.oid)"
    " FROM pg_constraint c"
    + TABLES.format("c.conrelid")
    + " WHERE c.contype IN ('c', 'f', 'p', 'u', 'x')"
)
INDEXES = (
    "SELECT tablename, replace(indexdef, ' ON ' || schemaname || '.', ' ON ')"
    " FROM pg_indexes WHERE schemaname = current_schema()"
)

"""PostgreSQL's part in backup and restore: pg_dump, pg_restore and psql."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient
from django.utils.translation import gettext as _

from welfare.backup import BackupError

MEMBER = "database.pgdump"
PROGRAMS = ["pg_dump", "pg_restore", "psql"]
TABLES = (
    "SELECT relname FROM pg_class WHERE relkind = 'r'"
    " AND relnamespace = current_schema()::regnamespace"
)
# What was there goes in the transaction that brings the other: old or new, nothing in between.
EMPTY = """
SET LOCAL lock_timeout = '10s';
SET LOCAL client_min_messages = warning;
DO $$ DECLARE name text; BEGIN
FOR name IN SELECT oid::regclass FROM pg_class WHERE relkind IN ('r', 'p')
    AND relnamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')
LOOP EXECUTE format('DROP TABLE IF EXISTS %s CASCADE', name); END LOOP;
FOR name IN SELECT oid::regprocedure FROM pg_proc
    WHERE pronamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
LOOP EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', name); END LOOP;
END $$;
"""


def version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return cursor.fetchone()[0]


def is_there() -> bool:
    return True  # else nobody can connect, and that is said


def size() -> int:
    """Return the bytes of the database; its dump is compressed, and smaller."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return cursor.fetchone()[0]


@contextmanager
def snapshot(place: Path) -> Iterator:
    """Dump the database as it is at one moment, whoever writes; yield a cursor that sees it."""
    own = connection.copy()
    try:
        own.set_autocommit(False)
        with own.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_export_snapshot()")
            (moment,) = cursor.fetchone()
            as_one = ["--format=custom", "--no-owner", "--no-privileges"]
            _run(["pg_dump", *as_one, f"--snapshot={moment}", f"--file={place}"])
            yield cursor
        own.rollback()
    finally:
        own.close()


def fingerprint(cursor, table: str) -> list:
    """Return how many rows a table has, and a sum over all of them in which each counts."""
    cursor.execute(
        f'SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) FROM "{table}" t'
    )
    count, total = cursor.fetchone()
    return [count, str(total)]


def put(place: Path) -> None:
    """Make the site's database what the dump holds: all of it, or nothing."""
    connection.close()
    script = place.with_suffix(".sql")
    as_one = ["--no-owner", "--no-privileges"]
    _run(["pg_restore", *as_one, f"--file={script}", str(place)])
    empty = place.with_suffix(".empty.sql")
    empty.write_text(EMPTY)
    strict = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction"]
    _run(["psql", *strict, "--output=/dev/null", f"--file={empty}", f"--file={script}"])
    script.unlink()


def _run(command: list[str]) -> None:
    """Run one of PostgreSQL's programs on the site's database; no argument holds a password."""
    try:
        done = subprocess.run(
            command,
            env={**os.environ, **_environment()},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
    except FileNotFoundError as missing:
        sentence = _(
            "%s isn’t there. Install PostgreSQL’s programs, of the server’s version or newer"
            " (apt install postgresql-client)."
        )
        raise BackupError(sentence % command[0]) from missing
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise BackupError(f"{command[0]}: {said[0] if said else done.returncode}")


def _environment() -> dict[str, str]:
    """Return how PostgreSQL's programs reach the site's database."""
    chosen = connection.settings_dict
    _arguments, secret = DatabaseClient.settings_to_cmd_args_env(chosen, [])
    named = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "NAME": "PGDATABASE"}
    plain = {variable: str(chosen[key]) for key, variable in named.items() if chosen.get(key)}
    return {**plain, **(secret or {}), "PGCONNECT_TIMEOUT": "10"}


@contextmanager
def scratch(folder: Path) -> Iterator[None]:
    """Let the site's database be another one beside it for as long as the block runs."""
    site = connection.settings_dict["NAME"]
    name = f"welfare_check_{os.getpid()}"
    _administer(f"CREATE DATABASE {name} TEMPLATE template0")
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = site
        _administer(f"DROP DATABASE {name}")


def _administer(command: str) -> None:
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute(command)
    finally:
        own.close()

"""Each change to something public raises the revision, with it and not before; no other does."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from items.guards import revision, triggers
from items.models.revision import current_revision
from items.privacy import shades
from tests.privacy.told import Told

pytestmark = pytest.mark.crawl
ON_SQLITE = connection.vendor == "sqlite"


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture(scope="module")
def rows_of_the_file(kept_rows):
    """Have a row in each table that shows something, and no guard that keeps it as it is."""
    Told()
    connection.check_constraints()
    for name, table in triggers.installed(connection).items():
        if name.startswith("guard_"):
            run(f"DROP TRIGGER {name}" + ("" if ON_SQLITE else f" ON {table}"))


@pytest.fixture
def rows(rows_of_the_file, db):
    """Let a test change these rows: they are there again for the next."""


def bumped(sql, table):
    """Tell whether the SQL raises the revision at its commit; undo it."""
    with transaction.atomic():
        before = current_revision()
        run(sql)
        if not ON_SQLITE:
            run("SELECT set_config('items.bumped_by', '', true)")
        settle(table)
        after = current_revision()
        transaction.set_rollback(True)
    return after > before


def settle(table):
    """Do what a commit would do, but for what a change leaves dangling."""
    if not ON_SQLITE:
        names = ", ".join(f"bump_{table}_{event}" for event in ("insert", "update", "delete"))
        run(f"SET CONSTRAINTS {names} IMMEDIATE")
        run(f"SET CONSTRAINTS {names} DEFERRED")


def another_value(field):
    """Return another value for a column, in SQL."""
    if isinstance(field, models.BooleanField):
        return f'NOT "{field.column}"'
    if isinstance(field, models.DateTimeField):
        return "'1999-01-02 03:04:05+00:00'"
    if isinstance(field, models.DateField):
        return "'1999-01-02'"
    if isinstance(field, models.JSONField):
        return "'[7]'"
    if isinstance(field, models.BinaryField):
        return "NULL"
    if isinstance(field, models.CharField | models.TextField):
        return "'y'"
    return f'COALESCE("{field.column}", 0) + 77'  # a plain 77 may be what stands there


def first_of(model):
    """Return the SQL that says which row is meant."""
    key, table = model._meta.pk.column, model._meta.db_table
    return f"WHERE {key} = (SELECT MIN({key}) FROM {table})"


def changes(model, shade):
    """Yield an UPDATE of each column of a shade in one row."""
    table = model._meta.db_table
    for field in model._meta.concrete_fields:
        if shades.shades(model, field.name) == [shade] and not field.primary_key:
            changed = f'"{field.column}" = {another_value(field)}'
            yield f"UPDATE {table} SET {changed} {first_of(model)}"


def outcome(sql, table):
    """Tell whether the SQL bumps; None where the row's own constraints refuse it."""
    try:
        return bumped(sql, table)
    except IntegrityError:
        return None


def outcomes(shades):
    return {
        sql: outcome(sql, model._meta.db_table)
        for model in revision.models()
        for shade in shades
        for sql in changes(model, shade)
    }


def test_each_public_column_and_name_bumps(rows):
    found = outcomes(("public", "names"))

    still = [sql for sql, bumps in found.items() if bumps is False]
    assert [sql for sql in still if f'"{revision.REOPENED}"' not in sql] == []
    assert len(still) == 1  # what suggesters say is counted from midnight on
    assert sum(found[sql] is None for sql in found) < len(found) / 5


def test_no_private_column_bumps(rows):
    found = outcomes(("private",))

    assert [sql for sql, bumps in found.items() if bumps] == []
    assert sum(found[sql] is None for sql in found) < len(found) / 5


def test_saving_what_was_there_bumps_not(rows):
    for model in revision.models():
        table = model._meta.db_table
        same = ", ".join(f'"{column}" = "{column}"' for column in revision.columns(model))
        assert not bumped(f"UPDATE {table} SET {same}", table)


def test_each_row_that_comes_or_goes_bumps(rows):
    for model in revision.models():
        table = model._meta.db_table
        with transaction.atomic():
            where = first_of(model)
            run(f"CREATE TEMPORARY TABLE taken AS SELECT * FROM {table} {where}")
            assert bumped(f"DELETE FROM {table} {where}", table), table
            run(f"DELETE FROM {table} {where}")
            settle(table)
            came = bumped(f"INSERT INTO {table} SELECT * FROM taken", table)
            assert came is not is_strangers(table), table
            transaction.set_rollback(True)


def is_strangers(table):
    """Tell whether the row that was taken came from outside: it counts from midnight on."""
    if table != "items_suggestion":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT visit_id FROM taken")
        return cursor.fetchone() == (None,)


def test_what_a_stranger_does_bumps_not(rows):
    of_one = "UPDATE items_suggestion SET {} WHERE id = (SELECT min(id) FROM items_suggestion)"
    asked = "status = 'asked', merged_into_id = NULL, ended_on = '2026-06-01', reason = ''"
    asked += ", reopened_on = NULL"
    run(of_one.format(asked))
    settle("items_suggestion")

    assert not bumped(of_one.format("status = 'received'"), "items_suggestion")
    assert not bumped(of_one.format("status = 'taken_back'"), "items_suggestion")
    again = "status = 'received', reopened_on = '2026-06-01', ended_on = '2026-05-01'"
    assert not bumped(of_one.format(again), "items_suggestion")
    assert bumped(of_one.format("status = 'settled'"), "items_suggestion")  # the control


def test_without_its_trigger_a_table_bumps_not(rows):
    # The negative control of the tests above.
    sql = "UPDATE items_person SET name = 'y'"
    assert bumped(sql, "items_person")

    table = "" if ON_SQLITE else " ON items_person"
    run(f"DROP TRIGGER bump_items_person_update{table}")

    with transaction.atomic():
        before = current_revision()
        run(sql)
        connection.check_constraints()
        assert current_revision() == before


def test_tables_that_tell_nothing_have_no_trigger():
    watched = {table for table, _seen in revision.watched()}
    all_tables = {model._meta.db_table for model in apps.get_app_config("items").get_models()}

    assert watched < all_tables
    assert {"items_notice", "items_role", "items_contact"}.isdisjoint(watched)


def test_public_relation_to_many_has_a_public_table():
    for model in revision.models():
        for field in model._meta.many_to_many:
            if shades.shades(model, field.name) != ["private"]:
                assert field.remote_field.through in revision.models()

"""Django rebuilds tables on SQLite and loses their triggers: they come back with `migrate`."""

import shutil
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, models
from django.db.models.signals import post_migrate

from items import migrations
from items.guards import conditions, triggers
from items.models import Entry, Item
from tests import factories

pytestmark = [pytest.mark.usefixtures("emptied_tables"), pytest.mark.crawl]

FOLDER = Path(migrations.__file__).parent
LATEST = max(path.stem for path in FOLDER.glob("0*.py"))
LATER = f"""
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("items", "{LATEST}")]
    operations = [
        migrations.AlterField("entry", "verb", models.CharField(max_length=40)),
        migrations.AlterField("item", "title", models.CharField(max_length=250)),
        migrations.AlterField("holding", "since", models.DateField(db_index=True)),
        migrations.AddField("measure", "of", models.PositiveIntegerField(default=0)),
    ]
"""


@pytest.fixture
def later(settings, tmp_path, monkeypatch):
    """Let there be a next version that alters guarded tables; undo it after the test."""
    folder = tmp_path / "migrations_to_come"
    shutil.copytree(FOLDER, folder)
    (folder / "9999_later.py").write_text(LATER)
    monkeypatch.syspath_prepend(tmp_path)
    settings.MIGRATION_MODULES = {"items": folder.name}
    yield
    migrate(LATEST)


def migrate(to):
    call_command("migrate", "items", to, verbosity=0, drop_rows=True)


def test_guards_are_there_after_tables_were_altered(later):
    entry = factories.published_item().last_entry

    migrate("9999_later")

    assert triggers.missing(connection) == []
    with pytest.raises(IntegrityError, match=conditions.LEDGER):
        Entry._base_manager.filter(pk=entry.pk).update(verb="claim")
    with pytest.raises(IntegrityError, match=conditions.UNWRITTEN):
        models.QuerySet(Item).update(status="resolved")

    migrate(LATEST)

    assert triggers.missing(connection) == []


def test_without_the_signal_they_would_be_lost(later):
    app = apps.get_app_config("items")
    post_migrate.disconnect(triggers.after_migrate, sender=app)
    try:
        migrate("9999_later")
        missing = triggers.missing(connection)
    finally:
        post_migrate.connect(triggers.after_migrate, sender=app)

    assert {"guard_entry_update", "guard_item_written", "guard_measure_delete"} <= set(missing)


def test_guards_stay_while_there_is_nothing_to_migrate():
    with connection.execute_wrapper(refuse_dropping):
        call_command("migrate", "items", verbosity=0, skip_checks=True)


def refuse_dropping(execute, sql, params, many, context):
    assert not sql.startswith("DROP TRIGGER") or dropped_together(sql)
    return execute(sql, params, many, context)


def dropped_together(sql):
    """Tell whether it happens inside the transaction that makes them again."""
    return connection.in_atomic_block

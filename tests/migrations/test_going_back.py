"""Migrating back that would drop what somebody wrote stops, and says how much it is."""

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from items import migrations
from items.guards import triggers
from items.models import Suggestion
from tests import factories
from tests.factories import NOW
from welfare.models import JobRun

pytestmark = pytest.mark.crawl

FOLDER = Path(migrations.__file__).parent
LATEST = max(path.stem for path in FOLDER.glob("0*.py"))
LATER = f"""
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("items", "{LATEST}")]
    operations = [
        migrations.AddField("person", "nickname", models.CharField(max_length=9, null=True)),
    ]
"""


@pytest.fixture(autouse=True)
def forwards_again(emptied_tables):
    yield
    call_command("migrate", verbosity=0)


def back(*to, **options):
    call_command("migrate", *to, verbosity=0, **options)


def test_rows_are_not_dropped_without_a_word():
    committee = factories.Committee()
    for _each in range(2):
        factories.suggestion(committee)

    with pytest.raises(CommandError, match=r"items_suggestion: 2\b.*--drop-rows"):
        back("items", "zero")

    assert Suggestion.objects.count() == 2
    assert triggers.missing(connection) == []


def test_rows_are_dropped_where_that_was_said():
    JobRun.objects.create(job="one", day=NOW)
    with pytest.raises(CommandError, match="welfare_jobrun: 1"):
        back("welfare", "0001")

    back("welfare", "0001", drop_rows=True)

    assert "welfare_jobrun" not in connection.introspection.table_names()


def test_empty_tables_go_without_asking():
    back("welfare", "0001")

    assert "welfare_jobrun" not in connection.introspection.table_names()


def test_column_that_holds_something_is_asked_about(settings, tmp_path, monkeypatch):
    folder = tmp_path / "migrations_that_go_back"  # a module of its own: Python keeps them
    shutil.copytree(FOLDER, folder)
    (folder / "9999_later.py").write_text(LATER)
    monkeypatch.syspath_prepend(tmp_path)
    settings.MIGRATION_MODULES = {"items": folder.name}
    person = factories.Person()
    back("items", "9999")

    with connection.cursor() as cursor:
        cursor.execute("UPDATE items_person SET nickname = 'x' WHERE id = %s", [person.pk])
    with pytest.raises(CommandError, match=r"items_person.nickname: 1\b"):
        back("items", LATEST)

    with connection.cursor() as cursor:
        cursor.execute("UPDATE items_person SET nickname = NULL")
    back("items", LATEST)


def test_going_forwards_asks_nothing():
    factories.published_item()

    call_command("migrate", verbosity=0)

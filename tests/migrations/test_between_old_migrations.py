"""A site that stands between two old migrations is told so, and nothing is done to it."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import override

from items.checks import between_old_migrations

pytestmark = pytest.mark.django_db

SQUASHED = "0001_squashed"
REPLACED = {
    app: [name for _app, name in MigrationLoader(None).disk_migrations[app, SQUASHED].replaces]
    for app in ("items", "welfare")
}
# Each place between two old migrations: the app, and how many of them the site has.
BETWEEN = [(app, had) for app, names in REPLACED.items() for had in range(1, len(names))]


def stand_at(app, had):
    """Let the database's own record say that it has only the first of the old migrations."""
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied(app, SQUASHED)
    for name in REPLACED[app][had:]:
        recorder.record_unapplied(app, name)


def latest(app):
    return f"{app}/migrations/{REPLACED[app][-1]}.py"


def record():
    return sorted(MigrationRecorder(connection).applied_migrations())


def migrate(**options):
    """Run `migrate` as a person does who types it."""
    call_command("migrate", verbosity=0, skip_checks=False, **options)


def test_every_old_migration_is_replaced():
    assert {app: len(names) for app, names in REPLACED.items()} == {"items": 11, "welfare": 2}


@pytest.mark.parametrize(("app", "had"), BETWEEN)
def test_site_between_two_old_migrations_is_refused(app, had):
    stand_at(app, had)
    before = record()

    with override("en"), pytest.raises(SystemCheckError) as refused:
        migrate()

    told = str(refused.value)
    assert f"old migrations of “{app}”, the last is {REPLACED[app][had - 1]}," in told
    assert f"lacks {', '.join(REPLACED[app][had:])}." in told
    assert f"last version of this software that has the file {latest(app)}, run" in told
    assert record() == before


def test_site_with_a_gap_among_the_old_migrations_is_refused():
    MigrationRecorder(connection).record_unapplied("items", "0005_delivery")

    with override("en"), pytest.raises(SystemCheckError, match="lacks 0005_delivery"):
        migrate()


def test_it_is_told_in_chinese():
    stand_at("items", 3)

    with pytest.raises(SystemCheckError, match="数据库“default”"):
        migrate()


@pytest.mark.parametrize("options", [{"check_unapplied": True}, {"plan": True}])
def test_asking_what_there_is_to_do_is_refused_too(options):
    stand_at("items", 3)

    with pytest.raises(SystemCheckError):
        migrate(**options)


def test_site_with_all_old_migrations_has_the_new_one():
    for app in REPLACED:
        MigrationRecorder(connection).record_unapplied(app, SQUASHED)

    assert between_old_migrations(databases=["default"]) == []
    migrate(check_unapplied=True)  # ends the process where there is something to do


def test_site_with_none_of_them_is_a_new_one():
    for app in REPLACED:
        stand_at(app, 0)

    assert between_old_migrations(databases=["default"]) == []


# Negative control: what Django does by itself


def test_without_the_check_half_a_site_passes_for_a_whole_one(capsys):
    stand_at("welfare", 1)

    call_command("migrate", plan=True, skip_checks=True)

    assert "No planned migration operations" in capsys.readouterr().out


def test_without_the_check_the_failure_names_no_cause():
    stand_at("items", 3)

    with pytest.raises(KeyError, match="'item'"):
        call_command("migrate", verbosity=0, skip_checks=True)

"""Django's `migrate`, which asks before going back would drop what somebody wrote."""

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState
from django.db.models.signals import pre_migrate
from django.utils.translation import gettext as _

from items.guards.revision import REVISION

MADE_BY_MIGRATE = {REVISION, "django_content_type", "auth_permission"}
Tables = dict[str, set[str]]


class Command(migrate.Command):
    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--drop-rows",
            action="store_true",
            help="Go back even where that drops tables or columns which hold something.",
        )

    def handle(self, *args, drop_rows=False, **options):
        def refuse(plan, using, **kwargs):
            undone = {(step.app_label, step.name) for step, backwards in plan if backwards}
            if undone and not (drop_rows or options["fake"]):
                refuse_to_drop(connections[using], undone)

        # Every app is told in turn: the first of them, before the triggers are taken away.
        pre_migrate.connect(refuse, weak=False)
        try:
            return super().handle(*args, **options)
        finally:
            pre_migrate.disconnect(refuse)


def refuse_to_drop(connection, undone: set[tuple[str, str]]) -> None:
    """Raise `CommandError` where undoing these migrations drops what somebody wrote."""
    counts = dropped(connection, undone)
    if counts:
        told = ", ".join(f"{what}: {count}" for what, count in counts.items())
        raise CommandError(
            _(
                "Going back would drop what is in the database (%s), for good. Nothing has been"
                " changed. Make a backup first (`manage.py backup DIR`), then say --drop-rows."
            )
            % told
        )


def dropped(connection, undone: set[tuple[str, str]]) -> dict[str, int]:
    """Return how many rows or values each table or column holds that would go."""
    before, after = tables(connection, set()), tables(connection, undone)
    there = set(connection.introspection.table_names())
    counts = {}
    for table in sorted(there & before.keys() - MADE_BY_MIGRATE):
        if table not in after:
            counts[table] = _count(connection, table)
            continue
        for column in sorted(before[table] - after[table]):
            counts[f"{table}.{column}"] = _count(connection, table, column)
    return {what: count for what, count in counts.items() if count}


def tables(connection, undone: set[tuple[str, str]]) -> Tables:
    """Return tables and columns as they are once these migrations have been undone."""
    loader = MigrationExecutor(connection).loader
    state = ProjectState(real_apps=loader.unmigrated_apps)
    for node in _in_order(loader):
        if node in loader.applied_migrations and node not in undone:
            loader.graph.nodes[node].mutate_state(state, preserve=False)
    return {
        model._meta.db_table: {field.column for field in model._meta.local_concrete_fields}
        for model in state.apps.get_models(include_auto_created=True)
    }


def _in_order(loader) -> list[tuple[str, str]]:
    order: dict[tuple[str, str], None] = {}
    for leaf in loader.graph.leaf_nodes():
        order.update(dict.fromkeys(loader.graph.forwards_plan(leaf)))
    return list(order)


def _count(connection, table: str, column: str = "") -> int:
    """Count the rows of a table, or those in which a column holds something."""
    quoted = connection.ops.quote_name
    where = f" WHERE {quoted(column)} IS NOT NULL" if column else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {quoted(table)}{where}")
        return cursor.fetchone()[0]

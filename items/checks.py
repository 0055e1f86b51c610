"""The system check that `migrate` runs before anything else: can this version go on from here?"""

from django.core.checks import Error
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _


def between_old_migrations(databases=None, **kwargs) -> list[Error]:
    """Refuse a database that stands between two migrations which are squashed into one.

    Django itself would take the squash out of its plan: it then either fails in words that name
    neither cause nor cure, or says that there is nothing to do while tables are missing.
    """
    return [
        Error(
            _(
                "The database “%(database)s” has some of the old migrations of “%(app)s”, the last"
                " is %(last)s, and lacks %(missing)s. They are one migration now, %(squash)s, which"
                " can’t begin halfway. Nothing has been changed."
            )
            % {
                "database": alias,
                "app": app,
                "last": applied[-1],
                "missing": ", ".join(missing),
                "squash": squash,
            },
            hint=_(
                "Go back to the last version of this software that has the file %(file)s, run"
                " `manage.py migrate` there, and update again."
            )
            % {"file": f"{app}/migrations/{missing[-1]}.py"},
            id="items.E001",
        )
        for alias in databases or []
        for app, squash, applied, missing in _halves(connections[alias])
    ]


def _halves(connection):
    """Yield app, squash and the replaced names (applied, missing) of each squash that is halfway.

    Where the replaced files are still there, Django goes on with those by itself.
    """
    loader = MigrationLoader(connection, load=False)
    loader.load_disk()
    there = set(MigrationRecorder(connection).applied_migrations())
    for (app, squash), migration in sorted(loader.disk_migrations.items()):
        replaced = [key for key in migration.replaces if key not in loader.disk_migrations]
        applied = [name for label, name in replaced if (label, name) in there]
        missing = [name for label, name in replaced if (label, name) not in there]
        if applied and missing:
            yield app, squash, applied, missing

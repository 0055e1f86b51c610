"""`manage.py serve`: the front, Django's processes behind it, and all that both need."""

import os
import resource
import socket
import tempfile
from contextlib import suppress
from functools import partial
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils.translation import gettext as _


class Command(BaseCommand):
    help = "Serve the site: a front that keeps finished pages, and Django's processes behind it."

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
        parser.add_argument("--processes", type=int, default=5, help="of Django; one is kept free")
        parser.add_argument("--certificate", type=Path, help="PEM file: the front speaks HTTPS")
        parser.add_argument("--key", type=Path, help="PEM file of the certificate's key")
        parser.add_argument(
            "--socket",
            type=Path,
            help="serve Django alone on this Unix socket, for nginx; beside it health.sock says"
            " how the site is",
        )

    def handle(self, *, host, port, processes, certificate, key, socket, **options):
        import welfare.wsgi  # noqa: F401  loads everything once, for all processes
        from welfare.serve import backend, front
        from welfare.serve.supervisor import supervise

        connections.close_all()
        allow_many_files()
        with tempfile.TemporaryDirectory(prefix="welfare-") as folder:
            path = socket or Path(folder) / "django"
            health = socket.with_name("health.sock") if socket else None
            readers = unix_listener(health) if health else listening(host, port)
            behind = unix_listener(path)
            roles = {
                "front": partial(front.run, readers, str(path), processes, certificate, key),
                "django": partial(backend.run, behind, processes),
            }
            try:
                supervise(roles)
            finally:
                for ours in filter(None, (path, health)):
                    ours.unlink(missing_ok=True)


def listening(host, port):
    from welfare.serve.front import listen

    try:
        return listen(host, port)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CommandError(
            _("Port %(port)s can’t be used: %(reason)s. Choose another: make run PORT=8001")
            % {"port": port, "reason": reason}
        ) from None


def unix_listener(path: Path) -> socket.socket:
    """Return a socket at `path` that Django's processes share; a former one makes room."""
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    path.chmod(0o660)
    listener.listen(1024)
    return listener


def allow_many_files():
    """Take as many open files as this process may have: each connection is one."""
    with suppress(ValueError, OSError):
        _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))

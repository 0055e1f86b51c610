"""Django's processes: gunicorn with sync workers, on a Unix socket."""

import os
import socket
from functools import partial

from gunicorn.app.base import BaseApplication

from welfare.serve.supervisor import GRACE, die_with

CHUNK = 2**16
TIMEOUT = 30  # seconds that a request may take; then its process is ended


class Backend(BaseApplication):
    """gunicorn, told by us alone: no configuration file, no command line."""

    def __init__(self, application, listener: socket.socket, processes: int):
        self.application, self.listener, self.processes = application, listener, processes
        super().__init__()

    def load_config(self):
        for name, value in {
            "bind": f"fd://{self.listener.fileno()}",
            "workers": self.processes,
            "worker_class": "sync",
            "preload_app": True,
            "timeout": TIMEOUT,
            "graceful_timeout": GRACE,
            "loglevel": "error",  # it warns of each request that it refuses: anybody may send one
            "control_socket_disable": True,
            "forwarder_headers": "",  # no header of a request says where the application lies
            "secure_scheme_headers": {"X-FORWARDED-PROTO": "https"},  # the one that we always set
            "when_ready": leave_the_socket,
            "post_fork": end_with_the_master,
            "proc_name": "welfare",
        }.items():
            self.cfg.set(name, value)

    def load(self):
        return partial(answer_whole, self.application)


def answer_whole(application, environ, start_response):
    """Read what the application left of a body, so that its answer reaches who still sends it.

    An answer to HEAD loses its body here: gunicorn would do it, and write a line for each.
    """
    answer = application(environ, start_response)
    while environ["wsgi.input"].read(CHUNK):
        pass
    if environ["REQUEST_METHOD"] == "HEAD":
        getattr(answer, "close", bool)()
        return []
    return answer


def leave_the_socket(arbiter):
    """Leave the socket's file at a stop: it is the supervisor's, as it would be systemd's."""
    arbiter.systemd = True


def end_with_the_master(arbiter, worker):
    """Leave no orphan that goes on taking requests."""
    die_with(arbiter.pid)


def run(listener: socket.socket, processes: int) -> None:
    """Serve Django until SIGTERM."""
    from welfare.wsgi import application

    os.environ.pop("LISTEN_FDS", None)  # systemd's; gunicorn would take what we already have
    Backend(application, listener, processes).run()

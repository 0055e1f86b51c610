"""Sites that really run: `manage.py serve` in a session of its own, on the tests' database."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

from django.conf import settings as site
from django.db import connection

from tests.ports import free_port

PROCESSES = 5  # of Django
TAKES = 30  # seconds at most to start, on a busy machine
MANAGE = "import runpy; runpy.run_path('manage.py', run_name='__main__')"


class Served:
    """A site that runs: its supervisor, its port, and its log."""

    def __init__(self, process, port, file):
        self.process, self.port, self.file = process, port, file

    def log(self):
        """Return what was written to standard error so far."""
        self.file.seek(0)
        return self.file.read().decode()

    def processes(self, parent=None):
        """Return the pids of the children of a process, the supervisor's by default."""
        parent = parent or self.process.pid
        tasks = Path(f"/proc/{parent}/task").glob("*/children")
        return [int(pid) for task in tasks for pid in task.read_text().split()]

    @property
    def front(self):
        """Return the pid of the front: it alone has threads."""
        return max(self.processes(), key=threads, default=None)

    @property
    def master(self):
        """Return the pid of gunicorn's own process; None while there is none."""
        front = self.front
        return next((pid for pid in self.processes() if pid != front), None)

    @property
    def workers(self):
        master = self.master
        return self.processes(master) if master else []

    def family(self):
        """Return the pids of all that runs, the supervisor's included."""
        found = [self.process.pid]
        for pid in found:
            with suppress(OSError):
                found += self.processes(pid)
        return found

    def get(self, path="/", method="GET", **headers):
        return self.send(path, None, method, **headers)

    def send(self, path, body, method="POST", **headers):
        """Return the status, headers and body of the answer."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=TAKES)) as asked:
            asked.request(method, path, body, headers={"Host": "localhost", **headers})
            answer = asked.getresponse()
            headers = {}
            for name, value in answer.getheaders():  # of cookies there may be several
                name = name.lower()
                headers[name] = f"{headers[name]}\n{value}" if name in headers else value
            return answer.status, headers, answer.read()


def threads(pid):
    with suppress(OSError):
        return len(list(Path(f"/proc/{pid}/task").iterdir()))
    return 0


@contextmanager
def served(*options, port=None, wait=True, first="", **environment):
    """Run `manage.py serve`; give what runs, and kill what is left of it.

    `first` is Python that changes something of it for a test.
    """
    port = port or free_port()
    told = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", **environment}
    code = ["-c", f"{first}\n{MANAGE}"] if first else ["manage.py"]
    command = [sys.executable, *code, "serve", "--port", str(port), *options]
    log = tempfile.TemporaryFile()  # noqa: SIM115  a pipe that nobody reads would stop the site
    process = subprocess.Popen(
        command,
        cwd=site.BASE_DIR,
        env=told,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=log,
    )
    running = Served(process, port, log)
    try:
        if wait:
            wait_for(running)
        yield running
    finally:
        for pid in running.family():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()
        log.close()


def wait_for(running):
    """Wait until the site answers, whatever it says."""
    until = time.monotonic() + TAKES
    while time.monotonic() < until:
        if running.process.poll() is not None:
            raise RuntimeError(running.log())
        with suppress(OSError):
            running.get("/none/")
            if len(running.workers) == PROCESSES:
                return
        time.sleep(0.05)
    raise TimeoutError("the site did not start")


def alive(pids):
    """Return which of the processes run; a zombie doesn't."""
    running = []
    for pid in pids:
        with suppress(OSError):
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
            if state not in "ZX":
                running.append(pid)
    return running


def database_url():
    """Return the address of the database that the tests have."""
    chosen = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{chosen['NAME']}"
    who = f"{chosen['USER']}:{chosen['PASSWORD']}".removesuffix(":")
    if chosen["HOST"].startswith("/"):
        return f"postgres://{who}@/{chosen['HOST']}/{chosen['NAME']}"
    return f"postgres://{who}@{chosen['HOST']}:{chosen['PORT'] or 5432}/{chosen['NAME']}"

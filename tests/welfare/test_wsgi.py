"""The real web server in front of the site, as `make run` starts it."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

import pytest
from django.conf import settings as site

from tests.ports import free_port

pytestmark = pytest.mark.crawl

WORKERS = 2
QUICK = f"--interface wsgi --no-ws --workers {WORKERS} --blocking-threads 2"
TAKES = 20  # seconds at most, on a busy machine


def ask(port, path, host):
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=TAKES)) as connection:
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


@contextmanager
def served(options=QUICK, **environment):
    """Start granian with two workers, in a process group of its own; give it and its port."""
    port = free_port()
    options = f"{options} --port {port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", *options.split(), "welfare.wsgi:application"],
        cwd=site.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", **environment},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        for _ in range(WORKERS):  # each says so as it starts
            assert "HTTP_ONLY=1" in process.stderr.readline()
        wait_for(port)
        yield process, port
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        process.stderr.close()


def wait_for(port):
    until = time.monotonic() + TAKES
    while time.monotonic() < until:
        try:
            return ask(port, "/none/", "localhost")
        except ConnectionError:
            time.sleep(0.05)
    raise TimeoutError("the server did not start")


def group(leader):
    """Yield what Linux says of each process of a process group: the lines of its status."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it is gone
            fields = (process / "stat").read_text().rpartition(")")[2].split()
            if fields[2] == str(leader):
                yield (process / "status").read_text()


def hears(status, number):
    """Tell whether a process has a handler for a signal."""
    return int(re.search(r"SigCgt:\s(\w+)", status)[1], 16) >> (number - 1) & 1


def wait_for_ears(leader):
    """Wait until the server and its workers have handlers: Python itself has none for SIGTERM."""
    until = time.monotonic() + TAKES
    while sum(hears(status, signal.SIGTERM) for status in group(leader)) < 1 + WORKERS:
        assert time.monotonic() < until
        time.sleep(0.05)


def ended_by_ctrl_c(process):
    """Return the server's exit code after what a terminal sends: to the workers too."""
    wait_for_ears(process.pid)
    time.sleep(0.5)  # a worker serves a moment after that
    os.killpg(process.pid, signal.SIGINT)
    return process.wait(timeout=TAKES)


ODD_REQUESTS = {
    ("/none/", "localhost"): 404,
    ("/none/", "evil.example"): 400,
    ("/none/", "localhost:80@evil.example"): 400,
    ("http://evil.example/none/", "localhost"): 404,
    ("/static/../manage.py", "localhost"): 404,
    ("/static/%2e%2e/manage.py", "localhost"): 404,
    ("/.git/config", "localhost"): 404,
    ("/.env", "localhost"): 404,
}
PHONES = 100


def options():
    """Return the options with which `make run` starts the server, but for its port."""
    started = (site.BASE_DIR / "scripts/run.sh").read_text().replace("\\\n", "")
    told = started.partition("\nexec .venv/bin/granian ")[2].split()[:-1]
    at = told.index("--port")
    return " ".join(told[:at] + told[at + 2 :])


def phones_answered(port, patience=TAKES):
    """Return how many phones get their page while all others keep their connection."""
    with ExitStack() as held:
        for count in range(PHONES):
            phone = held.enter_context(closing(socket.create_connection(("127.0.0.1", port))))
            phone.settimeout(patience)
            phone.sendall(b"GET /none/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
            try:
                assert phone.recv(12) == b"HTTP/1.1 404"
            except TimeoutError:
                return count
    return PHONES


def test_server_as_make_run_starts_it():
    """It gives nothing away, phones keep nobody out, and Ctrl-C ends it; one server for all."""
    with served(options()) as (process, port):
        answers = {asked: ask(port, *asked) for asked in ODD_REQUESTS}
        assert {asked: status for asked, (status, _page) in answers.items()} == ODD_REQUESTS
        assert [asked for asked, (_status, page) in answers.items() if "evil" in page] == []

        assert phones_answered(port) == PHONES

        assert ended_by_ctrl_c(process) == 0


def test_with_little_backpressure_phones_would_keep_others_out():
    # The negative control: what granian counts are connections.
    with served(options() + " --backpressure 16") as (_, port):
        assert phones_answered(port, patience=1) < PHONES


def test_collector_of_garbage_is_spared_what_stays():
    told = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    asked = "import gc, welfare.wsgi; print(gc.get_freeze_count() > 10 * len(gc.get_objects()))"
    command = [sys.executable, "-c", asked]
    done = subprocess.run(
        command, cwd=site.BASE_DIR, env={**os.environ, **told}, capture_output=True, text=True
    )
    assert done.stdout == "True\n"

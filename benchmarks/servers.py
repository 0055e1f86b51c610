"""Web servers to measure: started, looked at through /proc, and ended."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
WHERE = f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin"
WRK = shutil.which("wrk", path=WHERE)
WAIT = 120  # seconds for a server to start
NGINX = """
worker_processes 2; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;
    client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
    uwsgi_temp_path {folder}; scgi_temp_path {folder};
    server {{ listen 127.0.0.1:{port}; root {folder}; default_type text/html; }}
}}
"""


class Server:
    """A server that runs: its port, and what its processes use."""

    def __init__(self, process, port, took):
        self.process, self.port, self.took = process, port, took

    def processes(self):
        """Yield the folder in /proc of each of its processes: they share a session."""
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                told = (folder / "stat").read_text().rpartition(")")[2].split()
                if int(told[3]) == self.process.pid:
                    yield folder, told

    def cpu(self) -> float:
        """Return the seconds of CPU that it used so far."""
        return sum(int(told[11]) + int(told[12]) for _folder, told in self.processes()) / TICKS

    def memory(self) -> float:
        """Return the megabytes that it holds, what its processes share counted once."""
        held = 0
        for folder, _told in self.processes():
            with suppress(OSError):
                lines = (folder / "smaps_rollup").read_text().splitlines()
                held += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        return held / 1024


@contextmanager
def running(command, port, path="/", **environment):
    """Start a server, wait for its first page, and end it."""
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as log:  # a pipe that nobody reads would stop the server
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=log,
        )
        try:
            wait(process, port, path, log)
            yield Server(process, port, time.perf_counter() - begun)
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=15)
            process.kill()


def wait(process, port, path, log):
    until = time.monotonic() + WAIT
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError):
            status, _body = ask(port, path)
            assert status == 200, f"{path} answers {status}"
            return
        time.sleep(0.02)
    process.kill()
    log.seek(0)
    raise RuntimeError(log.read().decode()[-2000:])


def ask(port, path, **headers):
    connection = HTTPConnection("127.0.0.1", port, timeout=WAIT)
    connection.request("GET", path, headers={"Host": "localhost", **headers})
    answer = connection.getresponse()
    try:
        return answer.status, answer.read()
    finally:
        connection.close()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def site(folder, database_url, path="/"):
    """Start the site as `make run` does, on a database that is there already."""
    port = int(os.environ.get("PORT") or free_port())
    told = {"VAR_DIR": str(folder), "DATABASE_URL": database_url, "DEMO": "0", "PORT": str(port)}
    told["SECRET_KEY"] = "x"  # with which the sessions were made
    return running(["scripts/run.sh"], port, path, **told)


def bare(folder, content: bytes):
    """Start a bare Django view that answers with these bytes."""
    file, port = Path(folder) / "bytes", free_port()
    file.write_bytes(content)
    command = granian(port, "bare:application")
    environment = {"BARE_BYTES": str(file), "PYTHONPATH": str(ROOT / "benchmarks")}
    return running(command, port, **environment)


def without_front(application="welfare.wsgi", **told):
    """Start Django alone, as the module of this name has it: every answer is a first rendering."""
    port = free_port()
    told |= {"SECRET_KEY": "x", "HTTP_ONLY": "1", "PYTHONPATH": f"{ROOT}:{ROOT / 'benchmarks'}"}
    return running(granian(port, f"{application}:application"), port, **told)


def granian(port, application) -> list[str]:
    """Return the command that serves a WSGI application in two processes of four threads."""
    return [
        *(".venv/bin/granian", "--interface", "wsgi", "--port", str(port), "--no-ws"),
        *("--workers", "2", "--blocking-threads", "4", "--backlog", "4096"),
        *("--log-level", "warning", application),
    ]


@contextmanager
def nginx(content: bytes):
    """Start nginx with these bytes as a static file; give None where it isn't installed."""
    program = shutil.which("nginx", path=WHERE)
    if not program:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="welfare-nginx-") as folder:
        port = free_port()
        os.chmod(folder, 0o755)  # its workers are another user's where root starts it
        (Path(folder) / "page.html").write_bytes(content)
        config = Path(folder) / "nginx.conf"
        config.write_text(NGINX.format(folder=folder, port=port))
        with running([program, "-c", str(config)], port, "/page.html") as server:
            yield server


def read(port, path, seconds, connections, *headers) -> dict:
    """Let so many readers ask for a page as often as they can; return what they saw.

    By wrk, where it is installed: it needs far less of the machine than our own readers.
    """
    if not WRK:
        return json.loads(python("load", port, path, seconds, connections, *headers))
    command = [WRK, "-t", "1", "-c", connections, "-d", f"{max(1, round(seconds))}s"]
    for header in ("Accept-Encoding: br, gzip", "Host: localhost", *headers):
        command += ["-H", header]
    command += ["-s", "benchmarks/wrk.lua", f"http://127.0.0.1:{port}{path}"]
    return json.loads(printed(map(str, command)).rpartition("\n")[2])


def python(script, *arguments, **environment) -> str:
    """Run a script of this folder in a process of its own; return what it printed."""
    return printed([sys.executable, f"benchmarks/{script}.py", *map(str, arguments)], environment)


def printed(command, environment=()) -> str:
    told = {**os.environ, **dict(environment)}
    done = subprocess.run(list(command), cwd=ROOT, env=told, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout

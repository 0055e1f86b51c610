"""The site as `make run` serves it: odd requests, killed processes, stops, and one port for one."""

import errno
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from contextlib import ExitStack, closing
from http.client import HTTPConnection

import pytest
from django.conf import settings as site_settings

from tests.ports import free_port
from tests.serve.sites import TAKES, alive, served
from welfare.serve import front

pytestmark = pytest.mark.slow  # and needs no database

ODD_REQUESTS = {
    ("/none/", "localhost"): 404,
    ("/none/", "evil.example"): 400,
    ("/none/", "localhost:80@evil.example"): 400,
    ("http://evil.example/none/", "localhost"): 404,
    ("/static/../manage.py", "localhost"): 404,
    ("/static/%2e%2e/manage.py", "localhost"): 404,
    ("/.git/config", "localhost"): 404,
    ("/.env", "localhost"): 404,
    ("/%FF%00%3Fx", "localhost"): 404,
}
PHONES = 200


@pytest.fixture(scope="module")
def running():
    with served() as site:
        yield site


def test_odd_requests_learn_nothing(running):
    answers = {asked: running.get(asked[0], Host=asked[1]) for asked in ODD_REQUESTS}

    assert {asked: answer[0] for asked, answer in answers.items()} == ODD_REQUESTS
    assert [asked for asked, answer in answers.items() if b"evil" in answer[2]] == []


def test_headers_that_wsgi_could_take_for_others_go_no_further(running):
    told = {"SCRIPT_NAME": "/evil", "X_Forwarded_For": "6.6.6.6", "Script-Name": "/evil"}

    status, _headers, body = running.get("/none/", **told)

    assert (status, b"evil" in body) == (404, False)


def test_one_header_alone_tells_the_scheme(running):
    told = {"X-Forwarded-Ssl": "on", "X-Forwarded-Protocol": "ssl"}

    assert running.get("/none/", **told)[0] == 404


def test_what_anybody_may_send_fills_no_log(running):
    asked = {("HEAD", "/none/"): 404, ("X", "/none/"): 400, ("GET", f"/none/?{'q' * 5000}"): 414}

    before = running.log()
    got = {(method, path): running.get(path, method)[0] for method, path in asked}

    assert got == asked
    assert running.log().removeprefix(before) == ""


@pytest.mark.parametrize("size", [300_000, 900_000])
def test_answer_reaches_who_sent_what_nobody_reads(running, size):
    assert running.send("/none/", b"x" * size)[0] == 404


def test_long_headers_are_refused(running):
    """Reading one of 400 kB kept all others waiting, some kinds for seconds."""
    assert running.get("/none/", **{"Accept-Encoding": "a," * 40_000})[0] == 431


def test_phones_that_keep_their_connection_keep_nobody_out(running):
    with ExitStack() as held:
        for _ in range(PHONES):
            phone = socket.create_connection(("127.0.0.1", running.port))
            held.enter_context(closing(phone)).settimeout(TAKES)
            phone.sendall(b"GET /none/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert phone.recv(12) == b"HTTP/1.1 404"


def test_large_answer_comes_whole(running):
    path = "/static/admin/js/vendor/jquery/jquery.js"
    status, headers, body = running.get(path)

    assert status == 404 or len(body) == int(headers["content-length"]) > 200_000


# Killed


def answers_again(site, within):
    begun = time.monotonic()
    while True:
        status = site.get("/none/?x")[0]  # through Django
        took = time.monotonic() - begun
        if status == 404:
            return took
        assert took < within, status


def test_killed_workers_come_back_and_readers_notice_nothing():
    with served() as site:
        before = site.workers
        for _ in range(3):
            for pid in site.workers:
                os.kill(pid, signal.SIGKILL)
            assert answers_again(site, within=3) < 3
            time.sleep(0.2)

        until = time.monotonic() + TAKES
        while len(site.workers) < len(before):
            assert time.monotonic() < until
            time.sleep(0.05)
        assert set(site.workers).isdisjoint(before)


def test_killed_front_comes_back_and_its_port_is_never_free():
    with served() as site:
        for _ in range(3):
            os.kill(site.front, signal.SIGKILL)
            begun = time.monotonic()
            assert site.get("/none/")[0] == 404
            assert time.monotonic() - begun < 5


def test_killed_master_leaves_no_orphans():
    with served() as site:
        workers = site.workers
        os.kill(site.master, signal.SIGKILL)
        time.sleep(1)

        assert alive(workers) == []
        assert answers_again(site, within=5) < 5


def test_killed_supervisor_takes_all_along():
    with served() as site:
        family = site.family()
        assert len(family) >= 4
        os.kill(site.process.pid, signal.SIGKILL)
        time.sleep(1)

        assert alive(family) == []


# A stop is a stop


@pytest.mark.parametrize(
    ("number", "to_group", "loaded"),
    [
        (signal.SIGTERM, False, False),
        (signal.SIGINT, True, False),
        (signal.SIGTERM, True, True),
        (signal.SIGINT, False, True),
    ],
)
def test_stop_ends_all_within_five_seconds(number, to_group, loaded):
    with served() as site, ExitStack() as held:
        family = site.family()
        if loaded:
            for _ in range(20):
                stranger = socket.create_connection(("127.0.0.1", site.port))
                held.enter_context(closing(stranger)).sendall(
                    b"POST /account/login/ HTTP/1.1\r\nHost: localhost\r\n"
                    b"Content-Length: 9000\r\n\r\nabc"
                )
            time.sleep(0.2)
        begun = time.monotonic()
        (os.killpg if to_group else os.kill)(site.process.pid, number)

        assert site.process.wait(timeout=TAKES) == 0
        assert time.monotonic() - begun < 5.5
        assert alive(family) == []


# One port for one site


def test_second_site_on_a_port_says_so_and_ends(running):
    with served(port=running.port, wait=False) as second:
        assert second.process.wait(timeout=TAKES) == 1
        assert f"{running.port}" in second.log()

    assert running.get("/none/")[0] == 404


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    cert, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"),
            *("-subj", "/CN=localhost", "-keyout", key, "-out", cert),
        ],
        check=True,
        capture_output=True,
    )
    return cert, key


def test_https_is_spoken_with_a_certificate(certificate):
    cert, key = map(str, certificate)
    with served("--certificate", cert, "--key", key, wait=False) as site:
        context = ssl.create_default_context(cafile=cert)
        context.check_hostname = False
        until = time.monotonic() + TAKES
        while True:
            asked = HTTPConnection("127.0.0.1", site.port, timeout=TAKES)
            try:
                asked.sock = context.wrap_socket(
                    socket.create_connection(("127.0.0.1", site.port)), server_hostname="localhost"
                )
                asked.request("GET", "/none/", headers={"Host": "localhost"})
                assert asked.getresponse().status == 404
                break
            except OSError:
                assert time.monotonic() < until
                time.sleep(0.1)
            finally:
                asked.close()

        with served("--certificate", cert, "--key", key, port=site.port, wait=False) as second:
            assert second.process.wait(timeout=TAKES) == 1


# Readers who don't read


@pytest.mark.parametrize("limit", [1, 60])
def test_reader_who_takes_nothing_is_hung_up_on(limit, monkeypatch):
    monkeypatch.setattr(front, "READ_WITHIN", limit)
    with front.listen("127.0.0.1", free_port()) as listener, socket.socket() as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.connect(listener.getsockname())
        listener.setblocking(True)
        with listener.accept()[0] as sender:
            sender.settimeout(5)
            with pytest.raises(TimeoutError) as ended:
                sender.sendall(b"x" * 2**26)

    by_the_kernel = ended.value.errno == errno.ETIMEDOUT  # not by our own patience
    assert by_the_kernel is (limit == 1)


# The collector of garbage


def test_collector_of_garbage_is_spared_what_stays():
    told = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    asked = "import gc, welfare.wsgi; print(gc.get_freeze_count() > 10 * len(gc.get_objects()))"
    done = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=site_settings.BASE_DIR,
        env={**os.environ, **told},
        capture_output=True,
        text=True,
    )
    assert done.stdout == "True\n"

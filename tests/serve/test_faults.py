"""The database is away, locked, full or read-only, and Django's processes die: what is left."""

import json
import os
import re
import signal
import sqlite3
import time
from contextlib import closing, contextmanager
from html import unescape
from urllib.parse import parse_qsl, urlencode

import pytest
from django.db import connection

from items.models import Suggestion
from tests import factories
from tests.serve.sites import alive, database_url, served

pytestmark = [pytest.mark.usefixtures("emptied_tables"), pytest.mark.crawl]

WORDS = "休息室没有空调，夏天坐不住人。"
FORM = "application/x-www-form-urlencoded"
FILES = "multipart/form-data; boundary=x"
ON_SQLITE = connection.vendor == "sqlite"


@pytest.fixture
def board():
    """Publish a list; return its board's address."""
    return f"/lists/{factories.published_item().list.slug}/"


def suggestion(site):
    """Open the form; return the browser's cookies and the body that sends it with words in it."""
    _status, headers, page = site.get("/suggest/")
    time.sleep(4)  # only a machine would be quicker
    hidden = dict(re.findall(r'name="(nonce|csrfmiddlewaretoken)" value="([^"]+)"', page.decode()))
    cookies = "; ".join(each.partition(";")[0] for each in headers["set-cookie"].split("\n"))
    return cookies, urlencode(hidden | {"words": WORDS})


def send(site, form, path="/suggest/", kind=FORM):
    """Send a form as a browser does; return status, headers, page and seconds."""
    cookies, body = form
    begun = time.monotonic()
    own = f"http://localhost:{site.port}"
    told = {"Content-Type": kind, "Origin": own, "Sec-Fetch-Site": "same-origin"}
    told["Cookie"] = cookies
    status, headers, page = site.send(path, body, Host=f"localhost:{site.port}", **told)
    return status, headers, unescape(page.decode()), time.monotonic() - begun


def given_back(answer, within):
    """Tell whether everything came back, to send it again, within so many seconds."""
    status, headers, page, took = answer
    assert (status, headers.get("retry-after")) == (503, "10"), page[:500]
    assert WORDS in page
    assert 'action="/suggest/"' in page
    assert took < within
    return True


@contextmanager
def locked():
    """Hold the lock that every writer needs, as a foreign process would."""
    if ON_SQLITE:
        other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.rollback()
            other.close()
        return
    import psycopg2

    other = psycopg2.connect(**connection.get_connection_params())
    cursor = other.cursor()
    cursor.execute("LOCK TABLE items_suggestion, items_item IN ACCESS EXCLUSIVE MODE")
    try:
        yield
    finally:
        other.close()


def test_locked_database_gives_the_text_back_and_keeps_the_board(board):
    with served(DATABASE_URL=database_url()) as site:
        form = suggestion(site)
        assert site.get(board)[0] == 200
        with locked():
            assert given_back(send(site, form), within=6)
            begun = time.monotonic()
            assert site.get(board)[0] == 200
            assert time.monotonic() - begun < 0.5
        status, _headers, page, took = send(site, form)

        assert (status, took < 2) == (201, True), page
        assert Suggestion.objects.count() == 1


def test_writers_who_wait_for_a_lock_leave_readers_their_place(board):
    from threading import Thread

    with served(DATABASE_URL=database_url()) as site:
        form = suggestion(site)
        with locked():
            got = []
            writers = [Thread(target=lambda: got.append(send(site, form))) for _ in range(16)]
            for writer in writers:
                writer.start()
            time.sleep(0.5)
            begun = time.monotonic()
            assert site.get("/suggest/")[0] == 200  # through Django
            assert time.monotonic() - begun < 1.5
            for writer in writers:
                writer.join()
        assert len([given_back(answer, within=7) for answer in got]) == 16


def test_killed_process_gives_the_text_back(board):
    from threading import Thread

    with served(DATABASE_URL=database_url()) as site:
        form = suggestion(site)
        with locked():
            got = []
            writer = Thread(target=lambda: got.append(send(site, form)))
            writer.start()
            time.sleep(1)  # it waits for the lock
            for pid in site.workers:
                os.kill(pid, signal.SIGKILL)
            writer.join()
        assert given_back(got[0], within=6)
        assert send(site, form)[0] == 201
        assert Suggestion.objects.count() == 1


def test_files_that_are_too_large_give_the_text_back(board):
    with served(DATABASE_URL=database_url()) as site:
        cookies, fields = suggestion(site)
        parts = [
            f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in parse_qsl(fields)
        ]
        file = '--x\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"\r\n\r\n'
        body = "".join([*parts, file]).encode() + b"\xff" * (62 * 2**20) + b"\r\n--x--\r\n"

        status, _headers, page, _took = send(site, (cookies, body), kind=FILES)

        assert status == 413
        assert WORDS in page
        assert "61" in page


def test_home_and_board_are_there_before_anybody_asks(board):
    # A fault a second later finds them.
    with served(DATABASE_URL=database_url(), SITE_URL="http://localhost") as site:
        time.sleep(2.5)
        for pid in site.processes(site.process.pid):
            if pid != site.front:
                os.kill(pid, signal.SIGSTOP)
        for pid in site.workers:
            os.kill(pid, signal.SIGSTOP)
        try:
            for path in ("/", "/en/", board, f"/en{board}"):
                begun = time.monotonic()
                assert site.get(path, **{"Accept-Encoding": "gzip, br"})[0] == 200
                assert time.monotonic() - begun < 0.5
        finally:
            for pid in site.family():
                os.kill(pid, signal.SIGCONT)


# Health


def health(site, path):
    status, _headers, page = site.get(path)
    return status, json.loads(page)


def wait_for_health(site, path, status, within):
    """Wait until the address says so; each answer comes at once."""
    until = time.monotonic() + within
    while True:
        begun = time.monotonic()
        found = health(site, path)
        assert time.monotonic() - begun < 1
        if found[0] == status:
            return found[1]
        assert time.monotonic() < until, found
        time.sleep(0.2)


def test_health_is_told_on_this_machine_and_to_nobody_else(board):
    with served(DATABASE_URL=database_url()) as site:
        found = wait_for_health(site, "/readyz", 200, within=15)
        assert found == {"status": "ok", "found": {"database": "ok", "processes": "ok"}}
        _status, found = health(site, "/healthz")
        assert "manage.py tick did nothing" in found["found"]["clock"]
        behind = {"X-Forwarded-For": "203.0.113.7"}
        assert json.loads(site.get("/readyz", **behind)[2]) == {"status": "ok"}


def test_token_is_needed_where_there_is_one(board):
    with served(DATABASE_URL=database_url(), HEALTH_TOKEN="s3cret") as site:
        wait_for_health(site, "/readyz", 200, within=15)
        assert json.loads(site.get("/readyz")[2]) == {"status": "ok"}
        assert "found" in json.loads(site.get("/readyz", Authorization="Bearer s3cret")[2])


def test_health_fails_while_no_new_connection_can_be_made(board):
    # Old ones go on living: pages would still come.
    with served(DATABASE_URL=database_url()) as site:
        wait_for_health(site, "/readyz", 200, within=15)
        assert site.get(board)[0] == 200
        with no_new_connections():
            assert site.get(board)[0] == 200
            found = wait_for_health(site, "/readyz", 503, within=10)
            assert "can't be used" in found["found"]["database"]
        wait_for_health(site, "/readyz", 200, within=10)


@contextmanager
def no_new_connections():
    if ON_SQLITE:
        name = connection.settings_dict["NAME"]
        os.rename(name, f"{name}.away")
        os.mkdir(name)  # where no database can be made
        try:
            yield
        finally:
            os.rmdir(name)
            os.rename(f"{name}.away", name)
        return
    import psycopg2

    told = {**connection.get_connection_params(), "dbname": "postgres"}
    name = connection.settings_dict["NAME"]

    def allow(yes):
        with closing(psycopg2.connect(**told)) as other:
            other.autocommit = True
            other.cursor().execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS {yes}')

    allow("false")
    try:
        yield
    finally:
        allow("true")


if ON_SQLITE:

    def test_deleted_log_loses_nothing_that_was_acknowledged(board, tmp_path):
        # On a copy: the tests' own connection would be hit as well.
        copy = tmp_path / "db.sqlite3"
        with sqlite3.connect(connection.settings_dict["NAME"]) as here:
            here.execute("VACUUM INTO ?", [str(copy)])
        with served(DATABASE_URL=f"sqlite:///{copy}") as site:
            forms = [suggestion(site) for _ in range(3)]
            assert send(site, forms[0])[0] == 201
            time.sleep(1.5)  # the front has seen the file
            before = site.workers
            os.unlink(f"{copy}-wal")
            time.sleep(1.5)  # the front looks once a second
            second = send(site, forms[1])[0]
            assert second in (201, 503)
            until = time.monotonic() + 20
            while alive(before):
                assert time.monotonic() < until
                time.sleep(0.1)
            wait_for_health(site, "/readyz", 200, within=15)
            assert send(site, forms[2])[0] == 201
        with closing(sqlite3.connect(copy)) as after:
            count = after.execute("SELECT count(*) FROM items_suggestion").fetchone()[0]
        assert count == 2 + (second == 201)

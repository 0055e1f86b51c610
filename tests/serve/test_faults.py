"""The database is away, locked, full or read-only, and Django's processes die: what is left."""

import os
import re
import signal
import time
from contextlib import contextmanager
from html import unescape
from urllib.parse import urlencode

import pytest
from django.db import connection

from items.models import Suggestion
from tests import factories
from tests.serve.sites import database_url, served

pytestmark = [pytest.mark.usefixtures("emptied_tables"), pytest.mark.crawl]

WORDS = "休息室没有空调，夏天坐不住人。"
FORM = "application/x-www-form-urlencoded"
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


def send(site, form, path="/suggest/"):
    """Send a form as a browser does; return status, headers, page and seconds."""
    cookies, body = form
    begun = time.monotonic()
    own = f"http://localhost:{site.port}"
    told = {"Content-Type": FORM, "Origin": own, "Sec-Fetch-Site": "same-origin"}
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
        import sqlite3

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

"""The log: lines that name the fault and its request, and nobody and nothing that was sent."""

import json
import logging
import time
from io import StringIO

import pytest
from django.db import IntegrityError, OperationalError
from django.http import HttpResponse
from django.test import Client

from welfare import logs
from welfare.http import request_id
from welfare.http.request_id import HEADER

TOKEN = "zqtoken"
EVERY = 2  # seconds for a minute: a slow machine writes a thousand lines in less


@pytest.fixture
def lines():
    """Return what the site's own handler writes meanwhile, line by line."""
    handler = logging.StreamHandler(StringIO())
    handler.setFormatter(logs.JsonLine())
    once = logs.OncePerMinute(every=EVERY)
    for rule in (logs.AnonymousStays(), once):
        handler.addFilter(rule)
    root = logging.getLogger()
    root.addHandler(handler)
    yield lambda: [json.loads(line) for line in handler.stream.getvalue().splitlines()]
    root.removeHandler(handler)
    once.counts.clear()


def failing(monkeypatch, failure):
    """Let the test's page /broken/ fail in a way."""

    def broken(request):
        raise failure

    monkeypatch.setattr("tests.welfare.urls.FAILS", broken)


def test_fault_is_one_line_with_its_request_and_no_words(visitor, lines, monkeypatch):
    failing(monkeypatch, IntegrityError(f"Key (login)=({TOKEN}) already exists"))

    response = visitor.post(f"/fails/?{TOKEN}", {"text": TOKEN}, headers={"cookie": TOKEN})

    (line,) = lines()
    assert line["request"] == response.headers[HEADER]
    assert (line["level"], line["status"], line["method"]) == ("ERROR", 500, "POST")
    assert (line["route"], line["fault"]) == ("fails/", "IntegrityError")
    assert any("test_logs.py" in place for place in line["trace"])
    assert TOKEN not in json.dumps(line)


def test_path_is_told_by_its_route(visitor, lines, monkeypatch):
    failing(monkeypatch, ValueError(TOKEN))

    visitor.get(f"/fails/{TOKEN}/")

    (line,) = lines()
    assert line["route"] == "fails/<str:token>/"
    assert TOKEN not in json.dumps(line)


def test_words_of_the_system_are_told(visitor, lines, monkeypatch):
    failing(monkeypatch, OperationalError("connection refused\nSELECT 1"))

    visitor.get("/fails/")

    assert lines()[0]["fault"] == "OperationalError: connection refused"


def test_short_line_says_the_same(rf, monkeypatch):
    try:
        raise IntegrityError(TOKEN)
    except IntegrityError as failure:
        record = logging.LogRecord(
            "django.request", logging.ERROR, "", 0, "Internal Server Error: %s", (TOKEN,), None
        )
        record.exc_info, record.request = (type(failure), failure, None), rf.get("/")
    said = logs.ShortLine().format(record)

    assert said.startswith("ERROR django.request: Internal Server Error GET IntegrityError")
    assert TOKEN not in said


# The request's id


def test_error_page_shows_the_id(visitor, monkeypatch):
    failing(monkeypatch, ValueError())

    response = visitor.get("/en/fails/")

    assert f"<code>{response.headers[HEADER]}</code>" in response.content.decode()


def test_last_resort_shows_it_too(visitor, settings):
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": []}]

    response = visitor.get("/broken/")

    assert f"<code>{response.headers[HEADER]}</code>" in response.content.decode()


def test_proxy_gives_the_id_where_it_is_trusted(settings):
    ask = {HEADER: "abc-123.DEF_456"}
    assert Client().get("/none/", headers=ask).headers[HEADER] != ask[HEADER]

    settings.TRUSTED_PROXIES = 1
    assert Client().get("/none/", headers=ask).headers[HEADER] == ask[HEADER]


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "<script>alert", "a b c d e f", "号" * 9])
def test_odd_id_is_not_taken(given, settings, rf):
    settings.TRUSTED_PROXIES = 1

    assert request_id.id_of(rf.get("/", headers={HEADER: given})) != given


def test_public_page_has_no_id():
    assert HEADER not in Client().get("/page/").headers


# What workers send


@pytest.mark.parametrize("path", ["/suggest/", "/en/suggest/", "/answer/", "/en/answer/"])
def test_what_workers_send_leads_nowhere(path, visitor, lines, monkeypatch):
    fails(monkeypatch, TOKEN)

    response = visitor.get(f"{path}?{TOKEN}", headers={"user-agent": TOKEN, HEADER: TOKEN})

    assert HEADER not in response.headers
    (line,) = lines()
    assert "request" not in line
    assert TOKEN not in json.dumps(line)


def fails(monkeypatch, words):
    """Let each page of suggestions fail."""

    def render(*args, **kwargs):
        raise ValueError(words)

    monkeypatch.setattr("welfare.suggestions.views.render", render)
    monkeypatch.setattr("welfare.suggestions.views.queries.addressees", render)


def test_warnings_of_what_workers_send_are_not_logged(lines):
    told = logs.is_anonymous.set(True)
    logging.getLogger("items").warning("something")
    logs.is_anonymous.reset(told)
    logging.getLogger("items").warning("something else")

    assert [line["message"] for line in lines()] == ["something else"]


# One line a minute


def test_thousand_faults_are_two_lines(lines):
    def fail():
        try:
            raise OperationalError("connection refused")
        except OperationalError:
            logging.getLogger("django.request").exception("Internal Server Error")

    for _each in range(1000):
        fail()
    time.sleep(EVERY + 0.3)

    first, second = lines()
    assert first["trace"][-1] == "OperationalError"
    assert (second["count"], "trace" in second) == (999, False)
    fail()
    assert "trace" in lines()[2]  # a minute later it is news again


def test_answers_of_one_status_are_counted_too(visitor, lines, monkeypatch):
    """A login that finds no place is 503, without an exception."""
    monkeypatch.setattr("tests.welfare.urls.FAILS", lambda request: HttpResponse(status=503))

    for _each in range(5):
        visitor.get("/fails/")
    time.sleep(EVERY + 0.3)

    assert [line.get("count", 1) for line in lines()] == [1, 4]


def test_fault_of_another_kind_is_logged_at_once(visitor, lines, monkeypatch):
    failing(monkeypatch, OperationalError("connection refused"))
    visitor.get("/fails/")
    failing(monkeypatch, ValueError())
    visitor.get("/fails/")

    assert [line["fault"].split(":")[0] for line in lines()] == ["OperationalError", "ValueError"]


def test_refusals_of_one_kind_are_one_line(lines):
    # A stranger who fills in forms badly doesn't fill the log.
    strict = Client(enforce_csrf_checks=True)
    for _each in range(20):
        strict.post("/report/", {"text": TOKEN})

    (line,) = lines()
    assert (line["logger"], line["status"]) == ("django.security.csrf", 403)


def test_odd_request_leaves_no_traceback(visitor, lines):
    visitor.get("/page/", headers={"host": "evil.example"})

    (line,) = lines()
    assert line["message"] == "Invalid HTTP_HOST header"
    assert "trace" not in line

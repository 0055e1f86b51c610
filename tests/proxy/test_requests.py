"""Requests as they are passed on: what a proxy adds, and what a client may not say for it."""

import pytest

from tests.proxy.fronts import Scope
from welfare.proxy.health import Health
from welfare.proxy.request import Request


def passed(target="/", scheme="http", **headers):
    headers = {name.replace("__", "-"): value for name, value in headers.items()}
    scope = Scope("GET", target, headers.items())
    scope.scheme = scheme
    return Request.of(scope)


def told(request):
    return dict(request.passed_on())


@pytest.mark.parametrize(
    "name",
    ["connection", "te", "upgrade", "expect", "x-revision", "x-recovery", "script_name", "x_y"],
)
def test_headers_that_stay_here(name):
    assert told(passed(**{name: "evil"})).get(name) in (None, "close")


def test_reader_is_named_last_after_what_they_claim():
    assert told(passed())["x-forwarded-for"] == "203.0.113.7"
    claimed = told(passed(**{"x-forwarded-for": "6.6.6.6"}))
    assert claimed["x-forwarded-for"] == "6.6.6.6, 203.0.113.7"


def test_readers_address_by_ipv6_is_bare():
    scope = Scope("GET", "/", [])
    scope.client = "[2001:db8::7]:4000"

    assert told(Request.of(scope))["x-forwarded-for"] == "2001:db8::7"


@pytest.mark.parametrize(
    ("client", "near"),
    [("127.0.0.1", True), ("[::1]", True), ("[::ffff:127.0.0.1]", True), ("[2001:db8::7]", False)],
)
def test_who_asks_on_this_machine_is_told_what_is_wrong(client, near):
    scope = Scope("GET", "/healthz", [])
    scope.client = f"{client}:4000"

    assert (b"found" in Health().answer(Request.of(scope)).body) is near


def test_scheme_is_ours_to_say(settings):
    assert told(passed(**{"x-forwarded-proto": "https"}))["x-forwarded-proto"] == "http"
    assert told(passed(scheme="https"))["x-forwarded-proto"] == "https"

    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert told(passed(**{"x-forwarded-proto": "https"}))["x-forwarded-proto"] == "https"
    assert "x-forwarded-proto" not in told(passed())


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/lists/a/7/", "/lists/a/7/"),
        ("/清单/", "/%E6%B8%85%E5%8D%95/"),
        ("/a b?c%d#e\r\nx", "/a%20b%3Fc%25d%23e%0D%0Ax"),
    ],
)
def test_path_is_written_as_it_must_be(path, target):
    assert Request("GET", path, "", (), "", "http").target == target
    assert Request("GET", path, "a=%20", (), "", "http").target == f"{target}?a=%20"
    assert Request("GET", path, "q=清\r\n", (), "", "http").target == f"{target}?q=%E6%B8%85%0D%0A"


@pytest.mark.parametrize(
    ("method", "headers", "kind"),
    [
        ("GET", {}, "public"),
        ("GET", {"cookie": "sessionid=x"}, "desk"),
        ("POST", {}, "write"),
        ("DELETE", {"cookie": "a=b; sessionid=x"}, "desk write"),
    ],
)
def test_which_places_it_takes(method, headers, kind):
    scope = Scope(method, "/", headers.items())

    assert Request.of(scope).kind == kind


@pytest.mark.parametrize("path", ["/lists/a/wall.pdf", "/lists/a/1/picture.png"])
@pytest.mark.parametrize("cookie", [{}, {"cookie": "sessionid=x"}])
def test_what_is_printed_takes_a_place_of_its_own(path, cookie):
    assert Request.of(Scope("GET", path, cookie.items())).kind == "print"
    assert Request.of(Scope("GET", "/lists/a/1/picture/", ())).kind == "public"


@pytest.mark.parametrize("accept", ["br;q=0", "xbr-br", "gzip;q=0, br;q=0", "identity, br;q=0.1"])
def test_page_to_keep_is_asked_for_in_the_coding_it_is_kept_under(accept):
    """Others on the way to the file read the header otherwise than we do."""
    request = passed(**{"host": "localhost", "accept-encoding": accept})

    assert request.key[-1] == "identity"
    assert told(request.unconditional(None))["accept-encoding"] == "identity"


def test_long_headers_are_not_remembered():
    """A thousand of 40 kB each would be."""
    assert passed(**{"host": "localhost", "accept-encoding": "a," * 200}).key
    assert passed(**{"host": "localhost", "accept-encoding": "a," * 250}).key is None

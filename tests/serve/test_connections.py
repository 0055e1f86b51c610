"""A stranger with many connections keeps nobody else out."""

import socket
import time
from contextlib import ExitStack, closing, suppress

import pytest

from tests.serve.sites import served
from welfare.serve import connections
from welfare.serve.connections import Connection, too_many

STRANGER, HONEST, OTHER = "127.0.0.2", "127.0.0.3", "127.0.0.4"
ASKED = b"GET /none/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
LIMITS = "import welfare.serve.connections as c; c.IN_ALL, c.OF_ALL, c.PER_ADDRESS = {}"


def connect(port, address):
    """Connect from one of this machine's own addresses."""
    return socket.create_connection(("127.0.0.1", port), timeout=10, source_address=(address, 0))


def at(network, *silent):
    return [Connection(0, f"{network}:{each}", network, each) for each in silent]


@pytest.mark.parametrize(
    ("found", "under_way", "chosen"),
    [
        (at("a", 1, 2, 3), (), []),
        (at("a", 1, 9, 5, 7, 3), (), ["a:9", "a:7", "a:5"]),
        (at("a", 1, 9, 5, 7, 3), ("a:9",), ["a:7", "a:5", "a:3"]),
        (at("a", 1, 9, 5, 7, 3), ("a:1", "a:9", "a:5", "a:7"), ["a:3"]),
        (at("a", 1, 2, 3, 4) + at("b", 9), (), ["a:4", "a:3"]),
        (at("a", 1, 2, 3) + at("b", 4, 5, 6) + at("c", 7), (), ["c:7", "b:6"]),
        (at("a", 1, 2, 3, 4) + at("b", 5, 6, 7), (), ["b:7", "b:6", "a:4", "a:3"]),
    ],
    ids=[
        "few",
        "too many here",
        "who sends a body",
        "most of them",
        "an honest one",
        "in all",
        "both",
    ],
)
def test_who_was_silent_for_longest_goes_first(found, under_way, chosen, monkeypatch):
    monkeypatch.setattr(connections, "PER_ADDRESS", (3, 2))
    monkeypatch.setattr(connections, "OF_ALL", (6, 5))

    assert [each.peer for each in too_many(found, under_way)] == chosen


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_own_connections_are_found_and_ended(host, monkeypatch):
    monkeypatch.setattr(connections, "PER_ADDRESS", (4, 3))
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with ExitStack() as held:
        door = held.enter_context(socket.create_server((host, 0), family=family))
        port = door.getsockname()[1]
        clients = [held.enter_context(socket.create_connection((host, port))) for _ in range(6)]
        ours = [held.enter_context(door.accept()[0]) for _ in clients]
        time.sleep(0.05)
        for each in ours[:2]:
            each.send(b"answer")
        under_way = {connections.peer_of(ours[2])[0]}

        assert connections.look(port, under_way) == connections.LOOK_OFTEN
        for each in clients:
            each.settimeout(0.1)
        assert [is_open(each) for each in clients] == [True] * 3 + [False] * 3

        for each in ours[3:]:
            each.close()
        assert connections.look(port, under_way) == connections.LOOK_EVERY


def is_open(client):
    with suppress(TimeoutError):
        return client.recv(10) != b""
    return True


@pytest.mark.slow
@pytest.mark.parametrize("guarded", [True, False])
def test_idle_connections_of_one_keep_nobody_out(guarded):
    limits = (60, (50, 40), (20, 15)) if guarded else (60, (60, 60), (60, 60))
    with served(first=LIMITS.format(limits)) as site, ExitStack() as held:
        for _ in range(120):  # half of them wait to be taken
            held.enter_context(closing(connect(site.port, STRANGER)))
        time.sleep(0.2)
        honest = held.enter_context(closing(connect(site.port, HONEST)))
        honest.settimeout(4)
        honest.sendall(ASKED)

        if guarded:
            assert honest.recv(12) == b"HTTP/1.1 404"
        else:
            with pytest.raises(TimeoutError):  # the control: for as long as they are idle
                honest.recv(12)


@pytest.mark.slow
def test_body_under_way_is_taken_though_its_sender_has_many_connections():
    with served(first=LIMITS.format((60, (50, 40), (20, 15)))) as site, ExitStack() as held:
        sender = held.enter_context(closing(connect(site.port, STRANGER)))
        sender.sendall(ASKED.replace(b"GET", b"POST")[:-2] + b"Content-Length: 6\r\n\r\nabc")
        time.sleep(0.5)
        for _ in range(50):
            held.enter_context(closing(connect(site.port, STRANGER)))
        time.sleep(2)
        sender.sendall(b"def")

        assert sender.recv(12) == b"HTTP/1.1 404"

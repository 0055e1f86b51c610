"""Connections at the door: a limit for each address, and room for whoever comes next.

granian takes so many connections and then no more, and tells nothing of them: one stranger who
opens them all would keep everybody out. So the front looks at its own sockets, as Linux lists
them, and hangs up on those that were silent for longest. Who sends a body or waits for an answer
is left in peace: they have limits of their own (welfare/proxy/).
"""

import os
import socket
import struct
from collections import Counter
from collections.abc import Container, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import NamedTuple

from welfare.http.client_address import UNKNOWN, network_of, parse_address

IN_ALL = 4096  # granian takes no more
# Beyond the first number we hang up until the second is left, so that it isn't done all the time.
PER_ADDRESS = (1000, 750)  # a plant's phones share one
OF_ALL = (3072, 2048)
LOOK_EVERY, LOOK_OFTEN = 1, 0.1  # seconds; often while there are too many
INTERNET = (socket.AF_INET, socket.AF_INET6)
OWN_FILES = "/proc/self/fd"
LAST_DATA_SENT = 44  # where Linux's struct tcp_info has the milliseconds since then


class Connection(NamedTuple):
    """One open connection to us."""

    file: int
    peer: str  # as granian writes it in a request's scope
    network: str
    silent: int  # milliseconds since we last sent something, or since it was made


def look(port: int, under_way: Container[str]) -> float:
    """Hang up on those at `port` that are too many; return the seconds until the next look.

    `under_way` holds the peers whose requests are being worked on.
    """
    chosen = too_many(open_at(port), under_way)
    for connection in chosen:
        hang_up(connection)
    return LOOK_OFTEN if chosen else LOOK_EVERY


def open_at(port: int) -> list[Connection]:
    """Return this process's connections to its port; none where Linux doesn't list them."""
    found = []
    with suppress(FileNotFoundError):
        for name in os.listdir(OWN_FILES):
            with suppress(OSError), copy_of(int(name)) as connected:
                if connected.family in INTERNET and connected.getsockname()[1] == port:
                    peer, network = peer_of(connected)
                    found.append(Connection(int(name), peer, network, silent_for(connected)))
    return found


def too_many(found: list[Connection], under_way: Container[str]) -> list[Connection]:
    """Return whom to hang up on: first who was silent for longest."""
    here, chosen = Counter(connection.network for connection in found), []
    surplus = {
        whose: count - PER_ADDRESS[1] for whose, count in here.items() if count > PER_ADDRESS[0]
    }
    surplus_of_all = len(found) - OF_ALL[1] if len(found) > OF_ALL[0] else 0
    for each in sorted(found, key=lambda connection: -connection.silent):
        wanted = surplus.get(each.network, 0) > 0 or len(chosen) < surplus_of_all
        if wanted and each.peer not in under_way:
            surplus[each.network] = surplus.get(each.network, 0) - 1
            chosen.append(each)
    return chosen


def hang_up(connection: Connection) -> None:
    """End a connection, if its file is still the same one."""
    with suppress(OSError), copy_of(connection.file) as connected:
        if peer_of(connected)[0] == connection.peer:
            connected.shutdown(socket.SHUT_RDWR)


@contextmanager
def copy_of(file: int) -> Iterator[socket.socket]:
    """Give a socket's copy, whose number is ours alone; raises OSError for another file."""
    number = os.dup(file)
    try:
        copied = socket.socket(fileno=number)
    except OSError:
        os.close(number)
        raise
    with copied:
        yield copied


def peer_of(connected: socket.socket) -> tuple[str, str]:
    """Return who is connected, as granian writes it, and their network."""
    host, port = connected.getpeername()[:2]
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return address, network_at(host)


@lru_cache(maxsize=IN_ALL)
def network_at(host: str) -> str:
    return network_of(parse_address(host) or UNKNOWN)


def silent_for(connected: socket.socket) -> int:
    told = connected.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, LAST_DATA_SENT + 4)
    return struct.unpack_from("=I", told, LAST_DATA_SENT)[0]

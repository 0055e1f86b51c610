"""A fixed load on a web server over raw sockets that stay open, from one process.

    python benchmarks/load.py PORT PATH SECONDS CONNECTIONS [HEADER ...]

Each connection asks again as soon as it has its answer. Prints JSON; times are in milliseconds.
It needs a third of what the quickest server needs for a request, so that it is measured with the
server: where wrk is installed, wrk reads (servers.read), and only the writers are driven by this.
"""

import json
import re
import select
import socket
import sys
import time
from array import array
from itertools import repeat

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
HEADERS = "Host: localhost\r\nAccept-Encoding: br, gzip\r\nUser-Agent: benchmark\r\n"


def get(path: str, headers: str = "") -> bytes:
    """Return the bytes of a request as a browser's next page would be."""
    return f"GET {path} HTTP/1.1\r\n{HEADERS}{headers}\r\n".encode()


class Reader:
    """One connection: what it asked, since when, and what is still missing of the answer."""

    def __init__(self, port, asks):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.asks = asks
        self.got = b""
        self.missing = None

    def ask(self):
        """Send the next request; tell whether there was one."""
        asked = next(self.asks, None)
        self.since = time.perf_counter()
        if asked:
            self.socket.sendall(asked)
        return bool(asked)

    def read(self):
        """Read on; return the status when the answer is whole, else None."""
        got = self.socket.recv(262_144)
        if not got:
            raise ConnectionError("the server hung up")
        if self.missing is None:
            self.got += got
            end = self.got.find(b"\r\n\r\n")
            if end < 0:
                return None
            length = int(LENGTH.search(self.got, 0, end + 2)[1])  # every answer has to say it
            self.missing = length - (len(self.got) - end - 4)
        else:
            self.missing -= len(got)
        if self.missing > 0:
            return None
        status = int(self.got[9:12])
        self.got, self.missing = b"", None
        return status


def drive(port: int, asks: list, seconds: float) -> dict:
    """Ask what each iterator gives, over a connection for each, for so many seconds at most.

    Returns how many answers came, how quickly, and with what status.
    """
    poll, readers = select.epoll(), {}
    times, statuses = array("d"), {}
    begun = time.perf_counter()
    for each in asks:
        reader = Reader(port, each)
        readers[reader.socket.fileno()] = reader
        poll.register(reader.socket, select.EPOLLIN)
        reader.ask()
    asking, until = len(readers), begun + seconds
    while asking and time.perf_counter() < until:
        for number, _event in poll.poll(1):
            reader = readers[number]
            status = reader.read()
            if status is not None:
                times.append(time.perf_counter() - reader.since)
                statuses[status] = statuses.get(status, 0) + 1
                asking -= not reader.ask()
    took = time.perf_counter() - begun
    for reader in readers.values():
        reader.socket.close()
    return {**summed(times, took), "statuses": statuses}


def summed(times, seconds: float) -> dict:
    """Return the requests a second, and the times within which half, 95 and 99 of 100 came."""
    times = sorted(times)
    at = {f"p{part}": times[len(times) * part // 100] * 1000 for part in (50, 95, 99) if times}
    return {"requests": len(times), "per_second": len(times) / seconds, **at}


if __name__ == "__main__":
    port, path, seconds, connections, *more = sys.argv[1:]
    headers = "".join(f"{line}\r\n" for line in more)
    asks = [repeat(get(path, headers)) for _ in range(int(connections))]
    print(json.dumps(drive(int(port), asks, float(seconds))))

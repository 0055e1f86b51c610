"""Ports for the servers that tests start."""

import socket
from random import SystemRandom

# Below the ports that the system itself gives to connections (32768 and more on Linux): between
# the look and the server's start no other test's client or server is given the port.
RANGE = range(10_000, 32_000)
CHANCE = SystemRandom()  # pytest-randomly gives every worker the same `random`


def free_port() -> int:
    """Return a port of this machine that nothing listens at."""
    while True:
        port = CHANCE.choice(RANGE)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port

"""Stop with a sentence when the port is in use: python scripts/free_port.py 8000."""

import socket
import sys


def why_not(port):
    """Say why nothing can listen on `port` of this machine; "" when it can."""
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        return f"PORT={port} is no port."
    with socket.socket() as listener:
        # As the server does: a port whose last connections are still closing is free.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", int(port)))
        except OSError as error:
            return f"Port {port} can't be used: {error.strerror}."
    return ""


if __name__ == "__main__":
    if reason := why_not(sys.argv[1]):
        sys.exit(f"{reason} Choose another, for example: make run PORT=8001")

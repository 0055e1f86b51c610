"""The front's process: granian's event loop around welfare/proxy/, and a look at the database."""

import asyncio
import logging
import os
import signal
import socket
import threading
from concurrent.futures import Future
from functools import partial
from time import monotonic, sleep

from django.db import DatabaseError, InterfaceError, connection
from django.utils.timezone import localdate
from granian.http import HTTP1Settings
from granian.net import SocketHolder
from granian.server.embed import Server

from items.models.revision import current_revision
from welfare.proxy.application import Front
from welfare.proxy.backend import ask
from welfare.proxy.pages import Version
from welfare.serve import connections, health, wal
from welfare.serve.supervisor import GRACE, START_ANEW

HEADERS_WITHIN = 20  # seconds; also how long an idle connection stays open
MOST_OF_HEADERS = 2**15  # bytes; reading longer ones would keep all others waiting
READ_WITHIN = 30  # seconds; who takes nothing of an answer for so long is hung up on
LOOK_EVERY = 1  # seconds


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket; raises OSError when the port isn't free.

    The supervisor holds it, so that while the front starts again its readers wait, and no other
    site takes the port.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # the kernel's own limit on slow readers
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, READ_WITHIN * 1000)
    listener.bind((host, port))
    listener.listen(connections.IN_ALL)
    listener.setblocking(False)
    return listener


class Granian(Server):
    """granian in our own process, on a socket that is open already: a port, or a Unix socket."""

    def __init__(self, listener: socket.socket, front: Front, **options):
        super().__init__(front, **options)
        self.listener = listener

    def _init_shared_socket(self):
        self._ssp = None
        self._shd = SocketHolder(
            self.listener.fileno(), is_local(self.listener), connections.IN_ALL
        )
        self._sfd = self._shd.get_fd()


def run(listener: socket.socket, backend_path: str, processes: int, certificate, key) -> None:
    """Serve readers until SIGTERM, and then those that still wait for an answer."""
    logging.getLogger("_granian").setLevel(logging.ERROR)
    asyncio.run(serve(listener, Front(partial(ask, backend_path), processes), certificate, key))
    os._exit(0)  # a thread that waits for a stopped database would keep us


def is_local(listener: socket.socket) -> bool:
    """Tell whether it is a Unix socket: where nginx takes the front's place, and asks for health.

    Then the front keeps no pages; it looks at the site's health and at SQLite's log.
    """
    return listener.family == socket.AF_UNIX


async def serve(listener, front, certificate, key):
    server = Granian(
        listener,
        front,
        http="1",
        websockets=False,
        backpressure=connections.IN_ALL,
        backlog=connections.IN_ALL,
        http1_settings=HTTP1Settings(
            header_read_timeout=HEADERS_WITHIN * 1000, max_buffer_size=MOST_OF_HEADERS
        ),
        log_enabled=False,
        ssl_cert=certificate,
        ssl_key=key,
    )
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, end, server, loop)
    looks = {keep_looking: (front, loop), keep_looking_at_health: (front, loop)}
    always = [front.bodies.watch(), front.look_at_processes()]
    if not is_local(listener):
        looks[keep_the_door_open] = (front, listener.getsockname()[1])
        always.append(front.keep_warm())
    for looking, told in looks.items():
        threading.Thread(target=looking, args=told, daemon=True).start()
    tasks = [loop.create_task(each) for each in always]
    await server.serve()
    for task in tasks:
        task.cancel()


def end(server, loop):
    """Take no more requests; leave when the last is answered, or the time is up."""
    server.stop()
    loop.call_later(GRACE - 1, os._exit, 0)


def keep_looking(front: Front, loop) -> None:
    """Look at the version once a second, in a thread: the database may keep it waiting."""
    connection.settings_dict["CONN_MAX_AGE"] = None
    log = wal.WriteAheadLog()
    while True:
        try:
            look(partial(loop.call_soon_threadsafe, front.saw))
            if log.is_lost():
                rescue(log, asyncio.run_coroutine_threadsafe(front.stop_writing(), loop))
        except Exception:  # without a look no page is kept: the next one may go well
            logging.getLogger(__name__).exception("A look at the version failed")
        sleep(LOOK_EVERY)


def rescue(log: wal.WriteAheadLog, nobody_writes: Future) -> None:
    """Save what was written into a log that is lost, and have all processes start anew."""
    said = logging.getLogger(__name__)
    said.critical(
        "%s was deleted or replaced while the site runs. Nothing is written until all processes"
        " have started again. Whatever deletes it loses what people wrote.",
        log.path,
    )
    nobody_writes.result()
    try:
        saved = log.save()
    except DatabaseError:
        saved = False
    said.critical("What stood in it %s.", "is saved" if saved else "could not all be saved")
    os.kill(os.getppid(), START_ANEW)
    threading.Event().wait()  # until we are ended


def keep_looking_at_health(front: Front, loop) -> None:
    """Look at the site's health, in a thread of its own: it takes longer."""
    while True:
        try:
            loop.call_soon_threadsafe(front.health.saw, health.look())
        except Exception:  # /readyz and /healthz say that there was no look
            logging.getLogger(__name__).exception("A look at the site's health failed")
        sleep(health.LOOK_EVERY)


def keep_the_door_open(front: Front, port: int) -> None:
    """Hang up on connections that are too many, in a thread: to look at thousands takes longer."""
    while True:
        try:
            pause = connections.look(port, front.under_way)
        except Exception:  # the next one may go well
            logging.getLogger(__name__).exception("A look at the connections failed")
            pause = connections.LOOK_EVERY
        sleep(pause)


def look(saw) -> None:
    """Tell `saw` the version of what is public; nothing while it can't be read."""
    asked = monotonic()
    try:
        connection.close_if_unusable_or_obsolete()
        number = current_revision()
    except (DatabaseError, InterfaceError):
        connection.close()
    else:
        saw(Version(number, localdate()) if number else None, asked)

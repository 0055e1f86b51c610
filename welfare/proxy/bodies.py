"""What readers send: bounded in size, speed and number, before anybody else is troubled by it."""

import asyncio
import re
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from tempfile import SpooledTemporaryFile
from time import monotonic

from django.conf import settings
from django.utils.http import parse_header_parameters

from welfare.proxy.errors import Stopped

FORM_BYTES = 2**20
FILE_BYTES = 61 * 2**20  # of a form with photos or a sheet in it
MOST_DRAINED = 2**28  # bytes; so much is read of such a form that is too long, to answer it
LENGTH = re.compile(r"[0-9]{1,18}")
LONGEST_TYPE = 1_000  # characters
STEP = 2**20  # bytes after which it is seen anew whether there is room
START = 2**16  # bytes; longer bodies go to an unnamed file

GRACE = 20  # seconds; after them a body has to come at SLOWEST on average
SLOWEST = 500  # bytes a second
SILENCE = 30  # seconds without a byte
PER_ADDRESS, IN_ALL = 100, 1_000  # bodies under way; a plant's phones share one address
BYTES_PER_ADDRESS, BYTES_IN_ALL = 2**28, 2**30  # that lie here at one time


class Body:
    """One body under way, or whole until its request is answered."""

    def __init__(self, address: str):
        self.address, self.received = address, 0
        self.begun = self.heard = monotonic()
        self.task, self.why, self.whole = asyncio.current_task(), 0, False
        self.start = bytearray()
        folder = settings.FILE_UPLOAD_TEMP_DIR
        self.file = SpooledTemporaryFile(START, dir=folder)  # noqa: SIM115  closed by `done`

    async def fill(self, protocol, refused: int, grown: Callable[[], None]) -> None:
        """Take in what comes; only the start of what is refused, or has no room on the disk.

        Calls `grown` after each MB.
        """
        self.why = refused
        async for chunk in protocol:
            before, self.received = self.received, self.received + len(chunk)
            if before // STEP != self.received // STEP:
                grown()
            self.heard = monotonic()
            if len(self.start) < START:
                self.start += chunk[: START - len(self.start)]
            self.attempt(self.file.write, chunk)
        self.attempt(self.file.flush)  # a disk may be full as late as here

    def attempt(self, store: Callable, *what) -> None:
        if not self.why:
            try:
                store(*what)
            except OSError:
                self.why = 507

    def speed(self) -> float:
        """Return bytes a second; whoever has just begun is taken for quick."""
        return (self.received + 1_000) / (monotonic() - self.begun + 1)

    def is_too_slow(self, now: float) -> bool:
        lasted = now - self.begun
        return now - self.heard > SILENCE or (lasted > GRACE and self.received < SLOWEST * lasted)

    def stop(self, status: int) -> None:
        """End its request with this status."""
        self.why = status
        self.task.cancel()


class Bodies:
    """All bodies that lie here; the slowest makes room for the next."""

    def __init__(self):
        self.here: set[Body] = set()

    async def receive(self, protocol, request) -> Body:
        """Take in the whole body of a request; `done` is called once it is answered.

        Raises Stopped: 411 without a length, 413 when it is too long, 408 when it came too slowly,
        429 when it had to make room for others, 400 when it was cut, 507 when the disk is full.
        """
        headers, length = request.headers, request.headers.get("content-length", "0")
        if "transfer-encoding" in headers or not LENGTH.fullmatch(length):
            raise Stopped(411)
        size, boundary = int(length), boundary_of(headers)
        if size > (MOST_DRAINED if boundary else FORM_BYTES):
            raise Stopped(413)
        body = Body(request.address)
        self.here.add(body)
        try:
            self.make_room(body, min(size, FILE_BYTES))
            refused = 413 if size > FILE_BYTES else 0
            await body.fill(protocol, refused, partial(self.make_room, body, 0))
            if body.received != size:  # granian ends a cut body as if it were whole
                raise Stopped(400)
            if body.why:
                raise Stopped(body.why, whole_parts(bytes(body.start), boundary))
        except asyncio.CancelledError:
            self.done(body)
            if body.why:
                raise Stopped(body.why) from None
            raise
        except BaseException:
            self.done(body)
            raise
        body.whole = True
        return body

    def make_room(self, body: Body, length: int) -> None:
        """Stop the slowest that are under way, at this address first, until there is room."""
        count, size = Counter(), Counter()
        for other in self.here:
            for whose in (other.address, None):  # None: all of them
                count[whose] += 1
                size[whose] += other.received
        for whose, most, most_bytes in (
            (body.address, PER_ADDRESS, BYTES_PER_ADDRESS),
            (None, IN_ALL, BYTES_IN_ALL),
        ):
            under_way = [
                other
                for other in self.here
                if other is not body and not other.whole and whose in (other.address, None)
            ]
            while count[whose] > most or size[whose] + length > most_bytes:
                if not under_way:
                    raise Stopped(429)
                slowest = min(under_way, key=Body.speed)
                under_way.remove(slowest)
                for each in (slowest.address, None):
                    count[each] -= 1
                    size[each] -= slowest.received
                self.here.discard(slowest)  # who comes before it has gone needn't stop it again
                slowest.stop(429)

    def done(self, body: Body) -> None:
        self.here.discard(body)
        with suppress(OSError):  # of a full disk, once more
            body.file.close()

    async def watch(self) -> None:
        """Stop what comes too slowly; once a second, for as long as the front runs."""
        while True:
            await asyncio.sleep(1)
            now = monotonic()
            for body in [body for body in self.here if not body.whole and body.is_too_slow(now)]:
                body.stop(408)


def boundary_of(headers) -> bytes:
    """Return what stands between the parts of a form with files; nothing for another form.

    Raises Stopped(400) for a type that Django couldn't read either, or not in reasonable time.
    """
    named = headers.get("content-type", "")
    if len(named) > LONGEST_TYPE:
        raise Stopped(400)
    try:
        kind, options = parse_header_parameters(named)
    except ValueError:
        raise Stopped(400) from None
    return options.get("boundary", "").encode() if kind == "multipart/form-data" else b""


def whole_parts(start: bytes, boundary: bytes) -> bytes:
    """Return the start of a form up to its last whole part, ended as a form is."""
    between = b"--" + boundary
    end = start.rfind(b"\r\n" + between)
    return start[: end + 2] + between + b"--\r\n" if boundary and end > 0 else b""

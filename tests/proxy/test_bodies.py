"""What readers send: limits of size, speed and number, and what comes of a body that breaks one."""

import asyncio
from pathlib import Path

import pytest

from tests.proxy.fronts import Protocol, Scope
from welfare.proxy import bodies
from welfare.proxy.bodies import Bodies
from welfare.proxy.errors import Stopped
from welfare.proxy.request import Request

HOME = "203.0.113.7"


class Stalling:
    """A body that sends these chunks, and then nothing for ever."""

    def __init__(self, *chunks):
        self.chunks = chunks

    async def __aiter__(self):
        for chunk in self.chunks:
            yield chunk
        await asyncio.Event().wait()


def request(length, kind="application/x-www-form-urlencoded", at=HOME, **more):
    headers = {"content-length": str(length), "content-type": kind} | more
    scope = Scope("POST", "/suggest/", headers.items())
    scope.client = f"{at}:4000"
    return Request.of(scope)


def received(protocol, asked, lying_here=None):
    """Return the bytes that came, or the status that the body was refused with."""

    async def receive():
        here = lying_here or Bodies()
        try:
            body = await here.receive(protocol, asked)
        except Stopped as stopped:
            assert here.here == set()
            return stopped.status
        body.file.seek(0)
        content = body.file.read()
        here.done(body)
        assert here.here == set()
        return content

    return asyncio.run(receive())


def test_whole_body_is_taken_in():
    assert received(Protocol([b"abc", b"def"]), request(6)) == b"abcdef"


@pytest.mark.parametrize(
    ("chunks", "length", "more", "status"),
    [
        ([b"abc"], 6, {}, 400),  # cut
        ([b"abcdefg"], 6, {}, 400),
        ([], 2**20 + 1, {}, 413),
        ([], 2**28 + 1, {"content-type": "multipart/form-data; boundary=x"}, 413),
        ([b"abc"], "x", {}, 411),
        ([b"abc"], "-3", {}, 411),
        ([b"abc"], "３", {}, 411),
        ([b"abc"], 3, {"transfer-encoding": "chunked"}, 411),
        ([b"abc"], "0" * 5_000 + "3", {}, 411),
        ([b"abc"], 3, {"content-type": "multipart/form-data; boundary*=none''x"}, 400),
        ([b"abc"], 3, {"content-type": "multipart/form-data" + ";" * 1_000}, 400),
    ],
)
def test_body_that_is_wrong_is_refused(chunks, length, more, status):
    assert received(Protocol(chunks), request(length, **more)) == status


def test_files_have_more_room_than_a_form():
    many = request(2**21, "multipart/form-data; boundary=x")

    assert len(received(Protocol([b"x" * 2**20] * 2), many)) == 2**21


@pytest.mark.parametrize(
    ("seconds", "received_bytes", "quiet", "slow"),
    [
        (10, 1, 5, False),  # still in its grace
        (21, 500 * 22, 1, False),
        (21, 500 * 20, 1, True),
        (100, 10**6, 29, False),  # a phone in a tunnel
        (100, 10**6, 31, True),
        (31, 0, 31, True),
    ],
)
def test_how_slow_is_too_slow(seconds, received_bytes, quiet, slow):
    async def judged():
        body = bodies.Body(HOME)
        body.received, body.heard = received_bytes, body.begun + seconds - quiet
        body.file.close()
        return body.is_too_slow(body.begun + seconds)

    assert asyncio.run(judged()) is slow


def test_slow_body_is_ended_and_its_file_is_gone(monkeypatch):
    monkeypatch.setattr(bodies, "SILENCE", -1)

    async def scene():
        here = Bodies()
        watch = asyncio.create_task(here.watch())
        with pytest.raises(Stopped) as stopped:
            async with asyncio.timeout(5):
                await here.receive(Stalling(b"abc"), request(100))
        watch.cancel()
        return stopped.value.status, here.here

    assert asyncio.run(scene()) == (408, set())


async def under_way(here, addresses):
    tasks = [
        asyncio.create_task(here.receive(Stalling(b"abc"), request(100, at=at))) for at in addresses
    ]
    await asyncio.sleep(0.05)
    return tasks


def statuses(tasks):
    """Return with what each was stopped; None where it is still under way."""
    return [task.exception().status if task.done() else None for task in tasks]


def test_slowest_of_an_address_makes_room_for_the_next(monkeypatch):
    monkeypatch.setattr(bodies, "PER_ADDRESS", 3)

    async def scene():
        here = Bodies()
        elsewhere = await under_way(here, ["198.51.100.1"])
        tasks = await under_way(here, [HOME] * 3)
        slowest = next(body for body in here.here if body.task is tasks[1])
        slowest.begun -= 60
        tasks += await under_way(here, [HOME])
        found = statuses(tasks), statuses(elsewhere)
        for task in [*tasks, *elsewhere]:
            task.cancel()
        return found

    assert asyncio.run(scene()) == ([None, 429, None, None], [None])


def test_all_addresses_together_have_a_limit_too(monkeypatch):
    monkeypatch.setattr(bodies, "IN_ALL", 4)

    async def scene():
        here = Bodies()
        tasks = await under_way(here, [f"203.0.113.{n}" for n in range(6)])
        found = statuses(tasks)
        for task in tasks:
            task.cancel()
        return found

    assert sorted(map(str, asyncio.run(scene()))) == ["429", "429", "None", "None", "None", "None"]


def test_bytes_have_a_limit(monkeypatch):
    monkeypatch.setattr(bodies, "BYTES_PER_ADDRESS", 50)

    assert received(Protocol([b"x" * 60]), request(60)) == 429
    assert received(Protocol([b"x" * 40]), request(40)) == b"x" * 40


def test_full_disk_is_said(monkeypatch):
    def full(self, chunk):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(bodies.SpooledTemporaryFile, "write", full)

    assert received(Protocol([b"abc"]), request(3)) == 507


@pytest.mark.parametrize("chunks", [[b"abc"], [b"x" * 1_460] * 100, [b"x" * 2**16] * 2])
def test_full_disk_is_said_of_what_waited_in_a_buffer(monkeypatch, chunks):
    """It is full when the buffer is written out: amid the body, at its end, and at the close."""
    full = Path("/dev/full")
    monkeypatch.setattr(bodies, "SpooledTemporaryFile", lambda *_, **__: full.open("r+b"))

    assert received(Protocol(chunks), request(sum(map(len, chunks)))) == 507


PARTS = (
    b'--x\r\nContent-Disposition: form-data; name="words"\r\n\r\n\xe7\x83\xad\r\n'
    b'--x\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"\r\n\r\n'
)
TEXT = PARTS[: PARTS.rindex(b"--x")] + b"--x--\r\n"


@pytest.mark.parametrize(
    ("status", "size", "room"),
    [(413, bodies.FILE_BYTES + 1, True), (507, 2**20, False)],
)
def test_text_before_the_files_is_saved(status, size, room, monkeypatch):
    if not room:
        monkeypatch.setattr(bodies.SpooledTemporaryFile, "write", lambda *told: no_room())
    chunks = [PARTS, *[b"\xff" * 2**16] * (size // 2**16)]
    asked = request(sum(map(len, chunks)), "multipart/form-data; boundary=x")

    async def scene():
        with pytest.raises(Stopped) as stopped:
            await Bodies().receive(Protocol(chunks), asked)
        return stopped.value.status, stopped.value.text

    assert asyncio.run(scene()) == (status, TEXT)


def no_room():
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(
    ("start", "boundary"), [(PARTS, b""), (b"", b"x"), (PARTS[:20], b"x"), (b"--x\r\n", b"x")]
)
def test_without_a_whole_part_there_is_no_text(start, boundary):
    assert bodies.whole_parts(start, boundary) == b""


def test_crowd_that_comes_at_once_is_counted_once():
    """Those who were told to go were told again for each newcomer: 2,500 took the front away."""

    async def crowd():
        here = Bodies()
        comers = [
            asyncio.create_task(here.receive(Stalling(b"x"), request(6)))
            for _comer in range(3 * bodies.PER_ADDRESS)
        ]
        told, stop = [], bodies.Body.stop
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(bodies.Body, "stop", lambda *to: (told.append(to), stop(*to)))
            await asyncio.sleep(0)
        assert len(told) == len({body for body, _status in told}) == 2 * bodies.PER_ADDRESS
        assert len(here.here) == bodies.PER_ADDRESS
        for comer in comers:
            comer.cancel()
        await asyncio.gather(*comers, return_exceptions=True)
        assert here.here == set()

    asyncio.run(crowd())


def test_bodies_that_grow_make_room_too(monkeypatch):
    """A hundred that had just begun were let in, and grew to 61 MB each."""
    monkeypatch.setattr(bodies, "BYTES_PER_ADDRESS", 3 * 2**20)

    class Growing(Stalling):
        async def __aiter__(self):
            await asyncio.sleep(0.01)  # until all have begun
            async for chunk in super().__aiter__():
                yield chunk

    async def grow():
        here = Bodies()
        asked = request(2**21 + 1, "multipart/form-data; boundary=x")
        growing = [
            asyncio.create_task(here.receive(Growing(b"x" * 2**20, b"x" * 2**20), asked))
            for _body in range(3)
        ]
        await asyncio.sleep(0.1)
        held = sum(body.received for body in here.here)
        for body in growing:
            body.cancel()
        await asyncio.gather(*growing, return_exceptions=True)
        assert here.here == set()
        return held

    assert asyncio.run(grow()) <= bodies.BYTES_PER_ADDRESS

"""Places: readers always have one, those who wait take turns, and nobody waits without end."""

import asyncio
import time

import pytest

from welfare.proxy.errors import Stopped
from welfare.proxy.places import Places


def run(scene):
    return asyncio.run(scene)


async def hold(places, kind, who="", seconds=0.05, done=None):
    """Work for so long in a place; return whether one came."""
    try:
        async with places.taken(kind, who):
            await asyncio.sleep(seconds)
            if done is not None:
                done.append(who)
            return True
    except Stopped:
        return False


async def at_once(places, *holds):
    tasks = [asyncio.create_task(hold(places, *each)) for each in holds]
    await asyncio.sleep(0.01)
    return tasks


def test_writers_never_take_the_readers_last_place():
    async def scene():
        places = Places(5)
        writers = await at_once(
            places, *[("desk write", f"w{n}", 0.4) for n in range(9)], *[("write", "/a/", 0.4)] * 9
        )
        begun = time.monotonic()
        assert await hold(places, "public", "/page/", 0)
        assert await hold(places, "desk", "c", 0)
        took = time.monotonic() - begun
        for writer in writers:
            writer.cancel()
        return took

    assert run(scene()) < 0.2


def test_one_place_is_left_for_what_gives_a_text_back():
    async def scene():
        places = Places(5)
        others = [*[("public", f"/{n}/", 0.4) for n in range(9)], *[("write", "/a/", 0.4)] * 9]
        tasks = await at_once(places, *others)
        begun = time.monotonic()
        assert await hold(places, "recovery", "/a/", 0)
        took = time.monotonic() - begun
        for task in tasks:
            task.cancel()
        return took

    assert run(scene()) < 0.2


def test_whoever_would_wait_too_long_is_told_at_once():
    async def scene():
        places = Places(5)
        await at_once(places, *[("desk", f"c{n}", 0.3) for n in range(3)])
        places.kinds["desk"].takes = 30
        begun = time.monotonic()
        assert not await hold(places, "desk", "another")
        return time.monotonic() - begun

    assert run(scene()) < 0.1


def test_nobody_waits_longer_than_their_patience():
    async def scene():
        places = Places(5)
        places.kinds["desk"].patience = 0.1
        tasks = await at_once(places, *[("desk", f"c{n}", 0.5) for n in range(3)])
        places.kinds["desk"].takes = 0.01  # it was quick so far
        begun = time.monotonic()
        assert not await hold(places, "desk", "another")
        took = time.monotonic() - begun
        await asyncio.gather(*tasks)
        assert await hold(places, "desk", "another", 0)  # and nothing is left taken
        return took

    assert 0.1 <= run(scene()) < 0.4


def test_those_who_went_away_keep_nobody_waiting():
    async def scene():
        places = Places(5)
        places.kinds["desk"].takes = 0.01
        held = await at_once(places, *[("desk", f"c{n}", 0.2) for n in range(3)])
        gone = await at_once(places, *[("desk", f"d{n}") for n in range(3)])
        for task in gone:
            task.cancel()
        await asyncio.gather(*held)
        async with places.taken("public", ""):
            begun = time.monotonic()
            assert await hold(places, "desk", "another", 0)
            return time.monotonic() - begun

    assert run(scene()) < 0.1


def test_those_who_wait_take_turns():
    # A hundred guesses at passwords don't keep a suggestion waiting behind all of them.
    async def scene():
        places, done = Places(5), []
        places.kinds["write"].patience = 60
        guesses = [("write", "/account/login/", 0.02, done) for _ in range(30)]
        tasks = await at_once(places, *guesses)
        tasks += await at_once(places, ("write", "/suggest/", 0, done))
        await asyncio.gather(*tasks)
        return done.index("/suggest/")

    assert run(scene()) < 8


@pytest.mark.parametrize("processes", [1, 2, 3, 5, 9])
def test_all_places_come_back(processes):
    async def scene():
        places = Places(processes)
        kinds = [kind for kind in places.kinds for _ in range(6)]
        tasks = await at_once(places, *[(kind, f"{n}", 0.01) for n, kind in enumerate(kinds)])
        tasks[3].cancel()
        tasks[-1].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return [(kind.busy, len(kind.waiting)) for kind in places.kinds.values()]

    assert {busy for busy, _waiting in run(scene())} == {0}

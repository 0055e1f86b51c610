"""At most two pictures are decoded at once on a machine, whatever processes the site has."""

import subprocess
import sys
import threading
import time

import pytest

from items.photos import picture, slots
from items.photos.slots import NoSlot, slot
from tests.photos import corpus

HOLD = """
import os, sys, time, django
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()
from django.conf import settings
settings.VAR_DIR = sys.argv[1]
from items.photos.slots import slot
with slot(5) as held:
    print("held", flush=True)
    {then}
"""


@pytest.fixture
def another():
    """Return a function that starts another process of the site, which holds a slot."""
    from django.conf import settings

    children = []

    def start(then="time.sleep(60)"):
        command = [sys.executable, "-c", HOLD.replace("{then}", then), str(settings.VAR_DIR)]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        children.append(child)
        assert child.stdout.readline() == "held\n"
        return child

    yield start
    for child in children:
        child.kill()
        child.wait()
        child.stdout.close()


def free():
    """Return how many slots are free now."""
    held = []
    try:
        while file := next(
            (f for n in range(slots.SLOTS) if (f := slots._taken("decoders", n))), None
        ):
            held.append(file)
        return len(held)
    finally:
        for file in held:
            slots.os.close(file)


def test_processes_share_the_slots(another):
    another()
    assert free() == 1
    another()
    assert free() == 0

    with pytest.raises(NoSlot), slot(0.1):
        pass


def test_killed_process_gives_its_slot_back(another):
    children = [another(), another()]
    assert free() == 0

    for child in children:
        child.kill()
        child.wait()

    assert free() == 2
    with slot(0):
        assert free() == 1


def test_decoder_of_a_killed_process_goes_on_holding_its_slot(another):
    started = 'import subprocess; subprocess.Popen(["sleep", "1"], pass_fds=[held]); time.sleep(60)'
    child = another(started)
    time.sleep(0.2)

    child.kill()
    child.wait()

    assert free() == 1
    deadline = time.monotonic() + 5
    while free() == 1 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert free() == 2


@pytest.mark.usefixtures("each_picture_is_cleaned_anew")
def test_threads_wait_their_turn_and_all_are_served(monkeypatch):
    run, at_once, most, lock = picture._run_decoder, [], [], threading.Lock()

    def counted(*args):
        with lock:
            at_once.append(1)
            most.append(len(at_once))
        try:
            return run(*args)
        finally:
            with lock:
                at_once.pop()

    monkeypatch.setattr(picture, "_run_decoder", counted)
    sent, read = corpus.saved(corpus.quarters()), []
    threads = [
        threading.Thread(target=lambda: read.append(picture.read(sent))) for _number in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(read) == 6
    assert max(most) == 2
    assert free() == 2


def test_refused_picture_gives_its_slot_back():
    with pytest.raises(picture.Refused):
        picture.read(b"\xff\xd8\xff" + bytes(50))

    assert free() == 2

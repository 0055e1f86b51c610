"""The key in memory: one for all processes of a start, and another for each start."""

import os
import subprocess
import sys

ASK = """
import os, sys
import welfare.wsgi  # as `manage.py serve` does before it starts its processes
loaded = sys.modules["welfare.memory_key"]
print(loaded.keyed_hash("place", "203.0.113.7"), flush=True)
if os.fork() == 0:
    print(loaded.keyed_hash("place", "203.0.113.7"), flush=True)
    os._exit(0)
os.wait()
"""


def hashes_of_a_start():
    told = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run([sys.executable, "-c", ASK], env=told, capture_output=True, check=True)
    return done.stdout.decode().split()


def test_processes_share_the_key_of_their_start_and_no_other():
    first, second = hashes_of_a_start(), hashes_of_a_start()

    assert len(first) == len(second) == 2
    assert len(set(first)) == len(set(second)) == 1
    assert set(first) != set(second)

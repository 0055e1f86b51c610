"""The locks, the scripts and what keeps the tests honest."""

import os
import re
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted(ROOT.glob("requirements/*.txt"))
PINNED = re.compile(r"^([a-z0-9-]+)==(\S+)", re.M)


def run(*command, **environment):
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def pins(name):
    return dict(PINNED.findall((ROOT / "requirements" / name).read_text()))


def test_there_are_locks():
    assert [path.name for path in LOCKS] == ["base.txt", "dev.txt"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_lock_pins_with_hashes_and_names_no_place(lock):
    text = lock.read_text()

    assert "://" not in text
    assert "index-url" not in text
    blocks = re.split(r"\n(?=[a-z])", text)[1:]
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


def test_locks_agree():
    base, dev = pins("base.txt"), pins("dev.txt")

    assert {name: dev.get(name) for name in base} == base


def test_lock_holds_all_that_is_asked_for():
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())
    names = [re.match(r"[\w-]+", line)[0].lower() for line in asked["project"]["dependencies"]]

    assert [name for name in names if name not in pins("base.txt")] == []


def test_filled_environment_is_not_filled_again(tmp_path):
    lock = ROOT / "requirements/base.txt"
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements/base.txt").write_text(lock.read_text())
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").symlink_to("/bin/true")
    (tmp_path / ".venv/installed-base.txt").write_text(lock.read_text())
    command = [ROOT / "scripts/venv.sh", "requirements/base.txt"]
    no_python = {**os.environ, "PYTHON": "no-such-python"}

    known = subprocess.run(command, cwd=tmp_path, env=no_python, capture_output=True, text=True)
    (tmp_path / "requirements/base.txt").write_text("changed")
    changed = subprocess.run(command, cwd=tmp_path, env=no_python, capture_output=True, text=True)

    assert (known.returncode, known.stdout + known.stderr) == (0, "")
    assert changed.returncode == 1
    assert changed.stderr.startswith("Python 3.11 or newer is missing: apt install python3")


def test_old_python_gets_a_sentence(tmp_path):
    old = tmp_path / "python2"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)

    done = run("scripts/venv.sh", "requirements/no-such-lock.txt", PYTHON=str(old))

    assert done.returncode == 1
    assert (
        done.stderr
        == f"{old} is older than Python 3.11. Name a newer one: make PYTHON=python3.12 …\n"
    )


def test_port_in_use_gets_a_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run(sys.executable, "scripts/free_port.py", port)

    assert done.returncode == 1
    assert done.stderr == (
        f"Port {port} can't be used: Address already in use."
        " Choose another, for example: make run PORT=8001\n"
    )


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "８０００"])
def test_what_is_no_port_gets_a_sentence(port):
    done = run(sys.executable, "scripts/free_port.py", port)

    assert done.stderr.startswith(f"PORT={port} is no port.")


def test_test_may_not_reach_another_machine():
    with socket.socket() as outside, pytest.raises(Exception, match=r"not connect to 192\.0\.2\.1"):
        outside.connect(("192.0.2.1", 80))


SKIPPING = {
    "test": "import pytest\ndef test_it():\n    pytest.skip('no database')\n",
    "module": "import pytest\npytest.importorskip('no_such_library')\n",
    "fixture": (
        "import pytest\n@pytest.fixture\ndef database():\n    pytest.skip('none')\n"
        "def test_it(database):\n    pass\n"
    ),
}


@pytest.mark.parametrize("where", SKIPPING)
@pytest.mark.parametrize(("ci", "passes"), [("true", False), ("", True)])
def test_skip_is_a_failure_under_ci(tmp_path, where, ci, passes):
    (tmp_path / "conftest.py").write_text((ROOT / "tests/conftest.py").read_text())
    (tmp_path / "test_skipping.py").write_text(SKIPPING[where])
    (tmp_path / "test_passing.py").write_text("def test_it():\n    pass\n")

    done = run(
        sys.executable, "-m", "pytest", "-c", "/dev/null", "-p", "no:randomly", tmp_path, CI=ci
    )

    assert (done.returncode == 0) is passes, done.stdout


def test_run_without_a_test_is_a_failure(tmp_path):
    done = run(sys.executable, "-m", "pytest", "-c", "/dev/null", tmp_path)

    assert done.returncode == 5

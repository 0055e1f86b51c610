"""The locks, the scripts and what keeps the tests honest."""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow  # and no database makes a difference to it

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted(ROOT.glob("requirements/*.txt"))
PINNED = re.compile(r"^([a-z0-9-]+)(?:\[[\w,-]+\])?==(\S+)", re.M)


# Where `make test` runs in the background, Ctrl-C is ignored, and every process that a shell starts
# inherits that. The commands begin as from a terminal, where it is heard.
AS_FROM_A_TERMINAL = (
    sys.executable,
    "-c",
    "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL);"
    " os.execvp(sys.argv[1], sys.argv[1:])",
)


def run(*command, cwd=ROOT, **environment):
    return subprocess.run(
        (*AS_FROM_A_TERMINAL, *command),
        cwd=cwd,
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


def test_filled_environment_is_not_filled_again(tmp_path):
    lock, stamp = tmp_path / "base.txt", tmp_path / ".venv/installed-base.txt"
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").symlink_to("/bin/true")
    lock.write_text("django==5.2.19")
    stamp.write_text("django==5.2.19")
    command = (ROOT / "scripts/venv.sh", "base.txt")

    known = run(*command, cwd=tmp_path, PYTHON="no-such-python")
    lock.write_text("django==5.2.20")
    changed = run(*command, cwd=tmp_path, PYTHON="no-such-python")

    assert (known.returncode, known.stdout, known.stderr) == (0, "", "")
    assert (changed.returncode, changed.stderr) == (
        1,
        "Python 3.11 or newer is missing: apt install python3 python3-venv\n",
    )


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


@pytest.fixture
def fake_project(tmp_path):
    """Return a folder with our scripts and a Python that passes every test."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").symlink_to("/bin/true")
    return tmp_path


@pytest.mark.parametrize(("ci", "status"), [("", 0), ("true", 1)])
def test_what_is_left_out_is_said(fake_project, ci, status):
    done = run(
        "scripts/test.sh",
        cwd=fake_project,
        CI=ci,
        CHROMIUM="no-such-browser",
        DATABASE_URL="postgres://elsewhere",
    )

    assert done.stdout.splitlines() == [
        "== SQLite",
        "== the database of DATABASE_URL",
        "LEFT OUT  Browser: apt install chromium, or set CHROMIUM to its program",
    ]
    assert done.returncode == status


def test_failure_on_one_database_does_not_hide_the_others(fake_project):
    (fake_project / ".venv/bin/python").unlink()
    (fake_project / ".venv/bin/python").symlink_to("/bin/false")

    done = run(
        "scripts/test.sh", cwd=fake_project, CHROMIUM="true", DATABASE_URL="postgres://elsewhere"
    )

    assert done.stdout.splitlines() == [
        "== SQLite",
        "== the database of DATABASE_URL",
        "== Browser",
        "FAILED    SQLite",
        "FAILED    the database of DATABASE_URL",
        "FAILED    Browser",
    ]
    assert done.returncode == 1


def test_quick_run_takes_what_is_marked_quick(fake_project):
    (fake_project / ".venv/bin/python").unlink()
    (fake_project / ".venv/bin/python").symlink_to("/bin/echo")

    done = run("scripts/test.sh", "quick", cwd=fake_project)

    assert done.stdout.splitlines() == ["-m pytest --numprocesses auto --dist worksteal -m quick"]


@pytest.mark.parametrize(
    ("ending", "status"), [("exit 3", 3), ("kill -INT $PPID; sleep 1", 130)], ids=["exit", "ctrl-c"]
)
def test_postgresql_of_the_tests_is_gone_at_the_end(ending, status):
    if run("scripts/find_postgres.sh").returncode:
        pytest.skip("PostgreSQL is missing: apt install postgresql")

    say = "folder=${DATABASE_URL#*@/}; cat ${folder%/postgres}/data/postmaster.pid;"
    done = run("scripts/with_postgres.sh", "sh", "-c", f"{say} {ending}")

    server, data = done.stdout.splitlines()[:2]
    command_line = Path(f"/proc/{server}/cmdline")  # a process that nobody has buried has none
    assert done.returncode == status
    assert not Path(data).parent.exists()
    assert not command_line.exists() or command_line.read_text() == ""


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
    "test_passing.py": "def test_it():\n    pass\n",
    "test_test.py": "import pytest\ndef test_it():\n    pytest.skip('no database')\n",
    "test_module.py": "import pytest\npytest.importorskip('no_such_library')\n",
    "test_fixture.py": (
        "import pytest\n@pytest.fixture\ndef database():\n    pytest.skip('none')\n"
        "def test_it(database):\n    pass\n"
    ),
}
PYTEST = (sys.executable, "-m", "pytest", "-c", "/dev/null", "--continue-on-collection-errors")


@pytest.mark.parametrize(
    ("ci", "status", "summary"),
    [("", 0, "1 passed, 3 skipped"), ("true", 1, "1 failed, 1 passed, 2 errors")],
)
def test_skip_is_a_failure_under_ci(tmp_path, ci, status, summary):
    shutil.copy(ROOT / "tests/conftest.py", tmp_path)
    for name, code in SKIPPING.items():
        (tmp_path / name).write_text(code)

    done = run(*PYTEST, tmp_path, CI=ci, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")

    assert done.returncode == status
    assert f" {summary} in " in done.stdout


def test_run_without_a_test_is_a_failure(tmp_path):
    done = run(*PYTEST, tmp_path, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")

    assert done.returncode == 5

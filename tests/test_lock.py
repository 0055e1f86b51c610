"""The locks are the whole set: what is locked is what is installed, by the oldest pip too."""

import hashlib
import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^([a-z0-9-]+)(?:\[([\w,-]+)\])?==([^ ;]+)(?: ; (.+?))? \\$", re.M)
ASKED = tomllib.loads((ROOT / "pyproject.toml").read_text())
BASE = ASKED["project"]["dependencies"]
DEV = [*BASE, *ASKED["dependency-groups"]["dev"]]


def pins(lock):
    """Return the version and the extras of each pinned name."""
    text = (ROOT / "requirements" / lock).read_text()
    return {name: (version, extras) for name, extras, version, _marker in PIN.findall(text)}


def unpinned(asked, pinned):
    """Return what is asked for, directly or by what is installed, and isn't pinned as it is.

    Follows each requirement of each installed distribution, those of its extras included, as pip
    does without --no-deps.
    """
    wrong, seen = [], set()
    waiting = [(Requirement(line), "") for line in asked]
    while waiting:
        wanted, extra = waiting.pop()
        if wanted.marker and not wanted.marker.evaluate({"extra": extra}):
            continue
        name = re.sub(r"[-_.]+", "-", wanted.name).lower()
        version, extras = pinned.get(name, ("", ""))
        if not version or version not in wanted.specifier:
            wrong.append(str(wanted))
            continue
        if missing := wanted.extras - set(extras.split(",")):
            wrong.append(f"{name}[{','.join(sorted(missing))}]")
        if (name, *sorted(wanted.extras)) in seen:
            continue
        seen.add((name, *sorted(wanted.extras)))
        for line in metadata.requires(name) or ():
            waiting += [(Requirement(line), extra) for extra in ("", *wanted.extras)]
    return wrong


@pytest.mark.parametrize(("lock", "asked"), [("base.txt", BASE), ("dev.txt", DEV)])
def test_everything_that_is_asked_for_is_pinned(lock, asked):
    assert unpinned(asked, pins(lock)) == []


def test_what_is_not_pinned_is_found():
    pinned = pins("dev.txt")
    del pinned["sqlparse"]  # what Django asks for
    pinned["coverage"] = (pinned["coverage"][0], "")  # pytest-cov asks for coverage[toml]

    assert sorted(re.match(r"[\w-]+", line)[0] for line in unpinned(DEV, pinned)) == [
        "coverage",
        "sqlparse",
    ]


# A registry in a folder: `tool` needs an extra of `part`, which has a newer release than the lock's


def wheel(folder, name, version, *lines):
    """Write a wheel that holds nothing but its metadata; return its line in a lock."""
    info = f"{name}-{version}.dist-info"
    about = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *lines, ""]
    kind = ["Wheel-Version: 1.0", "Generator: tests", "Root-Is-Purelib: true", "Tag: py3-none-any"]
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with ZipFile(path, "w") as file:
        file.writestr(f"{info}/METADATA", "\n".join(about))
        file.writestr(f"{info}/WHEEL", "\n".join([*kind, ""]))
        file.writestr(f"{info}/RECORD", "")
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"


@pytest.fixture
def project(tmp_path):
    """Return a folder with a wheelhouse; its environment has the pip that Python ships."""
    wheels = tmp_path / "wheelhouse"
    wheels.mkdir()
    needs = "Requires-Dist: part[fast]>=1"
    tool = wheel(wheels, "tool", "1.0", needs)
    part = wheel(wheels, "part", "1.0", "Provides-Extra: fast")
    wheel(wheels, "part", "2.0", "Provides-Extra: fast")
    (tmp_path / "whole.txt").write_text(f"{tool}\n{part}\n")
    (tmp_path / "half.txt").write_text(f"{tool}\n")
    return tmp_path


def run(*command, cwd):
    own = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    return subprocess.run(
        command,
        cwd=cwd,
        env=own | {"PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )


def test_half_a_set_is_refused_and_the_whole_is_installed_as_it_is(project):
    half = run(ROOT / "scripts/venv.sh", "half.txt", cwd=project)

    assert half.returncode == 1
    assert "tool 1.0 requires part, which is not installed" in half.stderr
    assert not (project / ".venv/installed-half.txt").exists()

    # The same environment: making one takes most of the time.
    whole = run(ROOT / "scripts/venv.sh", "whole.txt", cwd=project)
    there = run(".venv/bin/python", "-m", "pip", "freeze", cwd=project)

    assert (whole.returncode, whole.stderr) == (0, "")
    assert there.stdout.splitlines() == ["part==1.0", "tool==1.0"]
    assert (project / ".venv/installed-whole.txt").exists()

"""The limits that `make coverage` holds: what is below them is said, and it fails."""

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "scripts/coverage_limits.py"


@pytest.fixture(scope="module")
def limits():
    spec = importlib.util.spec_from_file_location("coverage_limits", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def report(*, lines=96, branches=96, **missing):
    """Return a report of 100 lines and 100 branches; a file lacks the branches that are given."""
    totals = {"covered_lines": lines, "num_statements": 100}
    totals |= {"covered_branches": branches, "num_branches": 100}
    files = {
        path.replace("__", "/") + ".py": {"missing_branches": jumps}
        for path, jumps in missing.items()
    }
    return {"totals": totals, "files": files}


WHOLE = {"rules": ["items/rules"], "rate limits": ["welfare/patience.py"]}
TAKEN = {"items__rules__roles": [], "welfare__patience": [], "items__words": [[7, 9]]}


def test_enough_is_enough(limits):
    assert limits.faults(report(lines=95, branches=95, **TAKEN), WHOLE) == []


@pytest.mark.parametrize("kind", ["lines", "branches"])
def test_too_little_of_either_is_said(limits, kind):
    (said,) = limits.faults(report(**{kind: 94}, **TAKEN), WHOLE)

    assert said == f"94.0 % of {kind} are covered, less than 95 %"


def test_one_branch_of_a_rule_is_said_with_its_place(limits):
    found = limits.faults(report(**TAKEN | {"items__rules__roles": [[3, 5], [8, -1]]}), WHOLE)

    assert found == ["rules: no test takes a branch of items/rules/roles.py: 3->5, 8->exit"]


def test_place_without_a_file_is_said(limits):
    found = limits.faults(report(items__rules__roles=[]), WHOLE)

    assert found == ["rate limits: nothing was measured at welfare/patience.py"]


def test_every_place_is_there(limits):
    places = [place for places in limits.WHOLE.values() for place in places]

    assert [place for place in places if not (SCRIPT.parents[1] / place).exists()] == []

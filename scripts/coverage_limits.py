"""Hold the coverage of the code tests to its thresholds; `make coverage` runs it after them.

Reads the data file that the tests left (COVERAGE_FILE, .coverage), prints the lines and branches
of each file that lacks some, and ends with 1 where a threshold isn't reached: OVERALL percent of
lines and of branches, and every branch in the files of WHOLE.
"""

import json
import sys
import tempfile
from fnmatch import fnmatch
from pathlib import Path

from coverage import Coverage

OVERALL = 95.0  # percent, of lines and of branches
# A path as coverage has it, or a folder with all in it. What names no file is an error.
WHOLE = {
    "rules": [
        "items/rules.py",
        "items/who.py",
        "items/standing.py",
        "items/gaps.py",
        "items/states.py",
    ],
    "ledger": ["items/actions/door.py", "items/verify.py"],
    "guards": [
        "items/guards.py",
        "items/guards_care.py",
        "items/guarding.py",
        "items/triggers.py",
        "items/bumps.py",
    ],
    "privacy": ["items/privacy.py", "items/personal.py", "items/codes.py"],
    "limits of photos": ["items/photos/limited.py", "items/photos/picture.py"],
    "rate limits": [
        "welfare/patience.py",
        "welfare/account/guesses.py",
        "welfare/voice/tallies.py",
        "welfare/voice/tries.py",
    ],
}


def files_of(measured: dict, place: str) -> dict:
    """Return the measured files that a place of WHOLE means, with their figures."""
    return {
        path: file
        for path, file in measured.items()
        if path == place or fnmatch(path, f"{place.rstrip('/')}/*")
    }


def percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 100.0


def missing(path: str, file: dict) -> str:
    """Return a sentence about the branches that no test takes; "" where all are taken."""
    jumps = [f"{begin}->{end if end > 0 else 'exit'}" for begin, end in file["missing_branches"]]
    return f"{path}: {', '.join(jumps)}" if jumps else ""


def faults(report: dict, whole: dict = WHOLE) -> list[str]:
    """Return a sentence for each threshold that a report of `coverage json` doesn't reach."""
    totals, measured, found = report["totals"], report["files"], []
    for kind, part, of in [
        ("lines", "covered_lines", "num_statements"),
        ("branches", "covered_branches", "num_branches"),
    ]:
        reached = percent(totals[part], totals[of])
        if reached < OVERALL:
            found.append(f"{reached:.1f} % of {kind} are covered, less than {OVERALL:g} %")
    for room, places in whole.items():
        for place in places:
            files = files_of(measured, place)
            if not files:
                found.append(f"{room}: nothing was measured at {place}")
            said = [missing(path, file) for path, file in files.items()]
            found += [f"{room}: no test takes a branch of {words}" for words in said if words]
    return found


def main() -> int:
    coverage = Coverage()
    coverage.load()
    coverage.report()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "coverage.json"
        coverage.json_report(outfile=str(file))
        report = json.loads(file.read_text())
    totals = report["totals"]
    lines = percent(totals["covered_lines"], totals["num_statements"])
    branches = percent(totals["covered_branches"], totals["num_branches"])
    print(f"Lines {lines:.1f} %, branches {branches:.1f} %")
    found = faults(report)
    print(*found, sep="\n", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

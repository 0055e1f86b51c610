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
    "rules": ["items/rules", "items/states.py", "items/columns.py"],
    "ledger": ["items/ledger"],
    "guards": ["items/guards"],
    "privacy": ["items/privacy"],
    "limits of photos": ["items/photos/decoder.py", "items/photos/picture.py"],
    "rate limits": [
        "welfare/rate_limit.py",
        "welfare/account/login_limit.py",
        "welfare/suggestions/code_limit.py",
        "welfare/suggestions/hourly_limit.py",
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

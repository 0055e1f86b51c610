"""Look at HTML templates: no line over 120 characters, at most one block element opened on each.

usage: check_templates.py FOLDER

The width is djlint's `max_line_length` in pyproject.toml: its formatter keeps to it, its linter
has no rule that asks. Mail and other texts (*.txt) are left out: a line break there is sent.
"""

import re
import sys
import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
BLOCKS = """
address article aside blockquote body caption dd details dialog div dl dt fieldset figcaption
figure footer form h1 h2 h3 h4 h5 h6 head header hr html legend li link main meta nav ol optgroup
option p pre script section style summary table tbody td tfoot th thead title tr ul
"""
OPENED = re.compile(rf"<({'|'.join(BLOCKS.split())})(?=[\s>/]|$)")


def faults(line: str, width: int) -> list[str]:
    """Return what is wrong with one line, in words."""
    found = []
    if len(line) > width:
        found.append(f"{len(line)} characters, at most {width}")
    opened = OPENED.findall(line)
    if len(opened) > 1:
        found.append(f"{len(opened)} block elements opened, at most 1: {' '.join(opened)}")
    return found


def main(folder: Path) -> int:
    """Print each fault with its file and line; return 1 if there is any, else 0."""
    width = tomllib.loads(PYPROJECT.read_text())["tool"]["djlint"]["max_line_length"]
    lines = [
        f"{path}:{number}: {fault}"
        for path in sorted(folder.rglob("*.html"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        for fault in faults(line, width)
    ]
    for line in lines:
        print(line)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

"""The documents name what is there: every path, and every decision."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
DECISIONS = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
INDEX = ROOT / "docs/decisions/README.md"
# What git tracks, named from the project's root: a folder, or a file with its ending.
PATH = re.compile(
    r"`?\b((?:items|welfare|templates|static|tests|scripts|docs|benchmarks)/[\w/.<>*-]+)"
)


def missing(text):
    """Return the paths of a text that aren't there; `<…>` and `*` stand for any name."""
    named = {match.rstrip(".") for match in PATH.findall(text)}
    patterns = {path: re.sub(r"<[^>]*>", "*", path) for path in named}
    return sorted(path for path, pattern in patterns.items() if not any(ROOT.glob(pattern)))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_is_there(path):
    assert missing(path.read_text(encoding="utf-8")) == []


def test_missing_path_is_found():
    text = "See `items/rules/` and `items/nowhere.py`, welfare/desk/<noun>/forms.py, tests/*.py."

    assert missing(text) == ["items/nowhere.py"]


def test_index_has_every_decision_by_its_title():
    lines = re.findall(r"^- \[(\d{4})\]\((\d{4}[\w-]+\.md)\) (.+)$", INDEX.read_text(), re.M)
    titles = [path.read_text().splitlines()[0].removeprefix("# ") for path in DECISIONS]

    assert [(name, f"{number} {title}") for number, name, title in lines] == [
        (path.name, title) for path, title in zip(DECISIONS, titles, strict=True)
    ]

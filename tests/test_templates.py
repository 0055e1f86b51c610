"""The look that `make lint` takes at the templates."""

import sys

import pytest

from tests.test_setup import ROOT, run

CHECK = (sys.executable, "scripts/check_templates.py")
WIDE = "<p>" + "x" * 114 + "</p>"


def test_templates_stand_one_element_a_line():
    done = run(*CHECK, "templates")

    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (WIDE, "121 characters, at most 120"),
        ("<li><p>one</p></li>", "2 block elements opened, at most 1: li p"),
        ("<dt>one</dt><dd", "2 block elements opened, at most 1: dt dd"),
    ],
)
def test_fault_is_named_with_its_line(tmp_path, line, fault):
    (tmp_path / "page.html").write_text(f"<ul>\n{line}\n</ul>\n")

    done = run(*CHECK, tmp_path)

    assert done.returncode == 1
    assert done.stdout == f"{tmp_path}/page.html:2: {fault}\n"


def test_line_breaks_of_a_letter_are_its_own(tmp_path):
    (tmp_path / "letter.txt").write_text(WIDE)

    assert run(*CHECK, tmp_path).returncode == 0


def test_lint_takes_this_look():
    assert "scripts/check_templates.py templates\n" in (ROOT / "Makefile").read_text()

"""What the tests of the static edition share: a world, a folder, and how an edition is read."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import time_machine

from tests.factories import NOW
from tests.privacy.conftest import told_of_the_file
from welfare.edition import state
from welfare.edition.publish import Publishing

__all__ = ["told_of_the_file"]
LINK = re.compile(r'\s(?:href|src|action|data-next)="([^"]*)"')
OTHER_SITE = ("http://localhost:", "https://board.example.com", "https://beian", "tel:", "data:")


@pytest.fixture(autouse=True)
def _one_day():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def watched_by_nobody(monkeypatch):
    """Let a run look at the rows: a test's transaction raises the revision once, or at its end."""
    monkeypatch.setattr(state, "current_revision", lambda: 0)


@pytest.fixture(autouse=True)
def own_states(tmp_path, monkeypatch, settings):
    """Keep what a run remembers where the test's own folder lies."""
    monkeypatch.setattr(
        state, "place_of", lambda folder: tmp_path / "states" / f"{Path(folder).name}.json"
    )


def publish(folder, **how):
    return Publishing(folder, **how).run()


def files_of(folder):
    """Return the content of each file of an edition by its path, but for the mark."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".edition")
    }


def links_of(html):
    return [unescape(link) for link in LINK.findall(html)]


def dead_links(folder):
    """Return the links of an edition that lead to no file of it, with the page that has each."""
    found = []
    for path in folder.rglob("*.html"):
        html = path.read_text()
        for link in links_of(html):
            if link.startswith((*OTHER_SITE, "#")):
                continue
            to = urlsplit(link)
            place = path.parent / unquote(to.path)
            inside = folder.resolve() in place.resolve().parents
            if to.scheme or to.netloc or not inside or not place.is_file():
                found.append((str(path.relative_to(folder)), link))
    return found

"""The page cache when many ask: how much is kept, and what a stampede costs."""

from threading import Barrier, Event, Thread

import pytest

from tests.welfare.page_caching import a_page, ask
from welfare.front import page_cache

pytestmark = pytest.mark.django_db


# How much


def full(site, monkeypatch, asks):
    """Return the most that was kept while all was asked for, in a cache of four pages."""
    monkeypatch.setattr(page_cache, "MAX_BYTES", 4 * (page_cache.OVERHEAD + 4000))
    most = 0
    for path, headers in asks:
        site.ask(path, **headers)
        most = max(most, site.cache.size)
        sizes = [len(page.body) for page in site.cache.pages.values()]
        assert sum(sizes) <= site.cache.size <= page_cache.MAX_BYTES
    return most


def test_hosts_that_nobody_needs_do_not_fill_the_cache(site, monkeypatch):
    asks = [("/page/", {"host": f"localhost:{port}"}) for port in range(1000, 1050)]

    assert full(site, monkeypatch, asks) > page_cache.MAX_BYTES / 2
    assert site.rendered == 50
    assert len(site.cache.pages) < 10


@pytest.mark.parametrize(
    "asks",
    [
        [(f"/none/{n}/", {}) for n in range(9)],
        [(f"/page/?{n}", {}) for n in range(9)],
        [("/page/", {"host": f"evil{n}.example"}) for n in range(9)],
        [("/page/", {"accept-encoding": f"x{n}"}) for n in range(9)],
    ],
    ids=["paths", "queries", "hosts", "encodings"],
)
def test_junk_is_not_kept(site, monkeypatch, asks):
    full(site, monkeypatch, asks)

    assert len(site.cache.pages) <= 1
    assert site.cache.rendering == {}


def test_page_that_is_too_large_is_not_kept(site, monkeypatch):
    monkeypatch.setattr(page_cache, "MAX_PAGE_BYTES", 100)

    assert [site.ask(), site.ask()] == [ask(site.application)] * 2
    assert site.cache.pages == {}


# How many at once


@pytest.fixture
def one_version(monkeypatch):
    """Let threads see the test's version: they have no connection to its transaction."""
    version = page_cache.read_version()
    monkeypatch.setattr(page_cache, "read_version", lambda: version)


def stampede(site, threads=30):
    """Let threads ask for one page at once; return their answers."""
    start, answers = Barrier(threads), []

    def run():
        start.wait(30)
        answers.append(site.ask())

    site.cache.version()
    running = [Thread(target=run) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join(60)
    return answers


def slow(site, until):
    """Let the page take until all threads want it."""
    page = site.application

    def rendered(environ, start_response):
        until.wait(0.3)
        return page(environ, start_response)

    site.application = rendered


def test_stampede_renders_a_page_once(site, one_version):
    slow(site, Event())

    answers = stampede(site)

    assert answers == [ask(site.application)] * 30
    assert (site.rendered, site.cache.rendering) == (1, {})


def test_stampede_on_what_is_not_kept_waits_once_only(site, one_version):
    # The control: whoever waited in vain asks Django, all of them at once.
    site.application = a_page(marked=False)
    slow(site, Event())

    answers = stampede(site, 8)

    assert [answer.body for answer in answers] == [b"page"] * 8
    assert site.rendered == 8

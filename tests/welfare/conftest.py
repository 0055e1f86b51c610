import pytest
from django.db import connections
from django.test import Client

from tests.welfare.page_caching import Clock, Site
from welfare.front import page_cache


@pytest.fixture(autouse=True)
def _site_of_test_pages(settings):
    settings.ROOT_URLCONF = "tests.welfare.urls"


@pytest.fixture
def visitor():
    """Return a client that gets a 500 as a browser does, as a page."""
    return Client(raise_request_exception=False)


@pytest.fixture
def clock(monkeypatch):
    """Count a process's seconds for it."""
    clock = Clock()
    monkeypatch.setattr(page_cache, "monotonic", clock)
    return clock


@pytest.fixture
def site(clock, monkeypatch):
    """Return the site behind its page cache, in the test's own transaction."""
    # A request's end would close the connection, and the transaction with it.
    stays = "close_if_unusable_or_obsolete"
    monkeypatch.setattr(connections["default"], stays, lambda: None)
    return Site()

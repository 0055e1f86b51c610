import pytest
from django.db import connections

from tests.proxy.fronts import Clock, Site
from welfare.proxy import pages
from welfare.serve import front


@pytest.fixture(autouse=True)
def _site_of_test_pages(settings):
    settings.ROOT_URLCONF = "tests.welfare.urls"


@pytest.fixture
def clock(monkeypatch):
    """Count a process's seconds for it."""
    clock = Clock()
    for module in (pages, front):
        monkeypatch.setattr(module, "monotonic", clock)
    return clock


@pytest.fixture
def site(clock, monkeypatch):
    """Return the site behind its front, in the test's own transaction."""
    # A request's end would close the connection, and the transaction with it.
    for stays in ("close_if_unusable_or_obsolete", "close"):
        monkeypatch.setattr(connections["default"], stays, lambda: None)
    return Site(clock)

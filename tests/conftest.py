"""What every test gets: no network, and no silent skip under CI."""

import gc
import os
import socket
from copy import deepcopy
from hashlib import sha256
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.template.base import Template
from django.utils import translation
from hypothesis import settings as hypothesis_settings

TESTS = Path(__file__).parent
BROWSER_TESTS = TESTS / "browser"
QUICK_FOLDERS = {"rules", "ledger", "sheets", "privacy", "board"}
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup"}
LOOPBACK = ("127.", "::1", "localhost")

hypothesis_settings.register_profile("welfare", deadline=None)  # a busy machine is no failure
hypothesis_settings.load_profile("welfare")


class Reached(Exception):
    """A test reached for another machine."""


def only_loopback(connect):
    """Wrap a socket's `connect` so that it goes nowhere but to this machine."""

    def guarded(self, address):
        if self.family != socket.AF_UNIX and not str(address[0]).startswith(LOOPBACK):
            raise Reached(f"A test may not connect to {address[0]}")
        return connect(self, address)

    return guarded


socket.socket.connect = only_loopback(socket.socket.connect)
socket.socket.connect_ex = only_loopback(socket.socket.connect_ex)


def fail_if_skipped(report):
    """Turn a skip into a failure where CI=true promises that nothing is left out."""
    skipped = report.skipped and not hasattr(report, "wasxfail")
    if skipped and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"Left out, though CI=true: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    return fail_if_skipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    return fail_if_skipped((yield))


# Markers that are set here, by where a test lives and what it uses; the others stand in
# pyproject.toml.
MARKERS = {
    "browser": "drives a real Chromium; lives in tests/browser/",
    "database": "may reach the database; the second database takes these",
    "quick": "what `make quick` runs",
}


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Collect without looking for garbage: next to nothing is any, and it takes a third longer."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_configure(config):
    for name, meaning in MARKERS.items():
        config.addinivalue_line("markers", f"{name}: {meaning}")


def pytest_collection_modifyitems(items):
    """Mark what lives in tests/browser/, what may reach the database, and what `make quick` runs.

    `-m database` is what can differ from one database to another. The rest is refused a connection
    by pytest-django; unless it is a crawl, which may start a process with the same settings.
    """
    for item in items:
        if BROWSER_TESTS in item.path.parents:
            item.add_marker("browser")
        if reaches_database(item):
            item.add_marker("database")
        if is_quick(item):
            item.add_marker("quick")


def reaches_database(item) -> bool:
    marked = any(item.get_closest_marker(name) for name in ("django_db", "crawl"))
    return marked or not DATABASE_FIXTURES.isdisjoint(item.fixturenames)


def is_quick(item) -> bool:
    """Tell whether `make quick` runs a test: all without a database, and the domain's core."""
    if any(item.get_closest_marker(name) for name in ("browser", "crawl", "slow")):
        return False
    in_core = item.path.relative_to(TESTS).parts[0] in QUICK_FOLDERS
    return in_core or not reaches_database(item)


@pytest.fixture
def emptied_tables(transactional_db):
    """Give a test real transactions, and empty the tables after it, those of the ledger too.

    The database's guards would refuse that. They go just before, and come back as the signal
    post_migrate follows the emptying.
    """
    from items.guards import triggers

    yield
    triggers.remove(connection)


@pytest.fixture(scope="module")
def kept_rows(django_db_setup, django_db_blocker):
    """Let a fixture make rows once for all tests of a file; they go after the last of them.

    What a test changes is rolled back to them: give each test a `deepcopy` of the objects. A file
    with tests that commit can't have it.
    """
    from tests.undone import undone

    translation.activate(settings.LANGUAGE_CODE)  # whatever page the file before asked for
    with django_db_blocker.unblock(), undone():
        yield


@pytest.fixture(scope="session", autouse=True)
def each_picture_is_cleaned_once():
    """Let a worker remember what became of a picture: a process for each takes most of the time.

    The same bytes, cleaned by the same program, become the same files. It gives the real function
    to `each_picture_is_cleaned_anew`, which the tests of the cleaning itself use.
    """
    if not apps.ready:
        yield
        return
    from items.photos import picture

    clean, known = picture._run_decoder, {}

    def remembered(sent, areas, *held):
        key = (picture.DECODER, picture.TIMEOUT, sha256(sent).digest(), *areas)
        if key not in known:
            known[key] = clean(sent, areas, *held)
        said, files = known[key]
        return deepcopy(said), files

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(picture, "_run_decoder", remembered)
        yield clean


@pytest.fixture
def each_picture_is_cleaned_anew(each_picture_is_cleaned_once, monkeypatch):
    """Start the cleaner for each picture, as the site does."""
    monkeypatch.setattr("items.photos.picture._run_decoder", each_picture_is_cleaned_once)


@pytest.fixture(scope="session", autouse=True)
def only_whole_pages_are_recorded(request):
    """Record for `response.context` what a page was rendered with, not each template within it.

    Django's test client copies the context once for every template that is extended or included,
    which takes as long as rendering it.
    """
    if not apps.ready:
        yield
        return
    request.getfixturevalue("django_test_environment")  # which records them all
    recorded = Template._render

    def render(template, context):
        if context.template is template:
            return recorded(template, context)
        return template.nodelist.render(context)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Template, "_render", render)
        yield


@pytest.fixture(autouse=True)
def in_the_default_language():
    """Start in Chinese, whatever page the test before asked for."""
    if apps.ready:  # test_setup.py tries this file alone, without Django
        translation.activate(settings.LANGUAGE_CODE)

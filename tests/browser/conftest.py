"""What the browser's tests share: Debian's Chromium, and nothing else on the network."""

import os
import shutil

import pytest
from django.utils.timezone import localdate

from items.demo import story
from tests.browser import serving

# Playwright keeps an event loop in the thread, which Django takes for an asynchronous view.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# No sandbox, since CI runs as root; no helper of the browser's may reach for another host.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Begin with the files that take longest, so that no worker is left with one at the end."""
    items.sort(key=lambda item: not item.path.name.startswith("test_every_"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Start Debian's Chromium, or the one that CHROMIUM names, instead of a downloaded one."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chromium:
        pytest.skip("Chromium is missing: apt install chromium, or set CHROMIUM")
    return {**browser_type_launch_args, "executable_path": chromium, "args": CHROMIUM_FLAGS}


@pytest.fixture
def live_server(live_server, emptied_tables):
    """Serve the site to the browser; what the test wrote is gone after it."""
    return live_server


@pytest.fixture
def published_demo(emptied_tables):
    """Load the demonstration, told today, and return its list's address."""
    return story.load("a password", localdate()).slug


@pytest.fixture(scope="session")
def sites(browser, tmp_path_factory):
    """Serve real sites by name, once for all tests that only look: their addresses."""
    with serving.every_site(tmp_path_factory.mktemp("sites")) as addresses:
        yield addresses

"""The static edition as nginx serves it from a folder below an address."""

import os
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.edition.conftest import publish
from tests.ports import free_port
from tests.serve.test_nginx import NGINX, wait_until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not NGINX, reason="nginx is missing: apt install nginx-light"),
]
AROUND = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;
events {{ }}
http {{
    access_log off; types {{ text/html html; text/css css; text/javascript js; }}
    client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
    uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    server {{
        listen 127.0.0.1:{port};
        location /plant/board/ {{ alias {folder}/site/; index index.html; charset utf-8; }}
    }}
}}
"""


@pytest.fixture
def served(published_demo):
    """Write the demonstration's edition, and serve it below an address; return that."""
    with tempfile.TemporaryDirectory(prefix="welfare-edition-") as name:
        os.chmod(name, 0o755)
        folder, port = Path(name), free_port()
        assert publish(folder / "site").dead == []
        config = folder / "nginx.conf"
        config.write_text(AROUND.format(folder=folder, port=port))
        process = subprocess.Popen([NGINX, "-c", config], stderr=subprocess.DEVNULL)
        try:
            home = f"http://127.0.0.1:{port}/plant/board/"
            wait_until(lambda: status_of(home) == 200)
            yield home
        finally:
            process.terminate()
            process.wait()


def status_of(address):
    try:
        with suppress(OSError), urlopen(address) as answer:
            return answer.status
    except HTTPError as failure:
        return failure.code
    return None


def test_no_link_is_dead_and_every_page_is_whole(page, served):
    waiting, known, pages = [served], set(), 0
    faults = []
    page.on("response", lambda answer: answer.status < 400 or faults.append(answer.url))
    while waiting:
        address = waiting.pop().partition("#")[0]
        if address in known or not address.startswith("http"):
            continue
        known.add(address)
        if not address.startswith(served):
            faults.append(address)
        elif address.endswith(("/", ".html")):
            page.goto(address)
            pages += 1
            assert page.locator("main").count() == 1, address
            waiting += page.eval_on_selector_all(
                "a[href], link[href]", "all => all.map(a => a.href)"
            )
        elif status_of(address) != 200:
            faults.append(address)

    assert faults == []
    assert pages > 80


def test_large_type_is_a_switch_that_is_remembered(page, served):
    def size():
        return page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")

    page.goto(served)
    small = size()
    assert not page.locator(".to-small").is_visible()  # it is small
    page.get_by_role("link", name="大字").click()
    assert size() > small * 1.5

    page.goto(f"{served}how-to-read/index.html")
    assert size() > small * 1.5
    page.locator(".to-small").click()
    assert size() == small


def test_large_type_needs_no_script(browser, served):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served)
    height = page.locator("h1").first.bounding_box()["height"]
    assert not page.locator(".to-small").is_visible()

    page.locator(".to-large").click()

    assert page.locator("h1").first.bounding_box()["height"] > height
    assert page.locator(".to-small").is_visible()
    assert not page.locator(".to-large").is_visible()
    context.close()

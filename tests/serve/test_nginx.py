"""nginx in the front's place, with the configuration that we recommend."""

import json
import os
import shutil
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings

from items.models import Suggestion
from tests import factories
from tests.ports import free_port
from tests.serve.sites import TAKES, Served, database_url, served
from tests.serve.test_faults import send, suggestion, wait_for_health

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
pytestmark = [
    pytest.mark.usefixtures("emptied_tables"),
    pytest.mark.crawl,
    pytest.mark.skipif(not NGINX, reason="nginx is missing: apt install nginx-light"),
]

# What a distribution's own nginx.conf says around ours
AROUND = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;
events {{ }}
http {{
    access_log off; client_body_temp_path {folder}/a; proxy_temp_path {folder}/b;
    fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    {ours}
}}
"""


@pytest.fixture
def nginx():
    """Run nginx before Django's processes; give the site as a reader reaches it."""
    # Not among the tests' folders: its workers are another user's where root starts it.
    with tempfile.TemporaryDirectory(prefix="welfare-nginx-") as folder:
        os.chmod(folder, 0o755)
        yield from behind_nginx(Path(folder))


def behind_nginx(folder):
    socket, port = folder / "django.sock", free_port()
    ours = (settings.BASE_DIR / "deploy/nginx.conf").read_text()
    ours = ours.replace("/run/welfare", str(folder)).replace("8080", str(port))
    config = folder / "nginx.conf"
    config.write_text(AROUND.format(folder=folder, ours=ours))
    with served("--socket", str(socket), DATABASE_URL=database_url(), wait=False):
        wait_until(socket.exists)
        for each in folder.glob("*.sock"):
            each.chmod(0o666)
        process = subprocess.Popen([NGINX, "-c", config], stderr=subprocess.DEVNULL)
        try:
            site = Served(process, port, None)
            wait_until(lambda: answers(site))
            yield site
        finally:
            process.terminate()
            process.wait()


def wait_until(true):
    until = time.monotonic() + TAKES
    while not true():
        assert time.monotonic() < until
        time.sleep(0.1)


def answers(site):
    with suppress(OSError):
        return site.get("/none/")[0] == 404
    return False


def test_site_runs_behind_nginx_alone(nginx):
    board = f"/lists/{factories.published_item().list.slug}/"

    status, headers, _page = nginx.get(board)
    assert (status, headers["cache-control"]) == (200, "no-cache")
    assert nginx.get(board, **{"If-None-Match": headers["etag"]})[0] == 304
    assert "x-revision" not in nginx.get(board, **{"X-Revision": "1"})[1]

    form = suggestion(nginx)
    assert send(nginx, form)[0] == 201
    assert Suggestion.objects.count() == 1

    assert nginx.get(board, Host="evil.example")[0] == 400
    assert wait_for_health(nginx, "/readyz", 200, within=15) == {
        "status": "ok"
    }  # a token tells more
    assert json.loads(nginx.get("/healthz")[2]) == {"status": "failing"}  # no tick was ever done
    too_long = nginx.send("/suggest/", b"", **{"Content-Length": str(62 * 2**20)})
    assert too_long[0] == 413

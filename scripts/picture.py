"""Take the README’s pictures: the demonstration’s board and its screen, as a browser shows them.

Run by `make picture`.
"""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

PORT = "8765"
HOME = f"http://127.0.0.1:{PORT}"
WAIT = 60  # seconds for the site to start


def main(target="docs"):
    with tempfile.TemporaryDirectory() as folder:
        own = {"VAR_DIR": folder, "DEMO_PASSWORD_FILE": f"{folder}/password", "DATABASE_URL": ""}
        server = subprocess.Popen(["scripts/run.sh"], env={**os.environ, **own, "PORT": PORT})
        try:
            wait_for(HOME)
            take(target)
        finally:
            server.terminate()
            server.wait()


def wait_for(address):
    for _ in range(WAIT):
        with suppress(OSError), urlopen(address):
            return
        time.sleep(1)
    sys.exit(f"The site did not start at {address}")


def take(target):
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        page = browser.new_page(viewport={"width": 1080, "height": 760}, device_scale_factor=1.5)
        page.goto(HOME)
        page.click("main a[href^='/lists/']")
        page.screenshot(path=f"{target}/board.png")
        board = page.url
        page.close()
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(f"{board}screen/")
        page.screenshot(path=f"{target}/screen.png")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])

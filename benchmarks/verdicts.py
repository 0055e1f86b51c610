"""Let 64 phones of one address say at once whether an item is done, 320 in all; others read.

    [DATABASE_URL=…] .venv/bin/python benchmarks/verdicts.py

On the demonstration, in an empty database; without DATABASE_URL in SQLite. Each phone opens the
page with the buttons and presses one, over a connection of its own. Prints JSON; milliseconds.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
FOLDER = tempfile.TemporaryDirectory(prefix="welfare-verdicts-")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER.name}/db.sqlite3")
os.environ |= {"DJANGO_SETTINGS_MODULE": "welfare.settings", "SECRET_KEY": "x", "HTTP_ONLY": "1"}
os.environ["VAR_DIR"] = FOLDER.name

import django

django.setup()

import load
import servers
import writers
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.timezone import localdate

from items.models import ItemList, Verdict, VerdictRound
from items.states import Grade
from welfare.suggestions.tokens import make_known, new_nonce

PHONES, SHIFT, LONGEST = 64, 3, 120  # at once, how many times more, seconds
CLAIMED = 18  # the item of the demonstration that its owner says is done
TOO_FAST = 1.2  # seconds; what is pressed sooner was pressed by no person


def main():
    for command in (["migrate", "-v0"], ["demo"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=servers.ROOT, check=True)
    slug = ItemList.objects.get().slug
    page = f"/lists/{slug}/{CLAIMED}/verdict/"
    with servers.site(FOLDER.name, os.environ["DATABASE_URL"]) as site:
        told = {
            "board_alone": servers.read(site.port, "/", 3, 4),
            "phones": together(site.port, page, PHONES),
            "board_beside": {},
        }
        reading = threading.Thread(
            target=lambda: told["board_beside"].update(servers.read(site.port, "/", 4, 4))
        )
        reading.start()
        told["phones_beside"] = together(site.port, page, PHONES)
        reading.join()
        told["shift"] = [together(site.port, page, PHONES) for _again in range(SHIFT)]
        told["again"] = load.drive(site.port, [iter([answer(page, KNOWN[0])] * 20)], LONGEST)
    kept = Verdict.objects.filter(round=VerdictRound.objects.get(item__number=CLAIMED))
    kept = kept.filter(day=localdate())
    told["kept"] = {"verified": kept.filter(verified=True).count(), "all": kept.count()}
    print(json.dumps(told, indent=1))


KNOWN = []  # the cookies of the phones that have answered


def together(port, page, count) -> dict:
    """Let so many phones that are new open the page and answer, all at the same moment."""
    phones = [make_known(RequestFactory().get("/"), HttpResponse()).cookies for _ in range(count)]
    phones = [cookies.output(attrs=[], header="").strip() for cookies in phones]
    asks = [iter([load.get(page), answer(page, cookie)]) for cookie in phones]
    time.sleep(TOO_FAST)
    KNOWN.extend(phones)
    return load.drive(port, asks, LONGEST)


def answer(page, cookie) -> bytes:
    return writers.post(page, {"grade": Grade.GOOD, "nonce": new_nonce()}, cookie)


if __name__ == "__main__":
    main()

"""Measure how long what is printed takes: 18, 50 and 300 items, each in a fresh process.

    .venv/bin/python benchmarks/printing.py

On the demonstration in SQLite, its rows repeated. Prints JSON: seconds (the best and the worst of
five), bytes, and the most memory that any process of it took (MB).
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
FOLDER = tempfile.TemporaryDirectory(prefix="welfare-printing-")
os.environ["DATABASE_URL"] = f"sqlite:///{FOLDER.name}/db.sqlite3"
os.environ |= {"DJANGO_SETTINGS_MODULE": "welfare.settings", "SECRET_KEY": "x", "HTTP_ONLY": "1"}
os.environ["VAR_DIR"] = FOLDER.name

import django

django.setup()

from django.utils.timezone import localdate
from django.utils.translation import override

from items import queries
from items.models import ItemList
from welfare.printing import cards, pictures, wall
from welfare.printing.pdf import pdf_of, png_of

SIZES, TIMES = (18, 50, 300), 5


def main():
    for command in (["migrate", "-v0"], ["demo"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True)
    told = {}
    with override("zh-hans"):
        board = queries.whole_board(ItemList.objects.get().slug, localdate())
        for name in ("wall", "handout"):
            for size in SIZES:
                told[f"{name} {size}"] = measured(name, board, size)
        for size in SIZES:
            data = cards.cards(board)
            made = [data["cards"][n % len(data["cards"])] for n in range(size)]
            told[f"cards {size}"] = timed(document("cards", data | {"cards": made}, board.as_of))
        page = queries.item_page(board.head.slug, board.rows[0].number, board.as_of)
        told["card"] = timed(document("card", cards.card(page), board.as_of))
        told["picture"] = timed(picture(pictures.of_item(page)))
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(json.dumps(told | {"memory": round(most / 1024)}, indent=1))


def measured(name, board, size):
    data = getattr(wall, name)(board)
    data["rows"] = [data["rows"][n % len(data["rows"])] | {"number": n + 1} for n in range(size)]
    return timed(document(name, data, board.as_of))


def document(name, data, day):
    return lambda: pdf_of(name, data, day, keep=False)


def picture(of):
    return lambda: png_of("picture", of.data, of.day, says=of.says, keep=False)


def timed(make):
    took = []
    for _ in range(TIMES):
        begun = time.monotonic()
        file = make()
        took.append(time.monotonic() - begun)
    return {"best": round(min(took), 2), "worst": round(max(took), 2), "bytes": len(file)}


main()

"""Time the static edition: the first run, one without a change, and one after a change of one item.

    DATABASE_URL=… .venv/bin/python benchmarks/make_data.py 10000
    DATABASE_URL=… .venv/bin/python manage.py collectstatic --noinput
    DATABASE_URL=… .venv/bin/python benchmarks/edition.py [processes]

Works on what benchmarks/make_data.py wrote and prints JSON: seconds without the start of Python,
those of processor, and the megabytes of all processes together, shared pages once.
"""

import json
import os
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ |= {"DJANGO_SETTINGS_MODULE": "welfare.settings", "SECRET_KEY": "x", "HTTP_ONLY": "1"}

import django

django.setup()

from django.db import connection
from django.db.models import QuerySet

from items.guards import triggers
from items.models import Item
from items.models.revision import Revision
from welfare.edition.publish import Publishing


def memory() -> float:
    """Return the megabytes of this process and its children, shared pages once."""
    found = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = folder.joinpath("stat").read_text().rpartition(")")[2].split()[1]
            if os.getpid() in (int(parent), int(folder.name)):
                lines = folder.joinpath("smaps_rollup").read_text().splitlines()
                found += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        except OSError:
            continue
    return found / 1024


def measured(run):
    """Return what a run came to, its seconds, and the most memory that it took."""
    most, over = [0.0], threading.Event()

    def watch():
        while not over.wait(0.5):
            most[0] = max(most[0], memory())

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    since, busy = time.perf_counter(), sum(os.times()[:4])
    outcome = run()
    took, worked = time.perf_counter() - since, sum(os.times()[:4]) - busy
    over.set()
    watcher.join()
    told = {"files": outcome.pages, "written": outcome.written, "seconds": round(took, 2)}
    told["processor"] = round(worked, 2)
    return told | ({"MB": round(most[0])} if most[0] else {})


def change_one_item():
    """Write another title past the guards, and raise the number as they would."""
    triggers.remove(connection)
    item = Item.objects.filter(status="in_progress").order_by("pk").last()
    QuerySet(Item).filter(pk=item.pk).update(title=f"{item.title}，换新")
    number = time.time_ns() // 1000
    triggers.install(connection)
    Revision.objects.update(number=number)


def main():
    processes = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"

        def run():
            return Publishing(site, processes=processes).run()

        found = {"items": Item.objects.count(), "load": os.getloadavg()[0]}
        found["first"] = measured(run)
        found["nothing changed"] = measured(run)
        change_one_item()
        found["one item changed"] = measured(run)
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()

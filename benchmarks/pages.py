"""What a page asks when nothing is kept: how many questions, and which read a whole table.

    DATABASE_URL=… .venv/bin/python benchmarks/pages.py

Works on what benchmarks/make_data.py wrote and prints JSON. Pages go through all of Django, but
not through the memory before it.
"""

import json
import os
import re
import sys
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ |= {"DJANGO_SETTINGS_MODULE": "welfare.settings", "SECRET_KEY": "x", "HTTP_ONLY": "1"}

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from items.models import ItemList, Post

LARGE = 1_000  # rows: a smaller table may be read whole
SCANS = {
    "sqlite": re.compile(r"SCAN (?:TABLE )?(\w+)"),
    "postgresql": re.compile(r"Seq Scan on (\w+)"),
}
EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}


def main():
    lists = list(ItemList.objects.select_related("committee").order_by("pk"))
    middle = lists[len(lists) // 2]
    slug = middle.slug
    owner = Post.objects.get(name="岗位0.1").holder(localdate())
    visitor, staff = Client(headers={"host": "localhost"}), Client(headers={"host": "localhost"})
    staff.force_login(owner)
    staff.get("/desk/")  # the first page of a session writes when it was last seen
    pages = {
        "board": (visitor, f"/lists/{slug}/"),
        "item": (visitor, f"/lists/{slug}/7/"),
        "home": (visitor, "/"),
        "committee": (visitor, f"/committees/{middle.committee.slug}/"),
        "whole": (visitor, f"/committees/{lists[0].committee.slug}/"),  # the one above all
        "sought": (visitor, f"/?q={quote('分厂')}"),
        "search": (visitor, f"/lists/{slug}/find/?q={quote('座椅')}"),
        "desk": (staff, "/desk/"),
    }
    found = {name: measured(client, path) for name, (client, path) in pages.items()}
    key = staff.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = f"Cookie: {settings.SESSION_COOKIE_NAME}={key}"
    print(json.dumps({"pages": found, "cookie": cookie}))


def measured(client, path):
    connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"] = True  # to see SQL, not names of plans
    with CaptureQueriesContext(connection) as asked:
        answer = read(client, path)
    connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"] = False
    asked = [query["sql"] for query in asked]
    return {
        "path": path,
        "bytes": len(answer.content),
        "questions": len(asked),
        "whole_tables": sorted(set(whole_tables(asked))),
    }


def read(client, path):
    answer = client.get(path, headers={"accept-encoding": "br"})
    assert answer.status_code == 200, (path, answer.status_code)
    return answer


def whole_tables(asked):
    """Yield each large table that a question reads from end to end, an index or not."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET enable_seqscan = off")  # only where no index would do
        for sql in asked:
            if not sql.startswith(("SELECT", "WITH")):
                continue
            cursor.execute(EXPLAIN[connection.vendor] + sql.replace("%", "%%"), [])
            plan = "\n".join(str(column) for row in cursor.fetchall() for column in row)
            for table in SCANS[connection.vendor].findall(plan):
                if table.startswith("items_") and rows(cursor, table) > LARGE:
                    yield table


def rows(cursor, table) -> int:
    cursor.execute(f"SELECT COUNT(*) FROM {table}")
    return cursor.fetchone()[0]


if __name__ == "__main__":
    main()

"""Let 64 people report progress at once, each on items of their own.

    DATABASE_URL=… .venv/bin/python benchmarks/writers.py PORT

Works on what benchmarks/make_data.py wrote, through the server at PORT, and prints JSON.
"""

import json
import os
import sys
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ |= {"DJANGO_SETTINGS_MODULE": "welfare.settings", "SECRET_KEY": "x", "HTTP_ONLY": "1"}

import django

django.setup()

import load
from django.conf import settings
from django.test import Client
from django.utils.timezone import localdate

from items.models import Item

CLIENTS, EACH, LONGEST = 64, 6, 120  # people, reports of each, seconds
TOKEN = "a" * 32  # against forgery: the same in the cookie and in the form


def main(port):
    items = Item.objects.filter(status="in_progress")
    items = items.select_related("list", "last_entry", "owner_post").order_by("number", "pk")
    asks = {}
    for item in items[: CLIENTS * EACH]:
        client = len(asks) if len(asks) < CLIENTS else item.pk % CLIENTS
        asks.setdefault(client, []).append(report(item))
    load.drive(port, [iter(each[:1]) for each in asks.values()], LONGEST)  # to warm up
    told = load.drive(port, [iter(each[1:] or each) for each in asks.values()], LONGEST)
    print(json.dumps({**told, "clients": len(asks)}))


def report(item) -> bytes:
    """Return the request with which the item's owner reports progress."""
    client = Client(headers={"host": "localhost"})
    client.force_login(item.owner_post.holder(localdate()))
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    form = urlencode(
        {
            "csrfmiddlewaretoken": TOKEN,
            "version": item.version,
            "last_seq": item.last_entry.seq,
            "text": "第二批已到货，正在安装。",
            "percent": "40",
            "happened_on": localdate().isoformat(),
        }
    )
    cookies = f"{settings.SESSION_COOKIE_NAME}={key}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
    return (
        f"POST /desk/lists/{item.list.slug}/{item.number}/report_progress/ HTTP/1.1\r\n"
        f"{load.HEADERS}Cookie: {cookies}\r\nContent-Length: {len(form)}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\n\r\n{form}"
    ).encode()


if __name__ == "__main__":
    main(int(sys.argv[1]))

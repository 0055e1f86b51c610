"""Let 64 people write at once: each reports progress on items of their own, and suggests something.

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
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils.timezone import localdate

from items.models import Item
from welfare.suggestions.tokens import make_known, new_nonce

CLIENTS, EACH, LONGEST = 64, 6, 120  # people, reports of each, seconds
TOKEN = "a" * 32  # against forgery: the same in the cookie and in the form


def main(port):
    items = Item.objects.filter(status="in_progress")
    items = items.select_related("list__committee", "last_entry", "owner_post")
    items = items.order_by("number", "pk")
    asks = {}
    for item in items[: CLIENTS * EACH]:
        client = len(asks) if len(asks) < CLIENTS else item.pk % CLIENTS
        asks.setdefault(client, []).extend([report(item), suggestion(item.list.committee.slug)])
    load.drive(port, [iter(each[:2]) for each in asks.values()], LONGEST)  # to warm up
    told = load.drive(port, [iter(each[2:] or each) for each in asks.values()], LONGEST)
    print(json.dumps({**told, "clients": len(asks)}))


def report(item) -> bytes:
    """Return the request with which the item's owner reports progress."""
    client = Client(headers={"host": "localhost"})
    client.force_login(item.owner_post.holder(localdate()))
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    said = {
        "version": item.version,
        "last_seq": item.last_entry.seq,
        "text": "第二批已到货，正在安装。",
        "percent": "40",
        "happened_on": localdate().isoformat(),
    }
    path = f"/desk/lists/{item.list.slug}/{item.number}/report_progress/"
    return post(path, said, f"{settings.SESSION_COOKIE_NAME}={key}")


def suggestion(committee: str) -> bytes:
    """Return the request with which a worker's phone, the first time, suggests something."""
    said = {"to": committee, "words": "休息室没有空调，夏天坐不住人。", "nonce": new_nonce()}
    browser = make_known(RequestFactory().get("/"), HttpResponse()).cookies
    return post("/suggest/", said, browser.output(attrs=[], header="").strip())


def post(path, said, cookie) -> bytes:
    form = urlencode({"csrfmiddlewaretoken": TOKEN, **said})
    return (
        f"POST {path} HTTP/1.1\r\n{load.HEADERS}"
        f"Cookie: {cookie}; {settings.CSRF_COOKIE_NAME}={TOKEN}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\n"
        f"\r\n{form}"
    ).encode()


if __name__ == "__main__":
    main(int(sys.argv[1]))

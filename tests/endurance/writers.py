"""Writers without a pause: workers who suggest, owners who report, some with photos.

Each sends words of their own, so that it can be counted afterwards what became of them: what was
acknowledged stands there once, and what was sent again, since no answer came, not twice.
"""

import re
import secrets
import threading
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from io import BytesIO
from urllib.parse import urlencode

from django.test import Client
from PIL import Image

from items.models import Item
from tests import factories
from tests.serve.strangers import FORM
from welfare.suggestions.tokens import new_nonce

TOKEN = "a" * 32
ITEMS = 6
HIDDEN = re.compile(r'<input[^>]*name="(version|last_seq|happened_on)"[^>]*value="([^"]*)"')
BETWEEN = "7d1e0c5b"
ACKNOWLEDGED = {"/suggest/": 201}
TEXTS = (
    "SELECT words FROM items_suggestion UNION ALL"
    " SELECT w.text FROM items_entrywords w JOIN items_entry e ON e.id = w.entry_id"
    " WHERE e.verb = 'report_progress'"
)


@dataclass
class Sent:
    """One form that was sent: its words, where to, and what became of it."""

    words: str
    path: str
    body: bytes
    kind: str
    cookies: str
    status: int = 0  # none came
    answered: float = 0  # when

    @property
    def is_acknowledged(self):
        return self.status == ACKNOWLEDGED.get(self.path, 302)


def prepared():
    """Publish a list; return its items' addresses at the desk and the owner's cookie."""
    first = factories.Item()
    for _more in range(ITEMS - 1):
        factories.another(first)
    factories.publish(first.list)
    owner = Client()
    owner.force_login(factories.owner_of(Item.objects.get(pk=first.pk)))
    items = [f"/desk/lists/{first.list.slug}/{n}/report_progress/" for n in range(1, ITEMS + 1)]
    return items, f"sessionid={owner.cookies['sessionid'].value}"


class Writers:
    """So many threads that write to the site at a port until `end`."""

    def __init__(self, port, items, session, count=6):
        self.port, self.items, self.session = port, items, session
        self.sent, self.ended = [], threading.Event()
        work = (self.suggest, self.report)
        self.threads = [
            threading.Thread(target=self.again, args=(work[number % 2], number), daemon=True)
            for number in range(count)
        ]
        for thread in self.threads:
            thread.start()

    def again(self, write, number):
        while not self.ended.is_set():
            with suppress(OSError, HTTPException):
                if form := write(number):
                    self.sent.append(form)
                    form.status = self.send(form)
                    form.answered = time.monotonic()
            time.sleep(0.02)

    def suggest(self, number):
        fields = {"nonce": new_nonce()}
        return filled("/suggest/", fields, "words", "", number)

    def report(self, number):
        path = self.items[number // 2 % len(self.items)]
        status, page = self.ask("GET", path, None, {"Cookie": self.session})
        if status != 200:
            return None
        return filled(path, dict(HIDDEN.findall(page)), "text", self.session, number)

    def send(self, form):
        own = f"http://localhost:{self.port}"
        told = {"Content-Type": form.kind, "Origin": own, "Sec-Fetch-Site": "same-origin"}
        return self.ask("POST", form.path, form.body, told | {"Cookie": form.cookies})[0]

    def ask(self, method, path, body, headers):
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=30)) as asked:
            asked.request(method, path, body, {"Host": f"localhost:{self.port}"} | headers)
            answer = asked.getresponse()
            return answer.status, answer.read().decode()

    def end(self):
        """Let everybody stop, and send again what got no answer, as its sender would."""
        self.ended.set()
        for thread in self.threads:
            thread.join()
        for form in self.unanswered():
            self.send(form)

    def unsay_after(self, moment):
        """Forget the answers that came after a moment; return how many they were."""
        late = [form for form in self.sent if form.status and form.answered > moment]
        for form in late:
            form.status = 0
        return len(late)

    def unanswered(self):
        return [form for form in self.sent if not form.status]

    def lost_and_doubled(self, texts):
        """Return how many that were acknowledged stand nowhere, and how many stand twice."""
        found = Counter(texts)
        lost = [form for form in self.sent if form.is_acknowledged and not found[form.words]]
        doubled = [form for form in self.sent if found[form.words] > 1]
        return len(lost), len(doubled)


def filled(path, fields, name, session, number):
    """Fill a form in with words of its own, and every third with a photo."""
    words = f"TK{secrets.token_hex(8)}"
    fields = fields | {name: words, "csrfmiddlewaretoken": TOKEN}
    cookies = "; ".join(filter(None, [f"csrftoken={TOKEN}", session]))
    if number % 3:
        return Sent(words, path, urlencode(fields).encode(), FORM, cookies)
    parts = [
        f'--{BETWEEN}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = 'Content-Disposition: form-data; name="photos"; filename="a.jpg"'
    parts.append(f"--{BETWEEN}\r\n{head}\r\nContent-Type: image/jpeg\r\n\r\n".encode())
    body = b"".join([*parts, picture(), f"\r\n--{BETWEEN}--\r\n".encode()])
    return Sent(words, path, body, f"multipart/form-data; boundary={BETWEEN}", cookies)


def picture():
    """Return a photo that is like no other."""
    file = BytesIO()
    Image.frombytes("RGB", (64, 48), secrets.token_bytes(64 * 48 * 3)).save(file, "JPEG")
    return file.getvalue()

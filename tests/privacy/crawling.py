"""Everything that a visitor without an account can get, to the last byte, headers included."""

import gzip
import html
import re
import zlib
from functools import lru_cache
from io import BytesIO

import brotli
from PIL import Image

from tests.printing.reading import codes_in, pages_of, run, text_by_page
from tests.privacy.told import DRAFT, SLUG, UNPUBLISHED
from tests.test_access import ADDRESSES, who_may

METHODS = ["head", "options", "post", "put", "patch", "delete", "trace"]
LINK = re.compile(r'(?:href|src|action)="(/[^"#]*)')
FIELD = re.compile(rb'<(?:input|select)[^>]*\sname="([^"]+)"')
LARGE = ("/large/", "/en/large/")  # the same pages once more; one of each kind is in PAGES
PAGES = [path for name, path in ADDRESSES if who_may(name) in ("public", "data")]
KINDS = [path for path in PAGES if not path.startswith(("/en/", *LARGE))]
CLOSED = [path for name, path in ADDRESSES if who_may(name) not in ("public", "data")]
HIDDEN = [f"/lists/{DRAFT}/", f"/lists/{DRAFT}/1/", f"/lists/{SLUG}/{UNPUBLISHED}/"]
MISSING = ["/none/", "/lists/none/", "/lists/", f"/lists/{SLUG}/999999/", f"/lists/{SLUG}/x/"]
MISSING += ["/.env", "/.git/config", "/%ff", "/%00", "/static/../manage.py", "/media/"]
FORMER = [f"/{kind}/plant-2020/" for kind in ("committees", "voices", "visits")]
UNKNOWN = [prefix + path for path in [*HIDDEN, *MISSING, *FORMER] for prefix in ("", "/en")]
QUERIES = ["?page=2&format=json&order_by=remark", "?q=%E6%A4%85&q=&status=draft&late=1&a[]="]
DECODED = {"gzip": gzip.decompress, "br": brotli.decompress}


def body(response):
    """Return the body as it goes over the wire, and decoded."""
    sent = b"".join(response.streaming_content) if response.streaming else response.content
    decode = DECODED.get(response.headers.get("Content-Encoding"))
    if sent.startswith(b"%PDF-"):
        return sent + b"\n" + inside(sent)
    if sent.startswith(b"\x89PNG"):
        return sent + b"\n" + inside_picture(sent)
    return sent + b"\n" + decode(sent) if decode and sent else sent


# The same file comes in answer to many questions, and reading it takes longer than making it.
reads_once = lru_cache(maxsize=500)


@reads_once
def inside(file):
    """Return what a PDF says: its streams, its text, what is written about it, its QR codes."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", file, re.S)
    said = [zlib.decompressobj().decompress(stream) for stream in streams if stream[:1] == b"x"]
    said += ["".join(text_by_page(file)).encode(), run("pdfinfo", "-", given=file)]
    said += [code.encode() for page in pages_of(file, 75) for code in codes_in(page)]
    return b"\n".join(said)


@reads_once
def inside_picture(file):
    """Return what a picture says: the texts written into it, and its QR codes."""
    with Image.open(BytesIO(file)) as picture:
        said = [f"{name} {text}" for name, text in getattr(picture, "text", {}).items()]
        codes = codes_in(picture.convert("L"))
    return "\n".join([*said, *codes]).encode()


def every_byte(response):
    """Return an answer's status, headers, cookies and body."""
    lines = [f"{response.status_code} {response.reason_phrase}"]
    lines += [f"{name}: {value}" for name, value in response.headers.items()]
    lines += [morsel.OutputString() for morsel in response.cookies.values()]
    return "\n".join(lines).encode() + b"\n\n" + body(response)


def failures(answers):
    """Return the answers in which the site itself failed."""
    return [where for where, said in answers.items() if said.startswith(b"5")]


class Crawler:
    """Ask for what there is and for what there isn't; keep every answer.

    What another crawler has asked for plainly isn't asked for again in `probe`.
    """

    def __init__(self, client, after=None):
        self.client = client
        self.answers = {}
        self.etags = dict(after.etags) if after else {}  # of plain answers, by their path

    def ask(self, path, method="get", **headers):
        """Keep one answer."""
        response = getattr(self.client, method)(path, headers=headers)
        self.answers[" ".join([method.upper(), path, *headers.values()])] = every_byte(response)
        if method == "get" and not headers:
            self.etags[path] = response.headers.get("ETag")

    def read(self):
        """Read every page, beginning at every public address and following every link."""
        waiting, known = list(PAGES), set()
        while waiting:
            path = waiting.pop()
            if path not in known:
                known.add(path)
                waiting += self.links(path)
        return self.answers

    def links(self, path):
        """Return where a page leads; from one that a query made, only to other pages."""
        self.ask(path)
        found = map(
            html.unescape, LINK.findall(self.answers[f"GET {path}"].decode(errors="replace"))
        )
        return [link for link in found if not self.repeats(path, link)]

    def repeats(self, path, link):
        """Tell whether a link leads to more of the same, which would never end."""
        filtered = "?" in path and "?" in link  # each choice of a filter links to the others
        return filtered or link.startswith(LARGE)

    def probe(self):
        """Ask for every address in every other way, also for those that aren't there or closed."""
        for path in [*PAGES, *UNKNOWN]:
            self.variants(path)
        for path in CLOSED:
            self.ask(path)
            self.ask(path, "post")
        return self.answers

    def variants(self, path):
        if path not in self.etags:
            self.ask(path)
        for method in METHODS:
            self.ask(path, method)
        for query, coding in zip(QUERIES, DECODED, strict=True):  # each shows what the other would
            self.ask(path + query, **{"Accept-Encoding": coding})
        if etag := self.etags[path]:
            self.ask(path, **{"If-None-Match": etag})

    def fields(self):
        """Return the names of all fields of all forms that were seen."""
        found = {name for said in self.answers.values() for name in FIELD.findall(said)}
        return sorted(name.decode() for name in found)

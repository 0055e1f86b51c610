"""Pages in memory: finished public answers, each valid for one version of what is public."""

import re
from collections import OrderedDict
from datetime import date
from time import monotonic
from typing import BinaryIO, NamedTuple

from django.conf import settings
from django.utils.http import parse_etags
from django.utils.timezone import localdate

MAX_AGE = 2  # seconds since the last look at the version; an older one is marked as stale
MAX_STALE = 60 * 60  # seconds for which pages are handed out while the database is away
PAGE_ROOM, FILE_ROOM = (
    16 * 2**20,
    16 * 2**20,
)  # bytes: a flood of pictures or past days pushes out no board
MAX_BYTES = 2**20  # of one answer
OVERHEAD = 3_000  # bytes that an answer takes besides its body and its key


LINKED = re.compile(r"<([^>]*)>")


class Version(NamedTuple):
    """What a page shows: the number of what is published, and the day."""

    number: int
    day: date

    def holds(self, revision: str) -> bool:
        """Tell whether nothing changed until an answer with this revision, which came now."""
        return revision == str(self.number) and self.day == localdate()


class Answer(NamedTuple):
    """What Django answered; the body of a large one is an unnamed file."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes | BinaryIO
    revision: str = ""  # of what is public, when Django had ended it

    def links(self) -> list[str]:
        """Return the paths that its Link headers name (RFC 8288)."""
        values = [value for name, value in self.headers if name == "link"]
        return LINKED.findall(", ".join(values))


class Page(NamedTuple):
    """An answer for everyone; `version` is None for a file that never changes."""

    version: Version | None
    answer: Answer
    etag: str

    def links(self) -> list[str]:
        return self.answer.links()

    def matches(self, known: str) -> bool:
        """Tell whether a reader's If-None-Match names this answer, be it as a weak one."""
        return any(tag == "*" or tag.removeprefix("W/") == self.etag for tag in parse_etags(known))


class Room(OrderedDict):
    """Answers up to so many bytes; the one that nobody asked for longest goes first."""

    def __init__(self, limit: int):
        super().__init__()
        self.limit, self.size = limit, 0

    def put(self, key, page: Page) -> None:
        self.drop(key)
        self[key] = page
        self.size += cost(key, page)
        while self.size > self.limit:
            self.drop(next(iter(self)))

    def drop(self, key) -> None:
        if page := self.pop(key, None):
            self.size -= cost(key, page)


def cost(key, page) -> int:
    return len(page.answer.body) + len(key[0]) + OVERHEAD


class Pages:
    """The memory of the front, and the version for which it holds.

    Whoever looks at the database calls `saw`. Without a look for MAX_AGE seconds the pages are
    stale, and after MAX_STALE there are none. A page of another version is never handed out.
    """

    def __init__(self):
        self.version, self.looked = None, -MAX_STALE
        self.boards, self.files = Room(PAGE_ROOM), Room(FILE_ROOM)

    def saw(self, version: Version | None, looked: float) -> bool:
        """Take in a look at the version that began at `looked`; tell whether it is another."""
        if looked <= self.looked:  # a late one brings no old version back
            return False
        changed = version != self.version
        if changed:
            self.boards.clear()
            self.boards.size = 0
        self.version, self.looked = version, looked
        return changed

    def age(self) -> float:
        """Return the seconds since the last look at the version."""
        return monotonic() - self.looked

    def get(self, key) -> Page | None:
        """Return the page of a key, if it is of the last version that anybody saw."""
        room = self.boards if key in self.boards else self.files
        page = room.get(key)
        if page is None:
            return None
        if page.version and (page.version != self.version or self.is_too_old()):
            return None
        room.move_to_end(key)
        return page

    def is_too_old(self) -> bool:
        return self.age() > MAX_STALE

    def keep(self, key, asked_for: Version | None, answer: Answer) -> Page | None:
        """Keep an answer that is for everyone, and was of the version at its end as before.

        Return None for any other.
        """
        if settings.DEBUG:  # whoever writes templates wants each page anew
            return None
        status, headers, body, revision = answer
        named = dict(headers)
        if status != 200 or "set-cookie" in named or "etag" not in named:
            return None
        if not isinstance(body, bytes) or len(body) > MAX_BYTES:
            return None
        forever = "immutable" in named.get("cache-control", "")
        if not forever and not (asked_for and asked_for.holds(revision)):
            return None
        page = Page(None if forever else asked_for, answer, named["etag"])
        is_board = named.get("content-type", "").startswith("text/html")
        seldom = "noindex" in named.get("x-robots-tag", "")  # past days: there are so many
        (self.boards if is_board and not seldom else self.files).put(key, page)
        return page

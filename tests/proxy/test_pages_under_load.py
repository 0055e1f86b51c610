"""Pages in memory when many ask: how much is kept, and what a stampede costs."""

import asyncio

import pytest

from tests.proxy.fronts import HOST, Protocol, Scope
from welfare.proxy import pages
from welfare.proxy.pages import Answer, Page, Room

pytestmark = pytest.mark.django_db


# How much


def full(site, asks):
    """Return the most that was kept while all was asked for, in a room for four pages."""
    site.pages.boards = room = Room(4 * (pages.OVERHEAD + 4000))
    most = 0
    for path, headers in asks:
        site.ask(path, **headers)
        most = max(most, room.size)
        assert sum(len(page.answer.body) for page in room.values()) <= room.size <= room.limit
    return most


def test_room_is_never_over_full_and_the_oldest_goes_first():
    room = Room(4 * (pages.OVERHEAD + 100))
    page = Page(None, Answer(200, [], b"x" * 90), "")
    for number in range(10):
        room.put((f"{number}",), page)
        room.move_to_end(("0",))  # somebody asks for it

    assert [key for (key,) in room] == ["7", "8", "9", "0"]
    assert room.size == 4 * (pages.OVERHEAD + 91)
    for key in list(room):
        room.drop(key)
    assert (room.size, len(room)) == (0, 0)


def test_pictures_push_out_no_board(site):
    site.ask()
    site.pages.files = Room(5 * (pages.OVERHEAD + 2000))
    picture = [("etag", '"a"'), ("content-type", "image/jpeg")]

    async def ask(request, body=None):
        return Answer(200, picture, b"x" * 1000, str(site.pages.version.number))

    site.front.ask = ask
    for number in range(50):
        site.ask(f"/photos/{number}/")

    assert len(site.pages.files) <= 7
    assert [key[0] for key in site.pages.boards] == ["/page/"]


@pytest.mark.parametrize(
    "asks",
    [
        [(f"/none/{n}/", {}) for n in range(9)],
        [(f"/page/?{n}", {}) for n in range(9)],
        [("/page/", {"host": f"evil{n}.example"}) for n in range(9)],
        [("/page/", {"host": f"localhost:{n}"}) for n in range(1, 9)],
        [("/page/", {"accept-encoding": f"x{n}"}) for n in range(9)],
    ],
    ids=["paths", "queries", "hosts", "ports", "encodings"],
)
def test_junk_is_not_kept(site, asks):
    full(site, asks)

    assert len(site.pages.boards) <= 1
    assert site.front.rendering == {}


def test_page_that_is_too_large_is_not_kept(site, monkeypatch):
    monkeypatch.setattr(pages, "MAX_BYTES", 100)

    assert [site.ask(), site.ask()] == [site.through_django()] * 2
    assert site.pages.boards == {}


# How many at once


def stampede(site, readers=30):
    """Let so many ask for one page at once, of a Django that takes its time."""
    site.look()
    asked = site.front.ask

    async def slowly(*arguments):
        await asyncio.sleep(0.05)
        return await asked(*arguments)

    site.front.ask = slowly

    async def all_of_them():
        protocols = [Protocol() for _ in range(readers)]
        scopes = [Scope("GET", "/page/", HOST.items()) for _ in protocols]
        pairs = zip(scopes, protocols, strict=True)
        await asyncio.gather(*(site.front.__rsgi__(*pair) for pair in pairs))
        return [protocol.answer for protocol in protocols]

    return asyncio.run(all_of_them())


def test_stampede_renders_a_page_once(site):
    assert stampede(site) == [site.through_django()] * 30
    assert (site.rendered, site.front.rendering) == (1, {})


def test_stampede_on_what_is_not_kept_waits_once_only(site):
    # The control: whoever waited in vain asks Django, all of them at once.
    site.pages.keep = lambda *arguments: None

    answers = stampede(site, 8)

    assert [answer.status for answer in answers] == [200] * 8
    assert site.rendered == 8

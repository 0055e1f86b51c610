"""The page cache with several processes on one database: none shows what was before."""

import time
from contextlib import closing
from http.client import HTTPConnection
from threading import Event

import pytest
from django.db import connection, transaction
from django.db.models import F

from items.models import Committee, ItemList, Revision
from tests import factories
from tests.items.racing import together
from tests.welfare.page_caching import Clock, Site
from tests.welfare.test_wsgi import served
from welfare.front import page_cache

pytestmark = [pytest.mark.usefixtures("emptied_tables"), pytest.mark.crawl]

ON_SQLITE = connection.vendor == "sqlite"
OLD, NEW = "旧的名字", "新的名字"


@pytest.fixture
def path():
    """Publish a list; return its board's address."""
    return f"/lists/{factories.published_item(list__name=OLD).list.slug}/"


def rename(name=NEW):
    ItemList.objects.update(name=name)


def unwatched(table):
    """Drop the trigger that watches the changes of a table."""
    dropped(f"bump_{table}_update", table)


def dropped(trigger, table):
    on = "" if ON_SQLITE else f" ON {table}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {trigger}{on}")


def names(*pages):
    """Return which of the names each page shows."""
    return [[name for name in (OLD, NEW) if name in page.decode()] for page in pages]


def unguarded():
    """Let names change without an entry: this is about their pages alone."""
    dropped("guard_itemlist_name", "items_itemlist")
    dropped("guard_committee_name", "items_committee")


@pytest.fixture
def two(monkeypatch, path):
    """Return the site as two processes have it, and their clock."""
    unguarded()
    clock = Clock()
    monkeypatch.setattr(page_cache, "monotonic", clock)
    return clock, (Site(), Site())


def after(clock, sites, path):
    clock.now += page_cache.CHECK_EVERY * 1.1
    return names(*(site.ask(path).body for site in sites))


def test_change_reaches_each_process(two, path):
    clock, sites = two
    assert after(clock, sites, path) == after(clock, sites, path) == [[OLD], [OLD]]

    rename()

    assert after(clock, sites, path) == [[NEW], [NEW]]
    assert [site.rendered for site in sites] == [2, 2]


def test_without_the_trigger_it_would_not(two, path):
    # The negative control: what is shown does come from the cache.
    clock, sites = two
    after(clock, sites, path)
    unwatched("items_itemlist")

    rename()

    assert after(clock, sites, path) == [[OLD], [OLD]]


def asked_while_somebody_writes(clock, sites, path, bump=None):
    """Ask while a change isn't committed yet; return what is shown after it is."""
    written, asked = Event(), Event()

    def write():
        with transaction.atomic():
            rename()
            written.set()
            asked.wait(30)

    def ask():
        written.wait(30)
        if bump:
            bump()
        shown = after(clock, sites, path)
        asked.set()
        return shown

    assert together(write, ask) == [None, [[OLD], [OLD]]]
    return after(clock, sites, path)


def test_page_rendered_beside_an_open_change_goes_with_its_commit(two, path):
    assert asked_while_somebody_writes(*two, path) == [[NEW], [NEW]]


if not ON_SQLITE:  # where nobody else can raise the number meanwhile

    def test_number_that_is_seen_before_the_commit_would_keep_the_old_page(two, path):
        # The control: so would a sequence.
        unwatched("items_itemlist")

        def bump():
            Revision.objects.update(number=F("number") + 1)

        assert asked_while_somebody_writes(*two, path, bump) == [[OLD], [OLD]]


# Through the real web server, with two processes


def database_url():
    """Return the address of the database that the tests have."""
    chosen = connection.settings_dict
    if ON_SQLITE:
        return f"sqlite:///{chosen['NAME']}"
    who = f"{chosen['USER']}:{chosen['PASSWORD']}".removesuffix(":")
    if chosen["HOST"].startswith("/"):
        return f"postgres://{who}@/{chosen['HOST']}/{chosen['NAME']}"
    return f"postgres://{who}@{chosen['HOST']}:{chosen['PORT'] or 5432}/{chosen['NAME']}"


def get(port, path, method="GET", **headers):
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as asked:
        asked.request(method, path, headers={"Host": "localhost", **headers})
        answer = asked.getresponse()
        told = {name: text for name, text in answer.getheaders() if name != "date"}
        return answer.status, told, answer.read()


def seen(port, path):
    """Return which names are shown to twenty readers, whichever process answers them."""
    pages = [get(port, path)[2] for _ in range(20)]
    return {name for shown in names(*pages) for name in shown}


def seen_later(port, path):
    """Return what they are shown when no page of before may be."""
    time.sleep(page_cache.MAX_AGE + 0.1)
    return seen(port, path)


def test_real_server_caches_and_forgets(path):
    with served(DATABASE_URL=database_url()) as (_, port):
        assert seen(port, path) == {OLD}
        page = get(port, path)
        assert page == get(port, path, Cookie="sessionid=x")  # from Django
        known = {"If-None-Match": f"W/{page[1]['etag']}"}
        through_django = get(port, path, Cookie="sessionid=x", **known)
        assert get(port, path, **known) == through_django
        assert through_django[0] == 304
        assert get(port, path, "HEAD") == (200, page[1], b"")

        unguarded()
        rename()
        assert seen_later(port, path) == {NEW}

        unwatched("items_itemlist")
        rename("又一个名字")
        assert seen_later(port, path) == {NEW}  # the control: both have it cached

        Committee.objects.update(name="另一个党委")
        assert seen_later(port, path) == set()

"""Pages in memory beside others on one database: none shows what was before."""

import time
from threading import Event

import pytest
from django.db import connection, transaction
from django.db.models import F

from items.models import Committee, ItemList, Revision
from tests import factories
from tests.items.racing import together
from tests.proxy.fronts import Clock, Site
from tests.serve.sites import database_url, served
from welfare.proxy import pages
from welfare.serve import front

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
    for module in (pages, front):
        monkeypatch.setattr(module, "monotonic", clock)
    return clock, (Site(clock), Site(clock))


def after(clock, sites, path):
    clock.now += front.LOOK_EVERY * 1.1
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


def seen(site, path):
    """Return which names are shown to twenty readers."""
    pages = [site.get(path)[2] for _ in range(20)]
    return {name for shown in names(*pages) for name in shown}


def seen_later(site, path):
    """Return what they are shown when no page of before may be."""
    time.sleep(pages.MAX_AGE + 0.5)
    return seen(site, path)


def told(answer):
    status, headers, body = answer
    return status, {name: text for name, text in headers.items() if name != "date"}, body


def test_real_server_keeps_pages_and_forgets_them(path):
    with served(DATABASE_URL=database_url()) as site:
        assert seen(site, path) == {OLD}
        page = told(site.get(path))
        assert page == told(site.get(path, Cookie="sessionid=x"))  # from Django
        known = {"If-None-Match": f"W/{page[1]['etag']}"}
        through_django = told(site.get(path, Cookie="sessionid=x", **known))
        assert told(site.get(path, **known)) == through_django
        assert through_django[0] == 304
        assert told(site.get(path, "HEAD")) == (200, page[1], b"")

        unguarded()
        rename()
        assert seen_later(site, path) == {NEW}

        unwatched("items_itemlist")
        rename("又一个名字")
        assert seen_later(site, path) == {NEW}  # the control: it is kept

        Committee.objects.update(name="另一个党委")
        assert seen_later(site, path) == set()

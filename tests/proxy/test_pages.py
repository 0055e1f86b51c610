"""Pages in memory: what is kept, for whom, for how long, and what never is."""

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError, connection
from django.db.models import F

from items.guards import triggers
from items.models import Revision
from items.models.revision import current_revision
from tests import factories
from welfare.proxy import pages
from welfare.proxy.pages import Answer
from welfare.serve.front import LOOK_EVERY

pytestmark = pytest.mark.django_db


def bump():
    Revision.objects.update(number=F("number") + 1)


# What is handed out


@pytest.mark.parametrize("accept", ["br, gzip", "gzip", "", "br;q=0, *"])
def test_page_is_rendered_once_and_stays_the_same(site, accept):
    plain = site.through_django(**{"accept-encoding": accept})

    answers = [site.ask(**{"accept-encoding": accept}) for _ in range(3)]

    assert answers == [plain] * 3
    assert site.rendered == 1


def test_staff_get_the_same_bytes_through_django(site, admin_client, settings):
    key = admin_client.cookies[settings.SESSION_COOKIE_NAME].value
    site.ask()

    staff = site.ask(cookie=f"a=b; {settings.SESSION_COOKIE_NAME}={key}")

    assert staff == site.ask()
    assert site.rendered == 2


def test_head_is_answered_from_the_cache(site):
    got = site.ask()

    assert site.ask("/page/", "HEAD") == got._replace(body=b"")
    assert site.rendered == 1


def test_head_alone_is_not_cached(site):
    assert site.ask("/page/", "HEAD") == site.through_django("/page/", "HEAD")
    assert site.pages.boards == {}


@pytest.mark.parametrize("form", ["{}", "W/{}", '"a", {}', 'W/"a",W/{}', "*"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reader_who_has_the_bytes_is_told_so(site, form, method):
    known = {"if-none-match": form.format(site.ask().headers["etag"])}

    answer = site.ask("/page/", method, **known)

    assert answer == site.through_django("/page/", method, **known)
    assert answer.status == 304
    assert site.rendered == 1


@pytest.mark.parametrize("form", ['"a"', "{}x", "x", "", '"a", W/"b"', '"*"'])
def test_reader_who_has_other_bytes_gets_the_page(site, form):
    page = site.ask()

    assert site.ask(**{"if-none-match": form.format(page.headers["etag"])}) == page
    assert site.rendered == 1


def test_page_that_is_rendered_for_a_304_is_kept(site):
    etag = site.through_django().headers["etag"]

    assert site.ask(**{"if-none-match": etag}).status == 304
    assert site.ask(range="bytes=0-5").status == 200
    assert site.rendered == 1


def test_each_coding_and_language_has_its_own_page_and_hosts_share_it(site, settings):
    settings.ALLOWED_HOSTS = ["*"]

    site.ask()
    site.ask("/en/page/")
    site.ask(**{"accept-encoding": "gzip"})
    site.ask(host="plant.example")

    assert (site.rendered, len(site.pages.boards)) == (3, 3)


def test_page_by_https_is_another_than_the_redirect_to_it(site, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT = True
    site.handler = WSGIHandler()  # whose middleware reads that once

    answers = [site.ask(**{"x-forwarded-proto": each}) for each in ("https", "http", "https")]

    assert [answer.status for answer in answers] == [200, 301, 200]
    assert (site.rendered, len(site.pages.boards)) == (2, 1)


def test_page_of_an_allowed_host_is_not_given_to_another(site):
    site.ask(host="localhost")

    assert site.ask(host="evil.example").status == 400


# What is never kept

PASSED = {
    "query string": ("/page/?a=1", "GET", {}),
    "session": ("/page/", "GET", {"cookie": "sessionid=x"}),
    "session among others": ("/page/", "GET", {"cookie": "a=b; sessionid=x; c=d"}),
    "authorization": ("/page/", "GET", {"authorization": "Basic YTpi"}),
    "if-match": ("/page/", "GET", {"if-match": '"a"'}),
    "if-unmodified-since": ("/page/", "GET", {"if-unmodified-since": "Thu, 01 Jan 1970"}),
    "post": ("/page/", "POST", {}),
    "options": ("/page/", "OPTIONS", {}),
    "undeclared view": ("/account/login/", "GET", {}),
    "redirect": ("/desk/", "GET", {}),
    "missing": ("/missing/", "GET", {}),
    "nowhere": ("/none/", "GET", {}),
    "stream": ("/streamed/", "GET", {}),
    "static file without a hash": ("/static/css/tokens.css", "GET", {}),
    "photo": ("/photos/x/", "GET", {}),
}


@pytest.mark.parametrize("name", PASSED)
def test_what_is_not_for_everyone_passes(site, name):
    path, method, headers = PASSED[name]
    site.ask()

    first, second = (site.ask(path, method, **headers) for _ in range(2))

    assert site.rendered == 3
    assert len(site.pages.boards) == 1
    assert first.status == second.status == site.through_django(path, method, **headers).status


A_PAGE = [("etag", '"a"'), ("content-type", "text/html")]


def answering(site, answer):
    """Let Django answer so, whatever it is asked."""

    async def ask(request, body=None):
        site.rendered += 1
        return answer(request) if callable(answer) else answer

    site.front.ask = ask


@pytest.mark.parametrize(
    ("status", "more", "marked", "kept"),
    [
        (200, [], True, 1),  # the control
        (200, [("set-cookie", "a=b")], True, 0),
        (200, [], False, 0),
        (203, [], True, 0),
    ],
)
def test_answer_that_is_not_for_everyone_is_not_kept(site, status, more, marked, kept):
    revision = str(current_revision()) if marked else ""
    answering(site, Answer(status, A_PAGE + more, b"page", revision))

    site.ask()
    site.ask()

    assert len(site.pages.boards) == kept
    assert site.rendered == 2 - kept


def test_file_that_never_changes_is_kept_beside_the_pages(site):
    forever = [("etag", '"a"'), ("content-type", "text/css"), ("cache-control", "immutable")]
    answering(site, Answer(200, forever, b"body {}"))

    site.ask("/static/a.0123.css")
    bump()
    site.clock.now += 5

    assert site.ask("/static/a.0123.css").body == b"body {}"
    assert (site.rendered, len(site.pages.files), len(site.pages.boards)) == (1, 1, 0)


def test_what_no_search_engine_takes_is_kept_beside_the_files_for_its_version(site):
    seldom = [*A_PAGE, ("x-robots-tag", "noindex")]
    answering(site, Answer(200, seldom, b"a past day", str(current_revision())))

    assert [site.ask().body for _time in range(2)] == [b"a past day"] * 2
    assert (site.rendered, len(site.pages.files), len(site.pages.boards)) == (1, 1, 0)
    bump()
    site.clock.now += 5
    site.ask()
    assert site.rendered == 2


def test_while_templates_are_written_nothing_is_kept(site, settings):
    settings.DEBUG = True

    site.ask()
    site.ask()

    assert (site.rendered, site.pages.boards) == (2, {})


def test_error_leaves_nothing_behind(site):
    def broken(request):
        raise RuntimeError("broken on purpose")

    answering(site, broken)

    assert [site.ask().status for _ in range(2)] == [503, 503]
    assert (site.pages.boards, site.front.rendering) == ({}, {})


# For how long


def test_change_is_seen_after_a_second(site, clock):
    site.ask()
    bump()

    clock.now += LOOK_EVERY / 2
    site.ask()
    assert site.rendered == 1

    clock.now += LOOK_EVERY
    site.ask()
    assert site.rendered == 2


def test_without_a_change_the_page_stays(site, clock):
    for _ in range(5):
        site.ask()
        clock.now += LOOK_EVERY * 1.5

    assert site.rendered == 1


def test_page_is_of_one_day(site, clock, time_machine):
    time_machine.move_to("2026-09-27T23:59:59+08:00", tick=False)
    site.ask()

    time_machine.move_to("2026-09-28T00:00:01+08:00", tick=False)
    clock.now += LOOK_EVERY * 1.5
    site.ask()

    assert site.rendered == 2


def test_page_that_midnight_crossed_is_not_kept(site, time_machine):
    time_machine.move_to("2026-09-27T23:59:59+08:00", tick=False)
    page = site.handler

    def over_midnight(environ, start_response):
        time_machine.move_to("2026-09-28T00:00:01+08:00", tick=False)
        return page(environ, start_response)

    site.handler = over_midnight
    site.ask()

    assert site.pages.boards == {}


@pytest.mark.parametrize(("when", "kept"), [("before", 1), ("meanwhile", 0), ("never", 1)])
def test_page_that_a_change_crossed_is_not_kept(site, when, kept):
    page = site.handler
    if when == "before":
        bump()

    def crossed(environ, start_response):
        if when == "meanwhile":
            bump()
        return page(environ, start_response)

    site.handler = crossed
    answer = site.ask()

    assert answer.status == 200
    assert len(site.pages.boards) == kept


def test_while_nobody_watches_nothing_is_kept(site):
    connection.check_constraints()
    triggers.remove(connection)

    site.ask()
    site.ask()

    assert (site.rendered, site.pages.boards) == (2, {})


def test_late_look_does_not_bring_an_old_version_back(site):
    site.ask()
    version, looked = site.pages.version, site.pages.looked

    site.front.saw(pages.Version(version.number + 1, version.day), looked - 0.5)

    assert site.pages.version == version
    assert len(site.pages.boards) == 1


# When the database is slow, or away


def down(execute, sql, params, many, context):
    raise OperationalError("the database is away")


def test_without_the_database_pages_are_handed_out_for_an_hour_and_say_so(site, clock):
    fresh = site.ask()
    with connection.execute_wrapper(down):
        clock.now += LOOK_EVERY
        assert site.ask() == fresh

        clock.now += 60
        stale = site.ask()
        assert (stale.status, stale.body) == (200, fresh.body)
        assert stale.headers["age"] == "61"
        assert stale.headers["cache-status"] == "welfare; hit; detail=stale"
        known = site.ask(**{"if-none-match": fresh.headers["etag"]})
        assert (known.status, known.headers["age"]) == (304, "61")

        clock.now += pages.MAX_STALE
        site.ask()
    assert site.rendered == 2


def test_what_was_changed_before_the_database_went_never_comes_back(site, clock):
    site.ask()
    bump()
    clock.now += LOOK_EVERY * 1.1
    site.look()

    with connection.execute_wrapper(down):
        clock.now += 60
        site.ask()

    assert site.rendered == 2


# With the site's own pages


def test_board_comes_from_the_cache(site, django_assert_num_queries):
    item = factories.published_item()
    path = f"/lists/{item.list.slug}/"
    connection.check_constraints()

    first = site.ask(path)
    with django_assert_num_queries(0):
        second = site.ask(path)

    assert first == second == site.through_django(path)


# An address that a page had


@pytest.mark.crawl
def test_kept_page_gives_way_to_the_redirect_which_is_never_kept(
    emptied_tables, site, clock, settings
):
    settings.ROOT_URLCONF = "welfare.urls"
    committee = factories.published_item(list__committee__slug="one").list.committee
    assert site.ask("/committees/one/").status == 200
    rendered = site.rendered
    site.ask("/committees/one/")
    assert site.rendered == rendered

    for slug in ("two", "one"):
        clock.now += 2
        before, committee.slug = committee.slug, slug
        committee.save()

        there, former = site.ask(f"/committees/{slug}/"), site.ask(f"/committees/{before}/")
        assert (there.status, former.status) == (200, 301)
        assert former.headers["location"] == f"/committees/{slug}/"
        assert {key[0] for key in site.pages.boards} == {f"/committees/{slug}/"}

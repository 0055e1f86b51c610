"""The page cache: what is kept, for whom, for how long, and what never is."""

import pytest
from django.db import OperationalError, connection
from django.db.models import F

from items.guards import triggers
from items.models import Revision
from tests import factories
from tests.welfare.page_caching import a_page, ask
from welfare.front import page_cache

pytestmark = pytest.mark.django_db


def bump():
    Revision.objects.update(number=F("number") + 1)


# What is handed out


@pytest.mark.parametrize("accept", ["br, gzip", "gzip", "", "br;q=0, *"])
def test_page_is_rendered_once_and_stays_the_same(site, accept):
    plain = ask(site.application, **{"accept-encoding": accept})

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
    assert site.ask("/page/", "HEAD") == ask(site.application, "/page/", "HEAD")
    assert site.cache.pages == {}


@pytest.mark.parametrize("form", ["{}", "W/{}", '"a", {}', 'W/"a",W/{}', "*"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reader_who_has_the_bytes_is_told_so(site, form, method):
    known = {"if-none-match": form.format(site.ask().headers["ETag"])}

    answer = site.ask("/page/", method, **known)

    assert answer == ask(site.application, "/page/", method, **known)
    assert answer.status == "304 Not Modified"
    assert site.rendered == 1


@pytest.mark.parametrize("form", ['"a"', "{}x", "x", "", '"a", W/"b"', '"*"'])
def test_reader_who_has_other_bytes_gets_the_page(site, form):
    page = site.ask()

    assert site.ask(**{"if-none-match": form.format(page.headers["ETag"])}) == page
    assert site.rendered == 1


def test_page_that_is_rendered_for_a_304_is_kept(site):
    etag = ask(site.application).headers["ETag"]

    assert site.ask(**{"if-none-match": etag}).status == "304 Not Modified"
    assert site.ask(range="bytes=0-5").status == "200 OK"
    assert site.rendered == 1


def test_each_coding_language_host_and_scheme_has_its_own_page(site, settings):
    settings.ALLOWED_HOSTS = ["*"]

    site.ask()
    site.ask("/en/page/")
    site.ask(**{"accept-encoding": "gzip"})
    site.ask(host="plant.example")

    assert (site.rendered, len(site.cache.pages)) == (4, 4)


def test_page_of_an_allowed_host_is_not_given_to_another(site):
    site.ask(host="localhost")

    assert site.ask(host="evil.example").status == "400 Bad Request"


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
    "static file": ("/static/css/tokens.css", "GET", {}),
    "photo": ("/photos/x/", "GET", {}),
}


@pytest.mark.parametrize("name", PASSED)
def test_what_is_not_for_everyone_passes(site, name):
    path, method, headers = PASSED[name]
    site.ask()

    first, second = (site.ask(path, method, **headers) for _ in range(2))

    assert site.rendered == 3
    assert len(site.cache.pages) == 1
    assert first.status == second.status == ask(site.application, path, method, **headers).status


@pytest.mark.parametrize(
    ("says", "kept"),
    [
        ({}, 1),  # the control
        ({"Set-Cookie": "a=b"}, 0),
        ({"set-cookie": "a=b"}, 0),
        ({"marked": False}, 0),
        ({"status": "203 Non-Authoritative Information"}, 0),
    ],
)
def test_answer_that_is_not_for_everyone_is_not_kept(site, says, kept):
    site.application = a_page(**says)

    site.ask()
    site.ask()

    assert len(site.cache.pages) == kept
    assert site.rendered == 2 - kept


def test_error_leaves_nothing_behind(site):
    def broken(environ, start_response):
        raise RuntimeError("broken on purpose")

    site.application = broken
    for _ in range(2):
        with pytest.raises(RuntimeError):
            site.ask()

    assert (site.cache.pages, site.cache.rendering) == ({}, {})


# For how long


def test_change_is_seen_after_a_second(site, clock):
    site.ask()
    bump()

    clock.now += page_cache.CHECK_EVERY / 2
    site.ask()
    assert site.rendered == 1

    clock.now += page_cache.CHECK_EVERY
    site.ask()
    assert site.rendered == 2


def test_without_a_change_the_page_stays(site, clock):
    for _ in range(5):
        site.ask()
        clock.now += page_cache.CHECK_EVERY * 1.5

    assert site.rendered == 1


def test_page_is_of_one_day(site, clock, time_machine):
    time_machine.move_to("2026-09-27T23:59:59+08:00", tick=False)
    site.ask()

    time_machine.move_to("2026-09-28T00:00:01+08:00", tick=False)
    clock.now += page_cache.CHECK_EVERY * 1.5
    site.ask()

    assert site.rendered == 2


def test_page_that_midnight_crossed_is_not_kept(site, time_machine):
    time_machine.move_to("2026-09-27T23:59:59+08:00", tick=False)
    page = site.application

    def over_midnight(environ, start_response):
        time_machine.move_to("2026-09-28T00:00:01+08:00", tick=False)
        return page(environ, start_response)

    site.application = over_midnight
    site.ask()

    assert site.cache.pages == {}


@pytest.mark.parametrize(("when", "kept"), [("before", 1), ("after", 0), ("never", 1)])
def test_page_that_a_change_crossed_is_not_kept(site, when, kept):
    page, now = site.application, {"before": "never"}.get(when, when)
    if when == "before":
        bump()

    def crossed(environ, start_response):
        answer = page(environ, start_response)
        if now == "after":
            bump()
        return answer

    site.application = crossed
    answer = site.ask()

    assert answer.status == "200 OK"
    assert len(site.cache.pages) == kept


def test_while_nobody_watches_nothing_is_kept(site):
    connection.check_constraints()
    triggers.remove(connection)

    site.ask()
    site.ask()

    assert (site.rendered, site.cache.pages) == (2, {})


def test_late_look_does_not_bring_an_old_version_back(site):
    site.ask()
    (version, asked) = site.cache.checked

    site.cache.set_version(("another", "day"), asked - 0.5)

    assert site.cache.checked == (version, asked)
    assert len(site.cache.pages) == 1


# When the database is slow, or away


def down(execute, sql, params, many, context):
    raise OperationalError("the database is away")


def test_without_the_database_a_page_is_never_older_than_two_seconds(site, clock):
    site.ask()
    with connection.execute_wrapper(down):
        clock.now += page_cache.CHECK_EVERY / 2
        site.ask()
        assert site.rendered == 1

        clock.now += page_cache.CHECK_EVERY
        answers = [site.ask(), site.ask()]  # of views that read nothing

    assert [answer.status for answer in answers] == ["200 OK"] * 2
    assert (site.rendered, site.cache.pages) == (3, {})


def test_while_one_thread_looks_the_others_go_on_for_two_seconds(site, clock):
    site.ask()
    with site.cache.checking:
        clock.now += (page_cache.CHECK_EVERY + page_cache.MAX_AGE) / 2
        site.ask()
        assert site.rendered == 1

        clock.now += page_cache.MAX_AGE
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

    assert first == second == ask(site.application, path)


# An address that a page had


@pytest.mark.crawl
def test_kept_page_gives_way_to_the_redirect_which_is_never_kept(
    emptied_tables, site, clock, settings
):
    settings.ROOT_URLCONF = "welfare.urls"
    committee = factories.published_item(list__committee__slug="one").list.committee
    assert site.ask("/committees/one/").status == "200 OK"
    rendered = site.rendered
    site.ask("/committees/one/")
    assert site.rendered == rendered

    for slug in ("two", "one"):
        clock.now += 2
        before, committee.slug = committee.slug, slug
        committee.save()

        there, former = site.ask(f"/committees/{slug}/"), site.ask(f"/committees/{before}/")
        assert (there.status, former.status) == ("200 OK", "301 Moved Permanently")
        assert former.headers["Location"] == f"/committees/{slug}/"
        assert {key[0] for key in site.cache.pages} == {f"/committees/{slug}/"}

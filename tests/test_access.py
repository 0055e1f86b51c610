"""Who may open which address: one table. An address that is missing from it fails the run."""

import re
from copy import deepcopy
from datetime import date

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.utils.translation import override

from items import actions, models
from items.models import Person
from tests import factories

# The address by its name: "public" is for anyone and the same for everyone, "login" is for staff.
ACCESS = {
    "board:home": "public",
    "board:how_to_read": "public",
    "board:privacy": "public",
    "board:committee": "public",
    "board:list": "public",
    "board:group": "public",
    "board:find": "public",
    "board:item": "public",
    "board:place": "public",
    "board:places": "public",
    "board:committee_places": "public",
    "board:theme": "public",
    "board:plan": "public",
    "board:objections": "public",
    "board:files": "public",
    "board:promises": "public",
    "board:assessment": "public",
    "board:bulletin": "public",
    "board:claims": "public",
    "share": "photo",
    "screen": "photo",  # as large as its wall: tests/board/test_screen.py, browser/test_screen.py
    "screen_page": "photo",
    "wall": "photo",
    "handout": "photo",
    "bulletin_pdf": "photo",  # made by the clock: tests/printing/test_bulletin_pdf.py
    "cards": "photo",
    "card": "photo",
    "place_sheet": "photo",
    "poster": "photo",
    "item_png": "photo",
    "place_png": "photo",
    "week_png": "photo",
    "bulletin_png": "photo",
    "board:item_picture": "public",
    "board:place_picture": "public",
    "board:week_picture": "public",
    "board:bulletin_picture": "public",
    "large:item_picture": "public",
    "large:place_picture": "public",
    "large:week_picture": "public",
    "large:bulletin_picture": "public",
    # Open data, in no size of type: for anyone, and for pages of other sites (tests/api)
    "list_json": "data",
    "list_csv": "data",
    "list_feed": "data",
    "list_calendar": "data",
    "item_feed": "data",
    "api:lists": "data",
    "api:list": "data",
    "api:items": "data",
    "api:item": "data",
    "api:moves": "data",
    "api:openapi-json": "data",
    "api:openapi-view": "data",
    "api:api-root": "data",  # the page stands there
    "robots": "data",
    "sitemap": "data",
    "short": "photo",  # to what is published: tests/printing/test_short_address.py
    "board:visits": "public",
    "board:look_backs": "public",
    "board:look_backs_of": "public",
    "board:changes": "public",
    "board:week": "public",
    "board:days": "public",
    "board:past": "public",
    "board:past_group": "public",
    "board:call": "public",
    "board:suggestions": "public",
    "board:suggestion_lines": "public",
    "large:home": "public",
    "large:how_to_read": "public",
    "large:privacy": "public",
    "large:committee": "public",
    "large:list": "public",
    "large:group": "public",
    "large:find": "public",
    "large:item": "public",
    "large:place": "public",
    "large:places": "public",
    "large:committee_places": "public",
    "large:theme": "public",
    "large:plan": "public",
    "large:objections": "public",
    "large:files": "public",
    "large:promises": "public",
    "large:assessment": "public",
    "large:bulletin": "public",
    "large:claims": "public",
    "large:visits": "public",
    "large:look_backs": "public",
    "large:look_backs_of": "public",
    "large:changes": "public",
    "large:week": "public",
    "large:days": "public",
    "large:past": "public",
    "large:past_group": "public",
    "large:call": "public",
    "large:suggestions": "public",
    "large:suggestion_lines": "public",
    # Where workers write and read their answers: for anyone, without a session (tests/suggestions).
    "suggestions:suggest": "open",
    "suggestions:mention": "open",
    "suggestions:answer": "open",
    "suggestions:verdict": "open",
    "suggestions:coaching": "open",
    "large:suggest": "open",
    "large:mention": "open",
    "large:verdict": "open",
    "large:coaching": "open",
    "large:answer": "open",
    # By which WeChat and WeCom see whose site it is: what the settings name, nothing else
    "verification_file": "file",
    # For anyone once the office has released it: tests/photos/test_serving.py
    "photos:large": "photo",
    "photos:small": "photo",
    "photos:tiny": "photo",
    # Where staff log in and set their password: for anyone, and it may set a cookie.
    "account_login": "open",
    "account_logout": "open",
    "account_reset_password": "open",
    "account_reset_password_done": "open",
    "account_invitation": "open",
    "report_by_link": "open",  # whoever has the link: tests/reporting/test_report_by_link.py
    "account_change_password": "login",
    "account_sessions": "login",
    "admin:login": "open",  # leads to ours
    "admin:*": "login",
    "desk:*": "login",  # who sees what there is asked of the domain (tests/desk)
}
SAMPLES = {
    "slug": "plant-2026",
    "kind": "post",
    "number": "1",
    "monday": "2026-W10",  # the week of factories.PUBLISHED_ON
    "day": "2026-03-02",  # factories.PUBLISHED_ON
    "page": "1",
    "quarter": "2026-Q1",  # in which factories let items be signed off
    "pk": "1",
    "key": "overdue",
    "seq": "1",
    "group": "not_started",
    "app_label": "items",
    "content_type_id": "1",
    "object_id": "1",
    "id": "1",
    "url": "no/such/page",
    "token": "no-such-token",
    "name": "MP_verify_none.txt",
    "stem": "0123456789abcdef" * 2,
    "photo": "1",
    "place": "7001",  # far from the keys that a sequence gives
    "theme": "7002",
    "call": "7003",
    "suggestion": "7004",
    "edition": "i",
    "code": "22222222",
}
HOMES = ("/", "/en/", "/large/", "/en/large/")
# The homes, and what says the same whatever is published
ALWAYS = [f"{home}{page}" for home in HOMES for page in ("", "how-to-read/", "privacy/", "places/")]
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "BEGIN", "SAVEPOINT")
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


def addresses(resolver=None, prefix="/", names=()):
    """Yield every address of the site with its name, arguments filled in."""
    resolver = resolver or get_resolver()
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern).strip("^$")
        if hasattr(pattern, "url_patterns"):
            space = [pattern.namespace] if pattern.namespace else []
            yield from addresses(pattern, path, [*names, *space])
        else:
            yield ":".join([*names, str(pattern.name)]), ARGUMENT.sub(sample, path)


def sample(match):
    return SAMPLES[match[1] or match[2]]


def all_addresses():
    for language, _name in settings.LANGUAGES:
        with override(language):
            yield from addresses()


def who_may(name):
    """Return what the table says of an address, by its name or its namespace."""
    return ACCESS.get(name) or ACCESS.get(f"{name.split(':')[0]}:*")


ADDRESSES = list(all_addresses())
PUBLIC = [path for name, path in ADDRESSES if who_may(name) == "public"]
PHOTOS = [path for name, path in ADDRESSES if who_may(name) == "photo"]
DATA = [path for name, path in ADDRESSES if who_may(name) == "data"]
# Of what there is to read, whatever is published
ALWAYS += [path for path in DATA if "plant-2026" not in path]
LOGIN = [path for name, path in ADDRESSES if who_may(name) == "login"]


@pytest.fixture(scope="module")
def published_of_the_file(kept_rows):
    slugs = {"list__slug": SAMPLES["slug"], "list__committee__slug": SAMPLES["slug"]}
    item = factories.Item(list__plan="一、走访", **slugs)
    of = {"committee": item.list.committee}
    factories.call(pk=SAMPLES["call"], **of)
    item.place = factories.Place(pk=SAMPLES["place"], **of)
    item.theme = factories.Theme(pk=SAMPLES["theme"], **of)
    item.save()
    office, before = factories.office_of(item), factories.at(date(2026, 2, 9))
    actions.put_up_list(item.list, by=office, now=before)
    factories.publish(item.list)
    votes = {item.number: {"satisfied": 1, "basically": 0, "unsatisfied": 0, "present": 1}}
    judged = factories.assessment(item.list, votes)
    actions.issue_assessment(judged, by=factories.colleague_of(item), now=factories.NOW)
    factories.issued_bulletin(models.ItemList.objects.get(pk=item.list_id))
    head = item.list.entries.last()
    said = {"head": head, "seed": head.hash, "candidates": [], "drawn_on": factories.TODAY}
    models.LookBackDraw.objects.create(quarter=date(2026, 1, 1), **of, **said)
    return models.Item.objects.get(pk=item.pk)


@pytest.fixture
def published(published_of_the_file, db):
    """Return an item of a list with a page at each public address."""
    return deepcopy(published_of_the_file)


def test_every_address_is_in_the_table():
    assert [name for name, _path in ADDRESSES if who_may(name) is None] == []


def test_every_row_of_the_table_is_an_address():
    names = {name for name, _path in ADDRESSES}
    spaces = {f"{name.split(':')[0]}:*" for name in names}

    assert set(ACCESS) - names - spaces == set()


def test_both_languages_are_walked():
    assert {"/lists/plant-2026/1/", "/en/lists/plant-2026/1/"} <= set(PUBLIC)


def look(client, path):
    """Return the answer to an anonymous reader, and what it asked the database."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(path)
    return response, [query["sql"] for query in queries]


def traces(response, queries):
    """Return what an answer would tell of its reader, or leave behind."""
    found = [sql for sql in queries if sql.lstrip().upper().startswith(WRITES)]
    found += [f"cookie {name}" for name in response.cookies]
    found += ["session read"] * response.wsgi_request.session.accessed
    found += ["Vary: Cookie"] * ("cookie" in response.headers.get("Vary", "").lower())
    return found


def told_of(paths):
    """Return the status of each path's answer, and what it leaves behind; each is asked anew."""
    looks = {path: look(Client(), path) for path in paths}
    return {path: (looked[0].status_code, traces(*looked)) for path, looked in looks.items()}


@pytest.mark.django_db
def test_public_page_is_open_and_leaves_no_trace(published):
    told = told_of([*PUBLIC, *DATA])

    assert told
    assert {path: said for path, said in told.items() if said != (200, [])} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("path", [*PUBLIC, *dict.fromkeys(DATA)])
def test_public_address_outlives_the_name_of_its_committee(client, published, path):
    # A page that isn't told of former addresses answers 404 here; so would a chain of redirects.
    committee = published.list.committee
    committee.slug = "plant-renamed"
    committee.save()

    response, queries = look(client, path)

    if response.status_code == 301:
        assert traces(response, queries) == []
        response = client.get(response.headers["Location"])
    assert response.status_code == 200


@pytest.mark.django_db
def test_traces_are_noticed(client):
    # The negative control: a page that writes, reads the session and sets a cookie is seen to.
    response, queries = look(client, "/account/login/")
    with CaptureQueriesContext(connection) as written, transaction.atomic():
        Person.objects.create(username="a", name="a")

    found = traces(response, [*queries, *(query["sql"] for query in written)])

    assert {"cookie csrftoken", "session read", "Vary: Cookie"} <= set(found)
    assert [sql.split()[0] for sql in found[:2]] == ["SAVEPOINT", "INSERT"]


ASKS_FOR_A_LOGIN = [(302, "/account/login/"), (302, "/en/account/login/")]


@pytest.mark.django_db
def test_staff_page_asks_for_a_login(published):
    answers = {path: Client().get(path) for path in LOGIN}

    asked = {
        path: (answer.status_code, answer.headers.get("Location", "").split("?")[0])
        for path, answer in answers.items()
    }
    assert asked
    assert {path: said for path, said in asked.items() if said not in ASKS_FOR_A_LOGIN} == {}


@pytest.mark.django_db
def test_what_is_sent_without_a_login_changes_nothing(published):
    answers = {path: Client().post(path, {"name": "typed"}) for path in LOGIN}

    told = {
        path: (answer.status_code, "/account/login/" in answer.content.decode())
        for path, answer in answers.items()
    }
    assert told
    assert {path: said for path, said in told.items() if said != (403, True)} == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/account/login/", 200),
        ("/account/logout/", 302),
        ("/account/password/reset/", 200),
        ("/account/password/reset/done/", 200),
        ("/account/invitation/no-such-token/", 410),
        ("/report/no-such-token/", 404),
        ("/admin/login/", 302),
    ],
)
def test_page_before_the_login_is_open(client, path, status):
    assert client.get(path).status_code == status


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["signup/", "email/", "inactive/", "reauthenticate/", ""])
def test_pages_that_nobody_needs_are_missing(client, path):
    people = Person.objects.count()
    answers = [client.get(f"/account/{path}"), client.post(f"/account/{path}", {"username": "a"})]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert Person.objects.count() == people

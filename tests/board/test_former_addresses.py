"""An address that a committee had leads to the present one, by one redirect, for ever."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from items.models import Committee
from tests import factories

pytestmark = pytest.mark.django_db

SITES = ["", "/en", "/large", "/en/large"]
KINDS = ["committees", "voices", "visits"]
PATHS = [f"{site}/{kind}/{{}}/" for site in SITES for kind in KINDS]


@pytest.fixture
def committee():
    """Return a committee with something on each of its pages, that was called `one` at first."""
    committee = factories.Committee(slug="one")
    return factories.published_item(list__committee=committee).list.committee


def rename(committee, *slugs):
    for slug in slugs:
        committee.slug = slug
        committee.save()


@pytest.mark.parametrize("path", PATHS)
def test_every_former_address_leads_straight_to_the_present_one(client, committee, path):
    rename(committee, "two", "three")

    for former in ("one", "two"):
        for method in ("get", "head"):
            answer = getattr(client, method)(path.format(former))
            assert (answer.status_code, answer.headers["Location"]) == (301, path.format("three"))
    assert client.get(path.format("three")).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_committee_goes_back_to_an_address_that_it_had(client, committee, path):
    rename(committee, "two", "one")

    assert client.get(path.format("one")).status_code == 200
    answer = client.get(path.format("two"))
    assert (answer.status_code, answer.headers["Location"]) == (301, path.format("one"))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("query", ["?page=2&page=3", "?q=%E6%A4%85", "?a=//evil.example/%0d%0aX:y"])
def test_query_comes_along(client, committee, path, query):
    rename(committee, "two")

    answer = client.get(path.format("one") + query)

    assert answer.headers["Location"] == path.format("two") + query
    assert "X" not in answer.headers


@pytest.mark.parametrize("kind", KINDS)
def test_redirect_is_asked_for_anew_each_time(client, committee, kind):
    # A browser that kept it would run in a circle once the committee goes back.
    rename(committee, "two")

    headers = client.get(f"/{kind}/one/").headers

    assert headers["Cache-Control"] == "no-cache"
    assert headers["Vary"] == "Accept-Encoding"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("kind", KINDS)
def test_former_address_is_only_read(client, committee, kind):
    rename(committee, "two")

    assert client.post(f"/{kind}/one/").status_code == 405


@pytest.mark.parametrize("path", PATHS)
def test_former_address_of_what_nobody_knows_of_is_none(client, path):
    hidden = factories.Item(list__committee__slug="one").list.committee
    rename(hidden, "two")

    assert [client.get(path.format(slug)).status_code for slug in ("one", "two")] == [404, 404]


@pytest.mark.parametrize("kind", KINDS)
def test_page_that_is_there_asks_nothing_more_and_a_missing_one_a_question(client, committee, kind):
    rename(committee, "two")
    asked = {slug: questions(client, f"/{kind}/{slug}/") for slug in ("two", "one", "none")}

    about_former = {
        slug: [sql for sql in asked[slug] if sql.startswith('SELECT "items_formeraddress"')]
        for slug in asked
    }
    assert about_former["two"] == []
    assert len(about_former["none"]) <= 1
    assert len(asked["one"]) <= len(asked["two"]) + 1


def questions(client, path):
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return [query["sql"] for query in queries]


def test_committee_above_is_followed_too(client, committee):
    above = factories.Committee(slug="company")
    Committee.objects.filter(pk=committee.pk).update(parent=above)
    rename(above, "group")

    answer = client.get("/committees/company/")

    assert (answer.status_code, answer.headers["Location"]) == (301, "/committees/group/")

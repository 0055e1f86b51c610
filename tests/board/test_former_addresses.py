"""An address that a committee had leads to the present one, by one redirect, for ever."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from items.models import Committee, FormerAddress
from tests import factories
from tests.items.published import without_guards

pytestmark = pytest.mark.django_db

KINDS = ["committees", "voices", "visits"]
SITES = ["", "/en", "/large", "/en/large"]
PATHS = [f"{site}/{kind}/{{}}/" for site in SITES for kind in KINDS]
QUERIES = ["?page=2&page=3", "?q=%E6%A4%85", "?a=//evil.example/%0d%0aX:y"]


@pytest.fixture
def committee():
    """Return a committee with each of its pages, that was called `one` at first."""
    return factories.published_item(list__committee__slug="one").list.committee


def rename(committee, *slugs):
    for slug in slugs:
        committee.slug = slug
        committee.save()


def statuses(client, slug):
    return {client.get(path.format(slug)).status_code for path in PATHS}


def assert_leads(client, slug, *, to, query=""):
    """Assert that each page at one address leads to the same page at another."""
    for path in PATHS:
        for ask in (client.get, client.head):
            answer = ask(path.format(slug) + query)
            found = answer.status_code, answer.headers.get("Location")
            assert found == (301, path.format(to) + query)


def test_every_former_address_leads_straight_to_the_present_one(client, committee):
    rename(committee, "two", "three")

    assert_leads(client, "one", to="three")
    assert_leads(client, "two", to="three")
    assert statuses(client, "three") == {200}


def test_were_it_not_remembered_it_would_be_missing(client, committee):
    rename(committee, "two")
    without_guards()
    FormerAddress.objects.all().delete()

    assert statuses(client, "one") == {404}


def test_committee_goes_back_to_an_address_that_it_had(client, committee):
    rename(committee, "two", "one")

    assert statuses(client, "one") == {200}
    assert_leads(client, "two", to="one")


def test_query_comes_along(client, committee):
    rename(committee, "two")

    for query in QUERIES:
        assert_leads(client, "one", to="two", query=query)


def test_committee_above_is_followed_too(client, committee):
    above = factories.Committee(slug="company")
    committee.parent = above
    committee.save()
    rename(Committee.objects.get(pk=above.pk), "group")

    answer = client.get("/committees/company/")

    assert (answer.status_code, answer.headers["Location"]) == (301, "/committees/group/")


def test_former_address_of_what_nobody_knows_of_is_none(client):
    hidden = factories.Item(list__committee__slug="one").list.committee
    rename(hidden, "two")

    assert statuses(client, "one") | statuses(client, "two") == {404}


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


@pytest.mark.parametrize("kind", KINDS)
def test_page_that_is_there_asks_nothing_more_and_another_one_question(client, committee, kind):
    rename(committee, "two")
    asked = {slug: questions(client, f"/{kind}/{slug}/") for slug in ("two", "one", "none")}

    about_former = {
        slug: sum(sql.startswith('SELECT "items_formeraddress"') for sql in asked[slug])
        for slug in asked
    }
    assert about_former["two"] == 0
    assert about_former["none"] <= 1
    assert len(asked["one"]) <= len(asked["two"]) + 1


def questions(client, path):
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return [query["sql"] for query in queries]

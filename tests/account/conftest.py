"""People who log in, each with a browser and an address of their own."""

import pytest
from django.core.cache import cache
from django.test import Client
from zeal import zeal_ignore

from tests import factories

RIGHT, WRONG = "a long enough password", "a guess"
ONE_BY_ONE = ["items.Person", "sessions.Session"]
HOME, ELSEWHERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture(autouse=True)
def _nothing_counted(db):
    cache.clear()


@pytest.fixture(autouse=True)
def _sessions_are_looked_up_one_by_one():
    """Let django-allauth clear up a person's few sessions at each login, one query each."""
    with zeal_ignore([{"model": name, "field": "get()"} for name in ONE_BY_ONE]):
        yield


@pytest.fixture
def person():
    """Return somebody with a login, whose password is RIGHT."""
    return person_called("zhang")


def person_called(username, **columns):
    person = factories.Person.build(username=username, **columns)
    person.set_password(RIGHT)
    person.save()
    return person


def log_in(username="zhang", password=RIGHT, *, at=HOME, client=None, language="", **headers):
    """Try to log in from an address; return the answer."""
    return (client or Client()).post(
        f"{language}/account/login/",
        {"login": username, "password": password},
        REMOTE_ADDR=at,
        headers=headers,
    )


def browser(**tried):
    """Return a browser that is logged in."""
    client = Client()
    assert log_in(client=client, **tried).status_code == 302
    return client


def is_in(client):
    """Tell whether a page that needs a login opens."""
    return client.get("/account/sessions/").status_code == 200


def words(response):
    return response.content.decode()

"""Accounts that sign in to the admin, and a committee with a draft list."""

import pytest
from django.test import Client
from zeal import zeal_ignore

from tests import factories
from tests.factories import TODAY


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(factories.NOW, tick=False)
    assert factories.NOW.date() == TODAY


# The choices of a form, and the chain, whose every entry stands on the one before.
ONE_BY_ONE = ["Post", "Unit", "Chain"]


@pytest.fixture(autouse=True)
def _choices_are_looked_up_one_by_one():
    """Let a form look up what was chosen: one query a field, whatever the number of rows."""
    with zeal_ignore([{"model": f"items.{name}", "field": "get()"} for name in ONE_BY_ONE]):
        yield


@pytest.fixture
def item():
    """Return a draft item that lacks nothing for publication."""
    return factories.Item()


@pytest.fixture
def committee(item):
    return item.list.committee


@pytest.fixture
def sign_in(committee):
    """Return a function that makes an account and a browser signed in with it."""

    def sign_in(*kinds, at=None, **person):
        person = factories.Person(**{"is_staff": True} | person)
        for kind in kinds:
            factories.Role(person=person, committee=at or committee, kind=kind)
        client = Client()
        client.force_login(person)
        client.person = person
        return client

    return sign_in


@pytest.fixture
def office(sign_in):
    return sign_in("office")


@pytest.fixture
def administrator(sign_in):
    return sign_in("administrator")


@pytest.fixture
def superuser(sign_in):
    return sign_in(is_superuser=True)


WRONG = {
    "superuser": ([], {"is_superuser": True}),
    "superuser of the office": (["office"], {"is_superuser": True}),
    "administrator": (["administrator"], {}),
    "administrator of the office": (["administrator", "office"], {}),
    "auditor": (["auditor"], {}),
    "auditor of the office": (["auditor", "office"], {}),
    "stranger": ([], {}),
    "office of another committee": (["office"], {"at": "another"}),
    "office of the parent committee": (["office"], {"at": "parent"}),
    "not staff": (["office"], {"is_staff": False}),
}


@pytest.fixture
def wrong(sign_in, committee):
    """Return a browser of each person who has no say over this committee's lists, by who it is."""
    return {
        who: sign_in(*kinds, **placed(committee, columns))
        for who, (kinds, columns) in WRONG.items()
    }


def placed(committee, columns):
    """Return the columns with a committee in place of a word for it."""
    if "at" not in columns:
        return columns
    elsewhere = factories.Committee()
    if columns["at"] == "parent":
        committee.parent = elsewhere
        committee.save()
    return columns | {"at": elsewhere}

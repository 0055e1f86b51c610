"""Reporting links at the desk: made for what is asked of the owner, shown once, taken back."""

import re

import pytest
from django.test import Client

from items import actions
from items.models import Entry
from items.rules.report_links import Over, why_over_now
from tests import factories
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import ACTS, fresh

pytestmark = pytest.mark.django_db

LINK = re.compile(r"https?://[^/\s]+(/report/[\w-]+/)")


@pytest.fixture
def item():
    draft = factories.Item()
    draft.handlers.add(factories.Person(name="经办人李"))
    factories.publish(draft.list)
    ACTS["start"](fresh(draft))
    return fresh(draft)


def urged(item, who="owner"):
    said = {"text": "请报到货", "who": who, "by_when": TODAY + days(5), "now": NOW}
    return actions.urge_item(fresh(item), by=factories.office_of(item), **said)


def path_of(item, entry, verb="make_link"):
    return f"/desk/lists/{item.list.slug}/{item.number}/entries/{entry.seq}/{verb}/"


def sent(item, **fields):
    item = fresh(item)
    seen = {"version": item.version, "last_seq": item.last_entry.seq}
    return seen | {"handler": item.handlers.get().pk} | fields


def make(client, item, entry):
    return client.post(path_of(item, entry), sent(item))


def test_link_is_shown_once_with_its_code_and_opens_the_form(as_, item):
    office, entry = as_(factories.office_of(item)), urged(item)

    made = make(office, item, entry)

    html = made.content.decode()
    assert made.status_code == 201
    assert "no-store" in made.headers["Cache-Control"]
    assert "<svg" in html
    (path,) = set(LINK.findall(html))
    assert Client().get(path).status_code == 200
    at = f"/desk/lists/{item.list.slug}/{item.number}/"
    assert path not in office.get(at).content.decode()
    assert Entry.objects.filter(verb="make_link").count() == 1


def test_the_same_form_again_makes_no_second_link(as_, item):
    office, entry = as_(factories.office_of(item)), urged(item)
    fields = sent(item)
    office.post(path_of(item, entry), fields)

    again = office.post(path_of(item, entry), fields)

    assert again.status_code == 409
    assert Entry.objects.filter(verb="make_link").count() == 1


def test_urging_and_task_lead_to_it_for_those_who_may(as_, item):
    entry, task = urged(item), ACTS["set_task"](fresh(item), who="owner")
    at = f"/desk/lists/{item.list.slug}/{item.number}/"

    for person, may in (
        (factories.office_of(item), True),
        (factories.supervisor_of(item), True),
        (factories.owner_of(item), False),
    ):
        html = as_(person).get(at).content.decode()
        assert [path_of(item, each) in html for each in (entry, task)] == [may, may]


def test_only_office_and_supervisor_make_one(as_, item, client):
    entry = urged(item)

    statuses = {
        "owner": make(as_(factories.owner_of(item)), item, entry).status_code,
        "stranger": make(as_(factories.Person()), item, entry).status_code,
        "nobody": make(client, item, entry).status_code,
    }

    assert statuses == {"owner": 403, "stranger": 404, "nobody": 403}
    assert not Entry.objects.filter(verb="make_link").exists()
    assert make(as_(factories.supervisor_of(item)), item, entry).status_code == 201


def test_what_carries_no_link_has_no_page(as_, item):
    office, supervisors = as_(factories.office_of(item)), urged(item, "supervisor")
    first = item.entries.earliest("seq")

    assert office.get(path_of(item, first)).status_code == 404
    assert make(office, item, supervisors).status_code == 403


def test_someone_who_is_no_handler_is_no_choice(as_, item):
    office, entry = as_(factories.office_of(item)), urged(item)

    answer = office.post(path_of(item, entry), sent(item, handler=factories.Person().pk))

    assert answer.status_code == 422
    assert not Entry.objects.filter(verb="make_link").exists()


def test_link_is_taken_back_on_the_items_page(as_, item):
    office, entry = as_(factories.office_of(item)), urged(item)
    make(office, item, entry)
    link = Entry.objects.get(verb="make_link")
    at = f"/desk/lists/{item.list.slug}/{item.number}/"
    assert path_of(item, link, "revoke_link") in office.get(at).content.decode()

    fields = sent(item, reason="发错群")
    done = office.post(path_of(item, link, "revoke_link"), fields)

    assert done.status_code == 302
    assert why_over_now(link, fresh(item), TODAY) is Over.REVOKED
    # The ledger below still leads to the entry, but nothing offers the link any more.
    assert "有一条报进展的链接" not in office.get(at).content.decode()

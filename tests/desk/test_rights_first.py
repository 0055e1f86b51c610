"""Rights are asked before a form is read, whoever sends what: no sentence, no choice leaks."""

from copy import deepcopy

import pytest
import time_machine
from zeal import zeal_ignore

from tests import factories
from tests.desk import every_address
from tests.desk.every_address import DRAFT, path_of
from tests.desk.sending import HERE, address, said, text_of
from tests.factories import NOW
from tests.items.actions.acts import ACTS, fresh
from welfare.desk.urls import urlpatterns

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _each_entry_stands_on_the_one_before():
    with zeal_ignore([{"model": "items.Chain", "field": "get()"}]):
        yield


@pytest.fixture(scope="module")
def world_of_the_file(kept_rows):
    with time_machine.travel(NOW, tick=False):
        return every_address.world()


@pytest.fixture
def world(world_of_the_file, db):
    return deepcopy(world_of_the_file)


def people(world):
    item = world["item"]
    committee = item.list.committee
    above = factories.Committee()
    committee.parent = above
    committee.save()
    return {
        "owner": factories.owner_of(item),
        "supervisor": factories.supervisor_of(item),
        "office": factories.office_of(item),
        "office above": factories.office(above),
        "auditor": factories.Role(committee=committee, kind="auditor").person,
        "administrator": factories.Role(committee=committee, kind="administrator").person,
        "superuser": factories.Person(is_superuser=True, is_staff=True),
        "stranger": factories.Person(),
    }


def offers(page):
    """Tell whether a page has a button with which its form is sent, or says what to mend first."""
    said = (b'class="main"', "还不能办，因为".encode(), "先补齐这些".encode())
    return page.status_code == 200 and any(words in page.content for words in said)


def shown_at(path):
    """Return the address of the page on which the form of an address stands."""
    return path.replace("case/add/", "case/")


# Sent empty, these do what they say, or show what was asked for.
DOES = {"case", "see_notices", "release_photos", "open_case_file", "drop_erratum"}
READS = {"auditor", "office above", "office"}  # who may read that draft list


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: pattern.name)
def test_empty_form_tells_nobody_more_than_the_page(as_, pattern, world):
    path, told = path_of(pattern, world), {}
    for who, person in people(world).items():
        client = as_(person)
        page, sent = client.get(shown_at(path), follow=True), client.post(path, {}, headers=HERE)
        told[who] = (offers(page), sent.status_code)
        if who not in READS:
            assert DRAFT.encode() not in sent.content, who

    if pattern.name in DOES or {status for _offered, status in told.values()} == {405}:
        return
    refused = {who: status for who, (offered, status) in told.items() if not offered}
    assert {who: status for who, status in refused.items() if status not in (403, 404)} == {}
    assert told["stranger"][1] in (403, 404)


def test_who_may_is_told_what_is_missing(as_, world):
    # The negative control: an empty form of one who may is read, and answered field by field.
    item = world["item"]

    answer = as_(factories.owner_of(item)).post(address(item, "claim"), {})

    assert answer.status_code == 422


def test_copying_names_no_draft_to_an_auditor(as_, world):
    item = world["item"]
    auditor = factories.Role(committee=item.list.committee, kind="auditor").person
    elsewhere = factories.Item(list__committee=item.list.committee, list__name="另一份草稿").list
    answer = as_(auditor).post(f"/desk/lists/{item.list.slug}/year/carry/", {}, headers=HERE)

    assert answer.status_code == 403
    assert elsewhere.name not in answer.content.decode()


# A right that ends while somebody writes


def sent_by(as_, verb, item, **words):
    """Return a function that sends what was typed while the right was still there."""
    who = getattr(factories, f"{ACTS[verb].who}_of")(item)
    client, sent = as_(who), said(verb, item, **words)
    return lambda prefix="": client.post(address(item, verb, prefix), sent, headers=HERE)


def test_supervisor_whose_post_ended_keeps_the_words(as_):
    item = ACTS["log_visit"].ready()
    send = sent_by(as_, "log_visit", item, seen="我看到的")
    factories.vacate(item.supervisor_post)

    answer = send("/en")

    assert answer.status_code == 404
    assert "我看到的" in answer.content.decode()
    assert "isn’t yours (any more)" in text_of(answer)
    assert not item.entries.filter(verb="log_visit").exists()


def test_page_looks_the_same_where_there_is_nothing(as_):
    # Else the address of an item could be guessed by who may not see it.
    item = ACTS["log_visit"].ready()
    stranger, sent = as_(factories.Person()), said("log_visit", item, seen="我看到的")
    there = stranger.post(address(item, "log_visit"), sent, headers=HERE)
    path = address(item, "log_visit").replace(item.list.slug, "no-such-list")
    nowhere = stranger.post(path, sent, headers=HERE)

    assert there.status_code == nowhere.status_code == 404
    assert text_of(there) == text_of(nowhere)


def test_another_site_gets_no_word_of_it(as_):
    item = ACTS["log_visit"].ready()
    client = as_(factories.Person())

    answer = client.post(address(item, "log_visit"), {"seen": "我看到的"}, headers={})

    assert answer.status_code == 404
    assert "我看到的" not in answer.content.decode()


def test_office_that_became_auditor_keeps_the_words(as_):
    item = ACTS["withdraw"].ready()
    send = sent_by(as_, "withdraw", item, reason="我写的原因")
    factories.Role(committee=item.list.committee, person=factories.office_of(item), kind="auditor")

    answer = send()

    assert answer.status_code == 403
    assert "我写的原因" in answer.content.decode()
    assert fresh(item).status == "in_progress"


def test_administrator_whose_role_ended_keeps_the_words(as_):
    role = factories.Role(kind="administrator", person=factories.Person(is_staff=True))
    unit = factories.Unit(committee=role.committee)
    client = as_(role.person)
    role.delete()

    answer = client.post(
        f"/admin/items/unit/{unit.pk}/change/", {"name": "我写的名字"}, headers=HERE
    )

    assert answer.status_code == 403
    assert "我写的名字" in answer.content.decode()

"""Every table that a stranger writes into is in the list of those whose order is taken away."""

import re

import pytest
from django.apps import apps
from django.db import connection

from items import actions
from items.guards import arrival
from items.models import Suggestion
from tests import factories
from tests.suggestions.phone import Phone, code_in, photo
from tests.suggestions.test_coaching import Teller
from tests.suggestions.test_verdict import Voter, item_at
from tests.test_access import ACCESS

# Rows of an hour or of one number, which tell no order of suggestions
COUNTERS = {"welfare_tally", "cache", "items_revision"}
LATER = {"items_appeal", "items_suggestionentry", "items_mention", "items_mentioned"}
WRITTEN = re.compile(r'^(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)')
OPEN = {name for name, who in ACCESS.items() if who == "open" and name.startswith("suggestions:")}


@pytest.fixture
def written(db):
    """Collect the tables into which anything is written."""
    tables = set()

    def note(execute, sql, params, many, context):
        tables.update(WRITTEN.findall(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield tables


def sends(phone, committee):
    fields = {"photos": [photo()], "name": "张三", "contact": "分机 301", "sought": "停车费"}
    code = code_in(phone.send(**fields))
    phone.send("", photos=[photo("blue")])  # comes back, and its photo is kept
    return code


def answers(phone, code, committee):
    sent, office = Suggestion.objects.get(), factories.office(committee)
    actions.ask_back(sent, by=office, text="哪一间？")
    phone.ask(code, words="二楼")
    sent.refresh_from_db()
    factories.settled(sent, by=office, text="装好了")
    phone.ask(code, question="几时？")
    phone.ask(code, way="appeal", why="没装好")
    phone.ask(code, erasing="yes")
    sent.refresh_from_db()
    actions.show_answer(sent, by=office, words="空调", answer="装好了")
    phone.post(f"/suggest/mention/{sent.pk}/", {})
    phone.ask("0000-0000-0000-0000")


def test_each_table_that_strangers_write_is_listed(written, committee, clock):
    item_at("pending_check", committee)
    phone, voter = Phone(clock), Voter(clock)
    written.clear()

    code = sends(phone, committee)
    assert voter.press("nearly").status_code == 201
    assert Teller(clock).tell().status_code == 201
    by_the_forms = set(written)
    answers(phone, code, committee)

    listed = {apps.get_model("items", name)._meta.db_table for name in arrival.WRITTEN_BY_STRANGERS}
    assert by_the_forms - COUNTERS == listed - LATER
    staffs = ("items_person", "items_role", "items_resultphoto")
    of_theirs = {name for name in written if not name.startswith(staffs)}
    assert of_theirs - COUNTERS == listed


def test_no_other_address_takes_what_strangers_write():
    """Whoever adds one sends it above, and names what it writes in `items.guards.arrival`."""
    forms = ("suggest", "answer", "mention", "verdict", "coaching")
    assert {f"suggestions:{name}" for name in forms} == OPEN

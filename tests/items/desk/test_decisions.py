"""What the office may write down of a meeting, read at once for all items of a list."""

import pytest

from items import queries, rules
from items.models import Item
from items.queries.pack import DECISIONS
from tests import factories
from tests.factories import NOW, TODAY
from tests.items.actions.acts import close, fresh, settle
from tests.items.desk.making import questions

pytestmark = pytest.mark.django_db


def decisions(items, person):
    item_list = fresh(items[0].list)
    return queries.decisions(list(item_list.items.all()), person, TODAY)


def of_the_rules(items, person):
    return {
        item.pk: {verb: rules.why_not(verb, person, item, today=TODAY) for verb in DECISIONS}
        for item in Item.objects.filter(list=items[0].list)
    }


def test_decisions_are_what_the_rules_say(few):
    items = few
    factories.withdraw(fresh(items[4]), now=NOW)
    office = factories.office_of(items[0])

    found = decisions(items, office)

    assert found == of_the_rules(items, office)
    assert [
        verb for verb in DECISIONS if "" in {said[verb] for said in found.values()}
    ] == DECISIONS


def test_nothing_is_decided_on_a_closed_list(few):
    items = few
    office = factories.office_of(items[0])
    settle(items[0].list)
    close(items[0].list)

    found = decisions(items, office)

    assert found == of_the_rules(items, office)
    assert "" not in {sentence for said in found.values() for sentence in said.values()}


def test_an_auditor_in_the_office_decides_nothing(few):
    items = few
    office = factories.office_of(items[0])
    factories.Role(committee=items[0].list.committee, kind="auditor", person=office)

    assert decisions(items, office) == of_the_rules(items, office)


def test_others_enter_nothing_from_the_pack(few):
    items = few

    assert decisions(items, factories.owner_of(items[0])) == {}
    assert queries.decisions([], factories.office_of(items[0]), TODAY) == {}


def test_decisions_need_no_more_questions_for_more_items(few, many):
    asked = [
        questions(lambda items=items: decisions(items, factories.office_of(items[0])))
        for items in (few, many)
    ]

    assert asked[0] == asked[1]

"""Every act on an item is refused to others, at other times and without its words."""

import pytest

from items.errors import Conflict, Refused
from items.ledger.verify import verify
from items.models import Item
from items.states import MOVES
from tests import factories
from tests.factories import TODAY, days
from tests.items.actions.acts import ACTS, WRONG
from tests.items.actions.test_every_act import DATED
from tests.items.changing import changed_by_another

pytestmark = pytest.mark.django_db


def nothing_happened(item):
    row = Item.objects.get(pk=item.pk)
    return (row.version, row.status, row.entries.count(), row.last_entry_id)


@pytest.mark.parametrize("verb", ACTS)
def test_act_is_refused_to_a_stranger(ready, verb):
    item = ready(verb)
    before = nothing_happened(item)

    with pytest.raises(Refused):
        ACTS[verb](item, by=factories.Person())

    assert nothing_happened(item) == before


@pytest.mark.parametrize("verb", [verb for verb in ACTS if WRONG[verb]])
def test_act_is_refused_in_another_status(verb):
    item = factories.item_at(WRONG[verb])
    before = nothing_happened(item)

    with pytest.raises(Refused):
        ACTS[verb](item)

    assert nothing_happened(item) == before


# Those that only add stand beside it: test_beside_others.py
REFUSE_STALE = [verb for verb in ACTS if not (verb in MOVES and MOVES[verb].adds)]


@pytest.mark.parametrize("verb", REFUSE_STALE)
def test_act_on_what_somebody_changed_meanwhile_is_a_conflict(ready, verb):
    item = ready(verb)
    changed_by_another(item)
    before = nothing_happened(item)

    with pytest.raises(Conflict):
        ACTS[verb](item)

    assert nothing_happened(item) == before


TEXTS = [
    (verb, name)
    for verb, act in ACTS.items()
    for name in act.said
    if name in {"text", "note", "found", "reason", "seen", "evidence"} and verb != "start"
]


@pytest.mark.parametrize(("verb", "name"), TEXTS)
@pytest.mark.parametrize("empty", ["", " \n\t　"])
def test_act_needs_its_words(ready, verb, name, empty):
    item = ready(verb)
    before = nothing_happened(item)

    with pytest.raises(Refused):
        ACTS[verb](item, **{name: empty})

    assert nothing_happened(item) == before


@pytest.mark.parametrize("verb", DATED)
def test_act_has_not_happened_tomorrow(ready, verb):
    item = ready(verb)
    before = nothing_happened(item)

    with pytest.raises(Refused):
        ACTS[verb](item, happened_on=TODAY + days(1))

    assert nothing_happened(item) == before


def test_failure_after_the_entry_leaves_nothing(ready, monkeypatch):
    item = ready("start")
    before = nothing_happened(item)
    monkeypatch.setattr(Item, "save", fail)

    with pytest.raises(ZeroDivisionError):
        ACTS["start"](item)

    assert nothing_happened(item) == before
    assert verify(item.list) == []


def fail(row, **kwargs):
    raise ZeroDivisionError

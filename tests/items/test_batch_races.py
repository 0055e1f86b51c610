"""Two people who answer one batch at the same moment: one does, and nothing is done twice."""

import pytest

from items import actions
from items.actions import batch as batches
from items.actions.batch import Report
from items.errors import Conflict, Refused
from items.ledger.verify import verify
from items.models import Entry
from items.rules.releasing import state_of, waiting_in
from items.states import MOVES
from tests import factories
from tests.factories import NOW, TODAY
from tests.items.actions.acts import fresh
from tests.items.desk.making import several
from tests.items.racing import together

pytestmark = [pytest.mark.usefixtures("emptied_tables"), pytest.mark.crawl]


@pytest.fixture
def items():
    return several(3)


@pytest.fixture
def batch(items):
    reports = [Report(item.pk, f"第{item.number}间", done_count=item.number) for item in items]
    by = factories.colleague_of(items[0])
    return actions.report_many(items[0].list, reports, by=by, now=NOW).batch


def at_once(items, batch, *answers):
    """Let two of the office, who saw the same page, answer together."""
    committee = items[0].list.committee
    people = [factories.office(committee), factories.Role(committee=committee).person]
    acts = []
    for person, answer in zip(people, answers, strict=True):
        item_list = fresh(items[0].list)
        seen = state_of(waiting_in(item_list, person, TODAY, batch))
        said = {"by": person, "seen": seen, "now": NOW}
        if answer is actions.refuse_batch:
            said["reason"] = "数不对"
        acts.append(lambda a=answer, of=item_list, said=said: a(of, batch, **said))
    return together(*acts)


def answered():
    answers = Entry.objects.filter(verb__in=["release", "refuse_entry"])
    return list(answers.values_list("verb", flat=True))


@pytest.mark.parametrize("other", [actions.release_batch, actions.refuse_batch])
def test_two_answers_make_one(items, batch, other):
    done = at_once(items, batch, actions.release_batch, other)

    assert sum(isinstance(each, Conflict) for each in done) == 1
    assert len(answered()) == 3
    assert len(set(answered())) == 1
    assert verify(items[0].list) == []


def test_unprotected_each_is_released_twice(items, batch, monkeypatch):
    # The negative control: no look at what waits once the items are locked, and no rule.
    saw = waiting_in(items[0].list, factories.office_of(items[0]), TODAY, batch)
    entries = {each.item.pk: each.entry for each in saw}

    def write(act):
        entry = entries[act.item.pk]
        act.write(entry.words.text, about=entry, happened_on=entry.happened_on)

    monkeypatch.setattr(batches, "waiting_in", lambda *of: saw)
    monkeypatch.setattr(batches, "release", write)
    monkeypatch.setattr(
        batches,
        "entries_of",
        lambda *of: Entry.objects.filter(pk__in=[entry.pk for entry in entries.values()]),
    )
    monkeypatch.setattr(Entry.objects.all().__class__, "waiting", lambda rows: rows)
    monkeypatch.setitem(MOVES, "release", MOVES["release"]._replace(needs=(), vetoes=()))

    at_once(items, batch, actions.release_batch, actions.release_batch)

    assert len(answered()) == 6


def test_the_same_report_at_once_is_written_once(items):
    by = factories.owner_of(items[0])
    reports = [Report(item.pk, "同一句") for item in items]

    done = together(
        *[lambda: actions.report_many(items[0].list, reports, by=by, now=NOW) for _press in (1, 2)]
    )

    assert sum(isinstance(each, Refused) for each in done) == 1
    assert Entry.objects.filter(verb="report_progress").count() == 3

"""Measures of a published item: ticked with a report, unticked openly, shown as they stand."""

import pytest
from django.utils.translation import override

from items import actions, public, queries
from items.errors import Conflict, Refused
from items.ledger.verify import verify
from items.models import Entry, Item
from items.words import Words
from tests import factories
from tests.factories import NOW, TODAY, days
from tests.items.actions.acts import PUT_RIGHT_BY, change_year

pytestmark = pytest.mark.django_db
TEXTS = ["设计", "密封改造", "试运行检测"]


@pytest.fixture(scope="module")
def item_of_the_file(kept_rows):
    item = factories.item_at("in_progress", measures=TEXTS)
    factories.colleague_of(item)
    return item


@pytest.fixture
def item(item_of_the_file, db):
    return fresh(item_of_the_file)


@pytest.fixture
def by(item):
    return factories.office_of(item)


def fresh(item):
    return Item.objects.get(pk=item.pk)


def rows(item, *texts):
    return [row for row in item.measures.all() if row.text in texts]


def tick(item, *texts, **said):
    """Let the owner report that measures are done; return the entry."""
    said = {"text": "做完" + "、".join(texts), "now": NOW} | said
    by = said.pop("by", factories.owner_of(item))
    return actions.report_progress(fresh(item), by=by, measures=rows(item, *texts), **said)


def ticked(item):
    """Return by measure the day on which it was done, of those that are."""
    return {row.text: row.done_on for row in item.measures.all() if row.done_on}


def facts_of(entry, language="zh-hans"):
    with override(language):
        return public.event(Entry.objects.get(pk=entry.pk), show_names=False).facts


def promise(item):
    return queries.item_page(item.list.slug, item.number, TODAY).promise


def states(item):
    return [(row.state, row.done_on) for row in promise(item).measures]


# Ticked


def test_report_ticks_measures_and_its_entry_says_so(item):
    entry = tick(item, "设计", "密封改造", happened_on=TODAY - days(2))

    assert ticked(item) == dict.fromkeys(["设计", "密封改造"], TODAY - days(2))
    assert entry.facts == {"ticked": [1, 2]}
    assert facts_of(entry) == (("办完的措施", "设计"), ("办完的措施", "密封改造"))
    assert verify(item.list) == []


def test_report_on_a_part_ticks_measures_too(item, by):
    actions.add_part(fresh(item), by=by, title="一区", reason="职工提出", now=NOW)
    part = {"parts": [item.parts.get()], "parts_done_on": TODAY}

    entry = tick(item, "设计", **part)

    assert (ticked(item), item.parts.get().done_on) == ({"设计": TODAY}, TODAY)
    assert entry.facts == {"ticked": [1], "part": 1, "part_done_on": str(TODAY)}
    assert verify(item.list) == []


def test_claim_ticks_what_is_left(item):
    tick(item, "设计", happened_on=TODAY - days(2))

    said = {"note": "完工", "evidence": "验收单", "done_on": TODAY, "now": NOW}
    left = rows(item, "密封改造")
    entry = actions.claim_item(fresh(item), by=factories.owner_of(item), measures=left, **said)

    assert ticked(item) == {"设计": TODAY - days(2), "密封改造": TODAY}
    assert facts_of(entry)[0] == ("办完的措施", "密封改造")
    assert verify(item.list) == []


def test_what_is_ticked_already_keeps_its_day(item):
    tick(item, "设计", happened_on=TODAY - days(2))

    entry = tick(item, "设计")

    assert (ticked(item), entry.facts) == ({"设计": TODAY - days(2)}, {})


def test_two_who_tick_at_once_stand_beside_each_other(item):
    stale = fresh(item)
    tick(item, "设计")

    said = {"text": "封好了", "measures": rows(item, "设计", "密封改造"), "now": NOW}
    entry = actions.report_progress(stale, by=factories.owner_of(item), **said)

    assert (entry.facts, ticked(item)) == ({"ticked": [2]}, {"设计": TODAY, "密封改造": TODAY})
    assert verify(item.list) == []


def test_measure_that_was_corrected_meanwhile_is_asked_about_again(item, by):
    stale, seen = fresh(item), rows(item, "设计")
    correct(item, ["设计图", "密封改造", "试运行检测"])

    with pytest.raises(Conflict):
        actions.report_progress(
            stale, by=factories.owner_of(item), text="画好了", measures=seen, now=NOW
        )

    assert ticked(item) == {}


def test_measure_of_another_item_is_refused(item):
    other = factories.Item(measures=["设计"])

    with pytest.raises(Refused):
        actions.report_progress(
            item,
            by=factories.owner_of(item),
            text="画好了",
            measures=list(other.measures.all()),
            now=NOW,
        )


# Entered by the office


def enter(item, *texts):
    said = {"text": "牵头人来电", "measures": rows(item, *texts), "now": NOW}
    day = {"happened_on": TODAY - days(3)}
    actions.enter_for_owner(fresh(item), by=factories.colleague_of(item), **said, **day)


def test_what_the_office_enters_counts_once_it_is_released(item, by):
    enter(item, "设计")
    before = ticked(item)

    entry = actions.release_entry(fresh(item), by=by, now=NOW)

    assert (before, ticked(item)) == ({}, {"设计": TODAY - days(3)})
    assert facts_of(entry) == (("办完的措施", "设计"),)
    assert verify(item.list) == []


def test_release_leaves_out_what_was_unticked_or_struck_since(item, by):
    enter(item, *TEXTS)
    tick(item, "密封改造")
    undo(item, "密封改造")
    less = [Words("密封改造"), Words("试运行检测")]
    said = {"field": "measures", "value": less, "reason": "不用", "now": NOW}
    actions.reduce_item(fresh(item), by=by, decision=factories.decision(), **said)

    actions.release_entry(fresh(item), by=by, now=NOW)

    assert ticked(item) == {"试运行检测": TODAY - days(3)}
    assert verify(item.list) == []


# Not done after all


def undo(item, *texts, **said):
    said = {"reason": "又漏了", "now": NOW} | said
    by = said.pop("by", factories.owner_of(item))
    return actions.undo_measures(fresh(item), by=by, measures=rows(item, *texts), **said)


def test_mistake_is_taken_back_openly(item):
    tick(item, "设计", "密封改造")

    entry = undo(item, "密封改造")

    assert ticked(item) == {"设计": TODAY}
    assert (entry.words.text, entry.facts) == ("又漏了", {"unticked": [2]})
    assert facts_of(entry) == (("并没有办完的措施", "密封改造"),)
    assert verify(item.list) == []


@pytest.mark.parametrize(
    ("texts", "reason"), [(["设计"], ""), (["密封改造"], "又漏了"), ([], "错")]
)
def test_nothing_is_taken_back_without_a_reason_or_a_tick(item, texts, reason):
    tick(item, "设计")

    with pytest.raises(Refused):
        undo(item, *texts, reason=reason)

    assert ticked(item) == {"设计": TODAY}


@pytest.mark.parametrize("returned", ["send back", "reopen"])
def test_return_says_which_measures_are_not_done(item, returned):
    tick(item, *TEXTS)
    factories.claim(fresh(item), now=NOW)
    said = {"reason": "还在漏", "put_right_by": PUT_RIGHT_BY, "now": NOW}
    said |= {"by": factories.supervisor_of(item), "undone_measures": rows(item, "密封改造")}
    if returned == "reopen":
        factories.sign_off(fresh(item), now=NOW)
    act = {"send back": actions.send_back_item, "reopen": actions.reopen_item}[returned]

    entry = act(fresh(item), **said)

    assert ticked(item) == dict.fromkeys(["设计", "试运行检测"], TODAY)
    undone = Entry.objects.get(verb="undo_measures")
    assert (undone.about, undone.words.text) == (entry, "")
    assert verify(item.list) == []


# Other words: a tick stays with a measure that goes on (docs/decisions/0410)


def correct(item, texts, **said):
    said = {"field": "measures", "value": [Words(text) for text in texts], "now": NOW}
    by = factories.office_of(item)
    return actions.correct_item(fresh(item), by=by, reason="错字", **said)


@pytest.mark.parametrize(
    ("texts", "left"),
    [
        (["设计", "密封改造", "试运行检测", "验收"], {"设计", "密封改造"}),
        (["密封的改造", "设计", "试运行检测"], {"设计", "密封的改造"}),
        (["方案设计", "密封改造", "试运行检测", "设计"], {"设计", "密封改造"}),
    ],
)
def test_correction_leaves_ticks_on_the_measures_that_go_on(item, texts, left):
    tick(item, "设计", "密封改造")

    correct(item, texts)

    assert ticked(item) == dict.fromkeys(left, TODAY)
    assert verify(item.list) == []


def test_swapped_measure_is_open_again(item, by):
    tick(item, "设计", "密封改造")

    value = [Words("设计"), Words("加挡板"), Words("试运行检测")]
    said = {"field": "measures", "value": value, "reason": "没钱", "now": NOW}
    actions.reduce_item(fresh(item), by=by, decision=factories.decision(), **said)

    assert ticked(item) == {"设计": TODAY}
    assert verify(item.list) == []


def test_ticks_go_over_into_the_next_list(item):
    tick(item, "设计")
    on = TODAY + days(200)

    goes_on = change_year(fresh(item), now=factories.at(on))

    assert ticked(goes_on) == {"设计": TODAY}
    assert states(goes_on) == [("done", TODAY), ("now", None), ("to_come", None)]
    assert verify(goes_on.list) == verify(item.list) == []


def test_copy_for_another_year_begins_anew(item, by):
    tick(item, "设计")
    into = factories.ItemList(committee=item.list.committee, year=2027)

    (draft,) = actions.copy_list(item.list, into=into, by=by, now=NOW)

    assert ticked(draft) == {}


# What everybody reads


def test_before_the_first_tick_nothing_is_said(item):
    assert states(item) == [("", None)] * 3
    assert promise(item).next_step is None


def test_measures_are_done_now_or_to_come(item):
    tick(item, "密封改造")

    assert states(item) == [("now", None), ("done", TODAY), ("to_come", None)]
    assert promise(item).next_step == Words("设计")


def test_what_is_left_open_when_it_is_over_is_neither_now_nor_to_come(item):
    tick(item, "设计")
    factories.claim(fresh(item), now=NOW)

    assert states(item) == [("done", TODAY), ("", None), ("", None)]
    assert promise(item).next_step is None


def test_on_hold_nothing_is_done_now(item):
    tick(item, "设计")
    factories.hold(fresh(item), now=NOW)

    assert states(item) == [("done", TODAY), ("to_come", None), ("to_come", None)]
    assert promise(item).next_step is None

"""Erasing words for privacy: they are gone from every table, and a dated stub says so."""

import pytest

from items import actions
from items.errors import Refused
from items.ledger.verify import verify
from items.models import BroughtIn, Entry, EntryWords, Item
from tests import factories
from tests.factories import NOW, TODAY
from tests.items.actions.acts import (
    ACTS,
    change_year,
    choose,
    claim,
    close_alone,
    enter,
    fresh,
    happens,
    report,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return factories.item_at("in_progress")


def erase(entry, **said):
    by = factories.office(entry.list.committee)
    return actions.erase_words(entry, **({"by": by, "reason": "涉及隐私", "now": NOW} | said))


def words_of(entry):
    words = EntryWords.objects.get(pk=entry.pk)
    return [getattr(words, name) for name in EntryWords.WORDS]


def test_erasing_leaves_a_dated_stub_and_says_so(item):
    entry = report(item, text="困难职工王某某家")

    erased = erase(entry)

    assert words_of(entry) == [""] * 6
    assert EntryWords.objects.get(pk=entry.pk).erased_on == TODAY
    assert (erased.verb, erased.about, erased.public) == ("correct", entry, True)
    assert (erased.facts, erased.words.text) == ({"erased": [entry.seq]}, "涉及隐私")
    assert fresh(item).last_entry == erased
    assert verify(item.list) == []


def everything_said(item):
    rows = [Item.objects.filter(pk=item.pk).values().get()]
    rows += [*item.parts.values(), *BroughtIn.objects.values(), *EntryWords.objects.values()]
    return repr(rows)


SECRET = "王某某"


def as_claim(item):
    return claim(item, note=SECRET, done_on=TODAY)


def as_report_on_a_part(item):
    return report(item, text=SECRET, parts=[item.parts.get()])


def as_entered_and_released(item):
    ACTS["enter_for_owner"](item, by=factories.colleague_of(item), text=SECRET)
    return ACTS["release"](item)


def as_entered_for_the_owner(item):
    return as_entered_and_released(item).about


@pytest.mark.parametrize(
    "say", [as_claim, as_report_on_a_part, as_entered_and_released, as_entered_for_the_owner]
)
def test_erased_words_are_gone_from_every_table(say):
    item = factories.Item()
    item.parts.create(title="一区", done_on=TODAY)
    factories.publish(item.list)
    item = fresh(item)
    factories.start(item, now=NOW)
    entry = say(item)
    assert SECRET in everything_said(item)

    erase(entry)

    assert SECRET not in everything_said(item)
    assert verify(item.list) == []


def test_what_a_sheet_said_can_be_erased():
    item = factories.Item()
    state = {"status": "in_progress", "progress": SECRET, "signed_off_by": SECRET}
    office = factories.office_of(item)
    actions.bring_in(item, by=office, now=NOW, file="清单.xlsx", row=7, **state)
    factories.publish(item.list)
    assert SECRET in everything_said(item)

    erase(fresh(item).last_entry)

    assert SECRET not in everything_said(item)


def test_name_in_an_entry_of_the_list_can_be_erased(item):
    entry = item.list.entries.filter(item=None).get()

    erase(entry)

    assert words_of(entry) == [""] * 6
    assert verify(item.list) == []


def test_words_are_erased_on_a_closed_list_too(item):
    entry = report(item, text=SECRET)
    close_alone(item.list)

    erase(Entry.objects.get(pk=entry.pk))

    assert SECRET not in everything_said(item)


def as_date(item):
    return factories.occasion(item, what=SECRET).entry


@pytest.mark.parametrize("say", [as_date, as_claim, as_report_on_a_part])
def test_words_are_erased_where_the_item_goes_on_too(say):
    item = factories.Item()
    item.parts.create(title="一区")
    factories.publish(item.list)
    factories.start(fresh(item), now=NOW)
    if say is as_claim:
        said = {"parts": [item.parts.get()], "parts_done_on": TODAY}
        report(fresh(item), text="完工", **said)
    entry = say(fresh(item))
    new = change_year(fresh(item))
    assert SECRET in repr([fresh(new).result, *new.parts.values(), *new.occasions.values()])

    erase(Entry.objects.get(pk=entry.pk))

    assert SECRET not in everything_said(fresh(new)) + repr([*new.occasions.values()])
    assert verify(item.list) == verify(new.list) == []


def test_words_are_erased_in_the_draft_that_goes_on(item):
    claimed = claim(item, note=SECRET)
    draft = choose(item.list).items.get()
    assert draft.result == SECRET

    erase(Entry.objects.get(pk=claimed.pk))

    assert fresh(draft).result == ""


def test_words_are_erased_once(item):
    entry = report(item)
    erase(entry)

    with pytest.raises(Refused):
        erase(Entry.objects.get(pk=entry.pk))
    with pytest.raises(Refused):
        erase(entry)  # also by somebody who read it before


@pytest.mark.parametrize("said", [{"reason": " "}, {"by": None}])
def test_erasing_needs_the_office_and_a_reason(item, said):
    entry = report(item)

    with pytest.raises(Refused):
        erase(entry, **({"by": factories.owner_of(item)} if "by" in said else said))

    assert words_of(entry)[0] == "做完一半"


def test_request_whose_words_are_erased_waits_no_longer():
    item = ACTS["decide_extension"].ready()
    erase(item.last_entry)

    assert not happens(lambda: ACTS["decide_extension"](fresh(item)))
    assert happens(lambda: ACTS["ask_extension"](fresh(item)))


def test_other_words_stay(item):
    kept, entry = report(item, text="留下"), report(item, text="抹去")
    enter(item)

    erase(entry)

    assert words_of(kept)[0] == "留下"


def test_what_is_up_for_objections_is_taken_down_before_its_words_are_erased():
    item = ACTS["take_down"].ready()
    announced = Entry.objects.get(verb="put_up")

    with pytest.raises(Refused, match="公示"):
        erase(announced)
    ACTS["take_down"](fresh(item))

    assert happens(lambda: erase(announced))

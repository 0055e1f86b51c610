"""Corrections in the open, and erasing words for privacy."""

import pytest

from items import actions
from items.actions.correct import CORRECTABLE
from items.errors import Refused
from items.guards import ITEM_FROZEN
from items.models import BroughtIn, Entry, EntryWords, Item
from items.verify import verify
from items.words import Words
from tests import factories
from tests.factories import NOW, TODAY
from tests.items.actions.acts import ACTS, claim, enter, fresh, happens, report

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return factories.item_at("in_progress", title="老题目", problem="老问题")


def correct(item, **said):
    return ACTS["correct"](item, **said)


def erase(entry, **said):
    by = factories.office(entry.list.committee)
    return actions.erase_words(entry, **({"by": by, "reason": "涉及隐私", "now": NOW} | said))


# Corrections


def test_correction_shows_the_old_words_and_the_new(item):
    entry = correct(item, field="problem", value="新问题")

    assert (entry.words.old, entry.words.new) == ("老问题", "新问题")
    assert (entry.public, entry.words.text) == (True, "错别字")
    assert fresh(item).problem == "新问题"


def test_old_words_are_those_that_are_published_whatever_a_form_did(item):
    item.title = "表单已改"

    entry = correct(item, value="新题目")

    assert (entry.words.old, entry.words.new) == ("老题目", "新题目")


def test_place_and_category_are_corrected_by_name(item):
    place = factories.Place(committee=item.list.committee, name="一区")

    entry = correct(item, field="place", value=place)

    assert (entry.words.old, entry.words.new, fresh(item).place) == ("", "一区", place)


@pytest.mark.parametrize("field", ["status", "due", "first_due", "number", "done_on", "owner_post"])
def test_what_has_its_own_act_is_not_corrected(item, field):
    with pytest.raises(Refused):
        correct(item, field=field, value=1)


def test_nothing_frozen_can_be_corrected():
    assert set(CORRECTABLE) & set(ITEM_FROZEN.split()) == set()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "长" * 201),
        ("target_count", 0),
        ("term", "for ever"),
        ("title", "老题目"),  # that is what it says
        ("measures", []),
        ("measures", [Words("更换座椅")]),
    ],
)
def test_unsound_correction_is_refused(item, field, value):
    with pytest.raises(Refused):
        correct(item, field=field, value=value)

    assert fresh(item).title == "老题目"
    assert verify(item.list) == []


@pytest.mark.parametrize("thing", [factories.Place, factories.Category])
def test_place_of_another_committee_is_refused(item, thing):
    field = thing._meta.model._meta.model_name

    with pytest.raises(Refused):
        correct(item, field=field, value=thing())


def test_measures_are_corrected_line_by_line(item):
    entry = correct(item, field="measures", value=[Words("换新", "Replace"), Words("验收")])

    assert [measure.text for measure in item.measures.all()] == ["换新", "验收"]
    assert (entry.words.old, entry.words.new) == ("更换座椅", "换新 / Replace\n验收")


def test_units_are_corrected_with_their_shares(item):
    units = [factories.Unit(committee=item.list.committee, name=name) for name in "甲乙"]

    entry = correct(item, field="shares", value=[(units[0], "lead"), (units[1], "support")])

    assert [(s.unit.name, s.role) for s in item.unit_shares.all()] == [
        ("甲", "lead"),
        ("乙", "support"),
    ]
    assert entry.words.new.startswith("甲 · ")


def test_handlers_are_corrected_out_of_the_public_sight(item):
    handler = factories.Person(name="张三")

    entry = correct(item, field="handlers", value=[handler])

    assert list(item.handlers.all()) == [handler]
    assert (entry.public, entry.words.old, entry.words.new) == (False, "", "张三")
    assert fresh(item).last_entry == entry


def test_supervisor_is_not_made_a_handler(item):
    with pytest.raises(Refused):
        correct(item, field="handlers", value=[factories.supervisor_of(item)])

    assert not item.handlers.exists()


def test_supervisor_who_helps_a_unit_keeps_it_from_leading(item):
    unit = factories.Unit(committee=item.list.committee)
    unit.helpers.add(factories.supervisor_of(item))

    assert not happens(lambda: correct(item, field="shares", value=[(unit, "lead")]))
    assert happens(lambda: correct(item, field="shares", value=[(unit, "support")]))


# Erasing


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
    return claim(item, note=SECRET)


def as_report_on_a_part(item):
    return report(item, text=SECRET, part=item.parts.get())


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
    actions.close_list(fresh(item.list), by=factories.office_of(item), now=NOW)

    erase(Entry.objects.get(pk=entry.pk))

    assert SECRET not in everything_said(item)


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

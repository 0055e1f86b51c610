"""Corrections in the open: the entry shows the old words and the new."""

import pytest
from django.db import IntegrityError
from django.utils import translation

from items import public
from items.actions.correction import CORRECTABLE, DAYS
from items.errors import Refused
from items.guards.conditions import UNWRITTEN
from items.guards.items import ITEM_FROZEN
from items.ledger import acting
from items.ledger.verify import verify
from items.public import corrections
from items.words import Words
from tests import factories
from tests.factories import DUE, NOW, days
from tests.items.actions.acts import ACTS, ask, fresh, happens
from tests.items.samples import sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return factories.item_at("in_progress", title="老题目", problem="老问题")


@pytest.mark.parametrize(
    ("target", "value", "allowed"),
    [(120, 119, False), (120, None, False), (120, 121, True), (None, 5, True)],
)
def test_target_is_not_lowered_by_a_correction(target, value, allowed):
    item = factories.item_at("in_progress", target_count=target)

    assert happens(lambda: correct(item, field="target_count", value=value)) is allowed


@pytest.mark.parametrize(
    ("measures", "allowed"),
    [
        (["更换主控室座椅120把", "铺防滑地砖"], True),
        (["更换主控室的座椅120把", "铺防滑地砖", "加装空调"], True),  # a word mended, one added
        (["铺防滑地砖", "更换主控室座椅120把"], True),
        (["更换主控室座椅90把", "铺防滑地砖"], False),
        (["更换主控室座椅一百把", "铺防滑地砖"], False),
        (["更换主控室座椅120把"], False),
        (["更换主控室座椅120把", "写一份报告"], False),
        (["更换主控室座椅120把", "更换主控室座椅120把"], False),
    ],
)
def test_measure_is_neither_struck_nor_swapped_by_a_correction(measures, allowed):
    draft = factories.Item(measures=["更换主控室座椅120把", "铺防滑地砖"])
    factories.publish(draft.list)
    value = [Words(text) for text in measures]
    item = fresh(draft)
    if allowed and measures == ["更换主控室座椅120把", "铺防滑地砖"]:
        value[0] = Words(measures[0], "Replace 120 chairs")  # the English may come later

    assert happens(lambda: correct(item, field="measures", value=value)) is allowed
    if not allowed:
        with pytest.raises(Refused, match="使承诺变小"):
            correct(fresh(item), field="measures", value=value)


def correct(item, **said):
    return ACTS["correct"](item, **said)


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


# Days that were mistyped at the publication


@pytest.mark.parametrize(
    ("value", "allowed"),
    [(DUE - days(1), True), (DUE - days(100), True), (DUE + days(1), False), (DUE, False)],
)
def test_deadline_is_corrected_to_an_earlier_day(item, value, allowed):
    assert happens(lambda: correct(item, field="due", value=value)) is allowed
    if allowed:
        row, entry = fresh(item), fresh(item).last_entry
        assert (row.due, row.first_due, row.times_extended) == (value, value, 0)
        assert entry.words.old == "2026年6月30日"
        assert verify(item.list) == []


def test_deadline_without_a_day_is_refused(item):
    assert not happens(lambda: correct(item, field="due", value=None))


def test_deadline_that_was_moved_since_is_no_slip():
    item = factories.item_at("in_progress")
    ask(item)
    ACTS["decide_extension"](fresh(item))
    assert not happens(lambda: correct(fresh(item), field="due", value=DUE))

    returned = factories.item_at("pending_check")
    ACTS["send_back"](returned)
    assert not happens(lambda: correct(fresh(returned), field="due", value=DUE - days(1)))


@pytest.mark.parametrize("value", [DUE + days(1), None])
def test_database_moves_no_first_deadline_to_a_later_day(item, value):
    def move(value):
        with acting("correct", fresh(item), by=factories.office_of(item), now=NOW) as act:
            act.item.first_due = value
            act.write("改", facts={"field": "due"})

    with pytest.raises(IntegrityError, match=UNWRITTEN):
        move(value)
    move(DUE - days(1))  # the negative control


@pytest.mark.parametrize(
    ("value", "allowed"),
    [(DUE - days(9), True), (DUE, True), (DUE + days(1), False), (None, True)],
)
def test_day_to_start_by_is_corrected(value, allowed):
    item = factories.item_at("in_progress", start_by=DUE - days(30))

    assert happens(lambda: correct(item, field="start_by", value=value)) is allowed


def test_where_starting_is_the_matter_its_day_is_the_deadline():
    item = factories.item_at("in_progress", start_by=DUE, start_is_the_matter=True)
    assert not happens(lambda: correct(item, field="start_by", value=DUE - days(1)))

    correct(fresh(item), field="due", value=DUE - days(1))

    assert fresh(item).start_by == fresh(item).due == DUE - days(1)


def told(entry, language):
    """Return what a reader of the language is told of a correction, by its label."""
    with translation.override(language):
        return dict(public.facts(entry, show_names=False))


def test_choice_is_told_in_the_words_of_each_reader(item):
    correct(item, field="term", value="short")
    with translation.override("en"):  # whoever writes
        entry = correct(fresh(item), field="term", value="standing")

    assert told(entry, "zh-hans") == {
        "更正的内容": "期限类型",
        "原来": "短期",
        "现在": "长期坚持",
    }
    assert told(entry, "en") == {
        "What was corrected": "Term",
        "Before": "Short term",
        "Now": "Standing",
    }


def test_choice_in_an_entry_of_before_is_told_in_words(item):
    with acting("correct", item, by=factories.office_of(item), now=NOW) as act:
        act.write("期限", facts={"field": "term"}, old="short", new="standing")

    assert told(act.entry, "zh-hans")["原来"] == "短期"
    assert told(act.entry, "en")["Now"] == "Standing"


def test_yes_names_and_shares_are_told_in_the_words_of_each_reader(item):
    place = factories.Place(committee=item.list.committee, name="一区", name_en="Zone 1")
    unit = factories.Unit(committee=item.list.committee, name="甲", name_en="Unit A")
    hardship = correct(item, field="hardship", value=True)
    placed = correct(fresh(item), field="place", value=place)
    shared = correct(fresh(item), field="shares", value=[(unit, "lead")])

    assert (told(hardship, "zh-hans")["现在"], told(hardship, "en")["Now"]) == ("是", "yes")
    assert (told(placed, "zh-hans")["现在"], told(placed, "en")["Now"]) == ("一区", "Zone 1")
    assert told(shared, "en")["Now"] == "Unit A · Leading unit"
    assert told(shared, "zh-hans")["现在"].startswith("甲 · ")


@pytest.mark.parametrize("field", [*CORRECTABLE, "measures", "shares", "handlers"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_each_column_has_a_name_for_readers(field, language):
    with translation.override(language):
        assert corrections.label_of(field) != field
        assert "_" not in corrections.label_of(field)


def test_target_of_a_resolved_item_stays_within_what_was_done():
    item = factories.item_at("resolved", target_count=40, done_count=42)

    with pytest.raises(Refused, match="42"):
        correct(item, field="target_count", value=43)
    correct(item, field="target_count", value=42)

    assert fresh(item).target_count == 42


@pytest.mark.parametrize("field", sorted({*CORRECTABLE} - {*DAYS}))
def test_each_column_that_can_be_corrected_is_corrected(item, field):
    value = sample(field, item.list.committee)

    entry = correct(item, field=field, value=value)

    assert getattr(fresh(item), field) == value
    assert entry.words.new
    assert verify(item.list) == []


@pytest.mark.parametrize("field", ["status", "first_due", "number", "done_on", "owner_post"])
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
    value = [Words("更换坐椅", "Replace the seats"), Words("验收")]
    entry = correct(item, field="measures", value=value)

    assert [measure.text for measure in item.measures.all()] == ["更换坐椅", "验收"]
    new = "更换坐椅 / Replace the seats\n验收"
    assert (entry.words.old, entry.words.new) == ("更换座椅", new)


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

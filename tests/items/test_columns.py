"""One table of an item's columns: what every list of them by hand said, it gives."""

from items import columns, guards, privacy
from items.actions import copy, correct, draft
from items.actions import list as lists
from items.admin.item import ItemAdmin
from items.columns import COLUMNS, STORED, attnames, grouped, names, placed
from items.models import Item
from items.sheets import headings, importing, matching, numbers, reading
from welfare.desk import columns as fields
from welfare.desk import drafting, table

IN_SHEETS = [column for column in STORED if column.headings and column.drafted]


def of(kinds, among=STORED):
    return [column for column in among if column.kind in kinds]


def test_privacy_is_what_it_was():
    shades = {shade: [] for shade in columns.SHADES}
    for column in COLUMNS:
        if column.of == "item":
            shades[column.shade] += column.names

    assert sorted(shades["public"]) == sorted(privacy.PUBLIC["Item"].split())
    assert sorted(shades["staff"] + shades["inside"]) == sorted(
        [*privacy.PRIVATE["Item"].split(), *privacy.PRIVATE_OF_ALL]
    )


def test_guards_are_what_they_were():
    of_guard = {g: attnames(c for c in STORED if c.guard == g) for g in columns.GUARDS}

    assert sorted(of_guard["frozen"]) == sorted(guards.ITEM_FROZEN.split())
    assert sorted(of_guard["written"]) == sorted(guards.ITEM_WRITTEN.split())
    free = {"version", "source", "budget", "remark", "recheck_on", "id", "last_entry_id"}
    assert set(of_guard["free"]) == free
    assert of_guard["computed"] == []


def test_what_is_drafted_copied_carried_and_corrected_is_what_it_was():
    copied = [column for column in STORED if column.copied]
    carried = names(column for column in STORED if column.carried)

    assert set(names(column for column in STORED if column.drafted)) == draft.DRAFTED
    assert set(names(copied)) == {*copy.PROMISED, *copy.DAYS, "due_words"}
    assert names(of(["day"], copied)) == copy.DAYS
    assert sorted(carried) == sorted(lists.KEPT)
    assert names(placed("correctable", STORED)) == correct.CORRECTABLE
    lines = [column for column in placed("correctable") if not column.stored]
    assert [column.name for column in lines] == list(draft.LINES)


def test_public_texts_are_those_that_were_asked_about_and_one_that_was_forgotten():
    public = names(column for column in of(columns.TEXT) if column.shade == "public")

    assert set(public) == {*lists.SHOWN, "count_unit"}


def test_searched_words_are_what_they_were():
    searched = names(column for column in STORED if column.searchable)
    item = Item(**{name: f"词{at}" for at, name in enumerate(names(STORED)) if name in searched})

    assert item.folded_words([]).split("\n") == [getattr(item, name) for name in searched]
    assert len(item.folded_words([]).split("\n")) == 6


def test_headings_are_what_they_were():
    found = {column.in_sheets: column.headings for column in COLUMNS if column.headings}
    found |= {f"{c.in_sheets}_en": c.headings_en for c in COLUMNS if c.headings_en}
    computed = [column.in_sheets for column in COLUMNS if column.guard == "computed"]

    assert found == headings.HEADINGS
    assert tuple(computed) == headings.COMPUTED
    assert set(computed) == reading.COMPUTED


def test_sheets_read_what_they_read():
    texts = of([*columns.TEXT, "choice"], IN_SHEETS)
    english = [f"{column.name}_en" for column in texts if column.headings_en]
    text_names = [*(column.name for column in texts), *english]
    days = {column.name for column in of(["day"], IN_SHEETS)} - {"start_by", "due"}

    assert sorted(text_names) == sorted(importing.TEXTS)
    assert days == set(importing.DAYS)
    assert {*text_names, *days} - {"title"} == set(matching.SIMPLE)
    rows = of(["row"], IN_SHEETS)
    assert {c.name: model_of(c) for c in rows} == importing.LOOKED_UP
    assert {c.in_sheets for c in COLUMNS if c.kind == "long" and c.headings} == numbers.LONG


def model_of(column):
    return Item._meta.get_field(column.name).related_model


def test_forms_of_the_desk_are_what_they_were():
    groups = ["wrong", "promised", "who", "when", "counted", "inside"]
    found = [[column.name for column in grouped("desk", group)] for group in groups]
    at = found[2].index("shares")
    found[2][at : at + 1] = fields.ROLES
    asked = placed("desk")

    assert found == list(drafting.GROUPS.values())
    english = [c for c in COLUMNS if c.desk and c.english and c.stored]
    assert [f"{column.name}_en" for column in english] == drafting.ENGLISH
    own = names(column for column in asked if column.stored and column.drafted)
    assert sorted(own) == sorted(drafting.OWN)
    drafts = [column.name for column in placed("table")]
    assert [{"due": "deadline"}.get(name, name) for name in drafts] == table.COLUMNS
    assert {c.name: model_of(c) for c in of(["row", "post"])} == fields.CHOSEN


def test_forms_of_the_administration_are_what_they_were():
    groups = {
        "promised": ItemAdmin.PROMISED,
        "duty": ItemAdmin.DUTY,
        "days": ItemAdmin.DAYS,
        "done": ItemAdmin.DONE,
        "internal": ItemAdmin.INTERNAL,
    }
    found = {group: [column.name for column in grouped("admin", group)] for group in groups}

    assert found == groups
    english = [f"{column.name}_en" for column in COLUMNS if column.english and column.admin]
    assert english == ItemAdmin.ENGLISH

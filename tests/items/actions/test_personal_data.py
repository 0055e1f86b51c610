"""On every road to the public, every public text of an item is asked about: it is public."""

import pytest

from items import actions
from items.actions.correction import CORRECTABLE
from items.actions.draft import Draft
from items.models import Item, ItemList, Measure, Part
from items.privacy.personal_data import PersonalData
from items.privacy.shades import public_texts
from items.words import Words
from tests import factories
from tests.factories import DUE, NOW, at
from tests.items.actions.acts import ACTS, bring_in, claim, fresh

pytestmark = pytest.mark.django_db

MOBILE = "13812345678"
TEXTS = [("item", name) for name in public_texts(Item)]
TEXTS += [("measures", name) for name in public_texts(Measure)]
TEXTS += [("parts", name) for name in public_texts(Part)]
each_text = pytest.mark.parametrize(("of", "name"), TEXTS, ids=lambda word: word)


def only_with_a_yes(act):
    """Do the act, which is refused until somebody says yes to what it publishes."""
    with pytest.raises(PersonalData):
        act()
    return act(yes=True)


def test_texts_are_found():
    assert {("item", "count_unit"), ("measures", "text_en"), ("parts", "progress")} <= {*TEXTS}


@each_text
def test_publishing_a_list(of, name):
    item = factories.Item()
    item.parts.create(title="一区")
    row = item if of == "item" else getattr(item, of).get()
    setattr(row, name, MOBILE)
    row.save()

    only_with_a_yes(lambda **yes: factories.publish(fresh(item.list), **yes))

    entry = item.list.entries.get(verb="publish", item=None)
    assert entry.facts["personal"] == ["mobile"]
    assert fresh(item).status == "not_started"


NAMED = [
    "owner_post",
    "supervisor_post",
    "place",
    "place around it",
    "category",
    "theme",
    "unit",
    "part’s unit",
]
NAMED += ["committee", "organisation", "list"]


def named(item, what):
    """Return a row that an item's page shows by name."""
    of, committee = {"committee": item.list.committee}, item.list.committee
    if what in ("unit", "part’s unit"):
        unit = factories.Unit(**of)
        part = what != "unit"
        item.parts.create(title="一区", unit=unit) if part else item.unit_shares.create(unit=unit)
        return unit
    if what == "place around it":
        around = factories.Place(**of)
        item.place = factories.Place(parent=around, **of)
        item.save()
        return around
    if what in ("place", "category", "theme"):
        row = {"place": factories.Place, "category": factories.Category, "theme": factories.Theme}
        setattr(item, what, row[what](**of))
        item.save()
        return getattr(item, what)
    rows = {"committee": committee, "organisation": committee.organisation, "list": item.list}
    return rows.get(what) or getattr(item, what)


@pytest.mark.parametrize("what", NAMED)
@pytest.mark.parametrize("column", ["name", "name_en"])
def test_publishing_names(what, column):
    item = factories.Item()
    row = named(item, what)
    setattr(row, column, MOBILE)
    row.save()

    only_with_a_yes(lambda **yes: factories.publish(fresh(item.list), **yes))

    entry = item.list.entries.get(verb="publish", item=None)
    assert entry.facts["personal"] == ["mobile"]


def test_adding_an_item_under_a_new_name():
    first = factories.published_item()
    posts = {"owner_post": first.owner_post, "supervisor_post": first.supervisor_post}
    place = factories.Place(committee=first.list.committee, name=MOBILE)
    draft = Draft({"title": "新增", "due": DUE, "place": place} | posts, measures=[Words("换")])
    by = factories.office_of(first)

    only_with_a_yes(
        lambda **yes: actions.add_item(
            fresh(first.list), draft, by=by, reason="职工又提", now=NOW, **yes
        )
    )


@each_text
def test_adding_an_item(of, name):
    first = factories.published_item()
    posts = {"owner_post": first.owner_post, "supervisor_post": first.supervisor_post}
    said = {name: MOBILE}
    draft = Draft(
        {"title": "新增", "due": DUE} | posts | (said if of == "item" else {}),
        measures=[Words(*words_of_measure(said if of == "measures" else {}))],
        parts=[{"title": "一区"} | (said if of == "parts" else {})],
    )
    by = factories.office_of(first)

    item = only_with_a_yes(
        lambda **yes: actions.add_item(
            ItemList.objects.get(pk=first.list_id), draft, by=by, reason="新提", now=NOW, **yes
        )
    )

    assert item.last_entry.facts["personal"] == ["mobile"]


def words_of_measure(said):
    return said.get("text", "采购"), said.get("text_en", "Buy")


@pytest.mark.parametrize("name", [name for name in public_texts(Item) if name in CORRECTABLE])
def test_correcting_an_item(name):
    item = factories.item_at("in_progress")

    entry = only_with_a_yes(
        lambda **yes: ACTS["correct"](fresh(item), field=name, value=MOBILE, **yes)
    )

    assert entry.facts["personal"] == ["mobile"]


@pytest.mark.parametrize("words", [Words(MOBILE, "Buy"), Words("采购", MOBILE)])
def test_correcting_measures(words):
    item = factories.item_at("in_progress")
    said = {"field": "measures", "value": [Words("更换座椅"), words]}

    entry = only_with_a_yes(lambda **yes: ACTS["correct"](fresh(item), **said, **yes))

    assert entry.facts["personal"] == ["mobile"]


@pytest.mark.parametrize("name", ["progress", "file"])
def test_publishing_what_a_sheet_brought_in(name):
    item = factories.Item()
    bring_in(item, status="in_progress", **{"progress": "在做", name: MOBILE})

    only_with_a_yes(lambda **yes: factories.publish(fresh(item.list), **yes))

    assert fresh(item).last_entry.facts["personal"] == ["mobile"]


def test_claiming_which_gives_the_result():
    item = factories.item_at("in_progress")

    entry = only_with_a_yes(lambda **yes: claim(fresh(item), note=MOBILE, **yes))

    assert (fresh(item).result, entry.facts["personal"]) == (MOBILE, ["mobile"])


def test_reporting_on_a_part():
    item = factories.Item()
    part = item.parts.create(title="一区")
    factories.publish(item.list)

    def report(**yes):
        said = {"text": MOBILE, "percent": None, "parts": [fresh(part)]}
        return ACTS["report_progress"](fresh(item), **said, **yes)

    entry = only_with_a_yes(report)

    assert (fresh(part).progress, entry.facts["personal"]) == (MOBILE, ["mobile"])


def test_releasing_what_was_entered_for_the_owner():
    item = factories.item_at("in_progress")
    by = factories.colleague_of(item)
    said = {"text": MOBILE, "percent": 40}
    actions.enter_for_owner(item, by=by, now=at(factories.TODAY), **said)

    entry = only_with_a_yes(
        lambda **yes: actions.release_entry(
            fresh(item), by=factories.office_of(item), now=NOW, **yes
        )
    )

    assert entry.facts["personal"] == ["mobile"]

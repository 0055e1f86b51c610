"""Renaming what published lists show: with a reason, and an entry in each list's ledger."""

from copy import deepcopy

import pytest
from django.db import IntegrityError, connection, transaction

from items import actions
from items.errors import Conflict, Refused
from items.guards import triggers
from items.ledger.verify import verify
from items.models import ClosingName, Entry, Person
from items.models.closing_name import lists_showing
from items.models.list import thing
from items.privacy.personal_data import PersonalData
from items.words import Words
from tests import factories
from tests.factories import NOW
from tests.items.actions.acts import close_alone, fresh
from tests.items.changing import past_the_models
from tests.items.published import without_guards

pytestmark = pytest.mark.django_db
NEW = Words("综合管理室", "General office")


class Named:
    """A running and a closed list of a committee, which show all the same names."""

    def __init__(self):
        organisation = factories.Organisation(short_name="炼铁厂")
        self.committee = factories.Committee(organisation=organisation, show_names=True)
        self.closed = self.item(year=2025)
        self.running = self.item(year=2026)
        close_alone(self.closed.list)
        self.closed, self.running = fresh(self.closed), fresh(self.running)
        self.office = factories.office(self.committee)

    def item(self, year):
        item_list = factories.ItemList(committee=self.committee, year=year, programme="民生工程")
        before = getattr(self, "closed", None)
        given = (
            {}
            if before is None
            else {
                name: getattr(before, name)
                for name in ("owner_post", "supervisor_post", "place", "category", "theme")
            }
        )
        if before is None:
            of = {"committee": self.committee}
            given = {
                "place": factories.Place(**of),
                "category": factories.Category(**of),
                "theme": factories.Theme(**of),
            }
            self.unit = factories.Unit(**of)
        item = factories.Item(list=item_list, **given)
        item.unit_shares.create(unit=self.unit, role="lead")
        factories.publish(item_list)
        return fresh(item)

    def row(self, kind):
        item = self.running
        return {
            "owner_post": item.owner_post,
            "supervisor_post": item.supervisor_post,
            "unit": self.unit,
            "place": item.place,
            "category": item.category,
            "theme": item.theme,
            "committee": self.committee,
            "organisation": self.committee.organisation,
            "person": factories.owner_of(item),
            "list": item.list,
        }[kind]

    def rename(self, kind, name=NEW, **given):
        row = fresh(self.row(kind))
        if kind == "person":
            name = Words(name.zh)
        given = {"by": self.office, "reason": "机构调整", "now": NOW} | given
        return actions.rename(row, name, committee=self.committee, **given)


KINDS = [
    "owner_post",
    "supervisor_post",
    "unit",
    "place",
    "category",
    "theme",
    "committee",
    "organisation",
    "person",
    "list",
]
IN_CLOSED = [kind for kind in KINDS if kind != "list"]


@pytest.fixture(scope="module")
def made(kept_rows):
    return Named()


@pytest.fixture
def named(made, db):
    return deepcopy(made)


@pytest.mark.parametrize("kind", KINDS)
def test_running_list_says_what_is_called_otherwise(named, kind):
    old = named.row(kind).shown_words

    (entry,) = named.rename(kind)

    assert (entry.list, entry.item, entry.verb) == (named.running.list, None, "rename")
    assert (entry.by, entry.role) == (named.office, "office")
    assert entry.facts == {"renamed": thing(named.row(kind))}
    words = entry.words
    assert (words.text, words.old, words.old_en) == ("机构调整", old.zh, old.en)
    assert Words(words.new, words.new_en) == fresh(named.row(kind)).shown_words
    assert words.new == NEW.zh
    assert verify(named.running.list) == verify(named.closed.list) == []


@pytest.mark.parametrize("kind", IN_CLOSED)
def test_closed_list_keeps_the_name_of_its_closing_day(named, kind):
    old = named.row(kind).shown_words

    named.rename(kind)
    named.rename(kind, Words("又一个名称", "Another"))

    (name,) = named.closed.list.closing_names.all()
    assert (name.thing, name.words) == (thing(named.row(kind)), old)
    assert not named.running.list.closing_names.exists()


def test_programme_is_renamed_by_itself(named):
    (entry,) = named.rename("list", programme=True)

    item_list = fresh(named.running.list)
    assert item_list.programme_words == NEW
    assert item_list.name == named.running.list.name
    assert entry.facts == {"renamed": f"programme:{item_list.pk}"}


def test_organisation_without_a_short_name_in_english_shows_the_long_one(named):
    organisation = named.committee.organisation
    without_guards()
    past_the_models(organisation).update(name_en="Model Steel Company")
    triggers.install(connection)

    (entry,) = named.rename("organisation", Words("钢铁公司"))

    assert (entry.words.new, entry.words.new_en) == ("钢铁公司", "Model Steel Company")
    assert fresh(organisation).shown_words == Words("钢铁公司", "Model Steel Company")


# A row that an item shows by one of its lines alone
BY_ONE_LINE = {
    "part": lambda item, unit, place: item.parts.create(title="一区", unit=unit),
    "share": lambda item, unit, place: item.unit_shares.create(unit=unit, role="joint"),
    "delivery to a unit": lambda item, unit, place: factories.delivery(item, unit=unit),
    "delivery to a place": lambda item, unit, place: factories.delivery(item, place=place),
    "date at a place": lambda item, unit, place: factories.occasion(item, place=place),
}


@pytest.mark.parametrize("line", BY_ONE_LINE)
def test_action_and_database_see_each_line_that_shows_a_name(line):
    item = factories.Item()
    committee = item.list.committee
    unit, place = factories.Unit(committee=committee), factories.Place(committee=committee)
    row = place if line.endswith("place") else unit
    before = line in ("part", "share")  # these are promised, the others happen
    if before:
        BY_ONE_LINE[line](item, unit, place)
    factories.publish(item.list)
    assert before or not lists_showing(row).exists()
    if not before:
        BY_ONE_LINE[line](fresh(item), unit, place)

    with pytest.raises(IntegrityError, match="renamed only"), transaction.atomic():
        past_the_models(row).update(name="悄悄改的")
    by = factories.office(committee)
    assert actions.rename(row, NEW, committee=committee, by=by, reason="合并", now=NOW)


def test_place_around_an_item_is_shown_too(named):
    around = factories.Place(committee=named.committee)
    place = named.running.place
    place.parent = around
    place.save()

    (entry,) = actions.rename(
        around, NEW, committee=named.committee, by=named.office, reason="改造"
    )

    assert entry.list == named.running.list


# Refused


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_else_renames(named, kind):
    others = [
        factories.Person(),
        factories.owner_of(named.running),
        factories.supervisor_of(named.running),
        factories.Role(committee=named.committee, kind="administrator").person,
        factories.Role(committee=named.committee, kind="auditor").person,
        factories.Role(committee=factories.Committee(), kind="office").person,
        Person.objects.create(username="root", is_superuser=True),
    ]
    for person in others:
        with pytest.raises(Refused):
            named.rename(kind, by=person)
    assert not Entry.objects.filter(verb="rename").exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"reason": " "}, "为什么"),
        ({"name": Words(" ", "Office")}, "中文"),
        ({"name": Words("名" * 101)}, "有101个字，最多100个字"),
        ({"name": NEW, "seen": Words("旧称")}, "没有保存"),
    ],
)
def test_what_is_missing_is_named(named, given, sentence):
    with pytest.raises(Refused, match=sentence):
        named.rename("owner_post", **given)

    assert fresh(named.running.owner_post).name == named.running.owner_post.name


def test_another_ones_name_is_refused(named):
    taken = Words(named.running.supervisor_post.name)

    with pytest.raises(Refused, match=f"已经有“{taken.zh}”"):
        named.rename("owner_post", taken)


def test_same_name_is_no_renaming(named):
    with pytest.raises(Refused, match="不用改"):
        named.rename("unit", named.unit.shown_words)


def test_second_of_two_is_told_what_the_first_did(named):
    seen = named.unit.shown_words
    named.rename("unit", seen=seen)

    with pytest.raises(Conflict, match=NEW.zh):
        named.rename("unit", Words("后勤室"), seen=seen)


def test_closed_lists_own_name_stays(named):
    with pytest.raises(Refused):
        actions.rename(
            named.closed.list, NEW, committee=named.committee, by=named.office, reason="改错字"
        )


def test_what_no_published_list_shows_is_left_to_the_administration(named):
    post = factories.Post(committee=named.committee)

    with pytest.raises(Refused, match="管理员"):
        actions.rename(post, NEW, committee=named.committee, by=named.office, reason="改名")


def test_committee_below_does_not_rename_the_organisation(named):
    below = factories.Committee(organisation=named.committee.organisation, parent=named.committee)
    office = factories.office(below)
    factories.publish(factories.Item(list__committee=below).list)

    with pytest.raises(Refused):
        actions.rename(below.organisation, NEW, committee=below, by=office, reason="改名", now=NOW)


@pytest.mark.parametrize("field", ["zh", "en", "reason"])
def test_personal_data_is_asked_about(named, field):
    text = "联系13812345678"
    name = {"zh": Words(text), "en": Words("办公室", text)}.get(field, NEW)
    given = {"name": name} | ({"reason": text} if field == "reason" else {})

    with pytest.raises(PersonalData):
        named.rename("unit", **given)

    (entry,) = named.rename("unit", yes=True, **given)
    assert entry.facts["personal"]


# The database holds it, whoever writes


TABLE_ROWS = [kind for kind in KINDS if kind != "supervisor_post"]


def column_of(kind):
    return "short_name" if kind == "organisation" else "name"


NAMES = [(kind, column_of(kind)) for kind in TABLE_ROWS]
NAMES += [(kind, f"{column}_en") for kind, column in NAMES if kind != "person"]


@pytest.mark.parametrize(("kind", "column"), NAMES)
def test_database_refuses_a_name_without_an_entry(named, kind, column):
    row = past_the_models(named.row(kind))

    with pytest.raises(IntegrityError, match="renamed only"), transaction.atomic():
        row.update(**{column: "悄悄改的"})

    without_guards()  # the control
    row.update(**{column: "悄悄改的"})


@pytest.mark.parametrize("kind", TABLE_ROWS)
def test_an_old_entry_is_no_leave_to_go_back(named, kind):
    row, old = named.row(kind), named.row(kind).shown_words
    named.rename(kind)

    with pytest.raises(IntegrityError), transaction.atomic():
        past_the_models(row).update(**{column_of(kind): old.zh})


def test_database_refuses_a_programme_without_an_entry(named):
    with pytest.raises(IntegrityError), transaction.atomic():
        past_the_models(named.running.list).update(programme="别的")


def test_closed_list_alone_holds_the_name_too(named):
    close_alone(named.running.list)

    with pytest.raises(IntegrityError), transaction.atomic():
        past_the_models(named.unit).update(name="悄悄改的")


@pytest.mark.parametrize("wrong", ["name", "list", "kind", "key"])
def test_no_false_name_is_written_for_a_closed_list(named, wrong):
    columns = {"list": named.closed.list, "kind": "unit", "key": named.unit.pk}
    columns |= {"name": named.unit.name}
    columns[wrong] = {"name": "别的", "list": named.running.list, "kind": "post", "key": 0}[wrong]

    with pytest.raises(IntegrityError), transaction.atomic():
        ClosingName(**columns).save()


def test_kept_name_is_never_changed(named):
    named.rename("unit")
    kept = past_the_models(ClosingName.objects.get())

    for change in (lambda: kept.update(name="别的"), lambda: kept._raw_delete("default")):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


# A kept name may have to be erased


def kept_name(named):
    named.rename("unit")
    return ClosingName.objects.get()


def test_kept_name_is_erased_openly(named):
    name = kept_name(named)
    assert named.closed.list.called(fresh(named.unit)) == name.words

    entry = actions.erase_closing_name(name, by=named.office, reason="涉及隐私", now=NOW)

    assert (entry.verb, entry.facts) == ("correct", {"erased_name": name.thing})
    assert (fresh(name).name, fresh(name).name_en) == ("", "")
    assert fresh(named.closed.list).called(fresh(named.unit)) == NEW
    assert verify(named.closed.list) == []
    with pytest.raises(Refused, match="已"):
        actions.erase_closing_name(name, by=named.office, reason="再来", now=NOW)
    named.rename("unit", Words("第三个名称"))  # it keeps no further one


def test_only_the_office_erases_a_kept_name(named):
    name = kept_name(named)

    with pytest.raises(Refused):
        actions.erase_closing_name(
            name, by=factories.owner_of(named.running), reason="隐私", now=NOW
        )


def test_database_erases_a_kept_name_only_by_an_entry(named):
    name = kept_name(named)
    kept = past_the_models(name)
    with pytest.raises(IntegrityError), transaction.atomic():
        kept.update(name="", name_en="")

    actions.erase_closing_name(name, by=named.office, reason="涉及隐私", now=NOW)

    for change in ({"name": "别的"}, {"key": 0}, {"list": named.running.list_id}):
        with pytest.raises(IntegrityError), transaction.atomic():
            kept.update(**change)

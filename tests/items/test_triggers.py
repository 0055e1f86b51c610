"""What the database itself refuses, on every road, and that the guards come back."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError

from items import triggers
from items.errors import Refused
from items.models import BroughtIn, Entry, EntryWords, Item, ItemList, Person
from items.triggers import GUARDS, HOLDER, LEDGER, NUMBER, UNWRITTEN
from tests import factories
from tests.factories import TODAY, at

pytestmark = pytest.mark.django_db


class Published:
    """A published item with a row in every table that is guarded, and a draft beside it."""

    def __init__(self):
        item = factories.Item(title="更换主控室座椅")
        item.parts.create(title="一区")
        unit = factories.Unit(committee=item.list.committee)
        item.unit_shares.create(unit=unit, role="lead")
        item.handlers.add(factories.Person())
        office = factories.office_of(item)
        BroughtIn.objects.create(
            item=item, status="not_started", file="清单.xlsx", row=7, by=office, at=at(TODAY)
        )
        factories.publish(item.list)
        self.item = Item.objects.get(pk=item.pk)
        self.entry = self.item.last_entry
        self.list = self.item.list
        self.draft = factories.Item()
        self.person = factories.Person()
        self.unit = factories.Unit(committee=item.list.committee)

    def ids(self):
        return {
            "item": self.item.pk,
            "entry": self.entry.pk,
            "list": self.list.pk,
            "draft": self.draft.pk,
            "draft_list": self.draft.list_id,
            "person": self.person.pk,
            "unit": self.unit.pk,
            "post": self.item.owner_post_id,
        }


@pytest.fixture
def there():
    there = Published()
    connection.check_constraints()  # PostgreSQL empties no table while a check is put off
    return there


def run(sql, undo=False):
    """Run the SQL and return how many rows it changed; undo it when it fails, or when asked to."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        if undo:
            transaction.set_rollback(True)
        return cursor.rowcount


def without_guards():
    """Drop the guards until the test's transaction is rolled back."""
    connection.check_constraints()  # nor drops it a trigger
    triggers.remove(connection)


def copied(model, where, **changed):
    """Return the SQL that inserts a copy of a row with some columns changed."""
    columns = [f.column for f in model._meta.concrete_fields if f.column != "id"]
    values = [str(changed.get(column, column)) for column in columns]
    table = model._meta.db_table
    columns, values = ", ".join(columns), ", ".join(values)
    return f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} {where}"


# By guard: what it refuses. The words of `{…}` are those of Published.ids().
TRIPS = {
    "entry_update": "UPDATE items_entry SET happened_on = '2026-01-01' WHERE id = {entry}",
    "entry_delete": "DELETE FROM items_entry WHERE id = {entry}",
    "entry_insert": copied(Entry, "WHERE id = {entry}", seq=1000),
    "words_delete": "DELETE FROM items_entrywords WHERE entry_id = {entry}",
    "words_update": "UPDATE items_entrywords SET text = 'x' WHERE entry_id = {entry}",
    "chain_delete": "DELETE FROM items_chain WHERE list_id = {list}",
    "chain_update": "UPDATE items_chain SET seq = seq + 1 WHERE list_id = {list}",
    "item_insert": copied(Item, "WHERE id = {item}", number=77, carried_from_id="NULL"),
    "item_delete": "DELETE FROM items_item WHERE id = {item}",
    "item_frozen": "UPDATE items_item SET number = 77 WHERE id = {item}",
    "item_written": "UPDATE items_item SET due = '2027-01-01' WHERE id = {item}",
    "measure_insert": (
        "INSERT INTO items_measure (item_id, \"order\", text, text_en) VALUES ({item}, 9, 'x', '')"
    ),
    "measure_delete": "DELETE FROM items_measure WHERE item_id = {item}",
    "measure_update": "UPDATE items_measure SET text = 'x' WHERE item_id = {item}",
    "part_insert": (
        'INSERT INTO items_part (item_id, "order", title, title_en, due_words, progress)'
        " VALUES ({item}, 9, 'x', '', '', '')"
    ),
    "part_delete": "DELETE FROM items_part WHERE item_id = {item}",
    "part_update": "UPDATE items_part SET due = '2027-01-01' WHERE item_id = {item}",
    "share_insert": (
        'INSERT INTO items_unitshare (item_id, unit_id, role, "order")'
        " VALUES ({item}, {unit}, 'joint', 9)"
    ),
    "share_delete": "DELETE FROM items_unitshare WHERE item_id = {item}",
    "share_update": "UPDATE items_unitshare SET role = 'support' WHERE item_id = {item}",
    "handler_insert": (
        "INSERT INTO items_item_handlers (item_id, person_id) VALUES ({item}, {person})"
    ),
    "handler_delete": "DELETE FROM items_item_handlers WHERE item_id = {item}",
    "handler_update": (
        "UPDATE items_item_handlers SET person_id = {person} WHERE item_id = {item}"
    ),
    "brought_in_insert": copied(BroughtIn, "WHERE item_id = {item}", item_id="{other}"),
    "brought_in_delete": "DELETE FROM items_broughtin WHERE item_id = {item}",
    "list_insert": copied(ItemList, "WHERE id = {list}", slug="'another'"),
    "list_frozen": "UPDATE items_itemlist SET slug = 'another' WHERE id = {list}",
    "list_written": (
        "UPDATE items_itemlist SET status = 'published', published_on = '2026-01-01'"
        " WHERE id = {draft_list}"
    ),
    "holding_delete": "DELETE FROM items_holding WHERE post_id = {post}",
    "holding_update": "UPDATE items_holding SET person_id = {person} WHERE post_id = {post}",
}
WORDS = {name: words for name, _table, _event, _condition, words in GUARDS}


def sql_of(guard, there):
    ids = there.ids()
    if "{other}" in TRIPS[guard]:
        ids["other"] = factories.published_item().pk
    return TRIPS[guard].format(**ids)


def test_every_guard_has_something_to_refuse():
    assert list(TRIPS) == [name for name, *_ in GUARDS]


@pytest.mark.parametrize("guard", TRIPS)
def test_guard_refuses(there, guard):
    with pytest.raises(IntegrityError, match=WORDS[guard]):
        run(sql_of(guard, there))


@pytest.mark.parametrize("guard", TRIPS)
def test_without_the_guards_it_would_have_happened(there, guard):
    sql = sql_of(guard, there)
    without_guards()

    assert run(sql, undo=True) == 1


# Every column of an item


FREE = {"version", "source", "budget", "remark", "recheck_on", "id", "last_entry_id"}
VALUES = {
    models.DateField: date(2031, 1, 1),
    models.CharField: "x",
    models.TextField: "x",
    models.DecimalField: Decimal("1.5"),
    models.PositiveIntegerField: 77,
    models.ForeignKey: 10**6,
}


def another_value(field, item):
    if isinstance(field, models.BooleanField):
        return not getattr(item, field.attname)
    kind = next(kind for kind in type(field).__mro__ if kind in VALUES)
    return VALUES[kind]


def columns_of(names):
    return [field for field in Item._meta.concrete_fields if field.column in names]


def test_every_column_of_an_item_is_frozen_written_or_free():
    frozen, written = triggers.ITEM_FROZEN.split(), triggers.ITEM_WRITTEN.split()
    columns = [field.column for field in Item._meta.concrete_fields]

    assert sorted(columns) == sorted([*frozen, *written, *FREE])


@pytest.mark.parametrize("field", columns_of(triggers.ITEM_FROZEN.split()), ids=lambda f: f.name)
def test_published_item_keeps_what_is_frozen(there, field):
    changed = {field.attname: another_value(field, there.item)}

    with pytest.raises(IntegrityError, match=NUMBER), transaction.atomic():
        Item.objects.filter(pk=there.item.pk).update(**changed)


@pytest.mark.parametrize("field", columns_of(triggers.ITEM_WRITTEN.split()), ids=lambda f: f.name)
def test_published_item_changes_only_with_an_entry(there, field):
    changed = {field.attname: another_value(field, there.item)}

    with pytest.raises(IntegrityError, match=UNWRITTEN), transaction.atomic():
        Item.objects.filter(pk=there.item.pk).update(**changed)


@pytest.mark.parametrize("field", columns_of(FREE - {"id", "last_entry_id"}), ids=lambda f: f.name)
def test_internal_columns_are_free(there, field):
    changed = {field.attname: another_value(field, there.item)}

    assert Item.objects.filter(pk=there.item.pk).update(**changed) == 1


@pytest.mark.parametrize("status", ["draft", "x"])
def test_published_item_is_never_a_draft_again(there, status):
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.filter(pk=there.item.pk).update(status=status)


def test_entry_of_another_item_or_an_old_one_is_no_entry_of_the_change(there):
    other = factories.published_item()
    older = there.list.entries.first()
    for entry in (other.last_entry, older, there.entry):
        with pytest.raises(IntegrityError, match=UNWRITTEN), transaction.atomic():
            Item.objects.filter(pk=there.item.pk).update(due=TODAY, last_entry=entry)


def test_status_is_the_one_that_the_entry_gives(there):
    entry = factories.start(there.item, now=at(TODAY))
    without_guards()
    Item.objects.filter(pk=there.item.pk).update(last_entry=there.entry, status="not_started")
    triggers.install(connection)

    with pytest.raises(IntegrityError, match=UNWRITTEN), transaction.atomic():
        Item.objects.filter(pk=there.item.pk).update(last_entry=entry, status="resolved")


# By the models


def test_status_changed_by_hand_is_not_saved(there):
    there.item.status = "in_progress"

    with pytest.raises(IntegrityError, match=UNWRITTEN):
        there.item.save()


def test_published_number_is_not_deleted(there):
    with pytest.raises(Refused):
        there.item.delete()
    with pytest.raises(ProtectedError):
        Item.objects.filter(pk=there.item.pk).delete()


def test_published_list_is_not_deleted(there):
    with pytest.raises(ProtectedError):
        there.list.delete()


@pytest.mark.parametrize(
    "change",
    [
        lambda item: item.measures.all().delete(),
        lambda item: item.measures.create(text="再加一条"),
        lambda item: item.parts.all().delete(),
        lambda item: item.unit_shares.update(role="support"),
        lambda item: item.handlers.clear(),
        lambda item: item.handlers.first().delete(),
        lambda item: item.brought_in.delete(),
        lambda item: Item.objects.bulk_update([item], ["due"]) if set_due(item) else None,
    ],
    ids=["measures", "measure", "parts", "shares", "handlers", "person", "brought in", "bulk"],
)
def test_promise_changes_only_with_an_entry(there, change):
    with pytest.raises(IntegrityError, match=UNWRITTEN), transaction.atomic():
        change(there.item)


def set_due(item):
    item.due = date(2031, 1, 1)
    return True


def test_progress_of_a_part_is_free(there):
    assert there.item.parts.update(progress="已完工", done_on=TODAY) == 1


def test_holding_is_ended_and_nothing_else(there):
    holdings = there.item.owner_post.holdings

    assert holdings.update(until=TODAY) == 1
    for change in ({"until": None}, {"since": TODAY}, {"until": date(2026, 6, 2)}):
        with pytest.raises(IntegrityError, match=HOLDER), transaction.atomic():
            holdings.update(**change)


def test_people_and_posts_of_the_ledger_stay(there):
    for row in (there.entry.by, there.item.owner_post, factories.owner_of(there.item)):
        with pytest.raises(ProtectedError):
            row.delete()


def test_draft_is_free(there):
    draft = there.draft
    draft.handlers.add(there.person)
    draft.measures.all().delete()
    draft.handlers.clear()
    draft.due = None
    draft.number = 9
    draft.save()
    Item.objects.filter(pk=draft.pk).update(number=8, title="x")
    draft.owner_post.holdings.all().delete()
    draft.refresh_from_db()

    assert draft.delete()[0] == 1


def test_person_who_did_nothing_can_be_deleted(there):
    there.person.delete()

    assert not Person.objects.filter(pk=there.person.pk).exists()


# Erasing words for good is the one change of the ledger


ERASED = "text = '', evidence = '', name = '', post = '', old = '', new = '', salt = ''"


@pytest.mark.parametrize(
    "change",
    [
        "erased_on = '2026-06-01'",
        ERASED,
        ERASED.replace("name = ''", "name = 'x'") + ", erased_on = '2026-06-01'",
        ERASED.replace("salt = ''", "salt = 'x'") + ", erased_on = '2026-06-01'",
        ERASED + ", erased_on = '2026-06-01', entry_id = 1000000",
    ],
)
def test_words_are_erased_altogether_or_not_at_all(there, change):
    with pytest.raises(IntegrityError, match=LEDGER):
        run(f"UPDATE items_entrywords SET {change} WHERE entry_id = {there.entry.pk}")


def test_erased_words_stay_erased(there):
    where = f"WHERE entry_id = {there.entry.pk}"

    assert run(f"UPDATE items_entrywords SET {ERASED}, erased_on = '2026-06-01' {where}") == 1
    for change in ("text = 'x'", "erased_on = '2026-06-02'", "erased_on = NULL"):
        with pytest.raises(IntegrityError, match=LEDGER):
            run(f"UPDATE items_entrywords SET {change} {where}")


# What only one of the databases can do

ROADS = {
    "postgresql": {
        f"truncate {table}": f"TRUNCATE {table} CASCADE"
        for table in [*triggers.TABLES, "items_person", "items_committee"]
    },
    "sqlite": {
        f"replace {model._meta.db_table}": (
            f"INSERT OR REPLACE INTO {model._meta.db_table} SELECT * FROM {model._meta.db_table}"
        )
        for model in [Entry, Item, ItemList, EntryWords]
    }
    | {
        f"replace {table}": f"REPLACE INTO {table} SELECT * FROM {table}"
        for table in ["items_chain", "items_measure", "items_part", "items_unitshare"]
    }
    | {
        "replace holder": (
            "REPLACE INTO items_holding (post_id, person_id, since)"
            " VALUES ({post}, {person}, '2026-06-01')"
        ),
        "number taken over": (
            "UPDATE OR REPLACE items_item SET number = 1, list_id = {list} WHERE id = {draft}"
        ),
        "row taken over": "UPDATE OR REPLACE items_item SET id = {item} WHERE id = {draft}",
    },
}


@pytest.mark.parametrize("road", ROADS[connection.vendor])
def test_road_of_one_database_is_closed(there, road):
    with pytest.raises(IntegrityError, match=f"{LEDGER}|{NUMBER}|{UNWRITTEN}"):
        run(ROADS[connection.vendor][road].format(**there.ids()))


@pytest.mark.parametrize("road", ROADS[connection.vendor])
def test_without_the_guards_the_road_is_open(there, road):
    without_guards()

    run(ROADS[connection.vendor][road].format(**there.ids()), undo=True)


# The guards are there


def test_no_guard_is_missing():
    assert triggers.missing(connection) == []


def test_missing_guard_is_named():
    on = " ON items_entry" if connection.vendor == "postgresql" else ""
    run(f"DROP TRIGGER guard_entry_update{on}")

    assert triggers.missing(connection) == ["guard_entry_update"]


def test_guard_that_is_in_the_list_no_longer_goes_away():
    old, table = "guard_of_an_earlier_version", "items_notice"
    made = {
        "sqlite": f"CREATE TRIGGER {old} BEFORE DELETE ON {table} BEGIN SELECT 1; END",
        "postgresql": (
            f"CREATE TRIGGER {old} BEFORE DELETE ON {table} FOR EACH ROW"
            " EXECUTE FUNCTION guard_entry_delete()"
        ),
    }
    run(made[connection.vendor])

    triggers.install(connection)

    assert old not in triggers.installed(connection)
    assert triggers.missing(connection) == []

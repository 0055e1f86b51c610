"""What is published changes only with an entry; what is frozen, never: column by column."""

from copy import deepcopy
from datetime import date

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError

from items.columns import STORED, attnames
from items.errors import Refused
from items.guards import triggers
from items.guards.conditions import HOLDER, NUMBER, UNWRITTEN
from items.guards.items import ITEM_FROZEN, ITEM_WRITTEN
from items.ledger.entries import write_entry
from items.models import Item, Person
from tests import factories
from tests.factories import TODAY, at
from tests.items.changing import past_the_models
from tests.items.published import Published, run, without_guards
from tests.items.samples import NOBODYS, SAMPLES

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def published(kept_rows):
    published = Published()
    connection.check_constraints()  # PostgreSQL empties no table while a check is put off
    return published


@pytest.fixture
def there(published, db):
    return deepcopy(published)


FREE = {*attnames(column for column in STORED if column.guard == "free")}


def another_value(field, item):
    if isinstance(field, models.BooleanField):
        return not getattr(item, field.attname)
    return NOBODYS if field.primary_key else SAMPLES[field.name]


def columns_of(names):
    return [field for field in Item._meta.concrete_fields if field.column in names]


def test_every_column_of_an_item_is_frozen_written_or_free():
    frozen, written = ITEM_FROZEN.split(), ITEM_WRITTEN.split()
    columns = [field.column for field in Item._meta.concrete_fields]

    assert sorted(columns) == sorted([*frozen, *written, *FREE])


def test_nothing_that_visitors_see_is_free():
    shades = {column.shade for column in STORED if column.guard == "free"}
    assert shades == {"inside"}


@pytest.mark.parametrize("field", columns_of(ITEM_FROZEN.split()), ids=lambda f: f.name)
def test_published_item_keeps_what_is_frozen(there, field):
    changed = {field.attname: another_value(field, there.item)}

    with pytest.raises(IntegrityError, match=NUMBER), transaction.atomic():
        past_the_models(there.item).update(**changed)


@pytest.mark.parametrize("field", columns_of(ITEM_WRITTEN.split()), ids=lambda f: f.name)
def test_published_item_changes_only_with_an_entry(there, field):
    changed = {field.attname: another_value(field, there.item)}

    with pytest.raises(IntegrityError, match=UNWRITTEN), transaction.atomic():
        past_the_models(there.item).update(**changed)


@pytest.mark.parametrize("field", columns_of(FREE), ids=lambda f: f.name)
def test_machinery_is_free(there, field):
    changed = {field.attname: another_value(field, there.item)}

    assert past_the_models(there.item).update(**changed) == 1


@pytest.mark.parametrize("status", ["draft", "x"])
def test_published_item_is_never_a_draft_again(there, status):
    with pytest.raises(IntegrityError), transaction.atomic():
        past_the_models(there.item).update(status=status)


def test_entry_of_another_item_or_an_old_one_is_no_entry_of_the_change(there):
    other = factories.published_item()
    older = there.list.entries.first()
    for entry in (other.last_entry, older, there.entry):
        with pytest.raises(IntegrityError, match=UNWRITTEN), transaction.atomic():
            past_the_models(there.item).update(due=TODAY, last_entry=entry)


def test_status_is_the_one_that_the_entry_gives(there):
    entry = factories.hold(there.item, now=at(TODAY))
    without_guards()
    past_the_models(there.item).update(last_entry=there.entry, status="in_progress")
    triggers.install(connection)

    with pytest.raises(IntegrityError, match=UNWRITTEN), transaction.atomic():
        past_the_models(there.item).update(last_entry=entry, status="resolved")


# The last entry is the newest one, whatever is changed with it


def test_last_entry_is_never_set_back(there):
    for entry in (*there.item.entries.exclude(pk=there.entry.pk), None):
        with pytest.raises(IntegrityError, match=UNWRITTEN), transaction.atomic():
            past_the_models(there.item).update(last_entry=entry)


def test_last_entry_is_set_forward_to_the_newest(there):
    first, second = (written(there.item) for _ in range(2))

    with pytest.raises(IntegrityError, match=UNWRITTEN), transaction.atomic():
        past_the_models(there.item).update(last_entry=first, due=TODAY)
    assert past_the_models(there.item).update(last_entry=second, due=TODAY) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"due": date(2031, 1, 1)},
        {"done_on": date(2031, 1, 1)},
        {"owner_post": lambda item: factories.Post(committee=item.list.committee)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_without_the_guard_the_change_would_need_no_entry_of_its_own(there, change):
    change = {name: to(there.item) if callable(to) else to for name, to in change.items()}
    item = past_the_models(there.item)
    lift("item_written")
    item.update(last_entry=there.item.entries.first())
    triggers.install(connection)

    assert item.update(last_entry=there.entry, **change) == 1


def test_without_the_guard_a_line_would_need_no_entry_of_its_own(there):
    lift("item_written")
    past_the_models(there.item).update(last_entry=there.item.entries.first())
    triggers.install(connection)

    assert there.item.measures.update(text="x") == 1


def written(item):
    """Write an entry that no act saves the item with."""
    by = factories.office_of(item)
    write = {"item": item, "by": by, "role": "office", "happened_on": TODAY, "now": at(TODAY)}
    return write_entry(item.list, "correct", **write)


def lift(guard):
    """Drop a guard until the guards are installed anew."""
    connection.check_constraints()
    on = " ON items_item" if connection.vendor == "postgresql" else ""
    run(f"DROP TRIGGER guard_{guard}{on}")


# By the models


def test_status_changed_by_hand_is_not_saved(there):
    there.item.status = "not_started"

    with pytest.raises(IntegrityError, match=UNWRITTEN):
        super(Item, there.item).save()


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
        lambda item: models.QuerySet(Item).bulk_update([item], ["due"]) if set_due(item) else None,
    ],
    ids=["measures", "measure", "parts", "shares", "handlers", "person", "brought in", "bulk"],
)
def test_promise_changes_only_with_an_entry(there, change):
    with pytest.raises(IntegrityError, match=UNWRITTEN), transaction.atomic():
        change(there.item)


def set_due(item):
    item.due = date(2031, 1, 1)
    return True


@pytest.mark.parametrize(
    "change", [{"progress": "已完工"}, {"done_on": TODAY}, {"first_due": TODAY}]
)
def test_part_changes_only_with_an_entry(there, change):
    with pytest.raises(IntegrityError, match=UNWRITTEN), transaction.atomic():
        there.item.parts.update(**change)


def test_holding_is_ended_and_nothing_else(there):
    holdings = there.item.owner_post.holdings

    factories.vacate(there.item.owner_post)
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

"""The ledger: one chain, written once, and every changed byte is found."""

from datetime import date

import pytest
from django.contrib import admin
from django.db import connection, models, transaction
from django.utils.translation import override

from items import triggers
from items.actions import erase_words, report_progress
from items.actions.door import write_entry
from items.errors import Refused
from items.models import Chain, Entry, EntryWords, Item
from items.models.ledger import START
from items.verify import verify
from tests import factories
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return factories.item_at("resolved")


def found(item_list):
    with override("en"):
        return verify(item_list)


# The chain


def test_each_entry_stands_on_the_one_before(item):
    entries = list(item.list.entries.order_by("seq"))

    assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5]
    assert entries[0].previous_hash == START
    assert [entry.previous_hash for entry in entries[1:]] == [e.hash for e in entries[:-1]]
    assert item.list.chain.hash == entries[-1].hash


def test_each_list_has_a_chain_of_its_own(item):
    other = factories.published_item()

    assert other.list.entries.first().seq == 1
    assert found(other.list) == found(item.list) == []


def test_hash_is_the_same_when_read_again(item):
    assert [e.computed_hash() for e in item.list.entries.all()] == [
        e.hash for e in item.list.entries.all()
    ]


def test_same_words_have_another_digest_each_time(item):
    # Without the salt, short words could be found by trying, also after they were erased.
    for _twice in range(2):
        with transaction.atomic():
            write_entry(
                item.list,
                "log_visit",
                by=item.last_entry.by,
                role="office",
                happened_on=TODAY,
                now=NOW,
                text="好",
            )

    first, second = item.list.entries.order_by("-seq")[:2]
    assert first.words_digest != second.words_digest


def test_list_without_a_ledger_holds():
    assert found(factories.Item().list) == []


def test_order_is_that_of_writing_whatever_the_clock_says(item):
    earlier = factories.at(date(2020, 1, 1))

    with transaction.atomic():
        entry = write_entry(
            item.list,
            "log_visit",
            item=item,
            by=item.last_entry.by,
            role="office",
            happened_on=TODAY,
            now=earlier,
        )

    assert item.entries.last() == entry
    assert found(item.list) == []


# Nobody rewrites it: the models


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: entry.words.save(),
        lambda entry: entry.words.delete(),
        lambda entry: Entry.objects.update(verb="claim"),
        lambda entry: Entry.objects.all().delete(),
        lambda entry: Entry.objects.filter(pk=entry.pk).delete(),
        lambda entry: Entry.objects.bulk_update([entry], ["verb"]),
        lambda entry: Entry.objects.bulk_create([Entry()]),
        lambda entry: Entry.objects.update_or_create(pk=entry.pk, defaults={"verb": "claim"}),
        lambda entry: entry.item.entries.all().delete(),
        lambda entry: entry.item.entries.update(verb="claim"),
        lambda entry: entry.item.entries.clear(),
        lambda entry: entry.item.entries.set([]),
        lambda entry: entry.item.entries.remove(entry),
        lambda entry: entry.list.entries.waiting().update(public=False),
        lambda entry: EntryWords.objects.update(text="x"),
        lambda entry: EntryWords.objects.all().delete(),
        lambda entry: admin.ModelAdmin(Entry, admin.site).delete_queryset(
            None, Entry.objects.all()
        ),
        lambda entry: admin.ModelAdmin(Entry, admin.site).delete_model(None, entry),
        lambda entry: admin.ModelAdmin(Entry, admin.site).save_model(None, entry, None, True),
    ],
)
def test_model_refuses_to_rewrite(item, rewrite):
    with pytest.raises(Refused), transaction.atomic():
        rewrite(item.last_entry)

    assert found(item.list) == []


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda entry: Entry._base_manager.update(verb="claim"),
        lambda entry: models.QuerySet(Entry).delete(),
        lambda entry: models.QuerySet(Entry)._raw_delete("default"),
        lambda entry: models.Model.save(entry),
        lambda entry: models.Model.delete(entry.words),
        lambda entry: Chain.objects.update(seq=1),
        lambda entry: Chain.objects.all().delete(),
        lambda entry: entry.list.chain.delete(),
    ],
)
def test_database_refuses_where_no_model_is_asked(item, rewrite):
    with pytest.raises((models.ProtectedError, triggers_error())), transaction.atomic():
        rewrite(item.last_entry)

    assert found(item.list) == []


def triggers_error():
    from django.db import IntegrityError

    return IntegrityError


@pytest.mark.parametrize("model", [Entry, EntryWords, Chain])
def test_admin_changes_no_ledger(model, rf):
    registered = admin.site._registry.get(model)
    request = rf.get("/")
    request.user = factories.Person(is_superuser=True, is_staff=True)

    if registered:
        assert registered.has_add_permission(request) is False
        assert registered.has_change_permission(request) is False
        assert registered.has_delete_permission(request) is False


# Whatever was changed in the database itself is found


def tamper(sql, *values):
    connection.check_constraints()
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount == 1


OTHER = {
    models.ForeignKey: 1_000_000,
    models.CharField: "x",
    models.DateField: "2020-01-01",
    models.DateTimeField: "2020-01-01 00:00:00+00:00",
    models.JSONField: '{"done_on": "2020-01-01"}',
    models.PositiveIntegerField: 99,
}
COLUMNS = [f for f in Entry._meta.concrete_fields if f.name not in ("id", "public")]


@pytest.mark.parametrize("field", COLUMNS, ids=lambda field: field.name)
def test_changed_column_of_an_entry_is_found(item, field):
    with transaction.atomic():
        other = OTHER[type(field)]
        tamper(f"UPDATE items_entry SET {field.column} = %s WHERE seq = 3", other)

        assert found(item.list) != []
        transaction.set_rollback(True)


def test_entry_made_public_afterwards_is_found(item):
    tamper("UPDATE items_entry SET public = %s WHERE seq = 3", False)

    assert found(item.list) == ["Entry 3: it was changed."]


@pytest.mark.parametrize("name", [*EntryWords.WORDS, "salt"])
def test_changed_words_are_found(item, name):
    tamper(
        f"UPDATE items_entrywords SET {name} = {name} || %s WHERE entry_id = %s",
        "。",
        item.last_entry.pk,
    )

    assert found(item.list) == ["Entry 5: its words were changed."]


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (
            "DELETE FROM items_entry WHERE seq = 5",
            ["The ledger doesn’t end with the entry that was written last."],
        ),
        ("DELETE FROM items_entry WHERE seq = 3", ["Entry 4: entries before it are missing."]),
        (
            "UPDATE items_entry SET previous_hash = hash WHERE seq = 3",
            ["Entry 3: it doesn’t follow from the one before.", "Entry 3: it was changed."],
        ),
        (
            "UPDATE items_chain SET seq = 4",
            ["The ledger doesn’t end with the entry that was written last."],
        ),
        (
            "UPDATE items_item SET status = 'in_progress'",
            ["No. 1: its status “In progress” isn’t in the ledger."],
        ),
        (
            "DELETE FROM items_entrywords WHERE entry_id IN"
            " (SELECT id FROM items_entry WHERE seq = 5)",
            ["Entry 5: its words are missing."],
        ),
        (
            "UPDATE items_entrywords SET text = '', salt = '', erased_on = '2026-06-01'"
            " WHERE entry_id IN (SELECT id FROM items_entry WHERE seq = 5)",
            ["Entry 5: its words were erased, and no entry says so."],
        ),
    ],
)
def test_what_was_done_to_the_ledger_is_said(item, sql, said):
    with transaction.atomic():
        tamper(sql)

        assert found(item.list) == said
        transaction.set_rollback(True)


def test_erased_words_leave_the_chain_whole(item):
    entry = item.last_entry
    erase_words(entry, by=factories.office_of(item), reason="涉及隐私", now=NOW)

    entry = Entry.objects.get(pk=entry.pk)
    assert [getattr(entry.words, name) for name in EntryWords.WORDS] == [""] * 6
    assert entry.words.erased_on == TODAY
    assert found(item.list) == []


def test_successor_inherits_and_old_entries_keep_the_old_name():
    item = factories.item_at("in_progress")
    before, after = factories.owner_of(item), factories.Person(name="接任者")
    with transaction.atomic():
        from items.actions import appoint

        appoint(item.owner_post, after, by=factories.office_of(item), now=NOW)
    item = Item.objects.get(pk=item.pk)
    report_progress(item, by=after, text="接着干", now=NOW)

    names = list(item.entries.values_list("verb", "words__name"))
    assert names[1] == ("start", before.name)
    assert names[-1] == ("report_progress", "接任者")

"""The ledger: one chain, written once, and every changed byte is found."""

from copy import deepcopy
from datetime import date

import pytest
from django.contrib import admin
from django.db import IntegrityError, models, transaction
from django.utils.translation import override

from items.actions import appoint, report_progress
from items.errors import Refused
from items.ledger.entries import write_entry
from items.ledger.verify import verify
from items.models import Chain, Entry, EntryWords, Item
from items.models.ledger import START
from tests import factories
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def item_of_the_file(kept_rows):
    return factories.item_at("resolved")


@pytest.fixture
def item(item_of_the_file, db):
    return deepcopy(item_of_the_file)


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
    assert verify(other.list) == verify(item.list) == []


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
    assert verify(factories.Item().list) == []


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
    with override("en"):
        assert verify(item.list) == ["Entry 6: it was written before the one that it follows."]


# Nobody rewrites it: the models


def in_admin():
    return admin.ModelAdmin(Entry, admin.site)


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

    assert verify(item.list) == []


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
    with pytest.raises((models.ProtectedError, IntegrityError)), transaction.atomic():
        rewrite(item.last_entry)

    assert verify(item.list) == []


@pytest.mark.parametrize("model", [Entry, EntryWords, Chain])
def test_admin_changes_no_ledger(model, rf):
    registered = admin.site._registry.get(model)
    request = rf.get("/")
    request.user = factories.Person(is_superuser=True, is_staff=True)

    if registered:
        assert registered.has_add_permission(request) is False
        assert registered.has_change_permission(request) is False
        assert registered.has_delete_permission(request) is False


def test_successor_inherits_and_old_entries_keep_the_old_name():
    item = factories.item_at("in_progress")
    before, after = factories.owner_of(item), factories.Person(name="接任者")
    appoint(item.owner_post, after, by=factories.office_of(item), now=NOW)
    item = Item.objects.get(pk=item.pk)
    report_progress(item, by=after, text="接着干", now=NOW)

    names = list(item.entries.values_list("verb", "words__name"))
    assert names[1] == ("start", before.name)
    assert names[-1] == ("report_progress", "接任者")

"""Whoever rewrites a ledger with the whole database in hand is found by what was signed before."""

import json
import shutil
import subprocess
from copy import deepcopy

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, models, transaction
from django.utils.translation import override

from items.guards import triggers
from items.ledger import heads
from items.ledger.entries import snapshot
from items.ledger.verify import verify
from items.models import Chain, Entry, EntryWords, Item, ItemList
from items.models.ledger import START
from tests import factories
from tests.factories import NOW, PUBLISHED_ON, at, days

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def item_of_the_file(kept_rows):
    return factories.item_at("resolved")


@pytest.fixture
def item(item_of_the_file, db):
    return deepcopy(item_of_the_file)


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.LEDGER_DIR = tmp_path / "ledger"
    return settings.LEDGER_DIR


def faults():
    with override("en"):
        return heads.faults()


def said_of(item_list, seq, day="2026-06-01"):
    return [
        f"{item_list.slug}: entry {seq} isn’t the one that was signed on {day}. The ledger was"
        " cut or written anew."
    ]


def past_the_guards(sql, *values):
    connection.check_constraints()
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def write_anew(item_list, drop=0):
    """Give a ledger hashes that fit, after its last entries were dropped: nothing else shows it."""
    entries = list(item_list.entries.order_by("seq"))
    kept = entries[: len(entries) - drop]
    past_the_guards("SELECT 1")
    item = Item.objects.get(list=item_list)
    before = START
    for entry in kept:
        entry.previous_hash, entry.happened_on = before, PUBLISHED_ON
        entry.snapshot = entry.snapshot | {"days_held": 1} if entry.item_id else entry.snapshot
        entry.hash = before = entry.computed_hash()
        columns = ["previous_hash", "happened_on", "snapshot", "hash"]
        values = {name: getattr(entry, name) for name in columns}
        models.QuerySet(Entry).filter(pk=entry.pk).update(**values)
    last = kept[-1]
    models.QuerySet(Chain).filter(list=item_list).update(seq=last.seq, hash=last.hash)
    stands = {name: last.snapshot.get(name) for name in snapshot(item) | {"days_held": 1}}
    models.QuerySet(Item).filter(pk=item.pk).update(**stands, last_entry=last, last_news=last)
    gone = [entry.pk for entry in entries[len(kept) :]]
    models.QuerySet(EntryWords).filter(entry__in=gone)._raw_delete("default")
    models.QuerySet(Entry).filter(pk__in=gone)._raw_delete("default")
    said = Item.objects.get(pk=item.pk).folded_words()
    models.QuerySet(Item).filter(pk=item.pk).update(search_text=said)


def test_ledgers_that_were_signed_hold(item):
    assert heads.sign(NOW) == 1

    assert faults() == []
    assert heads.last_signed() == "2026-06-01"


def test_nothing_signed_is_no_fault(item):
    assert faults() == []
    assert heads.last_signed() == ""


@pytest.mark.parametrize("drop", [0, 1], ids=["written anew", "cut"])
def test_ledger_with_hashes_that_fit_is_found(item, drop):
    heads.sign(NOW)
    with transaction.atomic():
        write_anew(item.list, drop)

        assert verify(item.list) == []  # the chain alone doesn't show it
        assert faults() == said_of(item.list, 5)
        transaction.set_rollback(True)


def test_removed_list_is_found(item):
    other = factories.published_item().list
    heads.sign(NOW)
    with transaction.atomic():
        past_the_guards("SELECT 1")
        pk, slug = other.pk, other.slug
        models.QuerySet(EntryWords).filter(entry__in=other.entries.all())._raw_delete("default")
        models.QuerySet(Chain).filter(list=pk)._raw_delete("default")
        models.QuerySet(Item).filter(list=pk).update(
            status="draft", last_entry=None, last_news=None
        )
        models.QuerySet(Entry).filter(list=pk)._raw_delete("default")
        for item in Item.objects.filter(list=pk):
            item.measures.all()._raw_delete("default")
        models.QuerySet(Item).filter(list=pk)._raw_delete("default")
        models.QuerySet(ItemList).filter(pk=pk)._raw_delete("default")

        gone = f"The list {slug}, whose ledger was signed on 2026-06-01, is gone."
        assert faults() == [gone]
        transaction.set_rollback(True)


def test_only_what_moved_is_signed_again(item, folder):
    other = factories.published_item()
    heads.sign(NOW)
    factories.start(other, now=NOW + days(1))

    assert heads.sign(NOW + days(1)) == 1
    statement = json.loads((folder / "2026-06-02.json").read_text())
    assert [head["slug"] for head in statement["heads"]] == [other.list.slug]
    assert faults() == []


def test_day_is_signed_once(item, folder):
    heads.sign(NOW)
    first = (folder / "2026-06-01.json").read_bytes()
    factories.published_item()

    assert heads.sign(NOW) == 0
    assert (folder / "2026-06-01.json").read_bytes() == first


def test_clock_that_went_back_is_said(item, folder):
    heads.sign(NOW + days(400))
    factories.published_item()

    with pytest.raises(heads.ClockWentBack, match="2027-07-06"):
        heads.sign(NOW)
    assert [path.name for path in folder.glob("*.json")] == ["2027-07-06.json"]


def test_nothing_is_signed_where_nothing_moved(item, folder):
    heads.sign(NOW)

    assert heads.sign(NOW + days(7)) == 0
    assert [path.name for path in folder.glob("*.json")] == ["2026-06-01.json"]


def test_week_that_nobody_signed_is_signed_once(item, folder):
    heads.sign(at(PUBLISHED_ON))
    factories.photo(item)

    assert heads.sign(NOW) == 1
    assert sorted(path.name for path in folder.glob("*.json")) == [
        f"{PUBLISHED_ON}.json",
        "2026-06-01.json",
    ]


@pytest.fixture
def three_days(item):
    """Sign on three days, on each of which another list was published."""
    for day in range(3):
        heads.sign(NOW + days(day))
        factories.published_item()
    assert faults() == []


def test_changed_statement_is_found(three_days, folder):
    path = folder / "2026-06-02.json"
    path.write_text(path.read_text().replace('"seq": ', '"seq": 1'))

    assert faults() == [
        "The statement of 2026-06-02 isn’t what was signed.",
        "The statement before that of 2026-06-03 is missing.",
    ]


def test_missing_statement_is_found(three_days, folder):
    (folder / "2026-06-02.json").unlink()

    assert faults() == ["The statement before that of 2026-06-03 is missing."]


def test_statement_signed_with_another_key_is_found(three_days, folder):
    path = folder / "2026-06-03.json"
    path.with_suffix(".sig").write_bytes(Ed25519PrivateKey.generate().sign(path.read_bytes()))

    assert faults() == ["The statement of 2026-06-03 isn’t what was signed."]


def test_missing_signature_is_found(three_days, folder):
    (folder / "2026-06-03.sig").unlink()

    assert faults() == ["The statement of 2026-06-03 isn’t what was signed."]


def test_missing_key_is_said(three_days, folder):
    (folder / "public-key.pem").unlink()

    (fault,) = faults()
    assert fault.startswith("Nobody can tell who signed the statements: ")


def test_key_is_readable_for_the_site_alone(item, folder):
    heads.sign(NOW)

    assert (folder / "private-key.pem").stat().st_mode & 0o777 == 0o600


def test_killed_between_signature_and_statement(item, folder):
    folder.mkdir()
    (folder / "2026-06-01.sig").write_bytes(b"of a statement that never was")
    (folder / "2026-06-01.part").write_bytes(b"half")

    assert heads.sign(NOW) == 1
    assert faults() == []


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is missing: apt install openssl")
def test_anyone_can_check_a_statement_without_us(item, folder):
    heads.sign(NOW)
    command = "openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in 2026-06-01.json"
    check = [*command.split(), "-sigfile", "2026-06-01.sig"]
    subprocess.run(check, cwd=folder, check=True, capture_output=True)

    (folder / "2026-06-01.json").write_text("{}")
    assert subprocess.run(check, cwd=folder, check=False, capture_output=True).returncode != 0

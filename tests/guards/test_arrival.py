"""No file tells in which order strangers wrote; before the night each of them does."""

import os
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection

from items import actions, models
from items.guards import arrival
from items.models.suggestion import RandomKey
from items.photos.picture import Picture
from tests import factories

pytestmark = pytest.mark.crawl
MANY = 10


def table_of(name):
    return apps.get_model("items", name)._meta.db_table


@pytest.fixture
def sent(emptied_tables):
    """Let strangers write one after the other, amid a ledger's entries; return their keys."""
    if connection.vendor == "postgresql":
        _without_gaps("Suggestion", "SuggestionPhoto")
    committee = factories.Committee()
    item = factories.item_at("in_progress")
    keys = []
    for number in range(MANY):
        large = marker(number) + os.urandom(10_000) + ending(number)
        picture = Picture(large, large, (1, 1), (1, 1))
        suggestion = factories.suggestion(committee, contact="分机", pictures=(picture,))
        keys.append(suggestion.pk)
        actions.report_progress(item, by=factories.owner_of(item), text=f"第{number}次")
        item.refresh_from_db()
    return keys


def _without_gaps(*names):
    """Let rows be put one behind the other: earlier tests' rows left room that is filled first."""
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"VACUUM FULL {table_of(name)}")


def marker(number):
    return b"zqmarker%03d" % number


def ending(number):
    return b"zqending%03d" % number


def test_list_has_every_table_with_a_random_key():
    random = {model.__name__ for model in apps.get_models() if issubclass(model, RandomKey)}

    assert random <= set(arrival.WRITTEN_BY_STRANGERS)
    for name in arrival.WRITTEN_BY_STRANGERS:
        key = apps.get_model("items", name)._meta.pk
        assert issubclass((key.related_model or key.model), RandomKey), name


if connection.vendor == "postgresql":

    def ask(sql):
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return [row[0] for row in cursor.fetchall()]

    def by_place(name="Suggestion", key="id"):
        return ask(f"SELECT {key} FROM {table_of(name)} ORDER BY ctid")

    def transactions(name="Suggestion"):
        return ask(f"SELECT DISTINCT xmin::text::bigint FROM {table_of(name)}")

    def photos_by_number():
        """Return the numbers in the photos in the order in which their long values count up."""
        oid = ask(
            "SELECT reltoastrelid::regclass FROM pg_class WHERE relname = 'items_suggestionphoto'"
        )[0]
        chunks = ask(
            f"SELECT substr(chunk_data, 1, 11) FROM {oid} WHERE chunk_seq = 0 ORDER BY chunk_id"
        )
        return list(dict.fromkeys(bytes(chunk) for chunk in chunks))

    def nights():
        """Forget the order, and again while something is left: a busy machine reads on for long.

        Return how many tables the first night found.
        """
        first = arrival.forget()
        for _night in range(5):
            if not arrival.forget():
                return first
        raise AssertionError("somebody reads what was before, night after night")

    def test_nothing_orders_suggestions(sent):
        # The control: before, everything does, the ledger's entries in between too
        assert by_place() == sent == by_place("SuggestionPhoto", "suggestion_id")
        assert len(transactions()) == MANY
        assert photos_by_number() == [marker(number) for number in range(MANY)]
        first, last = min(transactions()), max(transactions())
        assert any(first < entry < last for entry in transactions("Entry"))

        assert nights() == 3  # suggestions, photos, contacts

        for name in arrival.WRITTEN_BY_STRANGERS:
            assert len(transactions(name)) <= 1
        assert by_place() == sorted(sent)
        assert by_place("Contact", "suggestion_id") == sorted(sent)
        assert photos_by_number() != [marker(number) for number in range(MANY)]
        assert {bytes(photo.large)[:11] for photo in models.SuggestionPhoto.objects.all()} == {
            marker(number) for number in range(MANY)
        }
        assert arrival.forget() == 0  # and that costs nothing

    def test_writing_anew_alone_keeps_the_order(sent):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE items_suggestion SET id = id")
            cursor.execute("VACUUM FULL items_suggestion")

        assert by_place() == sent

    def read_here():
        """Return a connection that goes on reading this database as it is now."""
        other = connection.copy()
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT 1")
        return other

    def write_elsewhere():
        """Return a connection that is writing in another database of the same server."""
        other = connection.copy()
        other.settings_dict = {**connection.settings_dict, "NAME": "postgres"}
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")
        return other

    @pytest.mark.parametrize("begin", [read_here, write_elsewhere])
    def test_what_others_still_read_is_done_again(sent, monkeypatch, begin):
        """For an older snapshot a copy keeps the long values of before, under their numbers.

        A snapshot is as old as the oldest writing on the server, in whichever database.
        """
        in_order = [marker(number) for number in range(MANY)]
        other = begin()
        try:
            with monkeypatch.context() as impatient:
                impatient.setattr(arrival, "OTHERS_READ", 0)
                assert arrival.forget() == 3
            assert photos_by_number() == in_order  # the control: they are told still
        finally:
            other.close()

        assert nights() == 3
        assert photos_by_number() != in_order
        assert arrival.forget() == 0

    def test_table_in_use_is_left_for_the_next_time(sent):
        other = connection.copy()
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT FROM items_suggestion FOR UPDATE")
        try:
            with pytest.raises(DatabaseError, match="lock timeout"):
                arrival.forget()
        finally:
            other.close()
        assert by_place() == sent
        assert arrival.forget() == 3


else:

    def places():
        """Return the photos' numbers in the order in which they lie in the file."""
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        content = Path(connection.settings_dict["NAME"]).read_bytes()
        return sorted(range(MANY), key=lambda number: content.find(ending(number)))

    def test_file_orders_no_photos(sent):
        numbers = dict(zip(sent, range(MANY), strict=True))
        keys = models.SuggestionPhoto.objects.order_by("pk").values_list("suggestion", flat=True)
        before = places()

        assert arrival.forget() == 1

        assert before != places() == [numbers[key] for key in keys]


def test_history_stays_and_erasing_is_its_only_change(sent):
    suggestion = models.Suggestion.objects.get(pk=sent[0])
    office = factories.office(suggestion.committee)
    actions.ask_back(suggestion, by=office, text="哪一间？")
    actions.reply(suggestion, words="二楼那间")

    arrival.forget()

    assert [step.text for step in suggestion.entries.all()] == ["哪一间？", "二楼那间"]
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("UPDATE items_suggestionentry SET text = text || 'x'")


def test_backup_forgets_first(sent, settings, tmp_path, monkeypatch):
    settings.VAR_DIR, settings.LEDGER_DIR = tmp_path / "site", tmp_path / "site/ledger"
    told = []
    monkeypatch.setattr(arrival, "forget", lambda: told.append(1))

    call_command("backup", tmp_path, stdout=StringIO())

    assert told == [1]

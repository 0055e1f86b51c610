"""Anonymous means unlinkable: nothing that is kept leads from a suggestion back to a phone.

Each claim looks through all that there is, and has its control: the same search finds it once
somebody writes it down.
"""

import base64
import logging
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection

from items import actions, models
from items.privacy.receipt_codes import hashed
from tests import factories
from tests.photos import corpus
from tests.suggestions.phone import Phone, code_in, photo

ADDRESS, AGENT = "203.0.113.77", "Zqagent/8.0.49 MicroMessenger"
NAME, CONTACT = "zqname", "zqcontact 301"
SENT_AT = datetime(2026, 6, 1, 9, 17, 43, tzinfo=UTC)  # 17:17:43 in the plant
ON_SQLITE = connection.vendor == "sqlite"


@pytest.fixture
def sent(committee, clock, caplog):
    """Send a suggestion from a phone that would be known again; return its code."""
    caplog.set_level(logging.DEBUG)
    clock.move_to(SENT_AT)
    phone = Phone()
    clock.shift(60)
    phone.client.defaults["HTTP_USER_AGENT"] = AGENT
    fields = {"photos": [photo(content=corpus.full_of_notes())], "name": NAME, "contact": CONTACT}
    phone.at = ADDRESS
    response = phone.send(**fields)
    assert response.status_code == 201
    code = code_in(response)
    assert phone.ask(code).status_code == 200
    return code


def tables():
    return connection.introspection.table_names()


def rows(table):
    """Return every column of every row as text, bytes also as they are packed."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        return [" ".join(map(as_text, row)) for row in cursor.fetchall()]


def as_text(value):
    if isinstance(value, memoryview | bytes):
        value = bytes(value)
        return value.decode("latin-1") + value.hex()
    try:  # what the cache holds is packed
        return f"{value} {base64.b64decode(value, validate=True)}" if value else ""
    except (ValueError, TypeError):
        return str(value)


def kept(but=()):
    """Return all that the database holds, by table."""
    return {name: "\n".join(rows(name)) for name in tables() if name not in but}


def where(texts_by_place, *words):
    """Return where any of the words stands."""
    return [place for place, text in texts_by_place.items() if any(word in text for word in words)]


def forms_of_the_moment():
    """Return how the moment of sending may be written; the day alone is allowed."""
    sent = int(SENT_AT.timestamp()) + 60
    return ["09:18:4", "17:18:4", "09:18", "17:18", *(str(sent + more)[:9] for more in (0, 10))]


@pytest.mark.django_db
def test_no_address_no_browser_no_code(sent):
    packed = hashed(sent)
    secrets = [ADDRESS, AGENT, "Zqagent", sent, sent.replace("-", "")]

    assert where(kept(), *secrets) == []
    assert where(kept(), packed) == ["items_suggestion"]  # the control: a hash is found


@pytest.mark.django_db
def test_no_exact_time(sent):
    assert where(kept(but=OTHERS), *forms_of_the_moment()) == []


OTHERS = {"django_migrations"}  # when the software was set up


@pytest.mark.django_db
def test_written_secret_is_found(sent):
    # The control of both: somebody writes them into a row, or into the cache.
    cache.set("seen", (ADDRESS, SENT_AT.timestamp() + 60))
    factories.Person(name=f"{AGENT} 17:18:43")

    found = where(kept(but=OTHERS), AGENT, *forms_of_the_moment())
    assert "items_person" in found
    assert "cache" in where(kept(), ADDRESS)


@pytest.mark.django_db
def test_name_and_contact_stand_in_their_table_alone(sent):
    assert where(kept(), NAME, CONTACT) == ["items_contact"]


@pytest.mark.django_db
def test_no_session_and_no_notice(sent):
    assert rows("django_session") == []
    assert not models.Notice.objects.exists()


@pytest.mark.django_db
def test_nothing_of_what_the_photo_noted_stays(sent):
    assert where(kept(), corpus.SECRET.decode()) == []
    models.SuggestionPhoto.objects.update(small=corpus.full_of_notes())
    assert where(kept(), corpus.SECRET.decode()) == ["items_suggestionphoto"]


def files_of(folder):
    return [path for path in Path(folder).rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_no_file_is_written(settings, tmp_path, request):
    settings.MEDIA_ROOT = tmp_path
    sent = request.getfixturevalue("sent")

    assert sent
    assert files_of(tmp_path) == []
    # The control: an item's photo is a file, and a file keeps its time.
    factories.photo(factories.item_at("in_progress"))
    assert files_of(tmp_path) != []
    assert os.stat(files_of(tmp_path)[0]).st_mtime > 0


@pytest.mark.django_db
def test_nothing_is_logged(sent, caplog):
    logged = {"log": "\n".join(str(vars(record)) for record in caplog.records if of_ours(record))}

    assert where(logged, ADDRESS, AGENT, sent, NAME, CONTACT) == []
    logging.getLogger("welfare").warning("sent from %s", ADDRESS)
    assert ADDRESS in caplog.text  # the control


def of_ours(record):
    """Tell whether a record would be kept: our log begins at WARNING."""
    return record.levelno >= logging.WARNING


# No order


def several(committee, clock, many=12):
    """Send several from two phones, the first with a photo; return their keys in order."""
    phones, keys = [Phone(), Phone()], []
    clock.shift(10)
    for number in range(many):
        photos = [photo()] if number == 0 else []
        phones[number % 2].send(f"第{number}条", name=NAME, photos=photos)
        keys += set(models.Suggestion.objects.values_list("pk", flat=True)) - set(keys)
    return keys


def ascending(keys):
    return keys == sorted(keys)


@pytest.mark.django_db
def test_keys_are_in_no_order(committee, clock):
    keys = several(committee, clock)

    assert len(keys) == 12
    assert not ascending(keys)  # by chance once in 479,001,600
    assert ascending([factories.Person().pk for _turn in range(12)])  # the control


if ON_SQLITE:

    @pytest.mark.django_db
    def test_sqlites_own_number_of_a_row_is_its_random_key(committee, clock):
        several(committee, clock, many=3)
        asked = models.Suggestion.objects.first()
        actions.ask_back(asked, by=factories.office(committee), text="哪一间？")

        for table, key in KEYS.items():
            found = numbers(table, key)
            assert found
            assert [row for row in found if row[0] != row[1]] == []
        # The control: beside a key of text SQLite counts, and tells the order.
        assert [row[0] for row in numbers("welfare_tally", "key")] != []
        assert all(row[0] < 100 for row in numbers("welfare_tally", "key"))


KEYS = {
    "items_suggestion": "id",
    "items_suggestionentry": "id",
    "items_suggestionphoto": "id",
    "items_contact": "suggestion_id",
}


def numbers(table, key):
    """Return SQLite's own number of each row of a table, and its key."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT rowid, {key} FROM {table}")
        return cursor.fetchall()


@pytest.mark.django_db
def test_no_counter_is_tied_to_a_suggestion(sent):
    keys = {str(key) for key in models.Suggestion.objects.values_list("pk", flat=True)}
    keys |= set(models.Suggestion.objects.values_list("code_hash", flat=True))

    assert "welfare_tally" in tables()
    assert where({"welfare_tally": kept()["welfare_tally"]}, *keys) == []
    assert where({"cache": kept()["cache"]}, *keys) == []
    named = {name for name, text in kept().items() if any(key in text for key in keys)}
    assert named == {"items_suggestion", "items_suggestionphoto", "items_contact"}

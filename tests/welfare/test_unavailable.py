"""Whose fault an error is: the database's or the disk's, which a writer is told, or ours."""

import sqlite3

import pytest
from django.db import (
    DatabaseError,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    ProgrammingError,
)
from django.test import Client
from psycopg2.errors import DiskFull

from welfare.http.unavailable import RECOVERY, why_unavailable


def caused(error, kind, **told):
    """Return the error with a driver's own as its cause."""
    error.__cause__ = kind()
    vars(error.__cause__).update(told)
    return error


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (OperationalError("database is locked"), "away"),
        (OperationalError("attempt to write a readonly database"), "away"),
        (caused(OperationalError("x"), sqlite3.OperationalError, sqlite_errorcode=13), "full"),
        (caused(OperationalError("x"), DiskFull), "full"),
        (OperationalError("could not extend file: No space left on device"), "full"),
        (InterfaceError("connection already closed"), "away"),
        (DatabaseError("database disk image is malformed"), "away"),
        (caused(InternalError("x"), Exception, pgcode="25006"), "away"),  # read-only
        (caused(InternalError("x"), Exception, pgcode="P0001"), ""),  # a guard's
        (IntegrityError("UNIQUE constraint failed"), ""),
        (ProgrammingError("syntax error"), ""),
        (OSError(28, "No space left on device"), "full"),
        (OSError(2, "No such file"), ""),
        (RuntimeError("the disk is full"), ""),
        (None, ""),
    ],
    ids=str,
)
def test_whose_fault_it_is(error, why):
    assert why_unavailable(error) == why


SENT = {"note": "换了三台空调", "pin": "1234", "status": "3"}
OWN = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}


@pytest.mark.parametrize(
    ("why", "status"), [("busy", 503), ("interrupted", 503), ("full", 507), ("large", 413)]
)
def test_front_has_a_text_given_back_without_the_database(why, status):
    answer = Client().post("/report/", SENT, headers={RECOVERY: why, **OWN})

    page = answer.content.decode()
    assert (answer.status_code, answer.headers["Retry-After"]) == (status, "10")
    assert SENT["note"] in page
    assert SENT["pin"] not in page
    assert "What was done" in page  # the form's own label


def test_whoever_asks_for_it_for_another_gets_no_word():
    told = {RECOVERY: "busy", "origin": "http://evil.example", "sec-fetch-site": "cross-site"}

    answer = Client().post("/report/", SENT, headers=told)

    assert answer.status_code == 503
    assert SENT["note"] not in answer.content.decode()


def test_labels_are_in_the_language_of_the_path():
    answer = Client().post("/en/suggest/", {"words": "热"}, headers={RECOVERY: "busy", **OWN})

    page = answer.content.decode()
    assert "What is it about?" in page
    assert "什么事" not in page


def test_reader_gets_a_page_that_says_so():
    answer = Client().get("/page/", headers={RECOVERY: "busy"})

    assert answer.status_code == 503
    assert "<h1>" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(("fault", "status"), [("away", 503), ("full", 507), ("ours", 500)])
def test_view_that_meets_such_a_fault_gives_the_text_back(fault, status, visitor):
    answer = visitor.post(f"/faulty/{fault}/", SENT, headers=OWN)

    assert answer.status_code == status
    assert (SENT["note"] in answer.content.decode()) is (fault != "ours")
    assert SENT["pin"] not in answer.content.decode()

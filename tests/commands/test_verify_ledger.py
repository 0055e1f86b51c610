from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from items.demo import story
from items.guards import triggers

pytestmark = [pytest.mark.django_db, pytest.mark.crawl]


@pytest.fixture(scope="module")
def told(kept_rows):
    return story.load("a password", story.LAST_DAY)


def run(*args):
    out = StringIO()
    call_command("verify_ledger", *args, stdout=out)
    return out.getvalue()


def test_a_ledger_that_holds(told):
    count = told.entries.count()
    assert run() == run(told.slug)
    assert str(count) in run()


def test_a_changed_byte_is_found(told):
    connection.check_constraints()
    triggers.remove(connection)  # as somebody with the database's own rights could
    with connection.cursor() as cursor:
        cursor.execute("UPDATE items_entry SET happened_on = '2021-06-30' WHERE seq = 40")
    triggers.install(connection)
    with pytest.raises(CommandError):
        run()

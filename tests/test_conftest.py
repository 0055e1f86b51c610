"""What keeps the tests honest."""

import pytest
from django.db import Error, connection

from items.guards import triggers
from items.models import Entry
from tests import factories
from tests.conftest import reaches_database


@pytest.mark.crawl
@pytest.mark.parametrize("turn", ["first", "second"])
def test_ledger_can_be_emptied_between_tests(emptied_tables, turn):
    # Whichever turn comes second finds neither the rows nor a gap in the guards.
    assert Entry.objects.count() == 0
    assert triggers.missing(connection) == []

    factories.published_item()

    assert Entry.objects.count() > 0
    with pytest.raises(Error):
        Entry.objects.all()._raw_delete(connection.alias)


def test_what_the_second_database_leaves_out_reaches_none(request):
    assert request.node.get_closest_marker("database") is None

    with pytest.raises(RuntimeError, match="Database access not allowed"):
        Entry.objects.count()


@pytest.mark.parametrize("asked_by", ["fixture", "mark", "fixture of a fixture", "crawl"])
def test_what_may_reach_a_database_is_marked(asked_by):
    items = {
        "fixture": FakeItem("db"),
        "mark": FakeItem(marks={"django_db"}),
        "fixture of a fixture": FakeItem("kept_rows", "django_db_setup"),
        "crawl": FakeItem(marks={"crawl"}),
    }

    assert reaches_database(items[asked_by])
    assert not reaches_database(FakeItem("settings", "tmp_path"))


class FakeItem:
    """What pytest tells of a test before it runs."""

    def __init__(self, *fixturenames, marks=()):
        self.fixturenames, self.marks = fixturenames, marks

    def get_closest_marker(self, name):
        return name if name in self.marks else None

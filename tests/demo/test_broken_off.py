"""A demonstration whose loading ends too early leaves nothing of itself, and takes nothing else."""

import pytest
from django.db import connection

from items.demo import story
from items.guards import triggers
from items.models import Entry, Organisation, Person
from tests import factories
from tests.factories import TODAY

pytestmark = [pytest.mark.usefixtures("emptied_tables"), pytest.mark.crawl]


@pytest.fixture(autouse=True)
def _breaks_off(monkeypatch):
    def stopped(self):
        raise KeyboardInterrupt

    monkeypatch.setattr(story.Story, "_site_visits", stopped)  # after the list and its events


def test_empty_database_is_empty_again_and_guarded():
    with pytest.raises(KeyboardInterrupt):
        story.load("a password", TODAY)

    assert not Organisation.objects.exists()
    assert not Person.objects.exists()
    assert not Entry.objects.exists()
    assert triggers.missing(connection) == []


def test_what_was_there_before_stays():
    person = factories.Person()

    with pytest.raises(KeyboardInterrupt):
        story.load("a password", TODAY)

    assert Person.objects.filter(pk=person.pk).exists()
    assert Entry.objects.exists()  # and so it can be seen that there was something to empty

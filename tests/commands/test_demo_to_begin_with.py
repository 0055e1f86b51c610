"""Whether the demonstration is loaded, and with which dates."""

from datetime import date

import pytest
from django.core.management import CommandError

from items.models import ItemList, Organisation, Person
from tests.commands.demo import run

pytestmark = [pytest.mark.django_db, pytest.mark.crawl]


@pytest.fixture
def kept(settings, tmp_path):
    settings.DEMO_PASSWORD_FILE = str(tmp_path / "password")
    return tmp_path / "password"


def test_it_refuses_somebodys_real_data(kept):
    Organisation.objects.create(name="A real plant")
    with pytest.raises(CommandError, match="真实数据"):
        run()
    assert not ItemList.objects.exists()
    assert not kept.exists()


def test_if_empty_leaves_real_data_alone(kept):
    Person.objects.create_user("admin", name="Admin")
    assert run("--if-empty") == ""
    assert not ItemList.objects.exists()


def test_the_story_keeps_its_dates_when_asked(kept):
    run("--story-dates")
    told = ItemList.objects.get()
    assert (told.slug, told.published_on) == ("ironmaking-2021", date(2021, 5, 10))

import stat
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from items.models import ItemList, Organisation, Person

pytestmark = [pytest.mark.django_db, pytest.mark.crawl]


@pytest.fixture
def kept(settings, tmp_path):
    settings.DEMO_PASSWORD_FILE = str(tmp_path / "password")
    return tmp_path / "password"


def run(*args):
    out = StringIO()
    call_command("demo", *args, stdout=out)
    return out.getvalue()


def test_it_loads_once_and_says_the_password_each_time(kept):
    first, second = run("--if-empty"), run("--if-empty")
    password = kept.read_text().strip()
    assert password in first
    assert password in second
    assert ItemList.objects.count() == 1
    assert Person.objects.get(username="office").check_password(password)


def test_only_we_can_read_the_password(kept):
    run()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_lost_password_file_is_made_anew_and_true(kept):
    run()
    kept.unlink()
    run()
    assert Person.objects.get(username="owner7").check_password(kept.read_text().strip())


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

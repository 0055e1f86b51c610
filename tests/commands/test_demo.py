"""Once the demonstration is loaded: what the command says, and the password that it keeps."""

import shutil
import stat

import pytest
from django.test import override_settings

from items.models import ItemList, Person
from tests.commands.demo import run

pytestmark = [pytest.mark.django_db, pytest.mark.crawl]


@pytest.fixture(scope="module")
def loaded(kept_rows, tmp_path_factory):
    """Return what loading said, and the file with the password."""
    file = tmp_path_factory.mktemp("demo") / "password"
    with override_settings(DEMO_PASSWORD_FILE=str(file)):
        said = run("--if-empty")
    return said, file


@pytest.fixture
def kept(loaded, settings, tmp_path):
    """Return a copy of the file, which the command takes for its own."""
    settings.DEMO_PASSWORD_FILE = str(tmp_path / "password")
    return shutil.copy(loaded[1], tmp_path / "password")


def test_it_loads_once_and_says_the_password_each_time(loaded, kept):
    (first, _file), second = loaded, run("--if-empty")
    password = kept.read_text().strip()
    assert password in first
    assert password in second
    assert ItemList.objects.count() == 1
    assert Person.objects.get(username="office").check_password(password)


def test_only_we_can_read_the_password(loaded):
    _said, file = loaded
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_lost_password_file_is_made_anew_and_true(kept):
    before = kept.read_text()
    kept.unlink()
    run()
    assert kept.read_text() != before
    assert Person.objects.get(username="owner7").check_password(kept.read_text().strip())

"""A site of a few rows and pictures, in folders of its own."""

import pytest

from items.ledger import heads
from tests import factories
from tests.factories import NOW


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    """Give the site folders of its own; return where its backups go."""
    settings.VAR_DIR = tmp_path / "site"
    settings.MEDIA_ROOT = settings.VAR_DIR / "media"
    settings.LEDGER_DIR = settings.VAR_DIR / "ledger"
    settings.BACKUP_DIR = None
    settings.BACKUP_KEY = ""
    return tmp_path / "backups"


@pytest.fixture
def backups(folders):
    return folders


@pytest.fixture
def site(emptied_tables):
    """Let the site hold a published item with a photo, and heads that are signed."""
    photo = factories.public_photo(factories.published_item())
    heads.sign(NOW)
    return photo

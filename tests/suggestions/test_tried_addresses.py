"""Nobody finds a phone's address by trying all there are against what lies on the disk."""

import hmac
import re
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils.crypto import salted_hmac

from items.ledger import heads
from tests import factories
from tests.factories import NOW
from tests.suggestions.phone import Phone
from tests.suggestions.test_unlinkable import kept
from welfare import memory_key, tallies
from welfare.backup import create

ADDRESS = "203.0.113.77"
RANGE = [f"203.0.113.{last}" for last in range(256)]
KINDS = ["place", "kept", "code, from", "all"]
SALTS = ["welfare.voice.tallies", "welfare.patience"]
HEX = re.compile(rb"[0-9a-f]{40,}")


@pytest.fixture
def disk(emptied_tables, settings, tmp_path, clock):
    """Let a phone write, and err with a code; return all that lies on the disk afterwards."""
    settings.VAR_DIR = tmp_path / "site"
    settings.MEDIA_ROOT, settings.LEDGER_DIR = tmp_path / "site/media", tmp_path / "site/ledger"
    cache.clear()
    factories.call(factories.Committee(slug="plant"))
    phone = Phone(clock, at=ADDRESS)
    assert phone.send().status_code == 201
    assert phone.ask("0000-0000-0000-0000").status_code == 422
    factories.published_item()
    heads.sign(NOW)  # its key lies there too
    backup = create.make(tmp_path, NOW).path
    (tmp_path / "rows").write_text("\n".join(kept().values()))
    assert backup.exists()
    files = [place for place in tmp_path.rglob("*") if place.is_file()]
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        files += map(Path, (name, name + "-wal"))
    return [place.read_bytes() for place in files]


def keys_on(disk) -> list[bytes]:
    """Return what may be a key: the settings of the site, and each short file as it is."""
    files = [content.strip() for content in disk if len(content) < 5000]
    return [settings.SECRET_KEY.encode(), *files]


def hashes_on(disk) -> set[str]:
    """Return every piece of the disk that may be a hash."""
    runs = {run for content in disk for run in HEX.findall(content)}
    return {
        run[start : start + length].decode()
        for run in runs
        for length in (40, 64)
        for start in range(len(run) - length + 1)
    }


def tried(keys, hour):
    """Yield each address of the range with what it would be hashed to, with each key."""
    for key, kind, address in product(keys, KINDS, RANGE):
        for said in (f"{kind}\0{address}", f"{kind}\0{address}\0{hour}"):
            yield address, hmac.digest(key, said.encode(), "sha256").hex()
            for salt in SALTS:
                for algorithm in ("sha1", "sha256"):
                    hashed = salted_hmac(salt, said, secret=key, algorithm=algorithm)
                    yield address, hashed.hexdigest()


def found(disk, keys):
    hashes = hashes_on(disk)
    return {address for address, hashed in tried(keys, tallies.this_hour()) if hashed in hashes}


def test_no_key_on_the_disk_finds_an_address(disk):
    ours = memory_key._KEY
    assert len(keys_on(disk)) > 1  # the heads' key, too

    assert found(disk, keys_on(disk)) == set()
    assert not any(ours in content or ours.hex().encode() in content for content in disk)
    # The controls: with the key of the memory, and as tallies were hashed before.
    assert found(disk, [ours]) == {ADDRESS}
    before = salted_hmac(SALTS[0], f"place\0{ADDRESS}", algorithm="sha256").hexdigest()
    assert found([*disk, before.encode()], keys_on(disk)) == {ADDRESS}

"""A ledger that LibreOffice opened and saved comes back without a change, whatever its format.

As tests/long/libreoffice.py, in `make check-long` alone.
"""

import io
import subprocess

import pytest
import time_machine

from items.exports.ledger import SPLITS, Wanted, write_ledger, write_numbered, write_separated
from items.models import ItemList
from items.sheets.returned import read_returned
from tests.factories import NOW, TODAY
from tests.privacy.told import SLUG, Told

pytestmark = [pytest.mark.django_db, pytest.mark.crawl]
XLSX = "xlsx:Calc MS Excel 2007 XML"
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
ROADS = [("xlsx", XLSX), ("xlsx", CSV), ("csv", XLSX), ("csv", CSV)]


@pytest.fixture(scope="module")
def item_list(kept_rows):
    """Return a list with an item in each state."""
    with time_machine.travel(NOW, tick=False):
        Told()
    return ItemList.objects.get(slug=SLUG)


def saved(content, folder, kind, to):
    """Let LibreOffice open a file of this kind and save it as another."""
    source = folder / f"book.{kind}"
    source.write_bytes(content)
    reads = ["--infilter=CSV:44,34,76"] if kind == "csv" else []
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", *reads, "--convert-to", to]
    command += ["--outdir", f"{folder}/out", f"{source}"]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    (file,) = (folder / "out").iterdir()
    return file.read_bytes()


def exported(item_list, write, **wanted):
    file = io.BytesIO()
    wanted = Wanted(item_list.items.published().order_by("number"), inside=True, **wanted)
    write_numbered(write, file, item_list, wanted, TODAY, by=None, now=NOW)
    return file.getvalue()


def assert_no_change(content, item_list):
    returned = read_returned(content, item_list)
    assert (returned.cells, returned.missing, returned.notes) == ({}, 0, [])
    assert returned.rows == item_list.items.published().count()


@pytest.mark.parametrize(("kind", "to"), ROADS)
def test_every_state_comes_back_without_a_change(item_list, tmp_path, kind, to):
    write = write_ledger if kind == "xlsx" else write_separated

    content = saved(exported(item_list, write), tmp_path, kind, to)

    assert_no_change(content, item_list)


@pytest.mark.parametrize("split", SPLITS)
def test_sheets_of_the_round_come_back_without_a_change(item_list, tmp_path, split):
    content = saved(exported(item_list, write_ledger, split=split), tmp_path, *ROADS[0])

    assert_no_change(content, item_list)

"""LibreOffice opens the open data of a list: the same cells, and no formula among them.

As tests/long/libreoffice.py, in `make check-long` alone.
"""

import csv
import io
import subprocess

import openpyxl
import pytest
import time_machine

from tests import factories
from tests.api.worlds import RUNNING, two_years
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.crawl]
HOSTILE = ['=HYPERLINK("http://x","点我")', "+1-1", "-2+3", "@SUM(1)", "一行\n两行", '引号"和,逗号']


@pytest.fixture(scope="module")
def lists(kept_rows):
    with time_machine.travel(NOW, tick=False):
        two_years(factories.Committee(slug="plant"))
        hostile = factories.ItemList(slug="plant-hostile")
        items = [factories.Item(list=hostile, number=1, title=HOSTILE[0])]
        items += [factories.another(items[0], title=title) for title in HOSTILE[1:]]
        factories.publish(hostile)


@pytest.mark.parametrize("slug", [RUNNING, "plant-hostile"])
def test_table_has_the_same_cells_and_no_formula(client, lists, tmp_path, slug):
    content = client.get(f"/lists/{slug}.csv").content
    told = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))

    sheet = openpyxl.load_workbook(io.BytesIO(saved(content, tmp_path))).active

    shown = [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
    assert [row[1] for row in shown] == [row[1] for row in told]
    assert len(shown) == len(told) > 5
    assert {cell.data_type for row in sheet.iter_rows() for cell in row}.isdisjoint("f")


def saved(content, folder):
    """Let LibreOffice open a CSV file in UTF-8 and save it as a workbook."""
    (folder / "list.csv").write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--infilter=CSV:44,34,76", "--convert-to"]
    command += ["xlsx:Calc MS Excel 2007 XML", "--outdir", f"{folder}/out", f"{folder}/list.csv"]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return (folder / "out/list.xlsx").read_bytes()

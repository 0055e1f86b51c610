"""The same figures and sentences everywhere: board, JSON, CSV, feed, calendar and API."""

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import time_machine
from defusedxml import ElementTree
from django.http import HttpResponse
from django.utils import translation
from icalendar import Calendar

from items.models import Item
from items.states import GROUP_OF, Group, Status
from tests import factories
from tests.api.worlds import CLOSED, RUNNING, two_years
from tests.board.reading import Page
from tests.factories import NOW
from welfare.edition.publish import Publishing

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
LISTS = [RUNNING, CLOSED, "plant-next"]
with translation.override("zh-hans"):  # as pages say them
    LABELS = {str(status.label): group.value for status, group in GROUP_OF.items()}


@pytest.fixture(scope="module")
def two_lists(kept_rows):
    """Return a list that runs, one that is closed, and the one into which its open items went."""
    with time_machine.travel(NOW):
        name = {"name": "炼铁厂党委", "name_en": "Plant committee"}
        return two_years(factories.Committee(slug="plant", **name))


def board_says(client, slug):
    """Return the equation of the board's page, and how many items it calls overdue."""
    page = Page(client.get(f"/lists/{slug}/").content.decode())
    total, *terms = [int(words) for words in page.words("b") if words.isdigit()][
        : 1 + len(page.all("span", "term")) - 1
    ]
    keys = [element.attrs["class"].split()[1] for element in page.all("span", "term")[1:]]
    line = " ".join(page.words("p", "asof"))
    late = re.search(r"(\d+)件(?:已)?逾期|逾期(\d+)件", line)
    found = dict.fromkeys(Group.values, 0) | dict(zip(keys, terms, strict=True))
    return {
        "total": total,
        **found,
        "overdue": int(next(filter(None, late.groups()))) if late else 0,
    }


def json_says(client, slug):
    told = client.get(f"/lists/{slug}.json").json()
    counts, items = told["list"]["counts"], told["items"]
    groups = Counter(item["group"] for item in items)
    added = {group: groups[group] for group in Group.values}
    added |= {"total": len(items), "overdue": sum(item["overdue_days"] > 0 for item in items)}
    assert {name: counts[name] for name in added} == added
    return added


def api_says(client, slug):
    counts = client.get(f"/api/v1/lists/{slug}/").json()["counts"]
    (listed,) = [
        row["counts"] for row in client.get("/api/v1/lists/").json()["items"] if row["slug"] == slug
    ]
    items = f"/api/v1/lists/{slug}/items/"
    for group in Group.values:
        assert client.get(items, {"group": group}).json()["count"] == counts[group]
    assert client.get(items).json()["count"] == counts["total"]
    assert listed == counts
    del counts["percent"]
    return counts


def edition_says(client, slug):
    """Read the page and the JSON of a static edition, whose files are those of one moment."""
    with TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        Publishing(site).run()
        page = site / f"lists/{slug}/index.html"
        board = board_says(Written({f"/lists/{slug}/": page}), slug)
        told = json.loads((site / f"lists/{slug}.json").read_text())["list"]["counts"]
        assert {name: told[name] for name in board} == board
        for prefix in ("", "en/"):
            items = site / f"{prefix}lists/{slug}"
            assert len(list(items.glob("[1-9]*/index.html"))) == board["total"]
    return board


class Written(dict):
    """Files that are asked for as a client asks for pages."""

    def get(self, address):
        return HttpResponse(self[address].read_bytes())


def rows_of(client, slug, prefix=""):
    said = client.get(f"{prefix}/lists/{slug}.csv").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(said)))


def csv_says(client, slug):
    rows = rows_of(client, slug)
    groups = Counter(LABELS[row["状态"]] for row in rows)
    said = {group: groups[group] for group in Group.values}
    return said | {"total": len(rows), "overdue": sum(row["逾期天数"] != "0" for row in rows)}


def events_of(client, slug):
    return Calendar.from_ical(client.get(f"/lists/{slug}.ics").content).walk("VEVENT")


def calendar_says(client, slug):
    events = events_of(client, slug)
    groups = Counter(LABELS[str(event["categories"].cats[0])] for event in events)
    said = {group: groups[group] for group in Group.values}
    lines = [event["description"].split("\n") for event in events]
    late = sum(any(re.fullmatch(r"逾期\d+天", line) for line in each) for each in lines)
    return said | {"total": len(events), "overdue": late}


@pytest.mark.parametrize("slug", LISTS)
@pytest.mark.parametrize("said", [json_says, api_says, csv_says, calendar_says, edition_says])
def test_figures_are_those_of_the_board(client, two_lists, slug, said):
    board = board_says(client, slug)

    assert said(client, slug) == board
    assert board["total"] == sum(board[group] for group in Group.values) > 2


def test_lists_have_every_status_and_lateness(client, two_lists):
    # The control: nothing is compared with nothing.
    running = board_says(client, RUNNING)

    assert min(running[group] for group in Group.values) > 0
    assert running["overdue"] > 0
    assert board_says(client, CLOSED)["overdue"] > 0
    assert {row.status for row in Item.objects.filter(list__slug=RUNNING)} == set(GROUP_OF)


@pytest.mark.parametrize("slug", LISTS)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_feed_and_calendar_say_the_equation_of_the_board(client, two_lists, slug, prefix):
    title = Page(client.get(f"{prefix}/lists/{slug}/").content.decode()).words("title")[0]

    feed = ElementTree.fromstring(client.get(f"{prefix}/lists/{slug}.atom").content)
    calendar = Calendar.from_ical(client.get(f"{prefix}/lists/{slug}.ics").content)

    assert feed.find(f"{ATOM}subtitle").text == title
    assert calendar["x-wr-caldesc"] == title
    assert re.findall(r"\d+", title)[0] == str(len(calendar.walk("VEVENT")))


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_feed_says_the_sentences_of_the_week(client, two_lists, prefix):
    feed = ElementTree.fromstring(client.get(f"{prefix}/lists/{RUNNING}.atom").content)
    moves = client.get(f"/api/v1/lists/{RUNNING}/moves/", {"limit": 100}).json()["items"]
    language = "en" if prefix else "zh"
    told = [move["sentence"][language] or move["sentence"]["zh"] for move in moves]
    sentences = [entry.find(f"{ATOM}summary").text for entry in feed.findall(f"{ATOM}entry")]
    week, shown = f"{prefix}/lists/{RUNNING}/changes/", ""
    for address in (week, f"{week}2026-W10/"):
        page = Page(client.get(address).content.decode())
        shown += "".join(page.all("main")[0].words.split())

    assert len(sentences) > 10
    assert sentences == told[: len(sentences)]
    assert [said for said in sentences if "".join(said.split()) not in shown] == []


def test_one_item_is_the_same_in_file_api_and_row(client, two_lists):
    told = client.get(f"/lists/{RUNNING}.json").json()["items"]
    listed = client.get(f"/api/v1/lists/{RUNNING}/items/", {"limit": 100}).json()["items"]
    rows = rows_of(client, RUNNING)

    assert listed == told
    for item, row in zip(told, rows, strict=True):
        one = client.get(f"/api/v1/lists/{RUNNING}/items/{item['number']}/").json()
        assert one == item
        assert (row["序号"], row["实事项目"]) == (str(item["number"]), item["title"]["zh"])
        assert row["完成时限"] == item["due"]
        assert row["首次时限"] == item["first_due"]
        assert row["截至"] == "2026-06-01"
        assert [part["title"]["zh"] for part in item["parts"]] == ["一区", "二区"]
        assert item["page"].endswith(f"/lists/{RUNNING}/{item['number']}/")


def test_english_table_is_in_english(client, two_lists):
    (first, *_others) = rows_of(client, RUNNING, "/en")

    assert (first["Place"], first["Responsible units"]) == ("Furnace 3", "Equipment")
    assert first["Status"] == "Not started"
    assert first["What done looks like"] == "All sit firmly"


def test_closed_list_stays_and_both_lists_name_the_same_matter(client, two_lists):
    closed = client.get(f"/lists/{CLOSED}.json").json()
    carried = client.get("/lists/plant-next.json").json()["items"]

    assert closed["list"]["as_of"] == closed["list"]["closed_on"] == "2026-06-01"
    known = {(CLOSED, item["number"]) for item in closed["items"]}
    assert carried
    assert {(i["carried_from"]["list"], i["carried_from"]["number"]) for i in carried} <= known


def test_statuses_are_those_of_the_machine(client, two_lists):
    told = json.loads(client.get(f"/lists/{RUNNING}.json").content)["items"]

    assert {item["status"] for item in told} == set(Status.values) - {"draft"}
    assert all(item["group"] == GROUP_OF[item["status"]] for item in told)

"""Fill an empty database with lists of 18 items, or longer ones, the same every time.

    DATABASE_URL=… .venv/bin/python benchmarks/make_data.py 180000
    DATABASE_URL=… .venv/bin/python benchmarks/make_data.py 99999 99999

The second number is the length of a list. One list has one committee; more are ten years of as
many committees as it takes, at most 1,000. The rows are written past the actions: no such history
could be played in time.
"""

import os
import sys
from datetime import date, datetime, timedelta
from itertools import cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ |= {"DJANGO_SETTINGS_MODULE": "welfare.settings", "SECRET_KEY": "x", "HTTP_ONLY": "1"}

import django

django.setup()

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils.timezone import make_aware

from items.demo import story
from items.guards import triggers
from items.models import (
    Category,
    Chain,
    Committee,
    Entry,
    EntryWords,
    Holding,
    Item,
    ItemList,
    Measure,
    Organisation,
    Person,
    Place,
    Post,
    Role,
    Unit,
    UnitShare,
)
from items.states import Status

TOLD = story.table("list")
SHORT = len(TOLD)  # items of a list
LAST_YEAR, YEARS = 2026, 10
OWNERS, SUPERVISORS = 6, 4  # posts of a committee
BATCH = 20  # committees
PART = 2_000  # items of a long list
MADE = [Organisation, Committee, Person, Role, Post, Holding, Unit, Place, Category]
MADE += [ItemList, Item, Entry, EntryWords, Chain, Measure, UnitShare]
NEWS = "已完成选型，正在分批更换。"
STEPS = ["publish", "start", "report_progress", "report_progress", "claim", "sign_off"]
OPEN = {0: "in_progress", 1: "pending_check", 2: "not_started"}  # of the last year's


class Rows:
    """Rows of every model, numbered by hand, so that they can point to each other."""

    def __init__(self):
        self.of = {model: [] for model in MADE}
        self.last = dict.fromkeys(MADE, 0)

    def add(self, model, **columns):
        if model is not EntryWords:  # which has the key of its entry
            self.last[model] += 1
            columns["pk"] = self.last[model]
        row = model(**columns)
        self.of[model].append(row)
        return row

    def write(self):
        for model, rows in self.of.items():
            models.QuerySet(model).bulk_create(rows, batch_size=2_000)
            rows.clear()


def make(count, per_list=SHORT):
    """Write so many items in lists of a length, and what they need."""
    call_command("migrate", verbosity=0)
    triggers.remove(connection)
    rows = Rows()
    years = 1 if count <= per_list else YEARS
    committees = max(1, count // per_list // years)
    organisation = rows.add(Organisation, name="示范钢铁集团", short_name="示范钢铁")
    for number in range(committees):
        committee(rows, number, years, organisation, per_list)
        if number % BATCH == BATCH - 1:
            write(rows)
    write(rows)
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), MADE):
            cursor.execute(sql)
    triggers.install(connection)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    made = Item.objects.count(), Entry.objects.count(), Committee.objects.count()
    print("{} items, {} entries, {} committees".format(*made))


@transaction.atomic
def write(rows):
    rows.write()


def committee(rows, number, years, organisation, per_list):
    """Add a committee: the first is above all, each tenth one above the nine that follow."""
    above = None if number == 0 else 1 if number % 10 == 0 else number // 10 * 10 + 1
    mine = rows.add(
        Committee,
        organisation=organisation,
        parent_id=above,
        slug=f"committee-{number}",
        name=f"第{number}分厂党委" if number else "炼铁厂党委",
        name_en=f"Committee of plant {number}" if number else "Ironmaking Plant Committee",
    )
    office = rows.add(Person, username=f"office{number}", name=f"办公室{number}")
    rows.add(Role, committee=mine, person=office, kind="office")
    posts = [post(rows, mine, f"{number}.{n}", n) for n in range(OWNERS + SUPERVISORS)]
    beside = {
        "unit": [rows.add(Unit, committee=mine, name=f"第{n}车间") for n in range(3)],
        "place": [rows.add(Place, committee=mine, name=f"{n}号主控室") for n in range(3)],
        "category": [rows.add(Category, committee=mine, name=f"第{n}类") for n in range(3)],
    }
    for year in range(LAST_YEAR - years + 1, LAST_YEAR + 1):
        year_list(rows, mine, year, office, posts, beside, per_list)


def post(rows, committee, name, n):
    made = rows.add(Post, committee=committee, name=f"岗位{name}", is_leader=n == 0)
    holder = rows.add(Person, username=f"person{name}", name=f"职工{name}")
    rows.add(Holding, post=made, person=holder, since=date(LAST_YEAR - YEARS, 1, 5))
    return made


def year_list(rows, committee, year, office, posts, beside, per_list):
    """Add a year's list with its items and its ledger."""
    published = date(year, 3, 2)
    item_list = rows.add(
        ItemList,
        committee=committee,
        slug=f"{committee.slug}-{year}",
        name=f"{year}年“我为群众办实事”项目清单",
        name_en=f"Practical matters for the workers, {year}",
        programme="我为群众办实事",
        year=year,
        status="published",
        published_on=published,
    )
    chain = Chain(list=item_list)
    for number, told in zip(range(1, per_list + 1), cycle(TOLD), strict=False):
        status = OPEN.get(number % 6, "resolved") if year == LAST_YEAR else "resolved"
        one, measures = item(rows, item_list, number, told, status, posts, beside)
        news = ledger(rows, chain, one, published, office)
        one.search_text = one.folded_words(measures=measures, parts=[], news=news)
        if number % PART == 0:
            write(rows)
    rows.of[Chain].append(chain)


def item(rows, item_list, number, told, status, posts, beside):
    published = item_list.published_on
    due = published + timedelta(days=100 + (number - 1) % SHORT * 10)
    done = status in ("resolved", "pending_check")
    made = rows.add(
        Item,
        list=item_list,
        number=number,
        title=told["title"],
        title_en=told["title_en"],
        problem=told["problem"],
        problem_en=told["problem_en"],
        owner_post=posts[number % OWNERS],
        supervisor_post=posts[OWNERS + number % SUPERVISORS],
        category=beside["category"][number % 3],
        place=beside["place"][number % 3],
        status=status,
        first_due=due,
        due=due,
        published_on=published,
        started_on=None if status == Status.NOT_STARTED else published,
        claimed_on=due if done else None,
        done_on=due if done else None,
        signed_off_on=due if status == Status.RESOLVED else None,
    )
    measures = [
        rows.add(Measure, item=made, order=order, text=text)
        for order, text in enumerate(told["measures"].split(";"))
    ]
    rows.add(UnitShare, item=made, unit=beside["unit"][number % 3], role="lead")
    return made, measures


def ledger(rows, chain, item, published, office):
    """Add the entries that lead to an item's status, without their hashes; return their words."""
    steps = {"not_started": 1, "in_progress": 4, "pending_check": 5, "resolved": 6}[item.status]
    for step, verb in enumerate(STEPS[:steps]):
        chain.seq += 1
        day = published + timedelta(days=step * 15)
        entry = rows.add(
            Entry,
            list=item.list,
            item=item,
            seq=chain.seq,
            verb=verb,
            by=office,
            role="supervisor" if verb == "sign_off" else "office",
            happened_on=day,
            written_at=make_aware(datetime(day.year, day.month, day.day, 9)),
        )
        rows.add(EntryWords, entry=entry, text=NEWS, post="设备副厂长")
    item.last_entry = item.last_news = entry
    return [NEWS]


if __name__ == "__main__":
    make(*map(int, sys.argv[1:]))

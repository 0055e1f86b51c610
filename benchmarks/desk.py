"""Measure the desk: questions and milliseconds, on lists of 18 and 5,000 items.

    .venv/bin/python benchmarks/desk.py [items ...]

It works in a SQLite database of its own, gone when it ends. Each figure is the best of five.
"""

import os
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
folder = tempfile.TemporaryDirectory(prefix="welfare-benchmark-")
os.environ["VAR_DIR"] = folder.name
os.environ["DATABASE_URL"] = f"sqlite:///{folder.name}/db.sqlite3"
os.environ |= {"DJANGO_SETTINGS_MODULE": "welfare.settings", "SECRET_KEY": "x", "HTTP_ONLY": "1"}

import django

django.setup()

import time_machine
from django.core.management import call_command
from django.db import connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from items import queries
from items.guards import triggers
from items.models import Entry, EntryWords, Item, ItemList, Measure, Notice, UnitShare
from items.queries.queues import QUEUES
from items.rules.gaps import gaps_of_published
from items.states import Status
from tests import factories
from tests.factories import PUBLISHED_ON, at

TODAY = PUBLISHED_ON + timedelta(days=90)
POSTS = 40  # of owners, and as many of supervisors


def main(sizes):
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    for size in sizes:
        with transaction.atomic():
            item_list, people = generated(size)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"\n{size} items, {Entry.objects.filter(list=item_list).count()} entries")
        with time_machine.travel(at(TODAY), tick=False):
            for name, ask in [*asked(item_list, people), *pages(item_list, people)]:
                print(f"  {name:28} {measured(ask)}")


def measured(ask):
    with CaptureQueriesContext(connection) as queries_asked:
        ask()
    count = len(queries_asked)  # now: each further request empties the log
    best = min(timed(ask) for _n in range(5))
    return f"{count:3} questions {best:8.1f} ms"


def timed(ask):
    begun = time.perf_counter()
    ask()
    return (time.perf_counter() - begun) * 1000


def asked(item_list, people):
    """Yield what is measured: a name, and the question."""
    for side, person in people.items():
        yield f"desk, {side}", lambda p=person: queries.desk(p, TODAY)
    for key, queue in QUEUES.items():
        for side in sorted(queue.sides):
            person = people[side]
            yield f"queue {key}, {side}", lambda k=key, p=person: queries.queue(k, p, TODAY)
    office = people["office"]
    yield "visible items, count", lambda: Item.objects.visible_to(office, TODAY).count()
    yield "visible lists", lambda: list(ItemList.objects.visible_to(people["owner"], TODAY))
    yield "gaps of a published list", lambda: gaps_of_published([item_list], TODAY)
    yield "meeting pack", lambda: queries.pack(item_list, TODAY)
    item = item_list.items.get(number=7)
    for side, person in people.items():
        yield f"item, {side}", lambda p=person: queries.item_desk(item, p, TODAY)


def pages(item_list, people):
    """Yield each page of the desk, as a browser gets it."""
    at_list = f"/desk/lists/{item_list.slug}/"
    for side, person in people.items():
        client = Client(headers={"host": "localhost"})
        client.force_login(person)
        client.get("/desk/")  # the first page of a session writes when it was last seen
        yield f"page desk, {side}", lambda c=client: read(c, "/desk/")
        yield f"page item, {side}", lambda c=client: read(c, f"{at_list}7/")
        yield f"page list, {side}", lambda c=client: read(c, at_list)
    yield "page overdue, office", lambda: read(client, "/desk/overdue/")
    yield "page form, office", lambda: read(client, f"{at_list}6/set_task/")
    yield "page posts, office", lambda: read(client, "/desk/posts/")
    yield "page pack, office", lambda: read(client, f"{at_list}pack/")


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)


def generated(size):
    """Return a list of so many items and a person of each side; written past the actions."""
    triggers.remove(connection)
    committee = factories.Committee(parent=factories.Committee())
    columns = {"status": "published", "published_on": PUBLISHED_ON}
    item_list = factories.ItemList(committee=committee, **columns)
    office = factories.office(committee)
    owners, supervisors = (factories.Post.create_batch(POSTS, committee=committee) for _n in "ab")
    for post in owners:
        post.is_leader = True
        post.save()
    unit = factories.Unit(committee=committee)
    unit.helpers.add(owners[0].holder(TODAY))
    items = Item.objects.bulk_create(
        draft(item_list, n, owners, supervisors) for n in range(1, size + 1)
    )
    Measure.objects.bulk_create(Measure(item=item, text="更换座椅") for item in items)
    UnitShare.objects.bulk_create(UnitShare(item=i, unit=unit, role="support") for i in items)
    write_ledger(item_list, items, office)
    people = {"owner": owners[0], "supervisor": supervisors[0]}
    return item_list, {s: p.holder(TODAY) for s, p in people.items()} | {"office": office}


def draft(item_list, number, owners, supervisors):
    # Most posts share out the items; the first of each has a third of them.
    at_post = 0 if number % 3 == 0 else number % POSTS
    return Item(
        list=item_list,
        number=number,
        title=f"改善休息室{number}",
        owner_post=owners[at_post],
        supervisor_post=supervisors[at_post],
        due=TODAY + timedelta(days=number % 60 - 20),
    )


# What each item's ledger says; requests wait on some items only.
STORY = ["publish", "start", "report_progress", "log_visit", "report_progress", "claim"]
REQUESTS = {"ask_extension": 50, "enter_for_owner": 70, "set_task": 20}  # on every nth item
STATUSES = [Status.NOT_STARTED, Status.IN_PROGRESS, Status.IN_PROGRESS, Status.PENDING_CHECK]


def write_ledger(item_list, items, office):
    """Write every item's entries, and put the item where its last ones say."""
    entries = [each for item in items for each in story(item_list, item, office)]
    for seq, each in enumerate(entries, start=1):
        each.seq = seq
    plain(Entry).bulk_create(entries)
    plain(EntryWords).bulk_create(EntryWords(entry=e, salt="", text="正在办") for e in entries)
    told = [e for e in entries if e.verb == "claim"]
    Notice.objects.bulk_create(Notice(person=office, entry=each) for each in told)
    last = {entry.item_id: entry for entry in entries}
    for item in items:
        item.status = STATUSES[item.number % len(STATUSES)]
        item.first_due, item.published_on, item.started_on = item.due, PUBLISHED_ON, PUBLISHED_ON
        item.claimed_on = item.done_on = TODAY if item.status == Status.PENDING_CHECK else None
        item.last_entry = item.last_news = last[item.pk]
    fields = "status first_due published_on started_on claimed_on done_on last_entry last_news"
    plain(Item).bulk_update(items, fields.split(), batch_size=500)


def story(item_list, item, office):
    """Yield an item's entries, which end on a day that differs from item to item."""
    requests = [verb for verb, nth in REQUESTS.items() if item.number % nth == 0]
    for step, verb in enumerate([*STORY, *requests]):
        day = PUBLISHED_ON + timedelta(days=step * (item.number % 12))
        yield Entry(
            list=item_list,
            item=item,
            verb=verb,
            by=office,
            role="supervisor" if verb == "log_visit" else "office",
            happened_on=day,
            written_at=at(day),
            facts=FACTS.get(verb, {}),
            public=verb not in REQUESTS,
        )


SOON = (TODAY + timedelta(days=7)).isoformat()
FACTS = {"set_task": {"who": "owner", "by_when": SOON}}
FACTS["ask_extension"] = {"old_due": SOON, "new_due": SOON}


def plain(model):
    """Return a queryset that writes past the model's own refusals."""
    return models.QuerySet(model)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [18, 5_000])

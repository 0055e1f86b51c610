"""Real sites to look at, as `make run` serves them: each has its own process and database."""

import os
import shutil
import sqlite3
import subprocess
import time
from contextlib import ExitStack, contextmanager, suppress
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.ports import free_port

ROOT = Path(__file__).parents[2]
MANAGE = (".venv/bin/python", "manage.py")
PASSWORD = "demonstration"  # of the demonstration's accounts
WAIT = 90  # seconds for a site to start on a busy machine
OF_THE_TESTS = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "SITE_URL")

# The demonstration's list on the day of its publication: nothing has been done yet.
NOTHING_DONE = """
from django.utils.timezone import localdate
from items.demo import story
story.Story._play = story.Story._verdicts = story.Story._assessments = lambda *told: None
story.Story._bulletin = story.Story._next_bulletin = lambda *told: None
story.load("a password", localdate())
"""

# Next year's list, of which little is written yet
NEXT_YEAR = """
from datetime import date
from django.utils.timezone import localdate
from items import actions
from items.models import ItemList, Person
from items.words import Words
committee = ItemList.objects.get().committee
office = Person.objects.get(username="office")
told = {"slug": "next-year", "name": "明年的清单", "year": localdate().year + 1}
draft = actions.create_list(committee, by=office, **told)
promise = {"title": "翻新食堂", "due": date(localdate().year + 1, 5, 1)}
actions.write_draft(draft, 1, actions.Draft(promise, measures=[Words("换新餐桌")]), by=office)
days = {"opens_on": localdate(), "closes_on": localdate(), "answer_by": localdate()}
said = {"title": "下一步办什么，请您说", "purpose": "从您这里开始。", "issuer": "活动办公室"}
actions.issue_call(actions.write_call(committee, by=office, **said, **days), by=office)
actions.write_draft(draft, 2, actions.Draft({"title": "修补道路", "due_words": "尽快"}), by=office)
"""

# A suggestion that waits, one like it, and the draft of a call, where a registry can name them
SUGGESTED = """
from datetime import timedelta
from django.utils.timezone import localdate
from items import actions
from items.models import Call, ItemList, Suggestion
committee = ItemList.objects.exclude(slug="next-year").get().committee
today = localdate()
told = {"received_on": today - timedelta(20), "answer_by": today - timedelta(5)}
told_by = [(7, "休息室没有空调，夏天太热。"), (8, "希望休息室装空调"), (9, "浴室太挤")]
for key, words in told_by:
    row = Suggestion(pk=key, committee=committee, words=words, code_hash=str(key) * 64, **told)
    row.save(force_insert=True)
office = committee.roles.filter(kind="office").first().person
actions.decline(Suggestion.objects.get(pk=9), by=office, reason="not_ours", text="不归厂里管")
actions.settle(Suggestion.objects.get(pk=8), by=office, text="三楼休息室装了空调，已试过。")
actions.appeal(Suggestion.objects.get(pk=9), words="没有人来看过，晚班下来要排队。")
days = {"opens_on": today, "closes_on": today + timedelta(9), "answer_by": today + timedelta(19)}
told = {"title": "征求意见", "purpose": "说说心里话", "issuer": "活动办公室", **days}
Call(pk=77, committee=committee, **told).save(force_insert=True)
"""


class Site:
    """A site that runs in a folder of its own."""

    def __init__(self, folder, *, demo=False):
        self.folder = folder
        (folder / "demo-password").write_text(PASSWORD)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **{name: text for name, text in os.environ.items() if name not in OF_THE_TESTS},
            "VAR_DIR": str(folder),
            "DEMO_PASSWORD_FILE": str(folder / "demo-password"),
            "DEMO": str(int(demo)),
            "PORT": str(self.port),
        }

    def __enter__(self):
        with (self.folder / "log").open("w") as log:
            self.process = subprocess.Popen(
                ["scripts/run.sh"], cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        return self

    def __exit__(self, *failure):
        self.process.terminate()
        self.process.wait()

    def wait(self):
        """Wait until the site answers."""
        for _ in range(WAIT * 5):
            with suppress(OSError), urlopen(self.url):
                return
            assert self.process.poll() is None, (self.folder / "log").read_text()
            time.sleep(0.2)
        raise TimeoutError((self.folder / "log").read_text())

    def run(self, *command):
        """Run a command as the site's."""
        own = self.environment | {"HTTP_ONLY": "1"}
        subprocess.run(command, cwd=ROOT, env=own, check=True, stdout=subprocess.DEVNULL)

    def lose(self, table):
        """Take a table away from the running site, so that its pages fail."""
        with sqlite3.connect(self.folder / "db.sqlite3") as database:
            database.execute(f"DROP TABLE {table}")
            database.execute("UPDATE items_revision SET number = number + 1")
        database.close()
        self.wait_for_the_fault()

    def wait_for_the_fault(self):
        """Wait until the front has seen the change: until then it hands out the page it has."""
        for _ in range(WAIT * 5):
            try:
                urlopen(self.url).close()
            except HTTPError as answer:
                if answer.code == HTTPStatus.SERVICE_UNAVAILABLE:
                    return
            time.sleep(0.2)
        raise TimeoutError("The home is still shown.")


class Sites(dict):
    """The addresses of the sites by name; each site starts when it is first asked for."""

    def __init__(self, folder, running):
        self.folder, self.running = folder, running
        self.ready = prepared(folder)

    def __missing__(self, name):
        own = shutil.copytree(self.ready, self.folder / name)
        site = self.running.enter_context(Site(own, demo=name == "demo"))
        site.wait()
        FIRST[name](site)
        self[name] = site.url
        return site.url


def told(story):
    """Return what tells a story to a site."""
    return lambda site: site.run(*MANAGE, "shell", "--verbosity", "0", "-c", story)


# What happens on each site before anybody looks
FIRST = {
    "demo": told(NEXT_YEAR + SUGGESTED),
    "early": told(NOTHING_DONE),
    "empty": lambda site: None,
    "broken": lambda site: site.lose("items_itemlist"),
}


@contextmanager
def every_site(folder):
    """Run a site in each state for whoever asks; give their addresses by name."""
    with ExitStack() as running:
        yield Sites(folder, running)


def prepared(folder):
    """Return a folder with an empty database and the static files: making them takes longest."""
    ready = folder / "ready"
    ready.mkdir()
    site = Site(ready)
    site.run(*MANAGE, "migrate", "--verbosity", "0")
    site.run("scripts/static.sh")
    return ready

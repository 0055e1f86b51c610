"""Play the story of one list through the actions, so that its ledger is real."""

import csv
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from items import actions
from items.actions.draft import named, named_post
from items.demo import drawings
from items.demo.voices import Voices
from items.guards import triggers
from items.models import (
    Category,
    Committee,
    ItemList,
    Occasion,
    Organisation,
    Person,
    Place,
    Role,
    Theme,
    Unit,
    UnitShare,
)
from items.words import Words

TOLD_ON = date(2021, 9, 27)  # the day on which the story was told
APPOINTED_ON = date(2021, 3, 1)
PUBLISHED_ON = date(2021, 5, 10)
ROLES = {"office": Role.Kind.OFFICE, "auditor": Role.Kind.AUDITOR}
OWNER_SPEAKS = {"start", "report_progress", "deliver", "claim", "ask_extension"}
OWNER_SPEAKS |= {"plan_occasion", "hold_occasion", "call_off_occasion"}


def table(name: str) -> list[dict]:
    """Return the rows of one of the story's tables."""
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def text(name: str) -> str:
    return (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8")


def story() -> list[dict]:
    """Return the events in order, each day's photos after its other events."""
    photos = [{**row, "verb": "photo"} for row in table("photos")]
    return sorted([*table("events"), *photos], key=lambda event: event["on"])


def accounts() -> list[str]:
    return [row["account"] for row in table("people")]


def load(password: str, told_on: date) -> ItemList:
    """Load the story so that its 27 September 2021 falls on `told_on`.

    Each act of it is a transaction of its own, as always. A database that was empty before is
    emptied again where the loading ends too early, so that no half story is left.
    """
    was_empty = not (Organisation.objects.exists() or Person.objects.exists())
    try:
        return Story(told_on - TOLD_ON).load(password)
    except BaseException:
        if was_empty:
            empty()
        raise


def empty() -> None:
    """Empty the database; its guards, which refuse that, come back with the signal after it."""
    triggers.remove(connection)
    call_command("flush", interactive=False, verbosity=0)


class Story:
    """The story, moved by a number of days."""

    def __init__(self, shift: timedelta):
        self.shift = shift
        self.people = {}

    def load(self, password: str) -> ItemList:
        committee = self._committees()
        self._people(committee, password)
        item_list = self._draft(committee)
        actions.publish_list(item_list, by=self.people["office"], now=self.moment(PUBLISHED_ON))
        for order, event in enumerate(story()):
            self._play(item_list, event, order)
        self._visits()
        self._voices(item_list)
        self._see_old_notices()
        return item_list

    def day(self, iso: str | date) -> date:
        return date.fromisoformat(str(iso)) + self.shift

    def moment(self, iso, order=0) -> datetime:
        """Return a time of that day; later events of the story come later in it."""
        clock = datetime.combine(self.day(iso), time(8, 30)) + timedelta(minutes=order)
        return timezone.make_aware(clock)

    def _committees(self):
        company = Organisation.objects.create(
            name="示范钢铁有限责任公司",
            name_en="Model Steel Company Limited",
            short_name="示范钢铁",
            short_name_en="Model Steel",
            demonstration=True,
        )
        above = Committee.objects.create(
            organisation=company,
            slug="model-steel",
            name="示范钢铁公司党委",
            name_en="Party committee of Model Steel",
        )
        return Committee.objects.create(
            organisation=company,
            parent=above,
            slug="ironmaking",
            name="炼铁厂党委",
            name_en="Party committee of the ironmaking plant",
        )

    def _people(self, committee, password):
        for row in table("people"):
            person = Person(username=row["account"], name=row["person"])
            person.is_superuser = row["kind"] == "administrator"
            person.is_staff = row["kind"] in ("administrator", "office")  # may enter the admin
            person.set_password(password)
            person.save()
            self.people[row["account"]] = person
            if row["kind"] in ROLES:
                Role.objects.create(person=person, committee=committee, kind=ROLES[row["kind"]])
        since = self.day(APPOINTED_ON)
        for row in filter(lambda row: row["post"], table("people")):
            post = named_post(committee, row["post"], is_leader=row["kind"] == "leader")
            post.name_en = row["post_en"]
            post.save()
            by, now = self.people["admin"], self.moment(APPOINTED_ON)
            actions.appoint(post, self.people[row["account"]], by=by, since=since, now=now)

    def _draft(self, committee):
        office, year = self.people["office"], self.day(TOLD_ON).year
        for row in table("units"):
            named(Unit, committee, Words(row["name"], row["name_en"]), kind=row["kind"])
        item_list = actions.create_list(
            committee,
            by=office,
            slug=f"ironmaking-{year}",
            year=year,
            name=f"{year}年“我为群众办实事”项目清单",
            name_en=f"“I do practical things for the masses”: the list of {year}",
            programme="党史学习教育",
            programme_en="Part of the campaign to study the Party’s history",
        )
        for row in table("places"):
            place = named(Place, committee, Words(row["name"], row["name_en"]))
            place.parent = committee.places.filter(name=row["in"]).first()
            place.save()
        actions.publish_plan(item_list, by=office, plan=text("plan"), plan_en=text("plan_en"))
        for row in table("list"):
            draft = self._draft_of(committee, row)
            actions.write_draft(item_list, int(row["no"]), draft, by=office)
        return item_list

    def _draft_of(self, committee, row):
        theme = row["theme"] or None
        measures = zip(row["measures"].split(";"), row["measures_en"].split("; "), strict=True)
        return actions.Draft(
            fields={
                **{name: row[name] for name in ["title", "title_en", "problem", "problem_en"]},
                "term": row["term"],
                "count_unit": row["count_unit"],
                "category": named(Category, committee, Words(row["category"], row["category_en"])),
                "theme": theme and named(Theme, committee, Words(theme, row["theme_en"])),
                "place": named(Place, committee, Words(row["place"], row["place_en"])),
                "owner_post": named_post(committee, row["owner"], is_leader=True),
                "supervisor_post": named_post(committee, row["supervisor"], is_leader=False),
                "due": self.day(row["due"]),
                "target_count": int(row["target"]) if row["target"] else None,
                "hardship": row["category"] == "困难帮扶",
                "illustrative": row["basis"] == "illustrative",
            },
            measures=[Words(zh, en) for zh, en in measures],
            shares=[(named(Unit, committee, Words(row["lead_unit"])), UnitShare.Role.LEAD)],
        )

    def _visits(self):
        """Let the leaders write down where they went and what they heard."""
        for row in table("visits"):
            leader, now = self.people[row["account"]], self.moment(row["on"])
            post = leader.holdings.get().post
            actions.log_site_visit(
                post,
                by=leader,
                went_on=self.day(row["on"]),
                place=post.committee.places.get(name=row["place"]),
                location=row["location"],
                heard=row["heard"],
                now=now,
            )

    def _play(self, item_list, event, order):
        item = item_list.items.get(number=event["no"])
        now = self.moment(event["on"], order)
        play = getattr(self, f"_{event['verb']}")
        play(item, event, by=self._actor(item, event["verb"], now), now=now)

    def _actor(self, item, verb, now):
        if verb == "decide_extension":
            return self.people["office"]
        post = item.owner_post if verb in OWNER_SPEAKS else item.supervisor_post
        return post.holder(timezone.localdate(now))

    def _voices(self, item_list):
        told = {"day": self.day, "moment": self.moment}
        Voices(item_list, self.people["office"], **told).tell()

    def _see_old_notices(self):
        """Let everybody have seen what is older than a week, as people do."""
        since = self.day(TOLD_ON) - timedelta(days=7)
        for person in self.people.values():
            old = person.notices.filter(entry__happened_on__lt=since)
            keys = list(old.values_list("entry", flat=True))
            actions.see_notices(person, keys, now=self.moment(since))

    def _photo(self, item, event, by, now):
        """Add a drawing as a photo; the office releases it on the same day."""
        entry = actions.add_photo(
            item,
            by=item.owner_post.holder(timezone.localdate(now)),
            file=drawings.drawn(getattr(drawings, event["drawing"])),
            side=event["side"],
            spot_title=event["spot"],
            words=event["words"],
            words_en=event["words_en"],
            spot_title_en=event["spot_en"],
            now=now,
        )
        actions.release_photo(entry.photo, by=self.people["office"], now=now)

    def _start(self, item, event, **who):
        actions.start_item(item, **who)

    def _report_progress(self, item, event, **who):
        actions.report_progress(item, text=event["text"], **how_far(event), **who)

    def _deliver(self, item, event, **who):
        """Hand out what the delivery list says of that day."""
        said = (event["no"], event["on"])
        for row in table("deliveries"):
            if (row["no"], row["on"]) != said:
                continue
            place = named(Place, item.list.committee, Words(row["place"], row["place_en"]))
            what = {name: row[name] for name in ("what", "team", "received_by")}
            day = self.day(row["on"])
            count = int(row["count"])
            actions.deliver(item, count=count, place=place, received_on=day, **what, **who)

    def _plan_occasion(self, item, event, **who):
        """Set the dates that the story sets on that day."""
        for row in table("occasions"):
            if (row["no"], row["set_on"]) == (event["no"], event["on"]):
                place = named(Place, item.list.committee, Words(row["place"], row["place_en"]))
                said = {"what": row["what"], "on": self.day(row["on"]), "place": place}
                actions.plan_occasion(item, **said, **who)

    def _hold_occasion(self, item, event, **who):
        actions.hold_occasion(next_of(item), text=event["text"], **who)

    def _call_off_occasion(self, item, event, **who):
        actions.call_off_occasion(next_of(item), reason=event["text"], **who)

    def _claim(self, item, event, **who):
        done_on = self.day(event["done_on"])
        shown = {"note": event["text"], "evidence": event["evidence"]}
        actions.claim_item(item, done_on=done_on, **shown, **who)

    def _sign_off(self, item, event, **who):
        done_on, how = self.day(event["done_on"]), event["how"]
        actions.sign_off_item(item, found=event["text"], how=how, done_on=done_on, **who)

    def _send_back(self, item, event, **who):
        actions.send_back_item(item, reason=event["text"], **who)

    def _log_visit(self, item, event, **who):
        actions.log_visit(item, seen=event["text"], how=event["how"], **who)

    def _ask_extension(self, item, event, **who):
        new_due = self.day(date(2021, 12, 31))
        actions.ask_extension(item, reason=event["text"], new_due=new_due, **who)

    def _decide_extension(self, item, event, **who):
        actions.decide_extension(item, agreed=True, reason=event["text"], **who)


def next_of(item) -> Occasion:
    """Return the item's next date, in the state of the item that is at hand."""
    occasion = item.occasions.open().first()
    occasion.item = item
    return occasion


def how_far(event) -> dict:
    """Return the count or the percent of a report, where it gives one."""
    if event["count"]:
        return {"done_count": int(event["count"])}
    return {"percent": Decimal(event["percent"])} if event["percent"] else {}

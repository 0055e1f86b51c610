"""Demonstration data: the story of one list, played through the actions so its ledger is real."""

import csv
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from items import actions
from items.actions.names import named, named_post
from items.demo import drawings
from items.demo.suggestions import Suggestions
from items.exports.article import compose
from items.guards import triggers
from items.models import (
    Category,
    Committee,
    ItemList,
    Measure,
    Occasion,
    Organisation,
    Person,
    Place,
    Role,
    Suggestion,
    Theme,
    Unit,
    UnitShare,
)
from items.rules import lot
from items.states import Grade
from items.words import OfficeContact, Words

LAST_DAY = date(2021, 9, 27)  # the story's today
APPOINTED_ON = date(2021, 3, 1)
PUBLISHED_ON = date(2021, 5, 10)
ROLES = {"office": Role.Kind.OFFICE, "auditor": Role.Kind.AUDITOR}
OWNER_VERBS = {"start", "report_progress", "deliver", "claim", "ask_extension"}
OWNER_VERBS |= {"plan_occasion", "hold_occasion", "call_off_occasion"}


def table(name: str) -> list[dict]:
    """Return the rows of one of the story's tables."""
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def text(name: str) -> str:
    """Return one of the story's longer texts."""
    return (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8")


def events() -> list[dict]:
    """Return the events in order of their days, the photos of a day after its other events."""
    photos = [{**row, "verb": "photo"} for row in table("photos")]
    return sorted([*table("events"), *photos], key=lambda event: event["on"])


def accounts() -> list[str]:
    """Return the login names of the demonstration."""
    return [row["account"] for row in table("people")]


def load(password: str, last_day: date) -> ItemList:
    """Load the story so that its 27 September 2021 falls on `last_day`.

    Each act of it is a transaction of its own, as always. A database that was empty before is
    emptied again where the loading ends too early, so that no half story is left.
    """
    was_empty = not (Organisation.objects.exists() or Person.objects.exists())
    try:
        return Story(last_day - LAST_DAY).load(password)
    except BaseException:
        if was_empty:
            empty()
        raise


OFFICE = OfficeContact(  # no number in China begins with 0 behind its area code
    room=Words("办公楼203室", "Office building, room 203"),
    phone="0790-0123456",
    hours=Words("周一至周五 8:00—17:00", "Monday to Friday, 8:00 to 17:00"),
)


DELEGATES = ("职工代表团（组）长联席会议", "2021-09-24")
COMMITTEE = ("厂党委会", "2021-09-25")  # it waits to be issued
BULLETINS = (
    {
        "on": "2021-08-31",
        "foreword": "清单公布以来，各项实事陆续办起来了。"
        "哪件办好了、哪件还在办、卡在哪里，下面一件一件照实说。",
        "foreword_en": "Since the list was published, work has begun on one matter after another."
        " What is done, what isn’t, and what stands in the way is told below, matter by matter.",
    },
    {
        "on": "2021-09-26",
        "foreword": "这一期又有几件核查通过。还在办的，请大家继续盯着；哪里办得不好，请直接说。",
        "foreword_en": "Some more have passed the check. Please keep an eye on what is still"
        " being done; where it was done badly, say so.",
    },
)
AFTERWARDS = 300  # minutes, when all else of the day is told
BALLOTS = {"members": 45, "present": 41, "given": 41, "returned": 40, "valid": 39, "invalid": 1}
RULE = {"majority": "half", "basis": "members", "put_right_days": 30}
HEARD = "已列入清单第{number}件。"  # what became of what a leader heard
HEARD_ANSWERED_ON = "2021-05-06"


def empty() -> None:
    """Empty the database; its guards, which refuse that, come back with the signal after it."""
    triggers.remove(connection)
    call_command("flush", interactive=False, verbosity=0)


class Story:
    """The story, with its dates shifted."""

    def __init__(self, shift: timedelta):
        self.shift = shift
        self.people = {}

    def load(self, password: str) -> ItemList:
        """Load everything, and return the list as it stands on the last day."""
        committee = self._committees()
        self._people(committee, password)
        actions.set_office_contact(committee, OFFICE, by=self.people["office"])
        item_list = self._draft(committee)
        secretary = committee.posts.get(name="党委书记")
        actions.name_releasing_post(committee, secretary, by=self.people["office"])
        reviewing = [committee.posts.get(name=name) for name in ("工会主席", "纪委书记")]
        actions.name_review_posts(committee, *reviewing, by=self.people["office"])
        actions.publish_list(item_list, by=self.people["office"], now=self.moment(PUBLISHED_ON))
        quarter = self.day(PUBLISHED_ON)
        self._site_visits()
        self._answer_what_was_heard(item_list)
        self._suggestions(item_list)
        waiting = list(BULLETINS)
        for order, event in enumerate(events()):
            if event["on"] > waiting[0]["on"]:
                self._bulletin(item_list, waiting.pop(0))
            quarter = self._draw(quarter, event["on"])
            self._play(item_list, event, order)
        self._draw(quarter, LAST_DAY)
        self._verdicts(item_list)
        self._assessments(item_list)
        self._bulletin(item_list, waiting.pop())
        self._next_bulletin(item_list)
        self._mark_old_notices_seen()
        return item_list

    def day(self, iso: str | date) -> date:
        """Return a day of the story, shifted."""
        return date.fromisoformat(str(iso)) + self.shift

    def moment(self, iso: str | date, order: int = 0) -> datetime:
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
        office, year = self.people["office"], self.day(LAST_DAY).year
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
        criteria = zip(row["criteria"].split(";"), row["criteria_en"].split("; "), strict=True)
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
            criteria=[Words(zh, en) for zh, en in criteria if zh],
            shares=[(named(Unit, committee, Words(row["lead_unit"])), UnitShare.Role.LEAD)],
        )

    def _draw(self, last: date, until: str | date) -> date:
        """Draw what is looked back at for each quarter that ends meanwhile, as the clock does."""
        while lot.next_quarter(lot.quarter_of(last)) <= self.day(until):
            last = lot.next_quarter(lot.quarter_of(last))
            actions.draw_look_backs(last)
        return last

    def _site_visits(self):
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
                matters=[row["matter"]],
                now=now,
            )

    def _answer_what_was_heard(self, item_list):
        """Let what the leaders heard become items."""
        now = self.moment(HEARD_ANSWERED_ON)
        for row in table("visits"):
            for suggestion in Suggestion.objects.filter(visit__isnull=False, words=row["matter"]):
                item = item_list.items.get(number=row["became"])
                answer = {"items": [item], "text": HEARD.format(number=item.number)}
                actions.adopt(suggestion, by=self.people["office"], now=now, **answer)

    def _assessments(self, item_list):
        """Let the workers' delegates judge what is resolved, and enter what the committee found."""
        rows = {
            int(row["no"]): BALLOTS | {name: int(row[name]) for name in row.keys() - {"no"}}
            for row in table("assessment")
        }
        first = next(iter(rows))
        for judged, (body, day) in ((rows, DELEGATES), ({first: rows[first]}, COMMITTEE)):
            drawn_up = actions.write_assessment(
                item_list,
                by=self.people["office2"],
                rows=judged,
                body=body,
                held_on=self.day(day),
                scrutineers="纪委书记",
                tellers="甲、乙两班职工代表",
                now=self.moment(day, AFTERWARDS),
                **RULE,
            )
            if day != COMMITTEE[1]:
                by, now = self.people["office"], self.moment(day, AFTERWARDS + 1)
                actions.issue_assessment(drawn_up, by=by, now=now)

    def _bulletin(self, item_list, told):
        """Prepare a bulletin on its day, which the secretary approved on paper, and issue it."""
        day, now = self.day(told["on"]), self.moment(told["on"], AFTERWARDS + 2)
        secretary = item_list.committee.posts.get(name="党委书记")
        draft = actions.write_bulletin(
            item_list,
            by=self.people["office2"],
            foreword=told["foreword"],
            foreword_en=told["foreword_en"],
            signed_post=secretary,
            signed_name=secretary.holder(day).name,
            signed_on=day,
            now=now,
        )
        said = {"seen": compose(draft, day).seen, "compose": compose, "now": now}
        actions.issue_bulletin(draft, by=self.people["office"], **said)

    def _next_bulletin(self, item_list):
        """Leave a draft that waits for the secretary, who approves and issues it on one page."""
        by, now = self.people["office2"], self.moment(BULLETINS[-1]["on"], AFTERWARDS + 3)
        draft = actions.write_bulletin(item_list, by=by, now=now)
        actions.ask_for_bulletin(draft, by=by, now=now)

    def _play(self, item_list, event, order):
        item = item_list.items.get(number=event["no"])
        now = self.moment(event["on"], order)
        play = getattr(self, f"_{event['verb']}")
        play(item, event, by=self._actor(item, event["verb"], now), now=now)

    def _actor(self, item, verb, now):
        if verb == "decide_extension":
            return self.people["office"]
        post = item.owner_post if verb in OWNER_VERBS else item.supervisor_post
        return post.holder(timezone.localdate(now))

    def _verdicts(self, item_list):
        """Let workers say whether it is done, each from a phone of their own."""
        for row in table("verdicts"):
            item = item_list.items.get(number=row["no"])
            for grade in Grade.values:
                for phone in range(int(row[grade])):
                    bits = f"{row['on']} {grade} {phone}"
                    now = self.moment(row["on"])
                    actions.give_verdict(item, grade=grade, browser=bits, now=now)
        actions.count_verdicts(self.day(LAST_DAY))

    def _suggestions(self, item_list):
        office = self.people["office"]
        Suggestions(item_list, office, day=self.day, moment=self.moment).load()

    def _mark_old_notices_seen(self):
        """Mark the notices that are older than a week as seen by everybody."""
        since = self.day(LAST_DAY) - timedelta(days=7)
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
        said = {name: event[name] for name in ("text", "blocked", "unblocker")}
        said |= {"measures": measures_of(item, event)}
        actions.report_progress(item, **said, **progress_of(event), **who)

    def _deliver(self, item, event, **who):
        """Hand out what the delivery list says of that day."""
        for row in table("deliveries"):
            if (row["no"], row["on"]) != (event["no"], event["on"]):
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
                day = self.day(row["on"])
                actions.plan_occasion(item, what=row["what"], on=day, place=place, **who)

    def _hold_occasion(self, item, event, **who):
        actions.hold_occasion(next_occasion(item), text=event["text"], **who)

    def _call_off_occasion(self, item, event, **who):
        actions.call_off_occasion(next_occasion(item), reason=event["text"], **who)

    def _claim(self, item, event, **who):
        done_on = self.day(event["done_on"])
        said = {"note": event["text"], "evidence": event["evidence"]}
        said |= {"measures": measures_of(item, event), "answers": answers_of(event)}
        actions.claim_item(item, done_on=done_on, **said, **who)

    def _sign_off(self, item, event, **who):
        said = {"found": event["text"], "how": event["how"], "answers": answers_of(event)}
        actions.sign_off_item(item, done_on=self.day(event["done_on"]), **said, **who)

    def _send_back(self, item, event, **who):
        put_right_by = timezone.localdate(who["now"]) + timedelta(days=30)
        said = {"reason": event["text"], "undone_measures": measures_of(item, event)}
        actions.send_back_item(item, put_right_by=put_right_by, **said, **who)

    def _log_visit(self, item, event, **who):
        actions.log_visit(item, seen=event["text"], how=event["how"], **who)

    def _ask_extension(self, item, event, **who):
        new_due = self.day(date(2021, 12, 31))
        actions.ask_extension(item, reason=event["text"], new_due=new_due, **who)

    def _decide_extension(self, item, event, **who):
        on = timezone.localdate(who["now"])
        decision = actions.Decision("炼铁厂党委会", on, f"纪要〔{on.year}〕9号")
        actions.decide_extension(item, agreed=True, reason=event["text"], decision=decision, **who)


def next_occasion(item) -> Occasion:
    """Return the item's next date, tied to this very item rather than to a fresh copy."""
    occasion = item.occasions.open().first()
    occasion.item = item
    return occasion


def measures_of(item, event) -> list[Measure]:
    """Return the measures that an event ticks, or unticks, by their numbers."""
    rows = list(item.measures.all())
    return [rows[int(number) - 1] for number in filter(None, event["measures"].split(";"))]


def answers_of(event) -> list[str]:
    """Return what a claim or a sign-off says of each line of what done looks like."""
    return event["answers"].split(";")


def progress_of(event) -> dict:
    """Return the count or the percent of a report, where it gives one."""
    if event["count"]:
        return {"done_count": int(event["count"])}
    return {"percent": Decimal(event["percent"])} if event["percent"] else {}

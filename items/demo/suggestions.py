"""The demonstration's suggestions: what workers suggested, and what the office answered."""

import csv
from datetime import date
from pathlib import Path

from django.utils import timezone

from items import actions
from items.demo import drawings
from items.models import Call, ItemList, Person, Suggestion
from items.privacy.receipt_codes import code_for
from items.suggestion_states import Channel, Found

SHOWN_ON = "2021-05-14"  # the day on which the answers were published
CALL = {
    "title": "“我为群众办实事”征求意见通知",
    "title_en": "What shall we do for you? A call for suggestions",
    "purpose": "今年的项目清单由职工来提。工作、生活、安全、吃饭、洗澡、上下班，"
    "哪里不方便、哪里该改进，请直接告诉我们。\n每一条都会答复：列入清单、当场解决，或者不采纳并说明理由。可以不留姓名。",
    "purpose_en": "This year’s list begins with you. Work, rest, safety, food, washing, the way"
    " to work: tell us what is in the way and what should be better.\nEach suggestion is answered:"
    " it becomes an item, is done at once, or isn’t adopted, with the reason. You needn’t give a"
    " name.",
    "issuer": "炼铁厂“我为群众办实事”活动办公室",
    "issuer_en": "Activity office of the ironmaking plant",
}
CALL_DAYS = {"opens_on": "2021-04-01", "closes_on": "2021-04-30", "answer_by": "2021-05-20"}
APPEALED, APPEALED_ON = "22", "2021-09-24"
APPEAL = "更衣楼的浴室西门开在生产区外面，家属不用进生产区。请再看一看。"
CONTACTS = {"25": {"name": "老陈", "contact": "分机 2207"}}  # by the suggestion's number


def rows() -> list[dict]:
    """Return the suggestions in the order in which they came."""
    with (Path(__file__).parent / "suggestions.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


class Suggestions:
    """Plays the suggestions through the actions.

    `day` and `moment` move a date of the story: to a day, and to a time on that day.
    """

    def __init__(self, item_list: ItemList, office: Person, *, day, moment):
        self.list, self.office, self.day, self.moment = item_list, office, day, moment
        self.suggestions = {}

    def load(self) -> None:
        """Issue the call, let the suggestions come in, and answer them."""
        self._call()
        for row in rows():
            self._send(row)
            self._sort(row)
        for row in rows():
            if row["into"]:
                self._merge(row)
        for row in rows():
            if row["done"]:
                self._answer(row)
        self._appeal()

    def _appeal(self):
        """Let one of those who got no item ask for another look, which waits."""
        suggestion = Suggestion.objects.get(pk=self.suggestions[APPEALED].pk)
        actions.appeal(suggestion, words=APPEAL, today=self.day(date.fromisoformat(APPEALED_ON)))

    def _call(self) -> Call:
        days = {name: self.day(day) for name, day in CALL_DAYS.items()}
        call = actions.write_call(self.list.committee, by=self.office, **CALL, **days)
        return actions.issue_call(call, by=self.office, now=self.moment(CALL_DAYS["opens_on"]))

    def _send(self, row):
        texts = {name: row[name] for name in ("words", "location")}
        came = self.day(date.fromisoformat(row["on"]))
        if row["channel"]:
            texts |= {"by": self.office, "received_on": came, "now": self.moment(row["on"])}
            sent = actions.enter_suggestion(
                self.list.committee, channel=Channel(row["channel"]), **texts
            )
        else:
            texts |= {"kind": row["kind"], "code": code_for("demonstration", row["no"])}
            contact = CONTACTS.get(row["no"], {})
            sent = actions.suggest(self.list.committee, today=came, **texts, **contact)
        self.suggestions[row["no"]] = sent

    def _check(self, suggestion, row):
        """Let a supervisor confirm what the office says was done, without a photo of it."""
        now = self.moment(row["checked"])
        by = self.list.items.get(number=1).supervisor_post.holder(timezone.localdate(now))
        said = {"found": Found.DONE, "text": row["found"]}
        actions.check_settled(suggestion, by=by, now=now, **said)

    def _sort(self, row):
        """Note which place it is about, for its public line."""
        if row["place"]:
            place = self.list.committee.places.get(name=row["place"])
            who = {"by": self.office, "now": self.moment(row["on"])}
            actions.sort(self.suggestions[row["no"]], place=place, **who)

    def _merge(self, row):
        now = self.moment(row["on"])
        into = Suggestion.objects.get(pk=self.suggestions[row["into"]].pk)
        actions.merge(self.suggestions[row["no"]], by=self.office, into=into, now=now)

    def _answer(self, row):
        suggestion = Suggestion.objects.get(pk=self.suggestions[row["no"]].pk)
        who = {"by": self.office, "now": self.moment(row["ended"])}
        answer = {"text": row["answer"]}
        if row["became"]:
            answer["items"] = [self.list.items.get(number=row["became"])]
        if row["reason"]:
            answer["reason"] = row["reason"]
        if row["drawing"]:
            answer["photos"] = [drawings.drawn(getattr(drawings, row["drawing"]))]
        getattr(actions, row["done"])(suggestion, **answer, **who)
        if row["checked"]:
            self._check(suggestion, row)
        if row["shown_words"]:
            words = {"words": row["shown_words"], "answer": row["shown_answer"]}
            who["now"] = self.moment(SHOWN_ON)
            actions.show_answer(suggestion, **words, **who)

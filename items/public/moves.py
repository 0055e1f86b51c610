"""What happened: each public entry of the ledger as one plain sentence, wherever it is told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items.models import Entry
from items.public import corrections
from items.public.entry_words import day_of, in_words, put_up, text_of
from items.public.sentences import brief
from items.states import MOVES, How, Kept, Outcome, Verb
from items.words import Words

# What is written of each item when a whole list begins: the list's own entry says it for all.
AT_ONCE = {Verb.PUBLISH, Verb.BRING_IN, Verb.CARRY_IN}
# What tells how the work goes. Being on a list doesn't.
NEWS = {Verb(verb) for verb, row in MOVES.items() if row.news} - AT_ONCE


@dataclass(frozen=True, slots=True)
class Move:
    """Something that happened to an item, or to its list as a whole."""

    number: int | None  # of the item; None: it is about the list
    title: Words
    status: str  # of the item today, a states.Status value
    late: bool  # the item is overdue today
    sentence: str
    happened_on: date
    written_on: date
    slug: str  # of its list
    committee: Words  # whose list it is
    hardship: bool = False  # help for families, which no picture shows alone


def move(entry: Entry, show_names: bool, today: date) -> Move:
    """Return an entry as a move; its item, where it has one, is as it stands today."""
    item = entry.item
    return Move(
        number=item.number if item else None,
        title=item.title_words if item else Words(),
        status=item.status if item else "",
        late=bool(item and item.overdue_days(today) > 0),
        sentence=sentence(entry, show_names),
        happened_on=entry.happened_on,
        written_on=timezone.localdate(entry.written_at),
        slug=entry.list.slug,
        committee=entry.list.committee.words,
        hardship=bool(item and item.hardship),
    )


def sentence(entry: Entry, show_names: bool) -> str:
    """Return what happened, then the person's own words, in short; erased words are left out."""
    what = WHAT[Verb(entry.verb)](entry)
    # A photo's words may be hidden again: they stand beside the photo alone.
    words = "" if entry.verb == Verb.RELEASE_PHOTO else brief(text_of(entry, show_names))
    if not what:
        what, words = (words or str(Verb(entry.verb).label)), ""
        pattern = _("%(part)s: %(what)s")
    else:
        pattern = _("“%(part)s” %(what)s")
    if part := in_words(entry.words.part, entry.words.part_en):
        what = pattern % {"part": part, "what": what}
    if not words:
        return what
    joined = _("%(what)s, %(words)s") if entry.verb in GOES_ON else _("%(what)s: %(words)s")
    return joined % {"what": what, "words": words}


# Whose words go on with the sentence; those of others give its reason.
GOES_ON = {Verb.START, Verb.RESUME, Verb.DELIVER, Verb.PLAN_OCCASION, Verb.HOLD_OCCASION}


def looked(how: str | None) -> str:
    """Return how the supervisor looked, as a sentence."""
    return {
        How.ON_SITE: _("the supervisor looked on site"),
        How.PHONE: _("the supervisor asked by phone"),
        How.MEETING: _("the supervisor asked in a meeting"),
    }.get(How(how) if how else None, _("the supervisor looked"))


def _only(words) -> Callable[[Entry], str]:
    return lambda entry: str(words)


def _own_words(entry):
    return ""  # they tell it by themselves


def _on_day(pattern, fact) -> Callable[[Entry], str]:
    return lambda entry: pattern % {"day": day_of(entry.facts[fact])}


def _delivered(entry):
    return _("%(count)s handed out") % {"count": entry.facts["count"]}


def _signed_off(entry):
    checked = looked(entry.facts.get("how"))
    return _("checked and signed off, %(looked)s") % {"looked": checked}


def _looked_back(entry):
    if entry.facts["kept"] == Kept.SLIPPED:
        return _("looked back: it has slipped back")
    return _("looked back: still good")


def _look_back_opened(entry):
    known, words = entry.facts, entry.words
    values = {"day": day_of(known["by_when"]), "post": in_words(words.new, words.new_en)}
    values["numbers"] = ", ".join(map(str, known["numbers"]))
    return _("%(post)s looks back until %(day)s at no. %(numbers)s") % values


def _sent_back(entry):
    if day := entry.facts.get("put_right_by"):
        pattern = _("the check found something missing, to be put right by %(day)s")
        return pattern % {"day": day_of(day)}
    return _("the check found something missing")


def _more_time(entry):
    if not entry.facts.get("agreed"):
        return _("more time was not agreed to")
    days = {name: day_of(entry.facts[name]) for name in ("old_due", "new_due")}
    return _("deadline moved from %(old_due)s to %(new_due)s") % days


def _more_time_for_part(entry):
    days = {name: day_of(entry.facts[name]) for name in ("old_due", "new_due")}
    return _("deadline moved from %(old_due)s to %(new_due)s") % days


def _unticked(entry):
    measures = " · ".join(in_words(entry.words.old, entry.words.old_en).splitlines())
    if not measures:
        return _("not done after all")
    return _("“%(part)s” %(what)s") % {"part": measures, "what": _("not done after all")}


def _handed_over(entry):
    values = {"post": in_words(entry.words.new, entry.words.new_en)}
    if entry.facts.get("duty") == "supervisor":
        return _("another post supervises it: %(post)s") % values
    return _("another post owns it: %(post)s") % values


def _corrected(entry):
    if "field" not in entry.facts:
        return _("words were erased")
    return _("corrected: %(what)s") % {"what": corrections.label_of(entry.facts["field"])}


def _renamed(entry):
    old, new = (
        in_words(entry.words.old, entry.words.old_en),
        in_words(entry.words.new, entry.words.new_en),
    )
    return _("“%(old)s” is now called “%(new)s”") % {"old": old, "new": new} if new else ""


def _published(entry):
    if total := entry.facts.get("total"):
        return _("the list is published, with %(total)s items") % {"total": total}
    return _("put on the list")


def outcome_of(entry: Entry) -> str:
    return str(Outcome(entry.facts["outcome"]).label)


# What each verb did, before the person's own words; "" where these say it by themselves.
WHAT: dict[Verb, Callable[[Entry], str]] = {
    Verb.PUBLISH: _published,
    Verb.BRING_IN: _own_words,
    Verb.CARRY_IN: _own_words,
    Verb.START: _only(gettext_lazy("work has begun")),
    Verb.REPORT_PROGRESS: _own_words,
    Verb.SAY_BLOCKED: _only(gettext_lazy("held up")),
    Verb.ENTER_FOR_OWNER: _own_words,
    Verb.RELEASE: _own_words,
    Verb.REFUSE_ENTRY: _own_words,
    Verb.DELIVER: _delivered,
    Verb.TAKE_BACK: _only(gettext_lazy("a delivery was taken back")),
    Verb.PLAN_OCCASION: _on_day(gettext_lazy("set for %(day)s"), "planned_on"),
    Verb.HOLD_OCCASION: _only(gettext_lazy("took place")),
    Verb.CALL_OFF_OCCASION: _only(gettext_lazy("a date was called off")),
    Verb.CLAIM: _only(gettext_lazy("the owner says it is done, the check is to come")),
    Verb.SIGN_OFF: _signed_off,
    Verb.SEND_BACK: _sent_back,
    Verb.LOG_VISIT: lambda entry: looked(entry.facts.get("how")),
    Verb.PUT_UP: put_up,
    Verb.TAKE_DOWN: _only(gettext_lazy("what was up for objections doesn’t take effect")),
    Verb.PUT_ON_HOLD: _only(gettext_lazy("put on hold")),
    Verb.RESUME: _only(gettext_lazy("work goes on after the hold")),
    Verb.WITHDRAW: _only(gettext_lazy("taken off the list")),
    Verb.REOPEN: _only(gettext_lazy("reopened")),
    Verb.BRING_BACK: _only(gettext_lazy("reopened")),
    Verb.REVIEW: lambda entry: _("reviewed: %(found)s") % {"found": outcome_of(entry)},
    Verb.LOOK_BACK: _looked_back,
    Verb.OPEN_VERDICT: _on_day(gettext_lazy("workers are asked until %(day)s"), "verdict_until"),
    Verb.ASK_EXTENSION: _on_day(gettext_lazy("the owner asks for time until %(day)s"), "new_due"),
    Verb.DECIDE_EXTENSION: _more_time,
    Verb.ADD_PART: _only(gettext_lazy("a part was added")),
    Verb.UNDO_PART: _only(gettext_lazy("not done after all")),
    Verb.EXTEND_PART: _more_time_for_part,
    Verb.UNDO_MEASURES: _unticked,
    Verb.REDUCE: _only(gettext_lazy("the promise became smaller")),
    Verb.HAND_OVER: _handed_over,
    Verb.APPOINT: _only(gettext_lazy("its post has a new holder")),
    Verb.CORRECT: _corrected,
    Verb.ANNOTATE: _own_words,  # the public never reads it
    Verb.SET_TASK: _own_words,
    Verb.FINISH_TASK: _own_words,
    Verb.URGE: _own_words,
    Verb.MAKE_LINK: _own_words,
    Verb.REVOKE_LINK: _own_words,
    Verb.ADD_PHOTO: _only(gettext_lazy("a photo was added")),
    Verb.RELEASE_PHOTO: _only(gettext_lazy("a photo was added")),
    Verb.HIDE_PHOTO: _only(gettext_lazy("a photo was taken away")),
    Verb.ADD_ITEM: _only(gettext_lazy("added to the list")),
    Verb.CLOSE_LIST: _only(gettext_lazy("the list is closed")),
    Verb.PUBLISH_PLAN: _only(gettext_lazy("the plan is published")),
    Verb.OPEN_LOOK_BACK: _look_back_opened,
    Verb.RENAME: _renamed,
    Verb.MARK_LEADER: _only(gettext_lazy("a post is marked as a leader’s, or no longer")),
    Verb.CARRY_OVER: _own_words,
    Verb.ISSUE_ASSESSMENT: _only(gettext_lazy("an assessment is issued")),
    Verb.ADD_ERRATUM: _on_day(gettext_lazy("an erratum to the assessment of %(day)s"), "held_on"),
    Verb.ISSUE_BULLETIN: lambda entry: _("bulletin no. %(bulletin)s is issued") % entry.facts,
    Verb.NAME_RELEASING_POST: _only(gettext_lazy("another post releases what the office enters")),
    Verb.NAME_REVIEW_POSTS: _only(gettext_lazy("other posts review what workers doubt")),
}

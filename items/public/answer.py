"""How an item stands, as one sentence that a worker is told first, and its path in four steps."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from items.public.item import ItemPage
from items.public.lists import Row
from items.public.moves import NEWS, looked
from items.public.sentences import (
    Mark,
    ago,
    announced,
    brief,
    deadline,
    history,
    promised_by,
    standing,
    timing,
)
from items.states import Status, Term, Verb
from items.words import day

IN_SHORT = {
    Status.NOT_STARTED: gettext_lazy("not started yet"),
    Status.IN_PROGRESS: gettext_lazy("not done yet"),
    Status.PENDING_CHECK: gettext_lazy("said to be done, not checked yet"),
    Status.RESOLVED: gettext_lazy("resolved"),
    Status.ON_HOLD: gettext_lazy("on hold"),
    Status.WITHDRAWN: gettext_lazy("taken off the list"),
}
RETURNED = {Verb.SEND_BACK, Verb.REOPEN, Verb.BRING_BACK}  # they say why by themselves
# A delivery that was taken back is no news, but must not stand as the latest there is.
# What is up for objections stands in a mark of its own, as long as it is up.
HEARD = NEWS - {Verb.PUT_UP} | {Verb.TAKE_BACK}
WORK = {Verb.START, Verb.REPORT_PROGRESS, Verb.RELEASE, Verb.DELIVER, Verb.HOLD_OCCASION}
DONE, NOW, TO_COME, STOPPED = "done", "now", "to_come", "stopped"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is to be said of an item before anything else."""

    headline: str
    quote: str = ""  # the words that the headline speaks of, where it doesn't hold them
    marks: tuple[Mark, ...] = ()  # when it was done or is due, how late, what held it up
    says_until: bool = False  # the headline says until when it is to be put right


@dataclass(frozen=True, slots=True)
class PathStep:
    """A step of an item's path: put on the list, begun, said to be done, checked."""

    label: str
    state: str  # "done", "now", "to_come", or "stopped": on hold or withdrawn
    on: date | None


def in_short(status: str, announced: str = "") -> str:
    """Return how an item stands in two or three words, for titles.

    `announced` is the act of it that is up for objections.
    """
    if announced == Verb.SIGN_OFF:
        return _("checked, up for objections")
    return str(IN_SHORT[Status(status)])


def answer(page: ItemPage) -> Answer:
    """Return the answer of an item's page, composed from its ledger."""
    status = Status(page.row.status)
    says = SAYS[status](page, _story(page))
    return replace(says, marks=(*says.marks, *_marks(page, says)))


def _story(page):
    """Return the public entries, those of earlier lists too, the latest first."""
    return [*page.timeline, *(event for before in page.earlier for event in before.timeline)]


def _latest(story, verbs):
    return next((event for event in story if event.verb in verbs), None)


def _with(short, words):
    return _("%(short)s: %(words)s") % {"short": short, "words": words} if words else str(short)


def _under_way(page, story):
    short, year = _first_up(in_short(page.row.status)), page.head.year
    latest = _latest(story, HEARD)
    if latest is None or latest.overturned_on:
        return Answer(short)
    if latest.verb == Verb.SEND_BACK and page.row.put_right_by:
        pattern = _("The check found something missing: %(reason)s; to be put right by %(day)s")
        values = {"reason": _ended(latest.text), "day": day(page.row.put_right_by, year)}
        return Answer(pattern % values if latest.text else _first_up(latest.said), says_until=True)
    if latest.verb in RETURNED:
        return Answer(_reopened(latest, story, year))
    if page.blocked:
        return _held_up(page.blocked, latest, year)
    seen = latest.verb == Verb.LOG_VISIT
    return Answer(_with(short, _seen(latest, year) if seen else latest.said))


def _held_up(blocked, latest, year):
    """Return what blocks the work and who could unblock it, before what was heard last."""
    values = {"words": _ended(blocked.words), "who": blocked.who}
    headline = _("Not done yet, held up: %(words)s") % values
    if blocked.who:
        headline = _("Not done yet, held up: %(words)s; it takes %(who)s") % values
    if latest.verb == Verb.LOG_VISIT:  # else its words would look like the owner's
        return Answer(headline, marks=_texts(_first_up(_seen(latest, year))))
    return Answer(headline, quote=_ended(latest.text))


def _seen(event, year):
    """Return how and when the supervisor looked, and what was found."""
    values = {"looked": looked(event.how), "day": day(event.happened_on, year)}
    if not event.text:
        return _("%(looked)s on %(day)s") % values
    return _("%(looked)s on %(day)s, “%(words)s”") % {**values, "words": _ended(event.text)}


def _reopened(event, story, year):
    signed = next((e for e in story if e.overturned_on and e.verb != Verb.CLAIM), None)
    if signed is None:
        return _first_up(event.said)
    values = {"reason": _ended(event.text), "day": day(signed.happened_on, year)}
    if not event.text:
        return _("Reopened: it had counted as resolved since %(day)s") % values
    return _("Reopened: it had counted as resolved since %(day)s, but %(reason)s") % values


def _claimed(page, story):
    if page.row.announced == Verb.SIGN_OFF:
        signed = next(event for event in story if event.announced == Verb.SIGN_OFF)
        return Answer(_first_up(announced(page.row, page.head.year)), quote=_ended(signed.text))
    claim = _latest(story, {Verb.CLAIM})
    if claim is None:  # a sheet brought it in so
        return Answer(_first_up(in_short(page.row.status)))
    n = (page.as_of - claim.happened_on).days
    if n <= 0:
        headline = _("The owner says it is done, today; the supervisor’s check is to come")
    else:
        headline = ngettext(
            "The owner says it is done; waiting for the supervisor’s check for %(n)d day",
            "The owner says it is done; waiting for the supervisor’s check for %(n)d days",
            n,
        ) % {"n": n}
    return Answer(headline, quote=_ended(claim.text))


def _resolved(page, story):
    short = in_short(Status.RESOLVED)
    if page.promise.term == Term.STANDING:
        short = _("done, and kept up for good")
    if any(review.is_open for review in page.reviews):
        short = _("it passed the check, and is being reviewed")
    signed = _latest(story, {Verb.SIGN_OFF})
    if signed is None or signed.overturned_on:
        brought = _latest(story, {Verb.BRING_IN, Verb.CARRY_IN})
        return Answer(_first_up(short), marks=_texts(brought and brought.text))
    return Answer(_with(_first_up(short), _seen(signed, page.head.year)))


def _stopped(verb):
    def says(page, story):
        short = _first_up(in_short(page.row.status))
        stop = _latest(story, {verb, Verb.BRING_IN})
        if stop is None or stop.verb == Verb.BRING_IN:
            return Answer(short, marks=_texts(stop and stop.text))
        return Answer(_with(short, _ended(stop.text)), marks=_texts(stop.decision))

    return says


SAYS = {
    Status.NOT_STARTED: _under_way,
    Status.IN_PROGRESS: _under_way,
    Status.PENDING_CHECK: _claimed,
    Status.RESOLVED: _resolved,
    Status.ON_HOLD: _stopped(Verb.PUT_ON_HOLD),
    Status.WITHDRAWN: _stopped(Verb.WITHDRAW),
}


def _ended(text):
    """Return the first words of a text, to stand within a sentence."""
    return brief(text).rstrip("。.")


def _texts(text):
    return (Mark("", text),) if text else ()


def _marks(page, says):
    row, year = page.row, page.head.year
    if row.status == Status.RESOLVED:
        yield from _done(row, year)
    if row.status == Status.WITHDRAWN:
        yield from (Mark(*mark) for mark in standing(row, year))
    else:
        pattern = _("deadline %(deadline)s")
        if page.promise.start_is_the_matter:
            pattern = _("deadline for the start of the work %(deadline)s")
        until = promised_by(row, year) if says.says_until else deadline(row, year)
        yield Mark("", pattern % {"deadline": until})
        if row.status != Status.RESOLVED:
            marks = (*timing(row), *standing(row, year))
            told = announced(row, year) if row.announced == Verb.SIGN_OFF else ""  # the headline
            yield from (Mark(*mark) for mark in marks if mark[1] != told)
            if row.last_on and not row.stale:
                values = {"day": day(row.last_on, year), "ago": ago(row.last_days_ago)}
                yield Mark("", _("latest news %(day)s (%(ago)s)") % values)
    yield from (Mark(*mark) for mark in history(row, year))


def _done(row: Row, year):
    if row.done_on is None:
        return
    values = {"day": day(row.done_on, year)}
    until = row.put_right_by or row.due
    if row.done_late_days > 0:
        n = values["n"] = row.done_late_days
        yield Mark(
            "late",
            ngettext("done on %(day)s, %(n)d day late", "done on %(day)s, %(n)d days late", n)
            % values,
        )
    elif until is None or until == row.done_on:
        pattern = _("done on %(day)s, the last day of its time") if until else _("done on %(day)s")
        yield Mark("", pattern % values)
    else:
        n = values["n"] = (until - row.done_on).days
        yield Mark(
            "",
            ngettext("done on %(day)s, %(n)d day early", "done on %(day)s, %(n)d days early", n)
            % values,
        )


def path(page: ItemPage) -> tuple[PathStep, ...]:
    """Return the four steps of an item, each with its day; one that stopped has no steps ahead."""
    row, story = page.row, _story(page)
    status = Status(row.status)
    said_to_be_done = status in (Status.PENDING_CHECK, Status.RESOLVED)
    claimed = _latest(story, {Verb.CLAIM}) if said_to_be_done else None
    begun = [event.happened_on for event in story if event.verb in WORK]
    days = {
        "listed": page.listed_on,
        "begun": min(begun, default=None),
        "claimed": claimed.happened_on if claimed and not claimed.overturned_on else None,
        "checked": row.signed_off_on,
    }
    reached = REACHED.get(status, 2 if begun else 1)
    labels = {
        "listed": _("on the list"),
        "begun": _("work begun"),
        "claimed": _("said to be done"),
        "checked": _("checked"),
    }
    steps = [
        PathStep(label, DONE if at < reached else NOW if at == reached else TO_COME, days[key])
        for at, (key, label) in enumerate(labels.items())
    ]
    if status not in (Status.ON_HOLD, Status.WITHDRAWN):
        return tuple(steps)
    stop = _latest(story, {Verb.PUT_ON_HOLD, Verb.WITHDRAW})
    on = row.withdrawn_on or (stop.happened_on if stop else None)
    return (*steps[:reached], PathStep(in_short(status), STOPPED, on))


# How many steps lie behind an item; of one that stopped its story tells.
REACHED = {
    Status.NOT_STARTED: 1,
    Status.IN_PROGRESS: 2,
    Status.PENDING_CHECK: 3,
    Status.RESOLVED: 4,
}


def supervisor_was_there(page: ItemPage) -> tuple[str, date] | None:
    """Return how and when the supervisor last looked, where the answer doesn't say so."""
    story = _story(page)
    last = _latest(story, {Verb.LOG_VISIT, Verb.SEND_BACK, Verb.SIGN_OFF})
    if last is None or page.row.status == Status.RESOLVED:
        return None
    told = page.row.status != Status.PENDING_CHECK and last is _latest(story, HEARD)
    return None if told else (looked(last.how), last.happened_on)


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]

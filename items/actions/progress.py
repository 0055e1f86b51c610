"""The owner's side at work: start, report, claim; and the office entering it for them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items.actions.answers import answers_to
from items.actions.attached_photos import add_photos, attached_photos
from items.actions.begin import begin
from items.actions.measure import Ticks, tick, tick_entered
from items.actions.occasion import write_held
from items.actions.part import report_on_part, write_on_part
from items.actions.validation import need
from items.actions.verdict import open_round
from items.errors import Conflict, Refused
from items.ledger import Act, acting, not_in_future
from items.ledger.entries import snapshot
from items.models import Entry, Item, Measure, Occasion, Part, Person, Photo
from items.models.item import tenths
from items.models.versioned import changed_meanwhile
from items.photos.picture import Upload
from items.rules.days import why_not_done_on
from items.rules.roles import people_for
from items.words import day

MOST = 999_999_999  # what a count may be at most; both databases can hold it


def start_item(
    item: Item,
    *,
    by: Person,
    note: str = "",
    happened_on: date | None = None,
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Say that the work has begun."""
    with acting("start", item, by=by, now=now, happened_on=happened_on, yes=yes) as act:
        begin(item, act.happened_on)
        act.write(note)
    return act.entry


def report_progress(
    item: Item,
    *,
    by: Person,
    text: str,
    percent: Decimal | None = None,
    done_count: int | None = None,
    parts: Sequence[Part] = (),
    parts_done_on: date | None = None,
    held: Sequence[Occasion] = (),
    measures: Sequence[Measure] = (),
    happened_on: date | None = None,
    photos: Sequence[Upload] = (),
    photo_words: str = "",
    photo_side: str = Photo.Side.DURING,
    blocked: str = "",
    unblocker: str = "",
    inside: bool = False,
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Report how the work goes, with a percent or a count where there is one.

    With `parts`, the words are about each of them; `parts_done_on` says that they are done. Dates
    that are `held` took place on the day of the report. `measures` are those that are done with
    it. `photo_side` says whether the photos show how it was before the
    work, or how it goes. `blocked` says what holds the work up and `unblocker` who could change
    that, until the next report says something else or nothing; with `inside` only to staff.
    """
    blocked = _what_blocks(blocked, unblocker)
    if photo_side not in REPORTED:
        raise Refused(_("Photos of a report show how it was before the work, or how it goes."))
    text = need(text, _("Write in a line what was done."))
    who: dict[str, Any] = {"by": by, "now": now}
    with (
        attached_photos("report_progress", item, photos, **who) as pictures,
        acting("report_progress", item, **who, happened_on=happened_on, yes=yes) as act,
    ):
        report = write_report(
            act,
            text,
            percent=percent,
            done_count=done_count,
            parts=parts,
            parts_done_on=parts_done_on,
            measures=measures,
        )
        for occasion in held:
            write_held(act, occasion, text)
        act.tell(item.supervisor_post)
        if blocked:
            said: dict[str, Any] = {"evidence": unblocker.strip(), "public": not inside}
            act.write(blocked, verb="say_blocked", about=report, **said)
        add_photos(act, pictures, photo_words, photo_side)
    return act.entry


def write_report(
    act: Act,
    text: str,
    *,
    percent: Decimal | None = None,
    done_count: int | None = None,
    parts: Sequence[Part] = (),
    parts_done_on: date | None = None,
    measures: Sequence[Measure] = (),
) -> Entry:
    """Write how the work goes within an act, as `report_progress` does; return the entry."""
    percent = still_taken(act, "percent", percent)
    done_count = still_taken(act, "done_count", done_count)
    begin(act.item, act.happened_on)
    ticks = tick(act, measures)
    facts = set_progress(act.item, percent, done_count, act.happened_on) | ticks.facts
    if parts:
        return _write_on_parts(act, parts, text, parts_done_on, facts, ticks)
    return write_with_ticks(act, ticks, text, facts=facts)


def _write_on_parts(
    act: Act,
    parts: Sequence[Part],
    text: str,
    done_on: date | None,
    facts: dict[str, Any],
    ticks: Ticks,
) -> Entry:
    """Write an entry for each part; the item's own facts and the ticks stand in the first."""
    first, *others = parts
    facts = facts | report_on_part(act, first, text, done_on)
    entry = write_on_part(act, first, text, facts=facts, lines=ticks.lines, **ticks.words)
    ticks.save()
    for part in others:
        entry = write_on_part(act, part, text, facts=report_on_part(act, part, text, done_on))
    return entry


def _what_blocks(blocked: str, unblocker: str) -> str:
    """Return what blocks the work; raise `Refused` where only somebody is named."""
    if unblocker.strip():
        return need(blocked, _("Write what blocks the work, beside who could unblock it."))
    return blocked.strip()


def write_with_ticks(act: Act, ticks: Ticks, text: str, **written: Any) -> Entry:
    """Write and return the entry that ticks measures, and save them with it."""
    entry = act.write(text, lines=ticks.lines or None, **ticks.words, **written)
    ticks.save()
    return entry


# What the photos of a report can show. How it is after the work, the claim shows.
REPORTED = (Photo.Side.BEFORE, Photo.Side.DURING)


def still_taken(act: Act, name: str, given: Any) -> Any:
    """Return a percent or count that was given, if the item's is still what its giver read.

    Where it isn't, one that only repeats what stood on the page is left out, and another raises
    `Conflict`: the giver has to look at both.
    """
    if given is None or not act.meanwhile.changed(act.item, name, "count_in_doubt"):
        return given
    was, now = act.meanwhile.seen.get(name), snapshot(act.item).get(name)
    said = str(tenths(given)) if name == "percent" else given
    if said == was:
        return None
    numbers = {"was": was, "now": now, "given": said}
    raise Conflict(
        _("%(what)s: %(was)s when you opened the page, %(now)s now; you wrote %(given)s.")
        % {"what": NUMBERS[name], **{key: in_words(name, n) for key, n in numbers.items()}},
        _("Look at what changed, correct the number if need be, then send yours again."),
    )


NUMBERS = {"percent": gettext_lazy("Percent done"), "done_count": gettext_lazy("Done so far")}


def in_words(name: str, number: Any) -> str:
    """Return a percent or a count as people read it."""
    if number is None:
        return _("not known")
    return f"{Decimal(number).normalize():f}%" if name == "percent" else str(number)


def set_progress(
    item: Item,
    percent: Decimal | None,
    done_count: int | None,
    on: date,
    entered: Entry | None = None,
) -> dict:
    """Set what is known of the progress and return it as an entry's facts.

    What was so on an earlier day stands in the ledger alone where something newer is known.
    `entered` is what the office entered when, where that is only released now.
    """
    facts = progress_facts(item, percent, done_count, on, entered)
    if percent is not None and not newer(item, "percent", on, entered):
        item.percent = tenths(percent)
    if done_count is not None and not newer(item, "done_count", on, entered):
        item.done_count, item.count_in_doubt = done_count, False
    return facts


def newer(item: Item, fact: str, on: date, entered: Entry | None) -> bool:
    """Tell whether the ledger knows a progress of a later day, or a reopening since."""
    later = Q(happened_on__gt=on)
    if entered:
        later |= Q(happened_on=on, seq__gt=entered.seq)
    known = Q(facts__has_key=fact) | Q(verb="reopen")
    return item.entries.public().filter(known, later).exists()


def progress_facts(
    item: Item,
    percent: Decimal | None,
    done_count: int | None,
    on: date,
    entered: Entry | None = None,
) -> dict:
    """Return progress as an entry's facts; refuse what can't be."""
    facts: dict[str, Any] = {}
    if percent is not None:
        if not 0 <= percent <= 100:
            raise Refused(_("A percent lies between 0 and 100."))
        facts["percent"] = str(tenths(percent))
    if done_count is not None:
        if not 0 <= done_count <= MOST:
            raise Refused(_("A count lies between 0 and %s.") % MOST)
        if not newer(item, "done_count", on, entered):
            refuse_unless_delivered(item, done_count)
        facts |= {"done_count": done_count, "target_count": item.target_count}
    return facts


def refuse_unless_delivered(item: Item, done_count: int) -> None:
    """Refuse a count above what a delivery list brought it to, or below what that says.

    Once something is handed out line by line, the count grows with each line alone. What was
    counted before can be reported as less.
    """
    if item.target_count is None or not item.deliveries.exists():
        return
    delivered = item.deliveries.delivered()
    known = delivered if item.done_count is None else item.done_count
    if not delivered <= done_count <= known:
        raise Refused(
            _(
                "%(delivered)s were handed out, and %(known)s are counted. The count grows with"
                " each delivery: write it down. A report can only take back what was counted"
                " beside the deliveries."
            )
            % {"delivered": delivered, "known": known}
        )


def enter_for_owner(
    item: Item,
    *,
    by: Person,
    text: str,
    percent: Decimal | None = None,
    done_count: int | None = None,
    measures: Sequence[Measure] = (),
    happened_on: date | None = None,
    photos: Sequence[Upload] = (),
    photo_words: str = "",
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Enter progress for the owner; it becomes public when another person releases it.

    A further entry takes the place of one that still waits, so that a wrong one can be mended. A
    photo may be released before the entry is: without `photo_words` it says the item's title.
    """
    text = need(text, _("Write in a line what was done."))
    who: dict[str, Any] = {"by": by, "now": now}
    with (
        attached_photos("enter_for_owner", item, photos, **who) as pictures,
        acting("enter_for_owner", item, **who, happened_on=happened_on, yes=yes) as act,
    ):
        if any(entry.verb == "enter_for_owner" for entry in act.meanwhile.entries):
            raise changed_meanwhile(item)  # it would take the place of one that nobody here saw
        enter(act, text, percent=percent, done_count=done_count, measures=measures)
        add_photos(act, pictures, photo_words.strip() or act.item.title)
    return act.entry


def enter(
    act: Act,
    text: str,
    *,
    percent: Decimal | None = None,
    done_count: int | None = None,
    measures: Sequence[Measure] = (),
    facts: dict[str, Any] | None = None,
    told: bool = True,
) -> Entry:
    """Enter progress for the owner within an act, as `enter_for_owner` does; return the entry.

    `facts` are written beside those of the progress. Of a batch, one entry is `told` of.
    """
    item = act.item
    percent = still_taken(act, "percent", percent)
    done_count = still_taken(act, "done_count", done_count)
    facts = (facts or {}) | progress_facts(item, percent, done_count, act.happened_on)
    before = next(iter(act.asked("enter_for_owner")[-1:]), None)
    if before and "link" in before.facts:
        raise Refused(_("What the handler reported by the link waits. Release or refuse it first."))
    post = item.owner_post
    assert post  # the database wants one of a published item
    called: dict[str, Any] = {"post": post.name, "post_en": post.name_en}
    ticks = tick(act, measures)  # nothing of it is saved before it is released
    facts |= ticks.facts
    entry = act.write(text, facts=facts, public=False, about=before, **called, **ticks.words)
    if told:
        act.tell(*people_for(item, "office", act.today), item.list.committee.releasing_post)
    return entry


def release_entry(
    item: Item, *, by: Person, yes: bool = False, now: datetime | None = None
) -> Entry:
    """Release what a colleague of the office entered for the owner: now it counts and is public."""
    with acting("release", item, by=by, now=now, yes=yes) as act:
        release(act)
    return act.entry


def release(act: Act) -> None:
    """Release within an act what was entered for the owner last, as `release_entry` does."""
    item = act.item
    entered = act.asked("enter_for_owner")[-1]
    begin(item, entered.happened_on)
    percent = entered.facts.get("percent")
    facts = set_progress(
        item,
        None if percent is None else Decimal(percent),
        entered.facts.get("done_count"),
        entered.happened_on,
        entered,
    )
    words = entered.words
    written: dict[str, Any] = {"post": words.post, "post_en": words.post_en}
    written |= {"about": entered, "happened_on": entered.happened_on}
    if "link" in entered.facts:
        facts["by_handler"] = True
    ticks = tick_entered(act, entered)
    write_with_ticks(act, ticks, words.text, facts=facts | ticks.facts, **written)
    act.tell(item.owner_post, item.supervisor_post)


def refuse_entry(
    item: Item, *, by: Person, reason: str, yes: bool = False, now: datetime | None = None
) -> Entry:
    """Refuse what was entered for the owner and waits; whoever entered it reads why."""
    reason = need(reason, _("Write why it is refused; whoever entered it will read it."))
    with acting("refuse_entry", item, by=by, now=now, yes=yes) as act:
        refuse(act, reason)
    return act.entry


def refuse(act: Act, reason: str, *, told: bool = True) -> None:
    """Refuse within an act what was entered for the owner last, as `refuse_entry` does."""
    entered = act.asked("enter_for_owner")[-1]
    act.write(reason, public=False, about=entered)
    if told:
        act.tell(entered.by)


def claim_item(
    item: Item,
    *,
    by: Person,
    note: str,
    done_on: date,
    evidence: str = "",
    no_evidence: str = "",
    measures: Sequence[Measure] = (),
    answers: Sequence[str] = (),
    happened_on: date | None = None,
    photos: Sequence[Upload] = (),
    photo_words: str = "",
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Claim that the work is done, so that the supervisor is asked to check it.

    `measures` are those that are done with it, of what nobody has ticked yet; `answers` say of each
    line of what done looks like what is so.
    """
    note = need(note, _("Write what was done."))
    evidence = evidence or _in_place_of(no_evidence, note, photos)
    shown = need(evidence or no_evidence, _("Name the evidence, or say why there is none."))
    who: dict[str, Any] = {"by": by, "now": now}
    with (
        attached_photos("claim", item, photos, **who) as pictures,
        acting("claim", item, **who, happened_on=happened_on, yes=yes) as act,
    ):
        refuse_unless_complete(item)
        refuse_unless_done_by(item, not_in_future(done_on, act.happened_on))
        item.claimed_on, item.done_on, item.result = act.happened_on, done_on, note
        item.count_in_doubt = False  # who claims vouches for it again
        facts = {"done_on": str(done_on), "has_evidence": bool(evidence)}
        ticks = tick(act, measures)
        written: dict[str, Any] = {"evidence": shown, "facts": facts | ticks.facts}
        written |= answers_to(item, answers, _("Write what is so of this line: %(line)s"))
        write_with_ticks(act, ticks, note, **written)
        open_round(act)
        act.tell(item.supervisor_post)
        add_photos(act, pictures, photo_words, Photo.Side.AFTER)
    return act.entry


def _in_place_of(no_evidence: str, note: str, photos: Sequence[Upload]) -> str:
    """Return the words of evidence that lies in photos alone.

    They say what anybody may write: an entry without them would tell of photos not yet released.
    """
    if not photos:
        return ""
    if no_evidence:
        raise Refused(_("The photos are evidence. Leave out why there is none."))
    return note


def refuse_unless_complete(item: Item) -> None:
    """Refuse a claim while a part or a date is open or the count is below its target."""
    left = [part.title for part in item.parts.filter(done_on=None)]
    if left:
        raise Refused(_("Not every part is done yet: %s.") % "; ".join(left))
    if sentence := left_open(item.occasions.open()):
        raise Refused(sentence)
    if item.target_missed():
        raise Refused(
            _(
                "%(done)s of %(target)s is below the target."
                " Report the rest, or ask the office to correct the target openly."
            )
            % {"done": item.done_count or 0, "target": item.target_count}
        )


def left_open(occasions: Iterable[Occasion]) -> str:
    """Say which of an item's dates are neither held nor called off; "" when there is none."""
    left = "; ".join(f"{day(row.on)} {row.what}".strip() for row in occasions)
    if not left:
        return ""
    return _("Still open: %s. Say of each date that it took place, or call it off.") % left


def refuse_unless_done_by(item: Item, done_on: date) -> None:
    """Refuse a day of completion before the work was begun, or before the last of it."""
    if sentence := why_not_done_on(item, done_on):
        raise Refused(sentence)

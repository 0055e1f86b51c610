"""Entries of the ledger as a visitor may read them: events of a timeline, and more time given."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from items import models
from items.models import Entry, Item
from items.public import corrections
from items.public.entry_words import (
    day_of,
    decision_of,
    in_words,
    label_of,
    names_another,
    text_of,
)
from items.public.moves import outcome_of, sentence
from items.public.photos import Photo, photo
from items.states import REPORTS, WORKING, How, Kept, Smaller, Status, Verb
from items.words import Words, day, quarter


@dataclass(frozen=True, slots=True)
class Event:
    """A public entry of the ledger."""

    verb: str  # a states.Verb value
    label: str
    text: str  # as written by the person, "" when there is none
    erased_on: date | None  # the words were erased for privacy; the entry stands
    happened_on: date
    written_on: date  # later than happened_on when it was written down afterwards
    role: str  # "owner", "supervisor", "office", "administrator" in words
    post: Words  # as it was called at the time
    name: str  # as it was at the time; "" unless the committee shows names
    facts: tuple[tuple[str, str], ...]  # label and value: dates, counts, how it was checked
    status_label: str  # the status after it, "" when it did not change
    photos: tuple[Photo, ...] = ()  # that came along and are released
    overturned_on: date | None = None  # it was claimed or signed off, and reopened on that day
    said: str = ""  # what happened and the words, as one short sentence
    how: str = ""  # a states.How value: how the supervisor looked
    announced: str = ""  # of states.ANNOUNCEABLE: what it puts up for objections
    decision: str = ""  # who decided it, when, and in which minutes


@dataclass(frozen=True, slots=True)
class Extension:
    """More time asked for and given."""

    old_due: date
    new_due: date
    reason: str
    asked_on: date
    decision: str  # who agreed, when, and where that is written


@dataclass(frozen=True, slots=True)
class Blocked:
    """What blocks the work on an item, as the owner's latest report says."""

    words: str
    who: str  # could unblock it; "" where nobody is named
    since: date  # on which day it was first said, if each report since repeated it


def obstacles(item: Item, rows: Iterable[Entry]) -> list[Entry]:
    """Return the entries that say what blocks the work now, the latest first; none where nothing.

    The rows are the item's, the latest first. What the latest report doesn't say stands no more.
    """
    said: dict[int | None, Entry] = {}  # by the report with which it came
    chain: list[Entry] = []
    for row in rows if item.status in WORKING else ():
        if row.verb == Verb.SAY_BLOCKED and not row.words.erased_on:
            said[row.about_id] = row
        elif row.verb in REPORTS:
            obstacle = said.get(row.pk)
            if obstacle is None or (chain and _what(obstacle) != _what(chain[0])):
                break
            chain.append(obstacle)
    return chain


def _what(obstacle: Entry) -> tuple[str, bool]:
    return obstacle.words.text, obstacle.public


def blocked(item: Item, rows: Iterable[Entry]) -> Blocked | None:
    """Return what blocks the work on an item, of its rows of the ledger, the latest first."""
    chain = obstacles(item, rows)
    if not chain:
        return None
    words = chain[0].words
    return Blocked(words.text, words.evidence, chain[-1].happened_on)


def event(entry: Entry, show_names: bool, photos: Iterable[models.Photo] = ()) -> Event:
    """Return a public entry as the timeline shows it.

    `photos` are the item's public ones, each with its entry: some of them came with this entry.
    The caption of one that was hidden since isn't repeated.
    """
    words, photos = entry.words, list(photos)
    hidden = _says_a_caption(entry) and entry.about_id not in {row.entry_id for row in photos}
    return Event(
        verb=entry.verb,
        label=label_of(entry),
        text="" if hidden and entry.verb == Verb.RELEASE_PHOTO else text_of(entry, show_names),
        erased_on=words.erased_on,
        happened_on=entry.happened_on,
        written_on=timezone.localdate(entry.written_at),
        role=Entry.Role(entry.role).label,
        post=Words() if names_another(entry) else Words(words.post, words.post_en),
        name=words.name if show_names and spoken_for_a_post(entry) else "",
        facts=() if hidden else tuple(facts(entry, show_names)),
        status_label=Status(entry.status_to).label if entry.status_to else "",
        photos=tuple(photo(row) for row in photos if row.entry.about_id == entry.pk),
        overturned_on=entry.overturned_on,
        said="" if hidden else sentence(entry, show_names),
        how=entry.facts.get("how", ""),
        announced=entry.facts["verb"] if entry.verb == Verb.PUT_UP else "",
        decision=decision_of(entry),
    )


def _says_a_caption(entry: Entry) -> bool:
    """Tell whether an entry repeats what a photo shows: its release, or a correction of that."""
    corrected = entry.verb == Verb.CORRECT and entry.facts.get("field") in ("words", "words_en")
    return entry.verb == Verb.RELEASE_PHOTO or corrected


def spoken_for_a_post(entry: Entry) -> bool:
    """Tell whether the owner or the supervisor spoke: no other person is ever named in public."""
    return entry.role in (Entry.Role.OWNER, Entry.Role.SUPERVISOR) and bool(entry.words.post)


DAYS = {
    "done_on": lambda: _("Done on"),
    "signed_off_on": lambda: _("Signed off on"),
    "old_due": lambda: _("Deadline before"),
    "planned_on": lambda: _("Planned for"),
    "received_on": lambda: _("Received on"),
    "put_right_by": lambda: _("To be put right by"),
    "asked_due": lambda: _("Asked for"),
    "new_due": lambda: _("New deadline"),
    "next_visit_on": lambda: _("Next visit"),
    "look_back_on": lambda: _("To be looked at again on"),
    "review_on": lambda: _("Review on"),
    "part_due": lambda: _("To be done by"),
    "part_done_on": lambda: _("Part done on"),
    "part_was_done_on": lambda: _("Had counted as done since"),
    "old_taken_on": lambda: _("Taken on, before"),
    "taken_on": lambda: _("Taken on"),
    "by_when": lambda: _("To be done by"),
}


def facts(entry: Entry, show_names: bool) -> Iterator[tuple[str, str]]:
    """Yield an entry's facts as pairs of a label and a value."""
    known = entry.facts
    if "part" in known:
        yield _("Part"), in_words(entry.words.part, entry.words.part_en) or str(known["part"])
    if "field" in known:
        yield _("What was corrected"), corrections.label_of(known["field"])
    yield from _ticked(entry)
    if "side" in known:
        yield _("Photo"), models.Photo.Side(known["side"]).label
    if "kept" in known:
        yield _("Found"), Kept(known["kept"]).label
    if "drawn" in known:
        yield _("Drawn by lot"), quarter(date.fromisoformat(known["drawn"]))
    if "how" in known:
        yield _("How"), How(known["how"]).label
    if "outcome" in known:
        yield _("Found"), outcome_of(entry)
    if "who" in known:
        asked = _("Who was urged") if entry.verb == Verb.URGE else _("Whose task")
        yield asked, Entry.Role(known["who"]).label
    if "smaller" in known:
        yield _("What became smaller"), str(Smaller(known["smaller"]).label)
    if decided := decision_of(entry):
        yield _("Decision"), decided
    elif "agreed" in known:  # until bodies were named
        yield _("Decision"), _("agreed") if known["agreed"] else _("not agreed")
    for name, label in DAYS.items():
        if name in known and entry.verb != Verb.BRING_IN:
            yield label(), day_of(known[name])
    if "count" in known:
        yield _("How many"), str(known["count"])
    if known.get("done_count") is not None:
        yield _("Count"), _count(known["done_count"], known.get("target_count"))
    elif "percent" in known:
        yield _("Progress"), f"{Decimal(known['percent']).normalize():f}%"
    for line, answer in answers(entry):
        yield _("What done looks like"), f"{line} — {answer}"
    yield from _changed(entry, show_names)


def answers(entry: Entry) -> list[tuple[str, str]]:
    """Return each line of what done looks like that an entry answers, with the answer."""
    said = in_words(entry.words.answers, entry.words.answers_en).splitlines()
    return [(line, answer) for line, _tab, answer in (row.partition("\t") for row in said)]


def _ticked(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield each measure that an entry ticks or unticks, as it was called then."""
    words = entry.words
    if "ticked" in entry.facts:
        for line in in_words(words.new, words.new_en).splitlines():
            yield _("Measure done"), line
    if "unticked" in entry.facts:
        for line in in_words(words.old, words.old_en).splitlines():
            yield _("Measure not done after all"), line


def _count(done, target) -> str:
    return _("%(done)s of %(target)s") % {"done": done, "target": target} if target else str(done)


def _changed(entry, show_names):
    """Yield old and new words; names of persons only where the committee shows them."""
    words = entry.words
    if entry.verb == Verb.CLAIM and words.evidence:
        given = entry.facts.get("has_evidence")
        yield _("Evidence") if given else _("No evidence, because"), words.evidence
    if entry.verb == Verb.REVIEW and words.evidence:
        yield _("Went along"), words.evidence
    if entry.verb == Verb.SAY_BLOCKED and words.evidence:
        yield _("Who could unblock it"), words.evidence
    shown = {Verb.CORRECT, Verb.REDUCE, Verb.HAND_OVER, Verb.RENAME, Verb.PUT_UP}
    if entry.verb in shown or (entry.verb == Verb.APPOINT and show_names):
        field = entry.facts.get("field", "")
        if old := corrections.known_word(field, words.old) or in_words(words.old, words.old_en):
            yield _("Before"), old
        if new := corrections.known_word(field, words.new) or in_words(words.new, words.new_en):
            yield (_("Then") if entry.verb == Verb.PUT_UP else _("Now")), new


def extension(decision: Entry) -> Extension:
    """Return more time given, with the reason for which it was asked."""
    return Extension(
        old_due=date.fromisoformat(decision.facts["old_due"]),
        new_due=date.fromisoformat(decision.facts["new_due"]),
        reason=decision.about.words.text,
        asked_on=decision.about.happened_on,
        decision=decision_of(decision)
        or _("agreed by %(who)s on %(day)s")
        % {"who": Entry.Role(decision.role).label, "day": day(decision.happened_on)},
    )

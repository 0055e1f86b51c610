"""What a visitor may see of suggestions: the calls, the counts, the released answers.

`ReceiptPage` is for the one who has a receipt code; the other shapes are for everyone.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from items import models
from items.models import Call, Committee, Item, Suggestion, SuggestionEntry
from items.states import ListStatus, Status
from items.suggestion_states import (
    BY_SUGGESTER,
    WAITING,
    AppealOutcome,
    Channel,
    Found,
    Reason,
    SuggestionStatus,
    SuggestionVerb,
)
from items.words import NOWHERE, OfficeContact, Words


@dataclass(frozen=True, slots=True)
class Addressee:
    """A committee to which anyone may write."""

    slug: str
    name: Words
    organisation: Words
    demonstration: bool
    office: OfficeContact = NOWHERE


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call for suggestions as other pages name it."""

    number: int
    title: Words
    opens_on: date
    closes_on: date
    is_open: bool


@dataclass(frozen=True, slots=True)
class CallPage:
    """A call's page: the notice to all workers."""

    addressee: Addressee
    line: CallLine
    purpose: Words
    issuer: Words
    issued_on: date
    answer_by: date
    ended_on: date | None  # before its last day
    ended_why: str
    begins_later: bool


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the suggestions' equation."""

    key: str  # "adopted", "settled", "not_adopted" or "waiting"
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Came:
    """How many suggestions came by a channel."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class SuggestionCounts:
    """How many suggestions came, and what became of them; none in moderation is among them."""

    total: int
    terms: tuple[Term, ...]  # always all four
    longest_days: int  # for so long the oldest has waited; 0 when none waits
    channels: tuple[Came, ...]  # those by which any came; they add up to the total
    withdrawn: int = 0  # adopted ones of which every item was withdrawn; the page counts them


@dataclass(frozen=True, slots=True)
class AppealCounts:
    """How many appeals against answers came until midnight, and how they ended."""

    came: int
    stands: int
    anew: int
    waiting: int


@dataclass(frozen=True, slots=True)
class ItemLink:
    """A published item that a suggestion became, and where it stands now."""

    slug: str
    number: int
    title: Words
    status: str  # a Status value
    status_label: str


@dataclass(frozen=True, slots=True)
class Released:
    """A suggestion and its answer, in the words that the office released."""

    words: str
    answer: str
    status: str  # a SuggestionStatus value
    status_label: str
    items: tuple[ItemLink, ...]
    on_the_next_list: bool  # it became an item that isn't published yet
    shown_on: date
    reopened_on: date | None  # its suggester said then that it isn’t done, and it waits again
    supporters: int  # how many said the same, this one included
    key: int  # of the address at which others say so too
    mentioned: int  # how many did, as of midnight


@dataclass(frozen=True, slots=True)
class SuggestionLine:
    """A suggestion in one line, without its words, and without the day on which it came."""

    area: Words | None  # a place, else a category; None: not sorted, or nobody’s business
    status: str  # a SuggestionStatus value, as of midnight
    status_label: str
    merged: bool  # put together with another one
    reason_label: str  # "" unless it isn’t adopted for a kind of reason
    under_way: ItemLink | None  # as which it is under way already
    items: tuple[ItemLink, ...]  # that it became
    waits: bool
    days: int  # since the end of the week in which it came: that it waits, or waited
    reopened: bool  # its suggester said that it wasn’t done


@dataclass(frozen=True, slots=True)
class SuggestionWeek:
    """The lines of those that came in one week; their order tells nothing."""

    monday: date
    sunday: date
    lines: tuple[SuggestionLine, ...]


@dataclass(frozen=True, slots=True)
class SuggestionLines:
    """One page of the lines of a committee’s suggestions, the latest week first."""

    addressee: Addressee
    total: int  # as on the page of suggestions: lines and those that are too new for one
    shown: int  # lines on all pages
    weeks: tuple[SuggestionWeek, ...]
    page: int
    pages: int
    as_of: date


@dataclass(frozen=True, slots=True)
class SuggestionsPage:
    """A committee's page of suggestions and answers."""

    addressee: Addressee
    counts: SuggestionCounts
    appeals: AppealCounts
    reopened: int  # how many were said to be done and their suggester said no, until midnight
    open_calls: tuple[CallLine, ...]
    earlier_calls: tuple[CallLine, ...]
    item: ItemLink | None  # only those that became it are shown
    behind: int  # so many became it; not all of them are released
    of: str  # a term's key, "withdrawn", or "" for all: which answers are shown
    released: tuple[Released, ...]
    released_count: int  # on all pages together
    page: int  # from 1
    pages: int
    as_of: date


@dataclass(frozen=True, slots=True)
class BoardSuggestions:
    """What a board says of the suggestions of its year."""

    committee: str  # the slug
    counts: SuggestionCounts
    call: CallLine | None  # one to which anyone can answer today


@dataclass(frozen=True, slots=True)
class ResultPhoto:
    """A photo of what was done, in the page itself: no address of it could be shared."""

    pk: int  # by which the large one is asked for, together with the code
    small: str  # data:
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Step:
    """A step that the suggester may read."""

    verb: str  # an SuggestionVerb value
    label: str
    day: date
    text: str
    mine: bool  # the suggester did it
    wordless: bool  # nothing is written in such a step
    outcome_label: str = ""  # of the answer to an appeal, or of what a supervisor found
    post: Words | None = None  # of the supervisor who looked
    photos: tuple[ResultPhoto, ...] = ()  # of what was done


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """What the one who has the receipt code reads: their own words and what became of them."""

    addressee: Addressee
    words: str  # "" when they were erased
    location: str
    photos: int
    received_on: date
    answer_by: date
    status: str  # a SuggestionStatus value, never "merged"
    status_label: str
    merged: bool  # put together with another one, whose answer this is
    answer: Step | None  # the final one
    items: tuple[ItemLink, ...]
    on_the_next_list: bool
    steps: tuple[Step, ...]  # in their order, without the final answer
    asked: bool  # the office waits for a reply
    to_confirm: bool  # the office says that it is done, and a supervisor looks
    why_not_taken_back: str  # "" while the words can be taken back with the code
    asks_erasing: bool  # their suggester has asked for it
    why_not_asked_again: str  # "" while they can ask about the answer
    why_not_reopened: str  # "" while they can say that it isn’t done
    reopen_by: date | None  # until when, while they can
    why_not_appealed: str  # "" while they can appeal against it
    appeal_due: date | None  # while an appeal waits: until when it is answered
    reviewers: tuple[Words, ...]  # the posts to which an appeal goes


def addressee(committee: Committee) -> Addressee:
    """Return a committee as the pages of suggestions name it."""
    return Addressee(
        slug=committee.slug,
        name=committee.words,
        organisation=committee.organisation.short_words,
        demonstration=committee.organisation.demonstration,
        office=committee.office_contact,
    )


def call_line(call: Call, today: date) -> CallLine:
    return CallLine(call.pk, call.words, call.opens_on, call.closes_on, call.is_open(today))


def came(channel: Channel, count: int) -> Came:
    return Came(str(channel.label), count)


def released(row: Suggestion, became: list[Item]) -> Released:
    items, unpublished = item_links(became)
    return Released(
        words=row.shown_words,
        answer=row.shown_answer,
        status=row.outcome,
        status_label=suggestion_status_label(row.outcome),
        items=items,
        on_the_next_list=unpublished,
        shown_on=row.shown_on,
        reopened_on=row.reopened_on if row.outcome in WAITING else None,
        supporters=row.supporters,
        key=row.pk,
        mentioned=row.mentioned,
    )


def suggestion_line(
    row: Suggestion, items: list[Item], *, is_private: bool, today: date
) -> SuggestionLine:
    """Return a suggestion `with_outcome` as its line; what is private keeps area and items."""
    root, sunday = row.root, sunday_of(row.received_on)
    waits = row.outcome in WAITING
    until = today if waits else root.ended_on or sunday
    place = row.place or root.place or row.category or root.category
    links, _unpublished = item_links([] if is_private else items)
    return SuggestionLine(
        area=place.words if place and not is_private else None,
        status=row.outcome,
        status_label=suggestion_status_label(row.outcome),
        merged=row.merged_into_id is not None,
        reason_label=str(Reason(root.reason).label) if root.reason else "",
        under_way=_item_link(root.under_way) if root.under_way else None,
        items=links,
        waits=waits,
        days=max((until - sunday).days, 0),
        reopened=any(each.reopened_on and each.reopened_on < today for each in (row, root)),
    )


def sunday_of(day: date) -> date:
    """Return the last day of a day's week."""
    return day + timedelta(days=6 - day.weekday())


def item_links(items: list[Item]) -> tuple[tuple[ItemLink, ...], bool]:
    """Return links to the published ones, and whether there are others."""
    there = [item for item in items if _is_public(item)]
    return tuple(map(_item_link, there)), len(there) < len(items)


def _item_link(item: Item) -> ItemLink:
    label = Status(item.status).label
    return ItemLink(item.list.slug, item.number, item.title_words, item.status, label)


def _is_public(item: Item) -> bool:
    return item.status != Status.DRAFT and item.list.status != ListStatus.DRAFT


# Of what a suggester does
WITH_WORDS = {
    SuggestionVerb.REPLY,
    SuggestionVerb.ASK_AGAIN,
    SuggestionVerb.REOPEN_SUGGESTION,
    SuggestionVerb.APPEAL,
}


def step(entry: SuggestionEntry, photos: Sequence[models.ResultPhoto] = ()) -> Step:
    return Step(
        verb=entry.verb,
        label=SuggestionVerb(entry.verb).label,
        day=entry.day,
        text=entry.text,
        mine=entry.verb in BY_SUGGESTER,
        wordless=entry.verb in BY_SUGGESTER - WITH_WORDS,
        outcome_label=outcome_label(entry),
        post=_post(entry),
        photos=tuple(map(result_photo, photos)),
    )


def _post(entry: SuggestionEntry) -> Words | None:
    post = entry.facts.get("post")
    return Words(post, entry.facts["post_en"]) if post else None


def result_photo(row: models.ResultPhoto) -> ResultPhoto:
    small = "data:image/jpeg;base64," + base64.b64encode(row.small).decode()
    return ResultPhoto(row.pk, small, row.small_width, row.small_height)


def outcome_label(entry: SuggestionEntry) -> str:
    """Return to what a step led that may lead to several, in words; "" for any other."""
    labels = OUTCOMES.get(SuggestionVerb(entry.verb))
    return str(labels(entry.facts["outcome"]).label) if labels else ""


OUTCOMES: dict[SuggestionVerb, type[AppealOutcome | Found]] = {
    SuggestionVerb.ANSWER_APPEAL: AppealOutcome,
    SuggestionVerb.CHECK_SETTLED: Found,
}


def suggestion_status_label(status: str) -> str:
    return SuggestionStatus(status).label

"""What a visitor may see of suggestions: the calls, the counts, the released answers.

`ReceiptPage` is for the one who has a receipt code; the other shapes are for everyone.
"""

from dataclasses import dataclass
from datetime import date

from items.models import Call, Committee, Item, Suggestion, SuggestionEntry
from items.states import ListStatus, Status
from items.suggestion_states import (
    BY_SUGGESTER,
    AppealOutcome,
    Channel,
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
    supporters: int  # how many said the same, this one included
    key: int  # of the address at which others say so too
    mentioned: int  # how many did, as of midnight


@dataclass(frozen=True, slots=True)
class SuggestionsPage:
    """A committee's page of suggestions and answers."""

    addressee: Addressee
    counts: SuggestionCounts
    appeals: AppealCounts
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
class Step:
    """A step that the suggester may read."""

    verb: str  # an SuggestionVerb value
    label: str
    day: date
    text: str
    mine: bool  # the suggester did it
    wordless: bool  # nothing is written in such a step
    outcome_label: str = ""  # of the answer to an appeal


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
    why_not_taken_back: str  # "" while the words can be taken back with the code
    asks_erasing: bool  # their suggester has asked for it
    why_not_asked_again: str  # "" while they can ask about the answer
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
        status=row.status,
        status_label=suggestion_status_label(row.status),
        items=items,
        on_the_next_list=unpublished,
        shown_on=row.shown_on,
        supporters=row.supporters,
        key=row.pk,
        mentioned=row.mentioned,
    )


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
WITH_WORDS = {SuggestionVerb.REPLY, SuggestionVerb.ASK_AGAIN, SuggestionVerb.APPEAL}


def step(entry: SuggestionEntry) -> Step:
    return Step(
        verb=entry.verb,
        label=SuggestionVerb(entry.verb).label,
        day=entry.day,
        text=entry.text,
        mine=entry.verb in BY_SUGGESTER,
        wordless=entry.verb in BY_SUGGESTER - WITH_WORDS,
        outcome_label=appeal_outcome_label(entry),
    )


def appeal_outcome_label(entry: SuggestionEntry) -> str:
    """Return how an appeal ended by this step, in words; "" for any other step."""
    answers = entry.verb == SuggestionVerb.ANSWER_APPEAL
    return str(AppealOutcome(entry.facts["outcome"]).label) if answers else ""


def suggestion_status_label(status: str) -> str:
    return SuggestionStatus(status).label

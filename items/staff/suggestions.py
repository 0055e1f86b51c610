"""Workers' suggestions as the office reads them; only `Contact` holds who wrote one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext

from items import models
from items.public.announcements import announced_as
from items.public.suggestions import ResultPhoto, outcome_label, result_photo
from items.staff.item import ItemLink, item_link
from items.suggestion_states import Channel, Kind, Reason, SuggestionStatus, SuggestionVerb
from items.words import Words


@dataclass(frozen=True, slots=True)
class SuggestionSearch:
    """What is looked for among suggestions; "" for everything."""

    q: str = ""
    group: str = ""  # a key of `queries.SUGGESTION_GROUPS`
    committee: str = ""  # these are keys of rows
    category: str = ""
    place: str = ""
    call: str = ""
    by: str = ""  # a key of `queries.SUGGESTION_ORDERS`; else by day

    def __bool__(self):
        return any(getattr(self, name) for name in self.__slots__)


@dataclass(frozen=True, slots=True)
class SoughtWords:
    """Words that no item says, and how often their searchers told the office of them."""

    words: str
    times: int
    slug: str  # of the committee
    committee: Words


@dataclass(frozen=True, slots=True)
class SuggestionLink:
    """A suggestion that another page leads to."""

    pk: int
    words: str  # "": they were erased
    received_on: date


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """A suggestion as one line among others."""

    pk: int
    version: int  # what a tick gives back
    words: str  # "": they were erased
    kind_label: str  # "": the suggester didn't say
    channel_label: str  # how it came
    received_on: date
    place: Words | None
    location: str
    category: Words | None
    photos: int
    supporters: int  # how many said the same, this one included
    is_waiting: bool
    answer_by: date
    is_reopened: bool  # its suggester says that it isn’t done
    asks_again: bool  # its suggester asks about the answer, and waits
    mentioned: int  # how many others said so too, as of midnight


@dataclass(frozen=True, slots=True)
class ListLink:
    """A list, or a number on it."""

    slug: str
    name: Words
    number: int | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggestion itself: what was written, and where it stands."""

    pk: int
    version: int  # what a form gives back, with the end of its history
    last_seq: int
    words: str  # "": they were erased
    status: str  # a SuggestionStatus value
    status_label: str
    reason_label: str  # for which kind of reason it isn’t adopted; "" otherwise
    under_way: ItemLink | None  # as which it is under way already
    reopened_on: date | None  # its suggester said then that it wasn’t done
    in_moderation: bool
    kind_label: str  # "": the suggester didn't say
    channel_label: str  # how it came
    received_on: date
    place: Words | None
    location: str
    category: Words | None
    call: Words | None
    about: ItemLink | None  # the item that its suggester said it is about
    objects_to: str | Promise  # what was up for objections; "" where it is none
    objects_to_list: ListLink | None  # where that is a draft list, with the number meant
    is_waiting: bool
    answer_by: date
    merged_into: SuggestionLink | None
    shown_on: date | None  # since when everyone may read it, in the words below
    shown_words: str
    shown_answer: str


@dataclass(frozen=True, slots=True)
class SuggestionStep:
    """An entry of a suggestion's history."""

    label: str  # of its verb, and of how an appeal ended
    day: date
    name: str  # as it was then; "" when the suggester wrote it
    text: str
    to_suggester: bool  # readable with the receipt code
    items: tuple[str, ...]  # that it became by this step
    into: SuggestionLink | None  # the one that it was put together with by this step
    photos: tuple[ResultPhoto, ...] = ()  # of what was done


@dataclass(frozen=True, slots=True)
class SuggestionPhoto:
    """A photo that came with a suggestion; its number stands in its address."""

    number: int
    small_width: int
    small_height: int


@dataclass(frozen=True, slots=True)
class ContactLook:
    """Somebody looked at the contact."""

    name: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Who wrote a suggestion, as they said: shown once, to whoever said what for."""

    name: str
    contact: str


@dataclass(frozen=True, slots=True)
class SuggestionGroup:
    """Suggestions that stand alike: how many there are, and those of them on this page."""

    key: str  # of `queries.SUGGESTION_GROUPS`
    label: str
    count: int
    rows: tuple[SuggestionRow, ...] = ()
    waits: bool = False  # for an answer, or to be let in


@dataclass(frozen=True, slots=True)
class SuggestionsPage:
    """One page of what a search found, group by group."""

    groups: tuple[SuggestionGroup, ...]  # each that there is; rows of those looked for
    count: int  # on all pages
    page: int
    pages: int

    @property
    def waits(self) -> bool:
        """Tell whether this page has any that waits."""
        return any(group.waits and group.rows for group in self.groups)


@dataclass(frozen=True, slots=True)
class SuggestionsToAnswer:
    """What waits for the office's answer, on My desk."""

    count: int
    late: int  # of them past their day
    moderated: int  # those in moderation wait apart
    rows: tuple[SuggestionRow, ...]
    to_erase: tuple[SuggestionLink, ...]  # whose suggester asks for it, the first of them
    asked_again: tuple[SuggestionLink, ...]  # what suggesters ask about answers, the first of them
    late_appeals: tuple[SuggestionLink, ...]  # past their day, with it; others answer them
    to_call: tuple[SuggestionLink, ...]  # whose suggester left a telephone, the first of them

    def __bool__(self):
        others = self.to_erase or self.to_call or self.asked_again or self.late_appeals
        return bool(self.count or self.moderated or others)


@dataclass(frozen=True, slots=True)
class LateSuggestions:
    """Suggestions whose day for an answer has passed."""

    count: int
    days: int  # by how many the oldest is late


@dataclass(frozen=True, slots=True)
class SuggestionDesk:
    """A suggestion as the desk works on it."""

    suggestion: Suggestion
    acts: dict[str, str]  # by verb: why this person may not, "" when they may
    steps: tuple[SuggestionStep, ...]  # the earliest first
    photos: tuple[SuggestionPhoto, ...]
    merged: tuple[SuggestionLink, ...]  # those that were put together with it
    items: tuple[ItemLink, ...]  # that it became
    looks: tuple[ContactLook, ...]
    has_contact: bool  # and this person may look at it
    to_call: bool  # its suggester waits for a call, and this person may look at the contact
    committee_slug: str
    next_pk: int | None  # the suggestion that waits for an answer after it


def suggestion_link(row: models.Suggestion) -> SuggestionLink:
    return SuggestionLink(row.pk, row.words, row.received_on)


def suggestion_question(entry: models.SuggestionEntry) -> SuggestionLink:
    """Return what a suggester asks about an answer, since when, as a link to the suggestion."""
    return SuggestionLink(entry.suggestion_id, entry.text, entry.day)


def late_appeal(row: models.Appeal) -> SuggestionLink:
    """Return a suggestion whose appeal is past its day, with that day."""
    return SuggestionLink(row.suggestion_id, row.suggestion.words, row.due)


def suggestion_row(row: models.Suggestion) -> SuggestionRow:
    """Return a suggestion as a line; the row knows its `supporters`, `pictures`, `asks_again`."""
    return SuggestionRow(
        pk=row.pk,
        version=row.version,
        words=row.words,
        kind_label=_kind_label(row),
        channel_label=Channel(row.channel).label,
        received_on=row.received_on,
        place=_words(row.place),
        location=row.location,
        category=_words(row.category),
        photos=row.pictures or 0,
        supporters=row.supporters,
        is_waiting=row.is_waiting,
        answer_by=row.answer_by,
        is_reopened=row.is_reopened,
        asks_again=row.asks_again,
        mentioned=row.mentioned,
    )


def suggestion(row: models.Suggestion) -> Suggestion:
    return Suggestion(
        pk=row.pk,
        version=row.version,
        last_seq=row.last_seq,
        words=row.words,
        status=row.status,
        status_label=_status_label(row),
        reason_label=str(Reason(row.reason).label) if row.reason else "",
        under_way=item_link(row.under_way) if row.under_way else None,
        reopened_on=row.reopened_on,
        in_moderation=row.in_moderation,
        kind_label=_kind_label(row),
        channel_label=Channel(row.channel).label,
        received_on=row.received_on,
        place=_words(row.place),
        location=row.location,
        category=_words(row.category),
        call=_words(row.call),
        about=item_link(row.about) if row.about else None,
        objects_to=announced_as(row.objects_to) if row.objects_to else "",
        objects_to_list=_list_link(row),
        is_waiting=row.is_waiting,
        answer_by=row.answer_by,
        merged_into=suggestion_link(row.merged_into) if row.merged_into else None,
        shown_on=row.shown_on,
        shown_words=row.shown_words,
        shown_answer=row.shown_answer,
    )


def _status_label(row: models.Suggestion) -> str:
    """Return where it stands, in words: what waits to be let in isn't waited for as yet."""
    if row.in_moderation and row.is_waiting:
        return gettext("in moderation")
    return SuggestionStatus(row.status).label


def _list_link(row: models.Suggestion) -> ListLink | None:
    """Return the list, as a whole or under a number, to which it objects."""
    if row.objects_to is None or row.objects_to.item_id is not None:
        return None
    return ListLink(row.objects_to.list.slug, row.objects_to.list.words, row.objects_to_number)


def _kind_label(row: models.Suggestion) -> str:
    return Kind(row.kind).label if row.kind else ""


def _words(row: models.Place | models.Category | models.Call | None) -> Words | None:
    return row.words if row else None


def suggestion_step(
    entry: models.SuggestionEntry,
    known: Mapping[int, models.Suggestion] = MappingProxyType({}),
    photos: Sequence[models.ResultPhoto] = (),
) -> SuggestionStep:
    """Return a step; `known` are those that it may have been put together with, by their keys."""
    other = known.get(entry.facts.get("into", 0))
    label, ended = str(SuggestionVerb(entry.verb).label), outcome_label(entry)
    return SuggestionStep(
        label=f"{label}: {ended}" if ended else label,
        day=entry.day,
        name=entry.name if entry.by_id else "",
        # Why somebody appeals is for the post for reviews alone.
        text="" if entry.verb == SuggestionVerb.APPEAL else entry.text,
        to_suggester=entry.to_suggester,
        items=tuple(entry.facts.get("items", ())),
        into=suggestion_link(other) if other else None,
        photos=tuple(map(result_photo, photos)),
    )


def suggestion_photo(row: models.SuggestionPhoto) -> SuggestionPhoto:
    return SuggestionPhoto(row.order + 1, row.small_width, row.small_height)


def contact_look(row: models.ContactLook) -> ContactLook:
    return ContactLook(row.by.name, row.at, row.why)


def contact(row: models.Contact) -> Contact:
    return Contact(row.name, row.contact)

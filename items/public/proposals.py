"""A whole draft list that is, or was, up for objections (公示) before it is published."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from items.models import Item, ItemList
from items.public.announcements import Announcement
from items.public.item import Carried, carried
from items.public.lists import Head, Holder, holder
from items.words import OfficeContact, Words


@dataclass(frozen=True, slots=True)
class ProposedHead:
    """The heading of a list that has no day of publication yet."""

    slug: str
    name: Words
    programme: Words
    year: int
    committee: Words
    committee_slug: str
    organisation: Words
    demonstration: bool
    office: OfficeContact


@dataclass(frozen=True, slots=True)
class ProposedItem:
    """An item as its list will promise it: everything but how far it is."""

    number: int
    title: Words
    place: Words
    measures: tuple[Words, ...]
    due: date | None
    first_due: date | None
    due_words: str
    owner: Holder
    supervisor: Holder
    carried_from: Carried | None  # the item of a running list with which it goes on
    objectable: bool  # it has a door of its own: help for families has none
    times_extended: int = 0
    put_right_by: date | None = None


@dataclass(frozen=True, slots=True)
class ProposedList:
    """The page of a draft that is up, or of one that was taken down and isn't published yet."""

    head: ProposedHead
    announcements: tuple[Announcement, ...]  # the latest first
    items: tuple[ProposedItem, ...]  # of this page; none while nothing is up
    count: int  # on all pages
    plan: Words
    as_of: date
    page: int = 1
    pages: int = 1

    @property
    def up(self) -> Announcement | None:
        """Return what is up now."""
        return next((row for row in self.announcements if row.is_up), None)

    @property
    def were_up(self) -> tuple[Announcement, ...]:
        """Return what was up before, the latest first."""
        return tuple(row for row in self.announcements if not row.is_up)


@dataclass(frozen=True, slots=True)
class ObjectionsPage:
    """What a published list was up for, with each objection and its answer."""

    head: Head
    announcements: tuple[Announcement, ...]  # the latest first


@dataclass(frozen=True, slots=True)
class Proposed:
    """To what on a draft list somebody objects: one of its items, or the list as a whole."""

    slug: str
    list_name: Words
    number: int | None
    title: Words


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """A draft list that is up, as one line: where it is found, and until when."""

    slug: str
    name: Words
    committee: Words
    until: date
    over: bool  # its days have passed


@dataclass(frozen=True, slots=True)
class WasUp:
    """That a list was up before it was published, in one line."""

    since: date
    until: date
    answered: int  # objections, each with its public answer


def proposed_head(item_list: ItemList) -> ProposedHead:
    committee = item_list.committee
    return ProposedHead(
        slug=item_list.slug,
        name=item_list.words,
        programme=item_list.programme_words,
        year=item_list.year,
        committee=item_list.called(committee),
        committee_slug=committee.slug,
        organisation=item_list.called(committee.organisation),
        demonstration=committee.organisation.demonstration,
        office=committee.office_contact,
    )


def proposed(item_list: ItemList, item: Item | None) -> Proposed:
    number, title = (item.number, item.title_words) if item else (None, Words())
    return Proposed(item_list.slug, item_list.words, number, title)


def proposed_item(item: Item, today: date) -> ProposedItem:
    """Return a draft item as everyone may read it while its list is up.

    Its list is known, its measures are read, and so are its posts with those who hold them.
    """
    names = item.list.committee.show_names
    return ProposedItem(
        number=item.number,
        title=item.title_words,
        place=item.list.called(item.place),
        measures=tuple(row.words for row in item.measures.all()),
        due=item.due,
        first_due=item.first_due,
        due_words=item.due_words,
        owner=holder(item.owner_post, item.list, today, names),
        supervisor=holder(item.supervisor_post, item.list, today, names),
        carried_from=carried(item.carried_from) if item.carried_from else None,
        objectable=not item.hardship,
    )


def was_up(announcements: Iterable[Announcement]) -> WasUp | None:
    """Return the latest time that a list was up, in one line; None where it never was."""
    last = next(iter(announcements), None)
    if last is None:
        return None
    return WasUp(last.entry.happened_on, last.until, len(last.objections))

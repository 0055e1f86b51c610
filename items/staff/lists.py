"""Lists at the desk: all of them, the head of one, its drafts, and what a search finds."""

from dataclasses import astuple, dataclass
from datetime import date

from items import public
from items.models import Item, ItemList
from items.staff.proposals import Proposal
from items.states import ListStatus
from items.words import Words


@dataclass(frozen=True, slots=True)
class ListLine:
    """A list among others: where it stands, and its equation once it is published."""

    slug: str
    name: Words
    year: int
    status: str  # a states.ListStatus value
    status_label: str
    drafts: int  # items that aren't published
    arithmetic: public.Arithmetic | None  # None of a draft
    proposal: Proposal | None = None  # where it is up for objections


@dataclass(frozen=True, slots=True)
class CommitteeLists:
    """The lists of a committee, the newest year first."""

    committee: Words
    lists: tuple[ListLine, ...]


@dataclass(frozen=True, slots=True)
class ListHead:
    """A list as the pages of the desk name it, a draft or a published one."""

    slug: str
    name: Words
    committee: Words
    year: int
    is_draft: bool
    status_label: str
    published_on: date | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class DraftLine:
    """An item of a draft list as one line; of its deadline the columns that say it."""

    number: int
    title: Words
    place: Words | None
    due: date | None
    first_due: date | None
    due_words: str
    times_extended: int
    put_right_by: date | None
    owner: str  # the post; "" while there is none
    supervisor: str


@dataclass(frozen=True, slots=True)
class DraftsPage:
    """One page of a draft list's items."""

    lines: tuple[DraftLine, ...]
    count: int  # on all pages
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class ItemSearch:
    """What staff look for in a list; "" for everything."""

    q: str = ""
    status: str = ""  # a public group, or "pending_check"
    late: str = ""  # "overdue", "part", "done", "silent" (without news for long) or "extended"
    owner: str = ""  # the key of a post
    supervisor: str = ""
    unit: str = ""  # the key of a unit, and so on
    place: str = ""
    theme: str = ""
    category: str = ""
    term: str = ""  # a states.Term value

    def __bool__(self):
        return any(astuple(self))


@dataclass(frozen=True, slots=True)
class ListPage:
    """A published list with one page of what a search found in it."""

    head: public.Head
    arithmetic: public.Arithmetic  # of the whole list, whatever was looked for
    rows: tuple[public.Row, ...]  # with names
    count: int  # of what was found, on all pages
    page: int
    pages: int
    owners: tuple[tuple[str, str], ...]  # key and name of the posts that own its items


def list_head(item_list: ItemList) -> ListHead:
    return ListHead(
        slug=item_list.slug,
        name=item_list.words,
        committee=item_list.committee.words,
        year=item_list.year,
        is_draft=item_list.is_draft,
        status_label=ListStatus(item_list.status).label,
        published_on=item_list.published_on,
        closed_on=item_list.closed_on,
    )


def draft_line(item: Item) -> DraftLine:
    return DraftLine(
        number=item.number,
        title=item.title_words,
        place=item.place.words if item.place else None,
        due=item.due,
        first_due=item.first_due,
        due_words=item.due_words,
        times_extended=item.times_extended,
        put_right_by=item.put_right_by,
        owner=str(item.owner_post or ""),
        supervisor=str(item.supervisor_post or ""),
    )

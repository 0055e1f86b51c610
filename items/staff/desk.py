"""My desk: what waits for one person."""

from dataclasses import dataclass
from datetime import date

from items.staff.bulletins import BulletinLine
from items.staff.entries import Entry
from items.staff.item import PhotoToRelease
from items.staff.lines import Line
from items.staff.proposals import Proposal
from items.staff.suggestions import SuggestionsToAnswer
from items.words import Words


@dataclass(frozen=True, slots=True)
class Queue:
    """The beginning of a queue, or one page of it."""

    key: str
    label: str
    count: int  # of the whole queue
    lines: tuple[Line, ...]  # on My desk without those that stand in a queue above
    above: tuple[Line, ...] = ()
    theirs: bool = False  # somebody else has to act
    page: int = 1
    pages: int = 1
    for_chat: bool = False  # a text for a chat group can be made of it

    @property
    def begun(self) -> int:
        """Return how many of them are shown, here or above."""
        return len(self.lines) + len(self.above)

    @property
    def lists(self) -> tuple[tuple[str, Words], ...]:
        """Return the lists of the lines shown, each once, in their order."""
        return tuple({line.list_slug: line.list_name for line in self.lines}.items())


@dataclass(frozen=True, slots=True)
class Notice:
    """An entry that somebody was told of and hasn't seen."""

    pk: int
    entry: Entry
    list_slug: str
    number: int
    title: Words


@dataclass(frozen=True, slots=True)
class Gaps:
    """What rules 1 and 2 find missing in a published list."""

    list_slug: str
    list_name: Words
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """My desk: what waits for one person."""

    sides: frozenset[str]  # "owner", "supervisor", "office", "releaser", "reviewer", "looker"
    queues: tuple[Queue, ...]
    gaps: tuple[Gaps, ...]  # for the office, of its lists that have any
    notices: tuple[Notice, ...]  # unseen, the newest first
    unseen: int  # how many there are
    to_answer: SuggestionsToAnswer | None  # suggestions that wait for an answer, for the office
    coached: int | None  # what workers wrote of coached answers; None: they review nothing
    to_confirm: int | None  # what the office says is done; None: they supervise nothing
    appeals: int | None  # against answers, that they answer; None: they review nothing
    months: tuple[tuple[str, Words], ...]  # lists in which they report on more than one item
    posts: tuple[Words, ...]  # that they hold, where no queue is theirs
    as_of: date
    photos: tuple[PhotoToRelease, ...] = ()  # the first of those that wait, for the office
    bulletins: tuple[BulletinLine, ...] = ()  # that wait for their second yes
    proposals: tuple[Proposal, ...] = ()  # drafts of their office that are up for objections

    @property
    def count(self) -> int:
        """Return how many things wait for this person to act."""
        suggestions = self.to_answer.count if self.to_answer else 0
        named = (self.appeals, self.coached, self.to_confirm, suggestions, len(self.bulletins))
        own = sum(queue.count for queue in self.queues if not queue.theirs)
        return own + sum(number or 0 for number in named)

"""Posts and who holds them."""

from dataclasses import dataclass
from datetime import date

from items.words import OfficeContact, Words


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post: who has the duty, who had it before, and for how much."""

    pk: int
    name: Words
    is_leader: bool
    holding: int  # the key of the holding in force, which a form gives back; 0 when vacant
    holder: str  # the name, "" when vacant
    since: date | None  # when it was taken up, or fell vacant; None for a post never held
    before: str  # who held it before, "" for nobody
    owned: int  # items of published lists that go over with it, as owner's
    supervised: int  # and as supervisor's
    idle_in: tuple[Words, ...]  # the published lists in which a leader owns no item (rule 1)

    @property
    def passes_on(self) -> int:
        """Return for how many items the duty goes to the next holder."""
        return self.owned + self.supervised  # a database constraint: never both for one item


@dataclass(frozen=True, slots=True)
class Posts:
    """The posts of one committee; what nobody holds comes first."""

    committee: Words
    organisation: Words
    why_not: str  # why whoever looks may not appoint here, "" when they may
    posts: tuple[HeldPost, ...]
    vacant: int
    slug: str
    names: bool  # a published list shows names, which the office renames
    office: OfficeContact
    alone: bool  # the office is one person, or nobody
    releasing: HeldPost | None  # whose holder releases what the office enters; None: none is named
    reviewing: tuple[HeldPost, ...]  # whose holders review what workers doubt

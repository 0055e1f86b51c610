"""What the desk shows of workers' suggestions, to those who may read them; no contact is in it."""

from dataclasses import dataclass

from items.models import ContactLook, Item, Suggestion, SuggestionEntry, SuggestionPhoto


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for among suggestions; "" for everything."""

    q: str = ""
    group: str = ""  # a key of `queries.SUGGESTION_GROUPS`
    committee: str = ""  # these are keys of rows
    category: str = ""
    place: str = ""
    call: str = ""

    def __bool__(self):
        return any([self.q, self.group, self.committee, self.category, self.place, self.call])


@dataclass(frozen=True, slots=True)
class Group:
    """Suggestions that stand alike: how many there are, and those of them on this page."""

    key: str
    label: str
    count: int
    rows: tuple[Suggestion, ...] = ()  # with `supporters`, `outcome` and `pictures`


@dataclass(frozen=True, slots=True)
class Suggestions:
    """One page of what was found, group by group."""

    groups: tuple[Group, ...]  # each that there is, with its count; rows of those looked for
    found: int  # on all pages
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """What waits for the office's answer, on My desk."""

    count: int
    late: int  # of them past their day
    moderated: int  # those in moderation wait apart
    rows: tuple[Suggestion, ...]

    def __bool__(self):
        return bool(self.count or self.moderated)


@dataclass(frozen=True, slots=True)
class Late:
    """Suggestions whose day for an answer has passed."""

    count: int
    days: int  # by how many the oldest is late


@dataclass(frozen=True, slots=True)
class SuggestionDesk:
    """A suggestion as the desk reads it."""

    suggestion: Suggestion
    acts: dict[str, str]  # by verb: why this person may not, "" when they may
    steps: tuple[SuggestionEntry, ...]
    photos: tuple[SuggestionPhoto, ...]  # without the pictures themselves
    merged: tuple[Suggestion, ...]  # those that were put together with it
    items: tuple[Item, ...]  # that it became
    looks: tuple[ContactLook, ...]
    alike: tuple[Suggestion, ...]  # the nearest, while it waits
    alike_items: tuple[Item, ...]
    has_contact: bool  # and this person may look at it
    next: Suggestion | None  # that waits for an answer

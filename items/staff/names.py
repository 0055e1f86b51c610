"""Names that published lists show, for whoever renames them."""

from dataclasses import dataclass

from items.words import Words


@dataclass(frozen=True, slots=True)
class ShownName:
    """A name that a published list shows, and of what it is the name."""

    kind: str  # a model's name, or "programme" of a list
    pk: int
    name: Words


@dataclass(frozen=True, slots=True)
class ClosingName:
    """What a closed list goes on calling something that has another name today."""

    pk: int
    kind: str  # of what it is the name, in words
    name: Words  # empty: it was erased


@dataclass(frozen=True, slots=True)
class NameGroup:
    """The names of one kind."""

    label: str
    names: tuple[ShownName, ...]


@dataclass(frozen=True, slots=True)
class ShownNames:
    """All names that a committee's published lists show."""

    committee: Words
    organisation: Words
    slug: str
    groups: tuple[NameGroup, ...]

"""Where an activity office is found, and who said so when."""

from dataclasses import dataclass
from datetime import date

from items.words import OfficeContact, Words


@dataclass(frozen=True, slots=True)
class OfficeContactChange:
    """What the office said of itself on a day."""

    on: date
    by: str  # "" when nobody is known to have said it
    said: str  # "": it was taken away


@dataclass(frozen=True, slots=True)
class OfficeContactPage:
    """The desk's page of a committee's contact."""

    slug: str
    committee: Words
    contact: OfficeContact
    changes: tuple[OfficeContactChange, ...]  # the latest first

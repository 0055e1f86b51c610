"""What there is: one noun per file, each with its queryset."""

from items.models.item import BroughtIn, Item, Measure, Part, UnitShare
from items.models.ledger import Chain, Entry, EntryWords
from items.models.list import ItemList
from items.models.lookup import Category, Place, Unit
from items.models.notice import Notice
from items.models.organisation import Committee, Organisation
from items.models.person import Person, Role
from items.models.post import Holding, Post

__all__ = [
    "BroughtIn",
    "Category",
    "Chain",
    "Committee",
    "Entry",
    "EntryWords",
    "Holding",
    "Item",
    "ItemList",
    "Measure",
    "Notice",
    "Organisation",
    "Part",
    "Person",
    "Place",
    "Post",
    "Role",
    "Unit",
    "UnitShare",
]

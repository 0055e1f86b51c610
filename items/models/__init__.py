"""What there is: one noun per file, each with its queryset."""

from items.models.appeal import Appeal
from items.models.assessment import Assessment, AssessmentRow
from items.models.brought_in import BroughtIn
from items.models.bulletin import Bulletin, BulletinErratum, BulletinPrint
from items.models.calendar_day import CalendarDay
from items.models.call import Call
from items.models.case import CaseLook, HardshipFile
from items.models.closing_name import ClosingName
from items.models.coaching import Coaching
from items.models.criterion import Criterion
from items.models.delivery import Delivery
from items.models.item import Item
from items.models.kept_upload import KeptUpload
from items.models.ledger import Chain, Entry, EntryWords
from items.models.ledger_export import LedgerExport
from items.models.list import ItemList
from items.models.look_back import LookBack, LookBackDraw
from items.models.lookup import Category, Place, Theme, Unit
from items.models.measure import Measure
from items.models.mention import Mention, Mentioned
from items.models.notice import Notice
from items.models.occasion import Occasion
from items.models.organisation import Committee, FormerAddress, Organisation
from items.models.part import Part
from items.models.person import Person, Role
from items.models.photo import Photo, Spot
from items.models.post import Holding, Post
from items.models.ready_answers import ReadyAnswers
from items.models.review import Review
from items.models.revision import Revision
from items.models.share import UnitShare
from items.models.sheet_heading import SheetHeading, SheetLayout
from items.models.site_visit import SiteVisit
from items.models.sought import SoughtWords
from items.models.suggestion import (
    Adoption,
    Contact,
    ContactLook,
    ResultPhoto,
    Suggestion,
    SuggestionEntry,
    SuggestionPhoto,
)
from items.models.synonyms import Synonyms
from items.models.table_view import TableView
from items.models.verdict import Answered, Verdict, VerdictCount, VerdictRound

__all__ = [
    "Adoption",
    "Answered",
    "Appeal",
    "Assessment",
    "AssessmentRow",
    "BroughtIn",
    "Bulletin",
    "BulletinErratum",
    "BulletinPrint",
    "CalendarDay",
    "Call",
    "CaseLook",
    "Category",
    "Chain",
    "ClosingName",
    "Coaching",
    "Committee",
    "Contact",
    "ContactLook",
    "Criterion",
    "Delivery",
    "Entry",
    "EntryWords",
    "FormerAddress",
    "HardshipFile",
    "Holding",
    "Item",
    "ItemList",
    "KeptUpload",
    "LedgerExport",
    "LookBack",
    "LookBackDraw",
    "Measure",
    "Mention",
    "Mentioned",
    "Notice",
    "Occasion",
    "Organisation",
    "Part",
    "Person",
    "Photo",
    "Place",
    "Post",
    "ReadyAnswers",
    "ResultPhoto",
    "Review",
    "Revision",
    "Role",
    "SheetHeading",
    "SheetLayout",
    "SiteVisit",
    "SoughtWords",
    "Spot",
    "Suggestion",
    "SuggestionEntry",
    "SuggestionPhoto",
    "Synonyms",
    "TableView",
    "Theme",
    "Unit",
    "UnitShare",
    "Verdict",
    "VerdictCount",
    "VerdictRound",
]

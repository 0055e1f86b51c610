"""Field-level privacy: every field of every model, in exactly one of three shades.

A field is public only on a row that is public itself: a published item, a released entry. The
shapes in `items.public` carry public fields to the pages; tests/privacy/ holds both to this table.
"""

from django.db import models

from items.columns import COLUMNS, names

# Anybody may read it.
PUBLIC = {
    "Organisation": "name name_en short_name short_name_en demonstration",
    "Committee": "organisation parent slug name name_en show_names stale_after_days"
    " answer_within_days office_room office_room_en office_phone office_hours office_hours_en",
    "FormerAddress": "committee slug",  # of a committee that everyone knows of
    "ItemList": "committee slug year name name_en programme programme_en status published_on"
    " plan plan_en closed_on closing_figures code",
    "Unit": "committee name name_en kind",
    "Place": "committee parent name name_en",
    "Category": "committee name name_en",
    "Theme": "committee name name_en",
    "Post": "committee name name_en is_leader",
    "Holding": "post since until",  # whether a post is vacant is everybody's business
    "Item": " ".join(names(c for c in COLUMNS if c.of == "item" and c.shade == "public")),
    "Measure": "item order text text_en done_on",
    "Criterion": "item order text text_en",
    "Part": "item order title title_en unit start_by first_due due due_words progress done_on",
    "UnitShare": "item unit role order",
    # A spot is public through a public photo of it; a photo, once the office has released it.
    "Spot": "item order title title_en",
    # With the entry that it came with stands which report or claim it belongs to.
    "Photo": "item spot side entry words words_en taken_on stem width height small_width"
    " small_height state",
    "Delivery": "item entry what count unit place team received_on",
    # A call is public once it is issued; of a suggestion, what the office released of it.
    "Call": "committee title title_en purpose purpose_en issuer issuer_en opens_on closes_on"
    " answer_by status issued_on ended_on ended_why",
    # What waits in moderation counts nowhere; that it was let in shows in the counts. Of each there
    # is a line without its words, by the week in which it came.
    "Suggestion": "committee visit channel status merged_into items received_on in_moderation"
    " shown_words shown_answer shown_on grade category place ended_on reopened_on reason under_way"
    " objects_to objects_to_number",
    "Adoption": "suggestion item",
    "Mention": "suggestion day count",
    "Appeal": "opened_on outcome ended_on",  # as counts, from midnight on
    # Nobody reads them, but everyone sees what a search finds by them.
    "Synonyms": "committee lines",
    "Occasion": "item entry on place what ending",
    "SiteVisit": "committee post went_on place location heard withdrawn_on withdrawn_why",
    # Publishing writes it into the ledger: "resolved before this system, per FILE, row 7".
    "BroughtIn": "item status progress started_on done_on signed_off_on hold_review_on withdrawn_on"
    " file row",
    "Entry": "list item verb status_from status_to role happened_on written_at public facts about",
    # `old` and `new` are names in an appointment, and `new` in what was brought in: see NAMES.
    "EntryWords": "entry text evidence post old new post_en old_en new_en part part_en answers"
    " answers_en erased_on",
    "ClosingName": "list kind key name name_en",
    "CalendarDay": "day kind name",
    # What workers said shows as counts, of days that are over; the answers themselves never.
    "VerdictRound": "item entry opened_on ends_on ended_why",
    "Review": "item round cause sign_off heard_before heard_after opened_on due without_calendar"
    " post drawn entry",
    "VerdictCount": "round day grade verified from_wall number",
    # Public once it is issued; none is about help for a family.
    "Assessment": "list number held_on body scrutineers tellers majority basis put_right_days"
    " issued_on entry",
    "AssessmentRow": "assessment item satisfied basically unsatisfied abstained valid invalid"
    " returned given present members grade as_in_source comes_first",
    # Public once it is issued, and frozen; a draft is for those who prepare and issue it.
    "Bulletin": "list number kind foreword foreword_en closing closing_en signed_post signed_name"
    " signed_on as_of entry article article_en sha256 sha256_en content ledger_head erasure",
    "BulletinErratum": "bulletin of section text",
    "BulletinPrint": "bulletin language of file sha256 made_on",
    # Who looks back at what: a round's entry says so, and the page of the draw, with the seed.
    "LookBack": "item sign_off post by_when round draw entry",
    "LookBackDraw": "committee quarter head seed candidates drawn_on",
}

# Who owns and who supervises: by post always, by these where the committee shows names.
NAMES = {
    "Person": "name",
    "Holding": "person",
    "BroughtIn": "signed_off_by",
    "EntryWords": "name",
    "SiteVisit": "name",
}

FOR_STAFF = ("staff", "inside")
# No visitor ever learns it.
PRIVATE = {
    "Person": "username password email is_active is_staff is_superuser last_login date_joined"
    " closings groups user_permissions",
    "Role": "person committee kind",
    "Committee": "was_public releasing_post review_post second_review_post review_share"
    " announces_withdrawals announces_reductions announces_sign_offs announces_lists",
    "Unit": "helpers",
    "Item": " ".join(names(c for c in COLUMNS if c.of == "item" and c.shade in FOR_STAFF)),
    "BroughtIn": "by at",
    "Photo": "bytes added_by added_at",
    "Delivery": "received_by",
    "Notice": "person entry seen_at",
    "Call": "issued_by ended_by facts",
    "Suggestion": "about call code_hash kind words location answer_by last_seq",
    "SuggestionEntry": "suggestion seq verb by name day text to_suggester facts",
    "SuggestionPhoto": "suggestion order large small width height small_width small_height",
    # Who has the receipt code sees it, and the office.
    "ResultPhoto": "entry order large small width height small_width small_height",
    "ReadyAnswers": "committee answers",
    "Contact": "suggestion name contact telephone",
    "ContactLook": "suggestion by at why",
    "SoughtWords": "committee words times",
    "Verdict": "round day grade verified from_wall",
    "Answered": "round digest",
    "Coaching": "item words day",
    "Appeal": "suggestion due",
    "Assessment": "prepared_by",
    "Bulletin": "prepared_by asked_on",
    "Mentioned": "digest",
    "SheetHeading": "committee heading column",
    "SheetLayout": "list title columns",
    "LedgerExport": "list by exported_at seq inside columns base",
    "TableView": "committee person name query",
    "SiteVisit": "written_by written_at withdrawn_by facts",
    "KeptUpload": "person form kept_on kept_at large small width height small_width small_height",
    "HardshipFile": "item name kind size content added_by added_at removed_on removed_by"
    " removed_why",
    "CaseLook": "item file by name at",
    # A gap in the sequence, or a link of the chain, would tell that something isn't released.
    "Chain": "list seq hash",
    "Entry": "seq by snapshot words_digest previous_hash hash",
    "Revision": "number",
    "EntryWords": "salt",  # with it short words can be found again by trying
}

# Of every model: gaps between keys, and saves that show nothing, tell of rows that are not shown.
PRIVATE_OF_ALL = {"id", "version"}

SHADES = {"public": PUBLIC, "names": NAMES, "private": PRIVATE}


def shades(model, field: str) -> list[str]:
    """Return every shade that a model's field is declared in; a right table gives one."""
    if is_history(model) or field in PRIVATE_OF_ALL:
        return ["private"]
    return [shade for shade, table in SHADES.items() if field in declared(table, model.__name__)]


# The office's own number is asked about when it is set, not each time that a list is published.
ASKED_WHEN_SET = {"office_phone"}


def public_texts(model) -> list[str]:
    """Return the columns in which a row says something to everyone, in words that people write."""
    fields = [field for field in model._meta.concrete_fields if is_text(field)]
    public = [field.name for field in fields if shades(model, field.name) == ["public"]]
    return [name for name in public if name not in ASKED_WHEN_SET]


def is_text(field) -> bool:
    """Tell whether people write words into a column; others are chosen, or follow from it."""
    text = isinstance(field, models.CharField | models.TextField)
    return text and field.editable and not field.choices


def declared(table: dict[str, str], model: str) -> list[str]:
    return table.get(model, "").split()


def is_history(model) -> bool:
    """Tell whether a model keeps the former states of another: those are for staff alone."""
    return hasattr(model, "instance_type")  # what django-simple-history gives its models

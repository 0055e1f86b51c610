"""What a page reads across models: one function per page, a fixed number of queries."""

from items.queries.alike import alike, alike_items, current_items
from items.queries.announcements import open_announcement
from items.queries.appeals import appealed, appeals
from items.queries.article import bulletin, errata_of
from items.queries.assessments import any_assessment, assessment_page
from items.queries.board import board
from items.queries.bulletins import (
    bulletin_file,
    bulletin_page,
    bulletins_of,
    bulletins_state,
    waits_for_yes,
)
from items.queries.changes import changes_page
from items.queries.chat_text import chat_text_of_list, chat_text_of_queue
from items.queries.claims import claim_counts, claims_page
from items.queries.coaching import coachings
from items.queries.committees import committee_page
from items.queries.confirmations import said_done, supervises_at_all, to_confirm
from items.queries.desk import desk, queue, reviews_at_all
from items.queries.desk_lists import (
    desk_lists,
    drafts_page,
    figures,
    list_page,
    matches,
    reads_inside,
)
from items.queries.dossier import item_dossier, list_dossier, volumes
from items.queries.draws import draw_page
from items.queries.find import find
from items.queries.home import home
from items.queries.item import item_page, obstacle_of, parts_of
from items.queries.item_desk import (
    asked_until,
    item_desk,
    photos_of_claim,
    seen_item,
    seen_items,
)
from items.queries.ledger_table import (
    SORTED,
    asked_for_time,
    choices,
    ledger_lines,
    ledger_page,
    ledger_rows,
    roles_in,
    saved_views,
    sheet_layout,
    sorted_by,
)
from items.queries.lines import is_reported, latest
from items.queries.list_ledger import closing_name, closing_names, list_entry, list_ledger
from items.queries.look_backs import look_back_proposals
from items.queries.month import month_page, reports_in
from items.queries.office_contact import office_at, office_contact_page
from items.queries.open_data import (
    addresses,
    deadlines,
    feed,
    open_item,
    open_items,
    open_list,
    open_lists,
    open_moves,
    whole_list,
)
from items.queries.pack import decisions, pack
from items.queries.past import days_of, past_page
from items.queries.photo_tray import photos_to_release, waiting_photos
from items.queries.places import place_page, places_page
from items.queries.plan import plan_page
from items.queries.posts import held_post, posts, reads_committees
from items.queries.promises import promises_page
from items.queries.proof import proof
from items.queries.proposal_desk import proposals_of, proposals_of_office
from items.queries.proposals import (
    objections_page,
    proposal_at,
    proposed_lines,
    proposed_list,
)
from items.queries.queues import QUEUES
from items.queries.releases import (
    answered_by,
    changes_of_card,
    reads_releases,
    releases_page,
)
from items.queries.report_link import report_link
from items.queries.review import review_to_answer, words_to_review
from items.queries.screen import screen
from items.queries.share import share
from items.queries.sheets import (
    MOST_ON_SHEETS,
    behind_code,
    list_in_brief,
    whole_board,
    whole_place,
)
from items.queries.shown_names import shown_names, shown_row
from items.queries.suggestion_desk import (
    SUGGESTION_GROUPS,
    SUGGESTION_ORDERS,
    choices_of,
    desk_suggestions,
    late_suggestions,
    moderated,
    next_to_answer,
    sought_of,
    sought_words,
    suggestion_desk,
    suggestions_about,
    suggestions_behind,
    suggestions_to_answer,
    waits_for_call,
)
from items.queries.suggestions import (
    addressees,
    call_page,
    public_item,
    receipt_page,
    released_suggestion,
    result_photo,
    similar_released,
    suggestion_lines,
    suggestions_page,
    ways_to_disagree,
)
from items.queries.theme import theme_page
from items.queries.verdict import verdict_page, workers_voice
from items.queries.visits import desk_visits, visits_at_desk, visits_page
from items.queries.year import going, next_lists, year, year_after

__all__ = [
    "MOST_ON_SHEETS",
    "QUEUES",
    "SORTED",
    "SUGGESTION_GROUPS",
    "SUGGESTION_ORDERS",
    "addressees",
    "addresses",
    "alike",
    "alike_items",
    "answered_by",
    "any_assessment",
    "appealed",
    "appeals",
    "asked_for_time",
    "asked_until",
    "assessment_page",
    "behind_code",
    "board",
    "bulletin",
    "bulletin_file",
    "bulletin_page",
    "bulletins_of",
    "bulletins_state",
    "call_page",
    "changes_of_card",
    "changes_page",
    "chat_text_of_list",
    "chat_text_of_queue",
    "choices",
    "choices_of",
    "claim_counts",
    "claims_page",
    "closing_name",
    "closing_names",
    "coachings",
    "committee_page",
    "current_items",
    "days_of",
    "deadlines",
    "decisions",
    "desk",
    "desk_lists",
    "desk_suggestions",
    "desk_visits",
    "drafts_page",
    "draw_page",
    "errata_of",
    "feed",
    "figures",
    "find",
    "going",
    "held_post",
    "home",
    "is_reported",
    "item_desk",
    "item_dossier",
    "item_page",
    "late_suggestions",
    "latest",
    "ledger_lines",
    "ledger_page",
    "ledger_rows",
    "list_dossier",
    "list_entry",
    "list_in_brief",
    "list_ledger",
    "list_page",
    "look_back_proposals",
    "matches",
    "moderated",
    "month_page",
    "next_lists",
    "next_to_answer",
    "objections_page",
    "obstacle_of",
    "office_at",
    "office_contact_page",
    "open_announcement",
    "open_item",
    "open_items",
    "open_list",
    "open_lists",
    "open_moves",
    "pack",
    "parts_of",
    "past_page",
    "photos_of_claim",
    "photos_to_release",
    "place_page",
    "places_page",
    "plan_page",
    "posts",
    "promises_page",
    "proof",
    "proposal_at",
    "proposals_of",
    "proposals_of_office",
    "proposed_lines",
    "proposed_list",
    "public_item",
    "queue",
    "reads_committees",
    "reads_inside",
    "reads_releases",
    "receipt_page",
    "released_suggestion",
    "releases_page",
    "report_link",
    "reports_in",
    "result_photo",
    "review_to_answer",
    "reviews_at_all",
    "roles_in",
    "said_done",
    "saved_views",
    "screen",
    "seen_item",
    "seen_items",
    "share",
    "sheet_layout",
    "shown_names",
    "shown_row",
    "similar_released",
    "sorted_by",
    "sought_of",
    "sought_words",
    "suggestion_desk",
    "suggestion_lines",
    "suggestions_about",
    "suggestions_behind",
    "suggestions_page",
    "suggestions_to_answer",
    "supervises_at_all",
    "theme_page",
    "to_confirm",
    "verdict_page",
    "visits_at_desk",
    "visits_page",
    "volumes",
    "waiting_photos",
    "waits_for_call",
    "waits_for_yes",
    "ways_to_disagree",
    "whole_board",
    "whole_list",
    "whole_place",
    "words_to_review",
    "workers_voice",
    "year",
    "year_after",
]

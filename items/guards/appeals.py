"""Guards of appeals: the suggester opens one, and only the post for reviews ends it.

Until then the answer stays as it is, and nobody takes it up again: neither the office nor whoever
answered.
"""

from items.guards.conditions import APPEALED, changed

# An act writes its step first; until it saves the suggestion, the step is beyond its last one.
STEP = (
    "SELECT 1 FROM items_suggestion s JOIN items_suggestionentry e"
    " ON e.suggestion_id = s.id AND e.seq > s.last_seq"
    " WHERE s.id = NEW.suggestion_id AND e.day = {day} AND e.verb = '{verb}'"
)
OPENS = STEP.format(day="NEW.opened_on", verb="appeal") + (
    " AND e.by_id IS NULL AND s.code_hash <> ''"
    " AND EXISTS (SELECT 1 FROM items_suggestion r WHERE r.id = COALESCE(s.merged_into_id, s.id)"
    " AND r.status IN ('settled', 'not_adopted'))"
)
ENDS = STEP.format(day="NEW.ended_on", verb="answer_appeal") + (
    " AND EXISTS (SELECT 1 FROM items_committee c JOIN items_holding h"
    " ON h.post_id = c.review_post_id OR h.post_id = c.second_review_post_id"
    " WHERE c.id = s.committee_id AND h.person_id = e.by_id AND h.since <= e.day"
    " AND (h.until IS NULL OR h.until > e.day))"
    " AND NOT EXISTS (SELECT 1 FROM items_role r WHERE r.person_id = e.by_id"
    " AND r.committee_id = s.committee_id AND r.kind IN ('office', 'administrator', 'auditor'))"
    " AND NOT EXISTS (SELECT 1 FROM items_suggestionentry d WHERE d.by_id = e.by_id"
    " AND d.verb <> 'answer_appeal' AND d.suggestion_id IN (s.id, s.merged_into_id))"
)

GUARDS = [
    (
        "appeal_insert",
        "items_appeal",
        "INSERT",
        f"NEW.outcome <> '' OR NEW.due <= NEW.opened_on OR NOT EXISTS ({OPENS})",
        APPEALED,
    ),
    ("appeal_delete", "items_appeal", "DELETE", "TRUE", APPEALED),
    (
        "appeal_update",
        "items_appeal",
        "UPDATE",
        f"{changed('suggestion_id opened_on due')} OR OLD.outcome <> ''"
        f" OR NEW.outcome <> '' AND NOT EXISTS ({ENDS})",
        APPEALED,
    ),
    (
        "suggestion_appealed",  # its own, or of one that was put together with it
        "items_suggestion",
        "UPDATE",
        f"{changed('status merged_into_id')} AND EXISTS (SELECT 1 FROM items_appeal a"
        " JOIN items_suggestion f ON f.id = a.suggestion_id"
        " WHERE a.outcome = '' AND (f.id = NEW.id OR f.merged_into_id = NEW.id))",
        APPEALED,
    ),
]

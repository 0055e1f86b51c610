"""Guards of suggestions: each changes only together with a step of its history."""

from items.guards.conditions import (
    ANSWERED,
    DECLINED,
    LEDGER,
    REOPENED,
    SETTLED,
    changed,
)

SUGGESTION_STEPPED = "status merged_into_id in_moderation shown_words shown_answer shown_on"
SUGGESTION_STEPPED += " ended_on last_seq category_id place_id reopened_on reason under_way_id"

# A step that was just written, when the suggestion is saved after it
NEW_STEP = "SELECT 1 FROM items_suggestionentry e{join} WHERE e.suggestion_id = NEW.id"
NEW_STEP += " AND e.seq > OLD.last_seq AND e.verb = '{verb}'"
WITH_PHOTO = NEW_STEP.format(join=" JOIN items_resultphoto p ON p.entry_id = e.id", verb="settle")
CONFIRMED = NEW_STEP.format(join="", verb="check_settled") + (
    " AND e.facts ->> 'outcome' = 'done'"
    " AND EXISTS (SELECT 1 FROM items_holding h"
    " JOIN items_item i ON i.supervisor_post_id = h.post_id AND i.status <> 'draft'"
    " JOIN items_itemlist l ON l.id = i.list_id AND l.committee_id = NEW.committee_id"
    " WHERE h.person_id = e.by_id AND h.since <= e.day AND (h.until IS NULL OR h.until > e.day))"
    " AND NOT EXISTS (SELECT 1 FROM items_role r WHERE r.person_id = e.by_id"
    " AND r.committee_id = NEW.committee_id AND r.kind IN ('office', 'administrator', 'auditor'))"
    " AND NOT EXISTS (SELECT 1 FROM items_suggestionentry d WHERE d.suggestion_id = NEW.id"
    " AND d.by_id = e.by_id AND d.verb <> 'check_settled')"
)
SAID_UNDONE = NEW_STEP.format(join="", verb="reopen_suggestion") + (
    " AND e.by_id IS NULL AND e.day = NEW.reopened_on AND EXISTS (SELECT 1 FROM items_suggestion r"
    " WHERE r.id = COALESCE(OLD.merged_into_id, OLD.id) AND r.status = 'settled')"
)


def stepped(entry: str, verb: str) -> str:
    """Return the condition that a step of a verb was just written where that `entry` stands."""
    return (
        "EXISTS (SELECT 1 FROM items_suggestionentry o JOIN items_suggestion s"
        " ON s.id = o.suggestion_id JOIN items_suggestionentry e"
        f" ON e.suggestion_id = s.id AND e.seq > s.last_seq AND e.verb = '{verb}'"
        f" WHERE o.id = {entry})"
    )


def unstepped(suggestion: str) -> str:
    """Return the condition that no step of the suggestion was just written.

    An act writes its step, then what hangs on the suggestion, and lastly the suggestion.
    """
    return (
        "NOT EXISTS (SELECT 1 FROM items_suggestion s JOIN items_suggestionentry e"
        f" ON e.suggestion_id = s.id AND e.seq > s.last_seq WHERE s.id = {suggestion})"
    )


GUARDS = [
    (
        "suggestion_insert",
        "items_suggestion",
        "INSERT",
        "NEW.status <> 'received' OR NEW.last_seq <> 0 OR NEW.shown_on IS NOT NULL"
        " OR NEW.channel <> 'form' AND NEW.code_hash <> ''"  # what staff wrote has no code
        " OR NEW.about_id IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM items_item i JOIN items_itemlist l ON l.id = i.list_id"
        " WHERE i.id = NEW.about_id AND i.status <> 'draft' AND l.committee_id = NEW.committee_id)",
        ANSWERED,
    ),
    ("suggestion_delete", "items_suggestion", "DELETE", "TRUE", ANSWERED),
    (
        "suggestion_came",  # what came stays, but for words that are erased
        "items_suggestion",
        "UPDATE",
        changed(
            "id committee_id call_id visit_id channel about_id objects_to_id objects_to_number"
            " code_hash kind grade"
            " received_on answer_by"
        )
        + " OR NEW.words <> OLD.words AND NEW.words <> ''"
        " OR NEW.location <> OLD.location AND NEW.location <> ''",
        ANSWERED,
    ),
    (
        "suggestion_stepped",
        "items_suggestion",
        "UPDATE",
        f"{changed(SUGGESTION_STEPPED)} AND {unstepped('NEW.id')}",
        ANSWERED,
    ),
    (
        "suggestion_settled",
        "items_suggestion",
        "UPDATE",
        "NEW.status = 'settled' AND OLD.status <> 'settled'"
        f" AND NOT EXISTS ({WITH_PHOTO}) AND NOT EXISTS ({CONFIRMED})",
        SETTLED,
    ),
    (
        "suggestion_declined",
        "items_suggestion",
        "UPDATE",
        "NEW.status = 'not_adopted' AND NEW.reason = '' AND OLD.status <> 'not_adopted'",
        DECLINED,
    ),
    (
        "suggestion_reopened",
        "items_suggestion",
        "UPDATE",
        f"{changed('reopened_on')} AND (OLD.reopened_on IS NOT NULL OR NEW.code_hash = ''"
        f" OR NEW.status <> 'received' OR NOT EXISTS ({SAID_UNDONE}))",
        REOPENED,
    ),
    (
        "result_photo_insert",
        "items_resultphoto",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM items_suggestionentry e JOIN items_suggestion s"
        " ON s.id = e.suggestion_id AND e.seq > s.last_seq"
        " WHERE e.id = NEW.entry_id AND e.verb = 'settle')",
        ANSWERED,
    ),
    ("result_photo_update", "items_resultphoto", "UPDATE", "TRUE", ANSWERED),
    (  # they go with the office's own words
        "result_photo_delete",
        "items_resultphoto",
        "DELETE",
        f"NOT {stepped('OLD.entry_id', 'erase')}",
        ANSWERED,
    ),
    (
        "step_insert",
        "items_suggestionentry",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM items_suggestion"
        " WHERE id = NEW.suggestion_id AND last_seq = NEW.seq - 1)",
        ANSWERED,
    ),
    (
        "step_update",  # the one change there is: erasing the words
        "items_suggestionentry",
        "UPDATE",
        f"{changed('id suggestion_id seq verb by_id name day')}"
        " OR NEW.text <> OLD.text AND NEW.text <> ''",
        ANSWERED,
    ),
    ("step_delete", "items_suggestionentry", "DELETE", "TRUE", ANSWERED),
    ("adoption_insert", "items_adoption", "INSERT", unstepped("NEW.suggestion_id"), ANSWERED),
    ("adoption_update", "items_adoption", "UPDATE", "TRUE", ANSWERED),
    ("adoption_delete", "items_adoption", "DELETE", unstepped("OLD.suggestion_id"), ANSWERED),
    ("look_update", "items_contactlook", "UPDATE", "TRUE", LEDGER),
    ("look_delete", "items_contactlook", "DELETE", "TRUE", LEDGER),
]

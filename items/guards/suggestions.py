"""Guards of suggestions: each changes only together with a step of its history."""

from items.guards.conditions import ANSWERED, LEDGER, changed

SUGGESTION_STEPPED = "status merged_into_id in_moderation shown_words shown_answer shown_on"
SUGGESTION_STEPPED += " ended_on last_seq category_id place_id"


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
            "id committee_id call_id visit_id channel about_id objects_to_id code_hash kind grade"
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

"""Guards of mentions: a press raises its day's count by one, and nothing else ever changes it.

A day on which nobody was counted after it is the last one; those before it stay as they are. An
UPDATE that changes nothing may pass: it lets rows be written anew in another order.
"""

from items.guards.conditions import MENTIONED, changed

# The suggestion is for everyone to read, and no later day is counted yet.
COMES = (
    "EXISTS (SELECT 1 FROM items_suggestion s WHERE s.id = NEW.suggestion_id"
    " AND s.shown_on IS NOT NULL)"
    " AND NOT EXISTS (SELECT 1 FROM items_mention m"
    " WHERE m.suggestion_id = NEW.suggestion_id AND m.day > NEW.day)"
)

GUARDS = [
    (
        "mention_insert",
        "items_mention",
        "INSERT",
        f"NEW.count NOT IN (0, 1) OR NOT ({COMES})",
        MENTIONED,
    ),
    (
        "mention_update",
        "items_mention",
        "UPDATE",
        f"{changed('id suggestion_id day')}"
        f" OR NEW.count <> OLD.count AND (NEW.count <> OLD.count + 1 OR NOT ({COMES}))",
        MENTIONED,
    ),
    ("mention_delete", "items_mention", "DELETE", "TRUE", MENTIONED),
    ("mentioned_update", "items_mentioned", "UPDATE", changed("id digest"), MENTIONED),
    ("mentioned_delete", "items_mentioned", "DELETE", "TRUE", MENTIONED),
]

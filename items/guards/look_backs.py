"""Guards of looking back: asked for with the round's entry, ended once, with that of the look."""

from items.guards.conditions import LOOKED, changed

# The sign-off that is looked at is one of the item's own, and the round one of its list.
ASKED = (
    "EXISTS (SELECT 1 FROM items_entry s WHERE s.id = NEW.sign_off_id"
    " AND s.item_id = NEW.item_id AND s.status_to = 'resolved')"
    " AND EXISTS (SELECT 1 FROM items_entry r JOIN items_item i ON i.list_id = r.list_id"
    " WHERE r.id = NEW.round_id AND i.id = NEW.item_id AND r.verb = 'open_look_back')"
)
ENDED = (
    "EXISTS (SELECT 1 FROM items_entry e WHERE e.id = NEW.entry_id AND e.item_id = NEW.item_id"
    " AND e.verb = 'look_back' AND e.id > NEW.sign_off_id)"
)

GUARDS = [
    (
        "look_back_insert",
        "items_lookback",
        "INSERT",
        f"NEW.entry_id IS NOT NULL OR NOT ({ASKED})",
        LOOKED,
    ),
    (
        "look_back_update",
        "items_lookback",
        "UPDATE",
        f"{changed('id item_id sign_off_id post_id by_when round_id')}"
        f" OR OLD.entry_id IS NOT NULL OR NOT {ENDED}",
        LOOKED,
    ),
    ("look_back_delete", "items_lookback", "DELETE", "TRUE", LOOKED),
]

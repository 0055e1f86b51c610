"""Guards of items and the lines under them: numbers are frozen, the rest follows an entry."""

from items.columns import STORED, attnames
from items.guards.conditions import NUMBER, UNWRITTEN, changed, lines

ITEM_FROZEN = " ".join(attnames(column for column in STORED if column.guard == "frozen"))
ITEM_WRITTEN = " ".join(attnames(column for column in STORED if column.guard == "written"))

# The entry that this very change of an item has just written, the newest that the item has.
NEW_ENTRY = (
    "SELECT 1 FROM items_entry WHERE id = NEW.last_entry_id AND item_id = NEW.id"
    " AND id > COALESCE(OLD.last_entry_id, 0)"
    " AND id = (SELECT MAX(id) FROM items_entry WHERE item_id = NEW.id)"
    " AND (status_to = NEW.status OR NEW.status = OLD.status)"
)

GUARDS = [
    ("item_insert", "items_item", "INSERT", "NEW.status <> 'draft'", UNWRITTEN),
    ("item_delete", "items_item", "DELETE", "OLD.status <> 'draft'", NUMBER),
    (
        "item_frozen",
        "items_item",
        "UPDATE",
        f"OLD.status <> 'draft' AND (NEW.status = 'draft' OR {changed(ITEM_FROZEN)})",
        NUMBER,
    ),
    (
        "item_written",
        "items_item",
        "UPDATE",
        f"NEW.status <> 'draft' AND {changed(ITEM_WRITTEN)} AND NOT EXISTS ({NEW_ENTRY})",
        UNWRITTEN,
    ),
    *lines("measure", "items_measure"),
    *lines("part", "items_part"),
    *lines("share", "items_unitshare"),
    *lines("handler", "items_item_handlers"),
    *lines("spot", "items_spot"),
    *lines("photo", "items_photo"),
    *lines("delivery", "items_delivery"),
    *lines("occasion", "items_occasion"),
    *lines("brought_in", "items_broughtin"),
]

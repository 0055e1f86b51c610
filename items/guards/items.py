"""Guards of items and the lines under them: numbers are frozen, the rest follows an entry."""

from items.columns import STORED, attnames
from items.guards.conditions import NUMBER, UNWRITTEN, changed, lines

ITEM_FROZEN = " ".join(attnames(column for column in STORED if column.guard == "frozen"))
ITEM_WRITTEN = " ".join(attnames(column for column in STORED if column.guard == "written"))
PART_WRITTEN = "item_id title title_en unit_id start_by due due_words"

# The entry that this very change of an item has just written.
NEW_ENTRY = (
    "SELECT 1 FROM items_entry WHERE id = NEW.last_entry_id AND item_id = NEW.id"
    " AND id > COALESCE(OLD.last_entry_id, 0)"
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
    *lines("part", "items_part", changed(PART_WRITTEN)),
    *lines("share", "items_unitshare"),
    *lines("handler", "items_item_handlers"),
    *lines("spot", "items_spot"),
    *lines("photo", "items_photo"),
    *lines("delivery", "items_delivery"),
    *lines("occasion", "items_occasion"),
    *lines("brought_in", "items_broughtin")[:2],  # its words may be erased
]
REPLACED = [
    ("items_item", "id = NEW.id OR (list_id = NEW.list_id AND number = NEW.number)"),
    ("items_measure", "id = NEW.id"),
    ("items_part", "id = NEW.id"),
    ("items_unitshare", "id = NEW.id"),
    ("items_spot", "id = NEW.id"),
    ("items_photo", "id = NEW.id OR stem = NEW.stem AND stem <> '' OR entry_id = NEW.entry_id"),
    ("items_delivery", "id = NEW.id OR entry_id = NEW.entry_id"),
    ("items_occasion", "id = NEW.id OR entry_id = NEW.entry_id OR ending_id = NEW.ending_id"),
]

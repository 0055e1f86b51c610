"""Guards of hardship items’ files: only added, or emptied for good; looks stay on record."""

from items.guards.conditions import FILED, LEDGER, changed

FILE_FROZEN = "id item_id kind size added_by_id added_at"

GUARDS = [
    (
        "case_file_insert",
        "items_hardshipfile",
        "INSERT",
        "NEW.removed_on IS NOT NULL OR NOT EXISTS (SELECT 1 FROM items_item"
        " WHERE id = NEW.item_id AND hardship AND status <> 'draft')",
        FILED,
    ),
    ("case_file_delete", "items_hardshipfile", "DELETE", "TRUE", FILED),
    (
        "case_file_update",
        "items_hardshipfile",
        "UPDATE",
        f"{changed(FILE_FROZEN)} OR OLD.removed_on IS NOT NULL OR NEW.removed_on IS NULL"
        " OR NEW.name <> '' OR length(NEW.content) > 0",
        FILED,
    ),
    ("case_look_update", "items_caselook", "UPDATE", "TRUE", LEDGER),
    ("case_look_delete", "items_caselook", "DELETE", "TRUE", LEDGER),
]

"""The guards of leaders' visits, of implementation plans, and of hardship items' files."""

from items.guarding import FILED, LEDGER, UNWRITTEN, VISITED, changed

# The latest publication in the list's ledger, and that it says what the list says now.
PLAN_ENTRY = (
    "SELECT 1 FROM items_entry e JOIN items_entrywords w ON w.entry_id = e.id"
    " WHERE e.id = (SELECT MAX(id) FROM items_entry WHERE list_id = NEW.id"
    " AND item_id IS NULL AND verb = 'publish_plan')"
    " AND w.new = NEW.plan AND w.evidence = NEW.plan_en"
)
VISIT_FROZEN = "id committee_id post_id name went_on place_id location written_by_id written_at"
FILE_FROZEN = "id item_id kind size added_by_id added_at"

CARE = [
    (
        "list_plan",
        "items_itemlist",
        "UPDATE",
        f"NEW.status <> 'draft' AND {changed('plan plan_en')} AND NOT EXISTS ({PLAN_ENTRY})",
        UNWRITTEN,
    ),
    ("visit_insert", "items_sitevisit", "INSERT", "NEW.withdrawn_on IS NOT NULL", VISITED),
    ("visit_delete", "items_sitevisit", "DELETE", "TRUE", VISITED),
    (
        "visit_update",  # it can be withdrawn, and then its words may be erased
        "items_sitevisit",
        "UPDATE",
        f"{changed(VISIT_FROZEN)} OR OLD.withdrawn_on IS NOT NULL AND"
        f" {changed('withdrawn_on withdrawn_by_id withdrawn_why')}"
        " OR NEW.heard <> OLD.heard AND (NEW.heard <> '' OR NEW.withdrawn_on IS NULL)",
        VISITED,
    ),
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
CARE_REPLACED = [
    ("items_sitevisit", "id = NEW.id"),
    ("items_hardshipfile", "id = NEW.id"),
    ("items_caselook", "id = NEW.id"),
]

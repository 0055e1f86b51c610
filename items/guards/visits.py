"""Guards of leaders’ visits: each stays as it was written, or is withdrawn openly."""

from items.guards.conditions import VISITED, changed

VISIT_FROZEN = "id committee_id post_id name went_on place_id location written_by_id written_at"

GUARDS = [
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
]

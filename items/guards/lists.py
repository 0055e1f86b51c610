"""Guards of lists: address, year and publication are frozen, a closed list is as it was."""

from items.guards.conditions import NUMBER, UNWRITTEN, changed

LIST_FROZEN = "id slug committee_id year published_on"
LIST_CLOSED = "status closed_on closing_figures plan plan_en name name_en programme programme_en"

LIST_ENTRY = (
    "SELECT 1 FROM items_entry WHERE list_id = NEW.id AND item_id IS NULL"
    " AND verb = CASE NEW.status WHEN 'published' THEN 'publish' ELSE 'close_list' END"
)
# The latest publication in the list's ledger, and that it says what the list says now.
PLAN_ENTRY = (
    "SELECT 1 FROM items_entry e JOIN items_entrywords w ON w.entry_id = e.id"
    " WHERE e.id = (SELECT MAX(id) FROM items_entry WHERE list_id = NEW.id"
    " AND item_id IS NULL AND verb = 'publish_plan')"
    " AND w.new = NEW.plan AND w.evidence = NEW.plan_en"
)

GUARDS = [
    ("list_insert", "items_itemlist", "INSERT", "NEW.status <> 'draft'", UNWRITTEN),
    ("list_delete", "items_itemlist", "DELETE", "OLD.status <> 'draft'", NUMBER),
    (
        "list_frozen",
        "items_itemlist",
        "UPDATE",
        f"OLD.status <> 'draft' AND (NEW.status = 'draft' OR {changed(LIST_FROZEN)})"
        f" OR OLD.status = 'closed' AND {changed(LIST_CLOSED)}",
        NUMBER,
    ),
    (
        "list_written",
        "items_itemlist",
        "UPDATE",
        f"NEW.status <> OLD.status AND NOT EXISTS ({LIST_ENTRY})",
        UNWRITTEN,
    ),
    (
        "list_plan",
        "items_itemlist",
        "UPDATE",
        f"NEW.status <> 'draft' AND {changed('plan plan_en')} AND NOT EXISTS ({PLAN_ENTRY})",
        UNWRITTEN,
    ),
]

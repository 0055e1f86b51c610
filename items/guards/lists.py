"""Guards of lists: address, year and publication are frozen, a closed list is as it was."""

from items.guards.conditions import NUMBER, PROPOSED, UNWRITTEN, WAITS, changed, is_answered, is_up
from items.states import NOT_DONE, Verb, settled_from

LIST_FROZEN = "id slug code committee_id year published_on"
LIST_CLOSED = "status closed_on closing_figures plan plan_en name name_en programme programme_en"

# What a draft says as a whole while it is up for objections; its address stays ever after
SAID = "status published_on year name name_en programme programme_en plan plan_en"
WAS_UP = "SELECT 1 FROM items_entry WHERE list_id = NEW.id AND item_id IS NULL AND verb = 'put_up'"

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


def _among(statuses) -> str:
    return ", ".join(f"'{status}'" for status in sorted(statuses))


# Its pages are public with it, and those of the committees above (items.guards.committees).
UNMARKED = (
    "OLD.status = 'draft' AND EXISTS (SELECT 1 FROM items_committee c"
    " WHERE c.id = NEW.committee_id AND NOT c.was_public)"
)


# What still waits on an item (i) of the list when it is closed, as `items.rules.closing` says it.
REQUESTS = " OR ".join(
    f"e.verb = '{verb}' AND i.status IN ({_among(settled_from(verb))})"
    for verb in (Verb.ASK_EXTENSION, Verb.ENTER_FOR_OWNER, Verb.PUT_UP)
)
WAITING = (
    f"EXISTS (SELECT 1 FROM items_entry e WHERE e.item_id = i.id AND (e.verb = 'set_task'"
    f" OR {REQUESTS}) AND NOT {is_answered('e.id')})"
    " OR EXISTS (SELECT 1 FROM items_photo p WHERE p.item_id = i.id AND p.state = 'waiting')"
    " OR EXISTS (SELECT 1 FROM items_review v WHERE v.item_id = i.id AND v.entry_id IS NULL)"
    " OR i.status = 'on_hold' AND (i.hold_review_on IS NULL OR i.hold_review_on < NEW.closed_on)"
)
STRANDED = (
    f"i.status IN ({_among(NOT_DONE)}) AND NOT EXISTS"
    " (SELECT 1 FROM items_entry e WHERE e.id = i.last_entry_id AND e.verb = 'carry_over')"
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
        "list_up",
        "items_itemlist",
        "UPDATE",
        f"{changed(SAID)} AND {is_up('NEW.id')}"
        f" OR {changed('id slug code committee_id')} AND EXISTS ({WAS_UP})",
        PROPOSED,
    ),
    (
        "list_written",
        "items_itemlist",
        "UPDATE",
        f"NEW.status <> OLD.status AND (NOT EXISTS ({LIST_ENTRY}) OR {UNMARKED})",
        UNWRITTEN,
    ),
    (
        "list_waits",
        "items_itemlist",
        "UPDATE",
        "OLD.status <> 'closed' AND NEW.status = 'closed' AND EXISTS (SELECT 1 FROM items_item i"
        f" WHERE i.list_id = NEW.id AND ({WAITING} OR {STRANDED}))",
        WAITS,
    ),
    (
        "list_plan",
        "items_itemlist",
        "UPDATE",
        f"NEW.status <> 'draft' AND {changed('plan plan_en')} AND NOT EXISTS ({PLAN_ENTRY})",
        UNWRITTEN,
    ),
]

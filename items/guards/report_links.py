"""Guards of reporting links: what came by one is its handler's, on its item, once, in its days.

Links and reports are entries of the ledger, which nobody changes or deletes (items.guards.ledger).
"""

from items.guards.conditions import BY_LINK

# A day of an item is written as text on SQLite; both read as in 2026-03-02.
HOLDS = (
    "EXISTS (SELECT 1 FROM items_entry l WHERE l.verb = 'make_link' AND l.list_id = NEW.list_id"
    " AND l.item_id = NEW.item_id AND CAST(l.seq AS TEXT) = NEW.facts ->> 'link'"
    " AND l.facts ->> 'handler' = CAST(NEW.by_id AS TEXT)"
    " AND l.facts ->> 'until' >= CAST(NEW.happened_on AS TEXT)"
    " AND NOT EXISTS (SELECT 1 FROM items_entry r WHERE r.about_id = l.id"
    " AND r.verb = 'revoke_link'))"
)
USED = (
    "EXISTS (SELECT 1 FROM items_entry u WHERE u.list_id = NEW.list_id"
    " AND u.item_id = NEW.item_id AND u.verb = 'enter_for_owner'"
    " AND u.facts ->> 'link' = NEW.facts ->> 'link')"
)

GUARDS = [
    (
        "report_by_link",
        "items_entry",
        "INSERT",
        "NEW.verb = 'enter_for_owner' AND NEW.facts ->> 'link' IS NOT NULL"
        f" AND (NEW.public OR NEW.role <> 'owner' OR NOT {HOLDS} OR {USED})",
        BY_LINK,
    ),
]

"""Guards of what workers wrote of coached answers: it comes, stays, and is forgotten for good."""

from items.guards.conditions import COACHED, changed

GUARDS = [
    (
        "coaching_insert",
        "items_coaching",
        "INSERT",
        "NEW.words = '' OR NOT EXISTS (SELECT 1 FROM items_item i WHERE i.id = NEW.item_id"
        " AND i.status <> 'draft' AND NOT i.hardship)",
        COACHED,
    ),
    (
        "coaching_update",
        "items_coaching",
        "UPDATE",
        f"{changed('id item_id day')} OR {changed('words')} AND NEW.words <> ''",
        COACHED,
    ),
    ("coaching_delete", "items_coaching", "DELETE", "TRUE", COACHED),
]

"""Guards of looking back: asked for once, by a round or by lot, and ended once, with its entry.

A quarter is drawn once for a committee, from the last hash that its ledgers had by then, and the
draw stays for ever. That it is right (`items.rules.lot`) is what `items.ledger.verify` asks.
"""

from items.guards.conditions import DRAWN, LOOKED, changed

# The sign-off that is looked at is one of the item's own, and the round one of its list, or the
# draw one of its committee.
SIGNED_OFF = (
    "EXISTS (SELECT 1 FROM items_entry s WHERE s.id = NEW.sign_off_id"
    " AND s.item_id = NEW.item_id AND s.status_to = 'resolved')"
)
ASKED = (
    "EXISTS (SELECT 1 FROM items_entry r JOIN items_item i ON i.list_id = r.list_id"
    " WHERE r.id = NEW.round_id AND i.id = NEW.item_id AND r.verb = 'open_look_back')"
)
BY_LOT = (
    "EXISTS (SELECT 1 FROM items_lookbackdraw d JOIN items_itemlist l"
    " ON l.committee_id = d.committee_id JOIN items_item i ON i.list_id = l.id"
    " WHERE d.id = NEW.draw_id AND i.id = NEW.item_id)"
)
ENDED = (
    "EXISTS (SELECT 1 FROM items_entry e WHERE e.id = NEW.entry_id AND e.item_id = NEW.item_id"
    " AND e.verb = 'look_back' AND e.id > NEW.sign_off_id)"
)
# Its head is an entry of one of the committee's lists, and a quarter begins with one of four days.
FROM_HEAD = (
    "EXISTS (SELECT 1 FROM items_entry e JOIN items_itemlist l ON l.id = e.list_id"
    " WHERE e.id = NEW.head_id AND e.hash = NEW.seed AND l.committee_id = NEW.committee_id)"
)
FIRST_DAY = (
    "SUBSTR(CAST(NEW.quarter AS TEXT), 5) IN ('-01-01', '-04-01', '-07-01', '-10-01')"
    " AND NEW.drawn_on > NEW.quarter"
)

GUARDS = [
    (
        "look_back_insert",
        "items_lookback",
        "INSERT",
        f"NEW.entry_id IS NOT NULL OR NOT ({SIGNED_OFF}) OR NOT ({ASKED} OR {BY_LOT})",
        LOOKED,
    ),
    (
        "look_back_update",
        "items_lookback",
        "UPDATE",
        f"{changed('id item_id sign_off_id post_id by_when round_id draw_id')}"
        f" OR OLD.entry_id IS NOT NULL OR NOT {ENDED}",
        LOOKED,
    ),
    ("look_back_delete", "items_lookback", "DELETE", "TRUE", LOOKED),
    (
        "draw_insert",
        "items_lookbackdraw",
        "INSERT",
        f"NOT ({FROM_HEAD}) OR NOT ({FIRST_DAY})",
        DRAWN,
    ),
    ("draw_update", "items_lookbackdraw", "UPDATE", "TRUE", DRAWN),
    ("draw_delete", "items_lookbackdraw", "DELETE", "TRUE", DRAWN),
]

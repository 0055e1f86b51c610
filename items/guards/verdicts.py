"""Guards of the workers' verdict: an answer comes within its round, and stays as it was given.

A round opens and ends only with an entry in the ledger. A count says what the answers say, and once
a day is counted no answer comes to it any more. An UPDATE that changes nothing may pass: it lets
rows be written anew in another order, so that their place tells nothing.
"""

from items.guards.conditions import ANSWER, ROUND, changed

# Verbs with which a round opens, and with which its end is set or comes
OPENS = "'claim', 'open_verdict'"
ENDS = "'sign_off', 'send_back', 'reopen', 'withdraw'"
# An act writes its entry first, and saves the item with it as its last one at its end.
WRITTEN = (
    "EXISTS (SELECT 1 FROM items_entry e JOIN items_item i ON i.id = e.item_id"
    " WHERE e.item_id = NEW.item_id AND e.id > i.last_entry_id AND e.verb IN ({verbs}){more})"
)
OPENED = WRITTEN.format(verbs=OPENS, more=" AND e.id = NEW.entry_id AND NOT i.hardship")
YEAR_CLOSED = (
    "NEW.ended_why = 'year' AND EXISTS (SELECT 1 FROM items_entry e"
    " JOIN items_item i ON i.list_id = e.list_id"
    " WHERE i.id = NEW.item_id AND e.item_id IS NULL AND e.verb = 'close_list')"
)
GROUP = ("round_id", "day", "grade", "verified", "from_wall")
SAME = " AND ".join(f"v.{column} = NEW.{column}" for column in GROUP)

GUARDS = [
    (
        "round_insert",
        "items_verdictround",
        "INSERT",
        f"NOT {OPENED} OR NEW.ended_why <> '' OR EXISTS (SELECT 1 FROM items_verdictround r"
        " WHERE r.item_id = NEW.item_id AND r.ended_why = ''"
        " AND (r.ends_on IS NULL OR r.ends_on >= NEW.opened_on))",
        ROUND,
    ),
    ("round_delete", "items_verdictround", "DELETE", "TRUE", ROUND),
    (
        "round_update",
        "items_verdictround",
        "UPDATE",
        f"{changed('id item_id entry_id opened_on')} OR OLD.ended_why <> ''"
        " OR OLD.ends_on IS NOT NULL AND NEW.ended_why = ''"
        f" OR NOT ({WRITTEN.format(verbs=ENDS, more='')} OR {YEAR_CLOSED})",
        ROUND,
    ),
    (
        "verdict_insert",
        "items_verdict",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM items_verdictround r JOIN items_item i ON i.id = r.item_id"
        " WHERE r.id = NEW.round_id AND r.ended_why = '' AND r.opened_on <= NEW.day"
        " AND (r.ends_on IS NULL OR r.ends_on >= NEW.day) AND NOT i.hardship)"
        " OR NEW.grade NOT IN ('good', 'nearly', 'not_done', 'unseen')"
        " OR EXISTS (SELECT 1 FROM items_verdictcount c"
        " WHERE c.round_id = NEW.round_id AND c.day >= NEW.day)",
        ANSWER,
    ),
    (
        "verdict_update",
        "items_verdict",
        "UPDATE",
        changed("id round_id day grade verified from_wall"),
        ANSWER,
    ),
    ("verdict_delete", "items_verdict", "DELETE", "TRUE", ANSWER),
    (
        "verdict_count_insert",
        "items_verdictcount",
        "INSERT",
        f"NEW.number < 1 OR NEW.number <> (SELECT COUNT(*) FROM items_verdict v WHERE {SAME})",
        ANSWER,
    ),
    ("verdict_count_update", "items_verdictcount", "UPDATE", "TRUE", ANSWER),
    ("verdict_count_delete", "items_verdictcount", "DELETE", "TRUE", ANSWER),
]

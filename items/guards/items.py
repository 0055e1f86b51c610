"""Guards of items and the lines under them: numbers are frozen, the rest follows an entry."""

from items.columns import STORED, attnames
from items.guards.conditions import (
    CARRIED,
    NUMBER,
    PROPOSED,
    TOO_EARLY,
    UNSAID,
    UNWRITTEN,
    changed,
    frozen_lines,
    is_up,
    lines,
)

ITEM_FROZEN = " ".join(attnames(column for column in STORED if column.guard == "frozen"))
ITEM_WRITTEN = " ".join(attnames(column for column in STORED if column.guard == "written"))

# What a draft says of its own also where it goes on with an item of a running list
OWN_OF_CARRIED = "list_id number start_by due due_words start_is_the_matter carried_from_id status"

# The entry that this very change of an item has just written, the newest that the item has.
NEW_ENTRY = (
    "SELECT 1 FROM items_entry WHERE id = NEW.last_entry_id AND item_id = NEW.id"
    " AND id > COALESCE(OLD.last_entry_id, 0)"
    " AND id = (SELECT MAX(id) FROM items_entry WHERE item_id = NEW.id)"
    " AND (status_to = NEW.status OR NEW.status = OLD.status)"
)

# The item of a closed list, or of one that is being closed, with which this one goes on: it was
# carried over just so, or was counted as resolved and isn't.
GOES_ON_WITH = (
    "SELECT 1 FROM items_item o JOIN items_entry e ON e.id = o.last_entry_id"
    " WHERE o.id = NEW.carried_from_id AND e.verb = 'carry_over'"
    " AND NEW.origin_id = COALESCE(o.origin_id, o.id) AND NEW.first_due = o.first_due"
    " AND (NEW.status = o.status OR o.status = 'resolved' AND NEW.status = 'in_progress')"
)

# The target is lowered by an act of its own, with somebody's decision.
LOWERED = "OLD.target_count IS NOT NULL AND COALESCE(NEW.target_count, 0) < OLD.target_count"

# The first deadline is only ever corrected to an earlier day.
LATER_FIRST = "NEW.first_due IS NULL OR NEW.first_due > OLD.first_due"

# What a sheet brought in may have been done before the item was published here.
BROUGHT_IN = (
    "SELECT 1 FROM items_broughtin b WHERE b.item_id = NEW.id AND (b.started_on <= NEW.done_on"
    " OR b.done_on <= NEW.done_on OR b.signed_off_on <= NEW.done_on)"
)

# A measure is done on the day of a public entry that ticks measures of its matter, in this year's
# list or in an earlier one from which it was carried over.
SAME_MATTER = (
    "SELECT NEW.item_id UNION SELECT i.origin_id FROM items_item i WHERE i.id = NEW.item_id"
    " UNION SELECT o.id FROM items_item i JOIN items_item o ON o.origin_id = i.origin_id"
    " WHERE i.id = NEW.item_id"
)
UNTICKED = (
    "NEW.done_on IS NOT NULL AND NOT EXISTS (SELECT 1 FROM items_entry e"
    f" WHERE e.item_id IN ({SAME_MATTER}) AND e.happened_on = NEW.done_on AND e.public"
    " AND e.facts ->> 'ticked' IS NOT NULL)"
)

GUARDS = [
    ("item_insert", "items_item", "INSERT", "NEW.status <> 'draft'", UNWRITTEN),
    ("item_delete", "items_item", "DELETE", "OLD.status <> 'draft'", NUMBER),
    ("item_up_insert", "items_item", "INSERT", is_up("NEW.list_id"), PROPOSED),
    ("item_up_delete", "items_item", "DELETE", is_up("OLD.list_id"), PROPOSED),
    (
        "item_up_update",
        "items_item",
        "UPDATE",
        f"(OLD.carried_from_id IS NULL AND ({changed(ITEM_FROZEN)} OR {changed(ITEM_WRITTEN)})"
        f" OR {changed(OWN_OF_CARRIED)}) AND ({is_up('OLD.list_id')} OR {is_up('NEW.list_id')})",
        PROPOSED,
    ),
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
        f"NEW.status <> 'draft' AND {changed(ITEM_WRITTEN)} AND NOT EXISTS ({NEW_ENTRY})"
        f" OR OLD.status <> 'draft' AND ({LATER_FIRST} OR {LOWERED}"
        f" AND NOT EXISTS ({NEW_ENTRY} AND verb = 'reduce'))",
        UNWRITTEN,
    ),
    (
        "item_carried",
        "items_item",
        "UPDATE",
        "OLD.status = 'draft' AND NEW.status <> 'draft' AND (NEW.carried_from_id IS NULL"
        " AND NEW.origin_id IS NOT NULL OR NEW.carried_from_id IS NOT NULL"
        f" AND NOT EXISTS ({GOES_ON_WITH}))",
        CARRIED,
    ),
    (
        "item_done_on",
        "items_item",
        "UPDATE",
        f"{changed('done_on')} AND (NEW.done_on < COALESCE(NEW.started_on, NEW.published_on)"
        f" AND NOT EXISTS ({BROUGHT_IN}) OR NEW.done_on > NEW.claimed_on)",
        TOO_EARLY,
    ),
    *frozen_lines("measure", "items_measure"),
    *frozen_lines("criterion", "items_criterion"),
    *frozen_lines("part", "items_part"),
    *frozen_lines("share", "items_unitshare"),
    *frozen_lines("handler", "items_item_handlers"),
    *frozen_lines("brought_in", "items_broughtin"),
    *lines("measure", "items_measure"),
    ("measure_ticked", "items_measure", "INSERT", UNTICKED, UNSAID),
    ("measure_done_on", "items_measure", "UPDATE", UNTICKED, UNSAID),
    # What done looks like is frozen, but for open corrections and decisions.
    *lines("criterion", "items_criterion", verbs=("correct", "reduce")),
    *lines("part", "items_part"),
    *lines("share", "items_unitshare"),
    *lines("handler", "items_item_handlers"),
    *lines("spot", "items_spot"),
    *lines("photo", "items_photo"),
    *lines("delivery", "items_delivery"),
    *lines("occasion", "items_occasion"),
    *lines("brought_in", "items_broughtin"),
]

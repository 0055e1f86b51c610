"""Guards of announcements (公示): what is up for objections takes effect only after its days.

And only where each objection has an answer that everyone can read; and what a committee puts up
first takes effect on no other road. What a draft list says meanwhile is held by the guards of its
items, of lists and of names.
"""

from items.guards.conditions import ANNOUNCED, is_answered, is_up
from items.states import ANNOUNCEABLE, LISTS_ANNOUNCED

# The announcement that an entry is about
ABOUT = "SELECT 1 FROM items_entry p WHERE p.id = NEW.about_id AND p.verb = 'put_up'"
ENDED = is_answered("p.id")
UNANSWERED = (
    "EXISTS (SELECT 1 FROM items_suggestion s LEFT JOIN items_suggestion m"
    " ON m.id = s.merged_into_id WHERE s.objects_to_id = p.id AND s.status <> 'taken_back'"
    " AND s.shown_on IS NULL AND m.shown_on IS NULL)"
)
TOO_SOON = f"CAST(NEW.happened_on AS TEXT) <= p.facts ->> 'until' OR {UNANSWERED}"
COMMITTEE = (
    "SELECT 1 FROM items_itemlist l JOIN items_committee c ON c.id = l.committee_id"
    " WHERE l.id = NEW.list_id"
)
PUT_UP_FIRST = " OR ".join(
    f"NEW.verb = '{verb}' AND EXISTS ({COMMITTEE} AND c.{switch})"
    for verb, switch in ANNOUNCEABLE.items()
)
# A list's own entry, and whatever the committee has: one that is up is published by way of that
LIST_FIRST = " OR ".join(
    f"NEW.item_id IS NULL AND NEW.verb = '{verb}'"
    f" AND (EXISTS ({COMMITTEE} AND c.{switch}) OR {is_up('NEW.list_id')})"
    for verb, switch in LISTS_ANNOUNCED.items()
)
ENDS = "NEW.verb IN ('take_down', 'send_back')"
IS_DRAFT = "EXISTS (SELECT 1 FROM items_itemlist WHERE id = NEW.list_id AND status = 'draft')"
# Of which list or item is up, and that it is another's
ANOTHERS = "(p.list_id <> NEW.list_id OR p.item_id IS DISTINCT FROM NEW.item_id)"
OBJECTED_TO = (
    "p.item_id = NEW.about_id AND NEW.objects_to_number IS NULL"
    " OR p.item_id IS NULL AND NEW.about_id IS NULL AND (NEW.objects_to_number IS NULL"
    " OR EXISTS (SELECT 1 FROM items_item i"
    " WHERE i.list_id = p.list_id AND i.number = NEW.objects_to_number))"
)

GUARDS = [
    (
        "announcement_insert",
        "items_entry",
        "INSERT",
        "NEW.verb = 'put_up' AND (CAST(NEW.happened_on AS TEXT) >="
        " COALESCE(NEW.facts ->> 'until', '')"
        " OR EXISTS (SELECT 1 FROM items_entry p WHERE p.item_id = NEW.item_id"
        f" AND p.verb = 'put_up' AND NOT {ENDED})"
        f" OR NEW.item_id IS NULL AND (NOT {IS_DRAFT} OR {is_up('NEW.list_id')}"
        " OR COALESCE(NEW.facts ->> 'verb', '') <> 'publish'))",
        ANNOUNCED,
    ),
    (
        "announcement_ends",
        "items_entry",
        "INSERT",
        # Its words may be erased, too, once it has ended.
        f"EXISTS ({ABOUT} AND ({ANOTHERS} OR NEW.verb = 'correct' AND NOT {ENDED}"
        f" OR NEW.verb <> 'correct' AND ({ENDED}"
        f" OR NOT ({ENDS}) AND (p.facts ->> 'verb' <> NEW.verb OR {TOO_SOON}))))",
        ANNOUNCED,
    ),
    (
        "announced_first",
        "items_entry",
        "INSERT",
        f"({PUT_UP_FIRST} OR {LIST_FIRST}) AND NOT EXISTS ({ABOUT})",
        ANNOUNCED,
    ),
    (
        "objection_insert",
        "items_suggestion",
        "INSERT",
        "(NEW.objects_to_id IS NOT NULL OR NEW.objects_to_number IS NOT NULL)"
        " AND NOT EXISTS (SELECT 1 FROM items_entry p JOIN items_itemlist l ON l.id = p.list_id"
        " WHERE p.id = NEW.objects_to_id AND p.verb = 'put_up' AND"
        f" l.committee_id = NEW.committee_id AND ({OBJECTED_TO})"
        f" AND CAST(NEW.received_on AS TEXT) <= p.facts ->> 'until' AND NOT {ENDED})",
        ANNOUNCED,
    ),
]

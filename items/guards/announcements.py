"""Guards of announcements (公示): what is up for objections takes effect only after its days.

And only where each objection has an answer that everyone can read; and what a committee puts up
first takes effect on no other road.
"""

from items.guards.conditions import ANNOUNCED
from items.states import ANNOUNCEABLE

# The announcement that an entry is about
ABOUT = "SELECT 1 FROM items_entry p WHERE p.id = NEW.about_id AND p.verb = 'put_up'"
ENDED = "EXISTS (SELECT 1 FROM items_entry a WHERE a.about_id = p.id)"
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
ENDS = "NEW.verb IN ('take_down', 'send_back')"

GUARDS = [
    (
        "announcement_insert",
        "items_entry",
        "INSERT",
        "NEW.verb = 'put_up' AND (CAST(NEW.happened_on AS TEXT) >="
        " COALESCE(NEW.facts ->> 'until', '')"
        " OR EXISTS (SELECT 1 FROM items_entry p WHERE p.item_id = NEW.item_id"
        f" AND p.verb = 'put_up' AND NOT {ENDED}))",
        ANNOUNCED,
    ),
    (
        "announcement_ends",
        "items_entry",
        "INSERT",
        f"EXISTS ({ABOUT} AND (p.item_id <> NEW.item_id OR {ENDED}"
        f" OR NOT ({ENDS}) AND (p.facts ->> 'verb' <> NEW.verb OR {TOO_SOON})))",
        ANNOUNCED,
    ),
    (
        "announced_first",
        "items_entry",
        "INSERT",
        f"({PUT_UP_FIRST}) AND NOT EXISTS ({ABOUT})",
        ANNOUNCED,
    ),
    (
        "objection_insert",
        "items_suggestion",
        "INSERT",
        "NEW.objects_to_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM items_entry p"
        " WHERE p.id = NEW.objects_to_id AND p.verb = 'put_up' AND p.item_id = NEW.about_id"
        f" AND CAST(NEW.received_on AS TEXT) <= p.facts ->> 'until' AND NOT {ENDED})",
        ANNOUNCED,
    ),
]

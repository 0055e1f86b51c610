"""Guards of reviews: what workers say opens one, and a public answer in the ledger ends it.

Nobody opens, moves, closes or deletes one beside that: neither the office, nor the owner's side,
nor whoever signed. It goes to a post that the committee names, or to one that supervises.
"""

from items.guards.conditions import REVIEWED, changed
from items.models.review import BESIDE, FEWEST, MORE
from items.states import AGAIN, DOUBTS

ITEM = "SELECT 1 FROM items_item i JOIN items_itemlist l ON l.id = i.list_id"
# In a closed year, too, unless the matter goes on in a later one already.
SAID_DONE = (
    f"{ITEM} WHERE i.id = NEW.item_id AND NOT i.hardship AND (l.status = 'published'"
    " AND i.status IN ('pending_check', 'resolved') OR l.status = 'closed'"
    " AND i.status = 'resolved' AND NEW.cause IN ('again', 'rise')"
    " AND NOT EXISTS (SELECT 1 FROM items_item o WHERE o.carried_from_id = i.id"
    " AND o.status <> 'draft'))"
)
GRADES = ", ".join(f"'{grade}'" for grade in DOUBTS)
WRITTEN = (
    "SELECT 1 FROM items_suggestion s WHERE s.about_id = NEW.item_id AND NOT s.in_moderation"
    " AND s.received_on < NEW.opened_on"
)
OF_ROUND = (
    "SELECT 1 FROM items_verdictround r WHERE r.id = NEW.round_id AND r.item_id = NEW.item_id"
)
COUNTED = (
    "SELECT COALESCE(SUM(v.number), 0) FROM items_verdictcount v"
    " WHERE v.round_id = NEW.round_id AND v.verified"
)
SHARE = (
    "SELECT c.review_share FROM items_item i JOIN items_itemlist l ON l.id = i.list_id"
    " JOIN items_committee c ON c.id = l.committee_id WHERE i.id = NEW.item_id"
)
# The last sign-off of the item, and the suggestions around it as they are counted on that day.
SIGNED_OFF = (
    "NEW.sign_off_id = (SELECT COALESCE(MAX(e.id), 0) FROM items_entry e"
    " WHERE e.item_id = NEW.item_id AND e.verb = 'sign_off')"
)
AROUND = (
    "SELECT COUNT(*) FROM items_suggestion s JOIN items_item i"
    " ON i.place_id = s.place_id AND i.category_id = s.category_id WHERE i.id = NEW.item_id"
    " AND NOT s.in_moderation AND s.received_on < NEW.opened_on"
)
BEFORE = f"{AROUND} AND i.signed_off_on - s.received_on BETWEEN 1 AND {BESIDE.days}"
AFTER = f"{AROUND} AND s.received_on - i.signed_off_on BETWEEN 1 AND {BESIDE.days}"
CAUSED = " OR ".join(
    [
        f"NEW.cause = 'words' AND EXISTS ({OF_ROUND} AND EXISTS ({WRITTEN}"
        f" AND s.grade IN ({GRADES}) AND s.received_on >= r.opened_on"
        " AND (r.ends_on IS NULL OR s.received_on <= r.ends_on)))",
        f"NEW.cause = 'share' AND EXISTS ({OF_ROUND}) AND ({COUNTED}) >= {FEWEST}"
        f" AND 100 * ({COUNTED} AND v.grade IN ({GRADES})) > ({COUNTED}) * ({SHARE})",
        f"NEW.cause = 'again' AND EXISTS ({WRITTEN} AND s.grade = '{AGAIN}')",
        f"NEW.cause = 'rise' AND {SIGNED_OFF} AND NEW.heard_before = ({BEFORE})"
        f" AND NEW.heard_after = ({AFTER}) AND NEW.heard_after >= NEW.heard_before + {MORE}",
    ]
)
# One of those that may review it; whether its holder is free is asked of who answers.
FITS = (
    f"EXISTS ({ITEM} JOIN items_committee c ON c.id = l.committee_id WHERE i.id = NEW.item_id"
    " AND NEW.post_id <> i.owner_post_id AND NEW.post_id <> i.supervisor_post_id AND ("
    "NOT NEW.drawn AND (NEW.post_id = c.review_post_id OR NEW.post_id = c.second_review_post_id)"
    " OR NEW.drawn AND EXISTS (SELECT 1 FROM items_item o"
    " WHERE o.list_id = i.list_id AND o.supervisor_post_id = NEW.post_id)))"
)
# With an entry that is being written: an act saves the item with it as its last one at its end.
ANSWERED = (
    "EXISTS (SELECT 1 FROM items_entry e JOIN items_item i ON i.id = e.item_id"
    " WHERE e.id = NEW.entry_id AND e.item_id = NEW.item_id AND e.id > i.last_entry_id"
    " AND e.verb = 'review' AND e.role = 'reviewer' AND e.public"
    " AND EXISTS (SELECT 1 FROM items_holding h WHERE h.post_id = OLD.post_id"
    " AND h.person_id = e.by_id))"
)
# What a review says of its opening stays.
OPENED = "id item_id round_id sign_off_id heard_before heard_after cause opened_on due"
OPENED += " without_calendar"

GUARDS = [
    (
        "review_insert",
        "items_review",
        "INSERT",
        f"NEW.entry_id IS NOT NULL OR NEW.due <= NEW.opened_on OR NOT EXISTS ({SAID_DONE})"
        f" OR NOT ({CAUSED}) OR NEW.post_id IS NOT NULL AND NOT {FITS}",
        REVIEWED,
    ),
    ("review_delete", "items_review", "DELETE", "TRUE", REVIEWED),
    (
        "review_update",
        "items_review",
        "UPDATE",
        "OLD.entry_id IS NOT NULL"
        f" OR {changed(OPENED)}"
        f" OR {changed('post_id drawn')} AND (NEW.entry_id IS NOT NULL"
        f" OR NEW.post_id IS NULL OR NOT {FITS})"
        f" OR NEW.entry_id IS NOT NULL AND NOT {ANSWERED}",
        REVIEWED,
    ),
]

"""Guards of committees: an address that one has or had is its own for ever.

One with a list that was ever published, and all above it, have a mark that their pages were public:
a marked committee stays, and stands at the top or below a marked one.
"""

from itertools import chain

from items.guards.conditions import ADDRESS, OWN_POST, changed
from items.states import NAMED_POSTS

FORMER = "SELECT 1 FROM items_formeraddress"
PRESENT = "SELECT 1 FROM items_committee"

# Both are asked at one moment: while another transaction changes the address it is still the
# present one, from its commit on a former one. The unique index alone would wait, then let it in.
TAKEN_BY_NEW = (
    f"EXISTS ({PRESENT} WHERE slug = NEW.slug) OR EXISTS ({FORMER} WHERE slug = NEW.slug)"
)
TAKEN_BY_CHANGE = (
    f"EXISTS ({PRESENT} WHERE slug = NEW.slug AND id <> OLD.id)"
    f" OR EXISTS ({FORMER} WHERE slug = NEW.slug AND committee_id <> OLD.id)"
)
UNMARKED_ABOVE = (
    f"NEW.was_public AND NEW.parent_id IS NOT NULL AND NOT EXISTS ({PRESENT} above"
    " WHERE above.id = NEW.parent_id AND above.was_public)"
)
FORGOTTEN = f"NOT EXISTS ({FORMER} WHERE slug = OLD.slug AND committee_id = OLD.id)"

ELSEWHERE = (
    "NEW.{0}_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM items_post"
    " WHERE id = NEW.{0}_id AND committee_id = NEW.id)"
)

GUARDS = [
    (
        "committee_insert",
        "items_committee",
        "INSERT",
        f"{TAKEN_BY_NEW} OR {UNMARKED_ABOVE}",
        ADDRESS,
    ),
    (
        "committee_update",
        "items_committee",
        "UPDATE",
        f"{changed('id')} OR {changed('slug')} AND ({FORGOTTEN} OR {TAKEN_BY_CHANGE})"
        f" OR OLD.was_public AND NOT NEW.was_public OR {UNMARKED_ABOVE}",
        ADDRESS,
    ),
    (
        "committee_named_posts",
        "items_committee",
        "UPDATE",
        " OR ".join(map(ELSEWHERE.format, chain.from_iterable(NAMED_POSTS.values()))),
        OWN_POST,
    ),
    (
        "committee_delete",
        "items_committee",
        "DELETE",
        f"OLD.was_public OR EXISTS ({FORMER} WHERE committee_id = OLD.id)"
        " OR EXISTS (SELECT 1 FROM items_itemlist"
        " WHERE committee_id = OLD.id AND status <> 'draft')",
        ADDRESS,
    ),
    (
        "former_insert",  # just before the committee gives it up
        "items_formeraddress",
        "INSERT",
        f"NOT EXISTS ({PRESENT} WHERE id = NEW.committee_id AND slug = NEW.slug)",
        ADDRESS,
    ),
    ("former_update", "items_formeraddress", "UPDATE", "TRUE", ADDRESS),
    ("former_delete", "items_formeraddress", "DELETE", "TRUE", ADDRESS),
]

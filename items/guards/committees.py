"""Guards of committees: an address that one has or had is its own for ever."""

from items.guards.conditions import ADDRESS, changed

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
FORGOTTEN = f"NOT EXISTS ({FORMER} WHERE slug = OLD.slug AND committee_id = OLD.id)"

GUARDS = [
    ("committee_insert", "items_committee", "INSERT", TAKEN_BY_NEW, ADDRESS),
    (
        "committee_update",
        "items_committee",
        "UPDATE",
        f"{changed('id')} OR {changed('slug')} AND ({FORGOTTEN} OR {TAKEN_BY_CHANGE})",
        ADDRESS,
    ),
    (
        "committee_delete",
        "items_committee",
        "DELETE",
        f"EXISTS ({FORMER} WHERE committee_id = OLD.id)"
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

"""Guards of bulletins: issued by somebody else than who prepared it, and then as it is.

One change there is of an issued one: words are erased for privacy, with an entry that says so.
"""

from items.guards.conditions import ISSUED, TOLD, changed
from items.models.bulletin import WRITTEN

FROZEN = "id list_id number kind as_of entry_id ledger_head prepared_by_id asked_on signed_post_id"
FROZEN += " signed_on"
# What erasing may touch
ERASABLE = f"{' '.join(WRITTEN)} signed_name article article_en content sha256 sha256_en"
PREPARED = f"id list_id number kind prepared_by_id {' '.join(WRITTEN)}"
# The act writes its entry into the list's ledger before it issues the bulletin.
ENTRY = (
    "EXISTS (SELECT 1 FROM items_entry e WHERE e.id = NEW.entry_id AND e.list_id = NEW.list_id"
    " AND e.item_id IS NULL AND e.verb = 'issue_bulletin' AND e.hash = NEW.ledger_head"
    " AND e.by_id <> NEW.prepared_by_id)"
)
ERASED = (
    "NEW.erasure_id IS DISTINCT FROM OLD.erasure_id AND EXISTS (SELECT 1 FROM items_entry e"
    " WHERE e.id = NEW.erasure_id AND e.list_id = NEW.list_id"
    " AND e.verb IN ('correct', 'hide_photo') AND e.id > COALESCE(OLD.erasure_id, OLD.entry_id))"
)
ISSUED_ONE = (
    "EXISTS (SELECT 1 FROM items_bulletin b WHERE b.id IN ({ids}) AND b.entry_id IS NOT NULL)"
)
# What is corrected was issued, in the same list.
NOT_EARLIER = (
    "NOT EXISTS (SELECT 1 FROM items_bulletin b JOIN items_bulletin o ON o.list_id = b.list_id"
    " WHERE b.id = NEW.bulletin_id AND o.id = NEW.of_id AND o.entry_id IS NOT NULL)"
)
# An erratum is emptied with the article in which it stands.
EMPTIED = (
    "NEW.id = OLD.id AND NEW.bulletin_id = OLD.bulletin_id AND NEW.of_id = OLD.of_id"
    " AND NEW.section = OLD.section AND NEW.text = ''"
)

# A PDF shows the article as it stands, and goes only where words of the article were erased.
SHOWN = (
    "EXISTS (SELECT 1 FROM items_bulletin b WHERE b.id = {row}.bulletin_id AND b.entry_id IS NOT"
    " NULL AND {row}.of = CASE {row}.language WHEN 'en' THEN b.sha256_en ELSE b.sha256 END)"
)

GUARDS = [
    ("bulletin_insert", "items_bulletin", "INSERT", "NEW.entry_id IS NOT NULL", TOLD),
    ("bulletin_delete", "items_bulletin", "DELETE", "OLD.entry_id IS NOT NULL", ISSUED),
    (
        "bulletin_update",
        "items_bulletin",
        "UPDATE",
        f"OLD.entry_id IS NOT NULL AND ({changed(FROZEN)}"
        f" OR {changed(f'{ERASABLE} erasure_id')} AND NOT ({ERASED}))",
        ISSUED,
    ),
    (
        "bulletin_issue",
        "items_bulletin",
        "UPDATE",
        f"OLD.entry_id IS NULL AND (NEW.erasure_id IS NOT NULL OR NEW.entry_id IS NOT NULL"
        f" AND ({changed(PREPARED)} OR NOT {ENTRY}))",
        TOLD,
    ),
    (
        "bulletin_print_insert",
        "items_bulletinprint",
        "INSERT",
        f"NOT {SHOWN.format(row='NEW')}",
        ISSUED,
    ),
    ("bulletin_print_update", "items_bulletinprint", "UPDATE", "TRUE", ISSUED),
    (
        "bulletin_print_delete",
        "items_bulletinprint",
        "DELETE",
        SHOWN.format(row="OLD"),
        ISSUED,
    ),
    (
        "bulletin_erratum_insert",
        "items_bulletinerratum",
        "INSERT",
        f"{ISSUED_ONE.format(ids='NEW.bulletin_id')} OR {NOT_EARLIER}",
        ISSUED,
    ),
    (
        "bulletin_erratum_update",
        "items_bulletinerratum",
        "UPDATE",
        f"{NOT_EARLIER} OR NOT ({EMPTIED})"
        f" AND {ISSUED_ONE.format(ids='OLD.bulletin_id, NEW.bulletin_id')}",
        ISSUED,
    ),
    (
        "bulletin_erratum_delete",
        "items_bulletinerratum",
        "DELETE",
        ISSUED_ONE.format(ids="OLD.bulletin_id"),
        ISSUED,
    ),
]

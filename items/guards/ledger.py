"""Guards of the ledger: entries, their words and the chain of hashes can only be added to."""

from items.guards.conditions import LEDGER, TOO_EARLY

# A person may have been appointed before the item was published, for it or for others.
TOO_EARLY_FOR_ITEM = (
    "NEW.verb <> 'appoint' AND EXISTS (SELECT 1 FROM items_item i WHERE i.id = NEW.item_id"
    " AND NEW.happened_on < i.published_on AND NEW.happened_on < COALESCE(i.started_on,"
    " i.published_on) AND NOT EXISTS (SELECT 1 FROM items_broughtin b WHERE b.item_id = i.id"
    " AND (b.started_on <= NEW.happened_on OR b.done_on <= NEW.happened_on"
    " OR b.signed_off_on <= NEW.happened_on)))"
)

GUARDS = [
    ("entry_update", "items_entry", "UPDATE", "TRUE", LEDGER),
    ("entry_delete", "items_entry", "DELETE", "TRUE", LEDGER),
    (
        "entry_insert",
        "items_entry",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM items_chain WHERE list_id = NEW.list_id"
        " AND seq = NEW.seq - 1 AND hash = NEW.previous_hash)",
        LEDGER,
    ),
    ("entry_happened_on", "items_entry", "INSERT", TOO_EARLY_FOR_ITEM, TOO_EARLY),
    ("words_delete", "items_entrywords", "DELETE", "TRUE", LEDGER),
    (
        "words_update",  # the one change there is: erasing for good
        "items_entrywords",
        "UPDATE",
        "NOT (OLD.erased_on IS NULL AND NEW.erased_on IS NOT NULL AND NEW.salt = ''"
        " AND NEW.entry_id = OLD.entry_id AND NEW.text = '' AND NEW.evidence = ''"
        " AND NEW.name = '' AND NEW.post = '' AND NEW.old = '' AND NEW.new = ''"
        " AND NEW.post_en = '' AND NEW.old_en = '' AND NEW.new_en = '')",
        LEDGER,
    ),
    ("chain_delete", "items_chain", "DELETE", "TRUE", LEDGER),
    (
        "chain_update",
        "items_chain",
        "UPDATE",
        "NOT (NEW.list_id = OLD.list_id AND NEW.seq = OLD.seq + 1 AND EXISTS (SELECT 1 FROM"
        " items_entry WHERE list_id = NEW.list_id AND seq = NEW.seq AND hash = NEW.hash))",
        LEDGER,
    ),
]

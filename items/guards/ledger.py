"""Guards of the ledger: entries, their words and the chain of hashes can only be added to."""

from items.guards.conditions import CLOSED, LEDGER, TOO_EARLY
from items.models import EntryWords
from items.states import Verb

WORDS = ["salt", *EntryWords.WORDS, *EntryWords.ENGLISH, *EntryWords.PART, *EntryWords.ANSWERS]
EMPTIED = " AND ".join(f"NEW.{name} = ''" for name in WORDS)
# What may be written on a closed list: words erased, a photo hidden, where an item goes on, how a
# body judged it, a bulletin, and what was found when it was looked at again.
STILL = (
    Verb.CORRECT,
    Verb.HIDE_PHOTO,
    Verb.CARRY_OVER,
    Verb.ISSUE_ASSESSMENT,
    Verb.ADD_ERRATUM,
    Verb.ISSUE_BULLETIN,
    Verb.OPEN_LOOK_BACK,
    Verb.LOOK_BACK,
    Verb.REVIEW,
)
AFTER_CLOSING = ", ".join(f"'{verb}'" for verb in STILL)
# And the photos of whoever looked back.
OF_A_LOOK = (
    "NEW.verb = 'add_photo' AND NEW.role = 'looker' OR NEW.verb = 'release_photo' AND EXISTS"
    " (SELECT 1 FROM items_entry a WHERE a.id = NEW.about_id AND a.role = 'looker')"
)
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
    (
        "entry_closed",  # also whoever waited for the list's lock while it was closed
        "items_entry",
        "INSERT",
        f"NEW.verb NOT IN ({AFTER_CLOSING}) AND NOT ({OF_A_LOOK})"
        " AND EXISTS (SELECT 1 FROM items_itemlist WHERE id = NEW.list_id AND status = 'closed')",
        CLOSED,
    ),
    ("entry_happened_on", "items_entry", "INSERT", TOO_EARLY_FOR_ITEM, TOO_EARLY),
    ("words_delete", "items_entrywords", "DELETE", "TRUE", LEDGER),
    (
        "words_update",  # the one change there is: erasing for good
        "items_entrywords",
        "UPDATE",
        "NOT (OLD.erased_on IS NULL AND NEW.erased_on IS NOT NULL"
        f" AND NEW.entry_id = OLD.entry_id AND {EMPTIED})",
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

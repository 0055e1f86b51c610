"""What the database itself refuses, in one list for both databases; items.triggers installs it.

Each guard refuses an event on a table while its condition is true.
"""

from items.columns import STORED, attnames
from items.guarding import ANSWERED, HOLDER, ISSUED, LEDGER, NUMBER, UNWRITTEN, changed
from items.guards_care import CARE, CARE_REPLACED

ITEM_FROZEN = " ".join(attnames(column for column in STORED if column.guard == "frozen"))
ITEM_WRITTEN = " ".join(attnames(column for column in STORED if column.guard == "written"))
LIST_FROZEN = "slug committee_id year published_on"
LIST_CLOSED = "status closed_on closing_figures plan plan_en"
PART_WRITTEN = "item_id title title_en unit_id start_by due due_words"

# The entry that this very change of an item has just written.
NEW_ENTRY = (
    "SELECT 1 FROM items_entry WHERE id = NEW.last_entry_id AND item_id = NEW.id"
    " AND id > COALESCE(OLD.last_entry_id, 0)"
    " AND (status_to = NEW.status OR NEW.status = OLD.status)"
)
LIST_ENTRY = (
    "SELECT 1 FROM items_entry WHERE list_id = NEW.id AND item_id IS NULL"
    " AND verb = CASE NEW.status WHEN 'published' THEN 'publish' ELSE 'close_list' END"
)


def unwritten(ids: str) -> str:
    """Return the condition that one of the items is published and no entry was just written.

    An act writes its entry, then the lines under the item, and lastly the item with the entry as
    its last: only in between is an entry newer than the item's last one.
    """
    return (
        f"EXISTS (SELECT 1 FROM items_item i WHERE i.id IN ({ids}) AND i.status <> 'draft' AND NOT"
        " EXISTS (SELECT 1 FROM items_entry e WHERE e.item_id = i.id AND e.id > i.last_entry_id))"
    )


def lines(name: str, table: str, on_update: str = "TRUE") -> list[tuple]:
    """Return the guards of a table whose rows belong to items."""
    return [
        (f"{name}_insert", table, "INSERT", unwritten("NEW.item_id"), UNWRITTEN),
        (f"{name}_delete", table, "DELETE", unwritten("OLD.item_id"), UNWRITTEN),
        (
            f"{name}_update",
            table,
            "UPDATE",
            f"{on_update} AND {unwritten('OLD.item_id, NEW.item_id')}",
            UNWRITTEN,
        ),
    ]


def on_duty(post: str) -> str:
    """Return the condition that the post has a published item."""
    return (
        "EXISTS (SELECT 1 FROM items_item WHERE status <> 'draft'"
        f" AND (owner_post_id = {post} OR supervisor_post_id = {post}))"
    )


SUGGESTION_STEPPED = "status merged_into_id in_moderation shown_words shown_answer shown_on"
SUGGESTION_STEPPED += " ended_on last_seq category_id place_id"
CALL_FROZEN = "committee_id title title_en purpose purpose_en issuer issuer_en opens_on closes_on"
CALL_FROZEN += " answer_by issued_on issued_by_id"


def unstepped(suggestion: str) -> str:
    """Return the condition that no step of the suggestion was just written.

    An act writes its step, then what hangs on the suggestion, and lastly the suggestion.
    """
    return (
        "NOT EXISTS (SELECT 1 FROM items_suggestion s JOIN items_suggestionentry e"
        f" ON e.suggestion_id = s.id AND e.seq > s.last_seq WHERE s.id = {suggestion})"
    )


# (name, table, event, condition on OLD and NEW, what the database says)
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
    ("words_delete", "items_entrywords", "DELETE", "TRUE", LEDGER),
    (
        "words_update",  # the one change there is: erasing for good
        "items_entrywords",
        "UPDATE",
        "NOT (OLD.erased_on IS NULL AND NEW.erased_on IS NOT NULL AND NEW.salt = ''"
        " AND NEW.entry_id = OLD.entry_id AND NEW.text = '' AND NEW.evidence = ''"
        " AND NEW.name = '' AND NEW.post = '' AND NEW.old = '' AND NEW.new = '')",
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
    ("item_insert", "items_item", "INSERT", "NEW.status <> 'draft'", UNWRITTEN),
    ("item_delete", "items_item", "DELETE", "OLD.status <> 'draft'", NUMBER),
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
        f"NEW.status <> 'draft' AND {changed(ITEM_WRITTEN)} AND NOT EXISTS ({NEW_ENTRY})",
        UNWRITTEN,
    ),
    *lines("measure", "items_measure"),
    *lines("part", "items_part", changed(PART_WRITTEN)),
    *lines("share", "items_unitshare"),
    *lines("handler", "items_item_handlers"),
    *lines("spot", "items_spot"),
    *lines("photo", "items_photo"),
    *lines("delivery", "items_delivery"),
    *lines("occasion", "items_occasion"),
    *lines("brought_in", "items_broughtin")[:2],  # its words may be erased
    ("list_insert", "items_itemlist", "INSERT", "NEW.status <> 'draft'", UNWRITTEN),
    (
        "list_frozen",
        "items_itemlist",
        "UPDATE",
        f"OLD.status <> 'draft' AND (NEW.status = 'draft' OR {changed(LIST_FROZEN)})"
        f" OR OLD.status = 'closed' AND {changed(LIST_CLOSED)}",
        NUMBER,
    ),
    (
        "list_written",
        "items_itemlist",
        "UPDATE",
        f"NEW.status <> OLD.status AND NOT EXISTS ({LIST_ENTRY})",
        UNWRITTEN,
    ),
    (
        "post_moved",  # to a committee that has published nothing, where administrators appoint
        "items_post",
        "UPDATE",
        f"{changed('committee_id')} AND {on_duty('OLD.id')}",
        HOLDER,
    ),
    ("holding_delete", "items_holding", "DELETE", on_duty("OLD.post_id"), HOLDER),
    (
        "holding_update",  # it can only be ended
        "items_holding",
        "UPDATE",
        f"({changed('post_id person_id since')} OR OLD.until IS NOT NULL AND {changed('until')})"
        f" AND {on_duty('OLD.post_id')}",
        HOLDER,
    ),
    (
        "suggestion_insert",
        "items_suggestion",
        "INSERT",
        "NEW.status <> 'received' OR NEW.last_seq <> 0 OR NEW.shown_on IS NOT NULL"
        " OR NEW.visit_id IS NOT NULL AND NEW.code_hash <> ''",  # what was heard has no code
        ANSWERED,
    ),
    ("suggestion_delete", "items_suggestion", "DELETE", "TRUE", ANSWERED),
    (
        "suggestion_came",  # what came stays, but for words that are erased
        "items_suggestion",
        "UPDATE",
        changed("id committee_id call_id visit_id code_hash kind received_on answer_by")
        + " OR NEW.words <> OLD.words AND NEW.words <> ''"
        " OR NEW.location <> OLD.location AND NEW.location <> ''",
        ANSWERED,
    ),
    (
        "suggestion_stepped",
        "items_suggestion",
        "UPDATE",
        f"{changed(SUGGESTION_STEPPED)} AND {unstepped('NEW.id')}",
        ANSWERED,
    ),
    (
        "step_insert",
        "items_suggestionentry",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM items_suggestion"
        " WHERE id = NEW.suggestion_id AND last_seq = NEW.seq - 1)",
        ANSWERED,
    ),
    (
        "step_update",  # the one change there is: erasing the words
        "items_suggestionentry",
        "UPDATE",
        f"{changed('id suggestion_id seq verb by_id name day')} OR NEW.text <> ''",
        ANSWERED,
    ),
    ("step_delete", "items_suggestionentry", "DELETE", "TRUE", ANSWERED),
    ("adoption_insert", "items_adoption", "INSERT", unstepped("NEW.suggestion_id"), ANSWERED),
    ("adoption_update", "items_adoption", "UPDATE", "TRUE", ANSWERED),
    ("adoption_delete", "items_adoption", "DELETE", unstepped("OLD.suggestion_id"), ANSWERED),
    ("look_update", "items_contactlook", "UPDATE", "TRUE", LEDGER),
    ("look_delete", "items_contactlook", "DELETE", "TRUE", LEDGER),
    (
        "call_insert",
        "items_call",
        "INSERT",
        "NEW.status <> 'draft' OR NEW.issued_on IS NOT NULL",
        ISSUED,
    ),
    ("call_delete", "items_call", "DELETE", "OLD.status <> 'draft'", ISSUED),
    (
        "call_update",
        "items_call",
        "UPDATE",
        f"OLD.status <> 'draft' AND (NEW.status = 'draft' OR {changed(CALL_FROZEN)})"
        f" OR OLD.status = 'ended' AND {changed('status ended_on ended_by_id ended_why')}",
        ISSUED,
    ),
    *CARE,
]
# SQLite's OR REPLACE deletes rows without firing DELETE triggers: refuse to write over a row.
REPLACED = [
    ("items_entry", "id = NEW.id OR (list_id = NEW.list_id AND seq = NEW.seq)"),
    ("items_entrywords", "entry_id = NEW.entry_id"),
    ("items_chain", "list_id = NEW.list_id"),
    ("items_item", "id = NEW.id OR (list_id = NEW.list_id AND number = NEW.number)"),
    ("items_itemlist", "id = NEW.id OR slug = NEW.slug"),
    ("items_measure", "id = NEW.id"),
    ("items_part", "id = NEW.id"),
    ("items_unitshare", "id = NEW.id"),
    ("items_spot", "id = NEW.id"),
    ("items_photo", "id = NEW.id OR stem = NEW.stem AND stem <> '' OR entry_id = NEW.entry_id"),
    ("items_delivery", "id = NEW.id OR entry_id = NEW.entry_id"),
    ("items_occasion", "id = NEW.id OR entry_id = NEW.entry_id OR ending_id = NEW.ending_id"),
    (
        "items_holding",
        "id = NEW.id OR (post_id = NEW.post_id AND until IS NULL AND NEW.until IS NULL)",
    ),
    ("items_suggestion", "id = NEW.id OR code_hash = NEW.code_hash AND code_hash <> ''"),
    ("items_suggestionentry", "id = NEW.id OR suggestion_id = NEW.suggestion_id AND seq = NEW.seq"),
    (
        "items_adoption",
        "id = NEW.id OR suggestion_id = NEW.suggestion_id AND item_id = NEW.item_id",
    ),
    ("items_contactlook", "id = NEW.id"),
    ("items_call", "id = NEW.id"),
    *CARE_REPLACED,
]

"""The rules that the database itself holds, as triggers: one list for both databases.

Each guard refuses an event on a table while its condition is true. All of them are dropped before
a migration, because SQLite can't rebuild a table that another table's trigger reads, and made
again after it, because a rebuilt table has lost its own.
"""

from django.db import connections, transaction

LEDGER = "the ledger can only be added to"
NUMBER = "a published number is frozen"
UNWRITTEN = "what is published changes only with an entry in the ledger"
HOLDER = "who held the post of a published item stays written down"


def changed(columns: str) -> str:
    """Return the condition that an UPDATE changes one of the columns."""
    return "(" + " OR ".join(f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in columns.split()) + ")"


ITEM_FROZEN = "list_id number first_due published_on added_later carried_from_id"
ITEM_WRITTEN = (
    "status status_before_hold owner_post_id supervisor_post_id title title_en problem problem_en"
    " effect effect_en category_id theme_id place_id"
    " term illustrative start_by start_is_the_matter due"
    " due_words percent done_count target_count count_unit result started_on claimed_on done_on"
    " signed_off_on held_on hold_review_on days_held withdrawn_on times_extended times_reopened"
    " last_news_id"
)
LIST_FROZEN = "slug committee_id year published_on"
LIST_CLOSED = "status closed_on closing_figures"
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
]
TABLES = list(dict.fromkeys(table for _name, table, *_ in GUARDS))


def install(connection) -> None:
    """Make every guard anew, and leave none that is no longer in the list."""
    with transaction.atomic(connection.alias):
        remove(connection)
        with connection.cursor() as cursor:
            for _name, _table, sql in _guards(connection):
                cursor.execute(sql)


def remove(connection) -> None:
    """Drop the guards, for a migration or for tests that have to empty the tables."""
    with connection.cursor() as cursor:
        for name, table in installed(connection).items():
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{on}")


def missing(connection) -> list[str]:
    """Return the names of the guards that the database doesn't have."""
    there = installed(connection)
    return [name for name, _table, _sql in _guards(connection) if name not in there]


def installed(connection) -> dict[str, str]:
    """Return the table of each guard that the database has, by the guard's name."""
    with connection.cursor() as cursor:
        cursor.execute(INSTALLED[connection.vendor])
        return dict(cursor.fetchall())


INSTALLED = {
    "sqlite": (
        "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard!_%'"
        " ESCAPE '!'"
    ),
    "postgresql": (
        "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE tgname LIKE 'guard!_%' ESCAPE '!' AND relnamespace = current_schema()::regnamespace"
    ),
}


def before_migrate(using, plan, **kwargs):
    if plan:
        remove(connections[using])


def after_migrate(using, **kwargs):
    connection = connections[using]
    if set(TABLES) <= set(connection.introspection.table_names()):
        install(connection)


def _guards(connection):
    """Yield each guard's name, its table and the SQL that makes it."""
    return _postgresql() if connection.vendor == "postgresql" else _sqlite()


def _sqlite():
    for name, table, event, condition, words in GUARDS:
        condition = condition.replace("IS DISTINCT FROM", "IS NOT")
        yield _sqlite_guard(f"guard_{name}", table, event, condition, words)
    for table, same in REPLACED:
        over = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"
        yield _sqlite_guard(f"guard_{table}_replace", table, "INSERT", over, LEDGER)
    same = "id <> OLD.id AND (id = NEW.id OR (list_id = NEW.list_id AND number = NEW.number))"
    over = f"EXISTS (SELECT 1 FROM items_item WHERE {same})"
    yield _sqlite_guard("guard_items_item_moved", "items_item", "UPDATE", over, NUMBER)


def _sqlite_guard(name, table, event, condition, words):
    return (
        name,
        table,
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition}"
        f" BEGIN SELECT RAISE(ABORT, '{words}'); END",
    )


def _postgresql():
    for name, table, event, condition, words in GUARDS:
        yield _postgresql_guard(f"guard_{name}", table, event, "ROW", condition, words)
    for table in TABLES:
        name = f"guard_{table}_truncate"
        yield _postgresql_guard(name, table, "TRUNCATE", "STATEMENT", "TRUE", LEDGER)


def _postgresql_guard(name, table, event, each, condition, words):
    # In a function, because the condition of a trigger may not look at other rows.
    return (
        name,
        table,
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {condition} THEN RAISE EXCEPTION '{words}'"
        " USING ERRCODE = 'integrity_constraint_violation'; END IF;"
        f" RETURN {'OLD' if event == 'DELETE' else 'NEW'}; END $$;"
        f" CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {each}"
        f" EXECUTE FUNCTION {name}()",
    )

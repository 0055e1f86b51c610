"""Guards of names: what published lists show is renamed only by an entry in each list's ledger.

What a draft shows that is up for objections isn't renamed at all, until it is taken down.
A closed list goes on showing the names of its closing day: the former name is written beside it
before the row takes another.
"""

from items.guards.conditions import LEDGER, RENAMED, changed, is_up


def of_items(*conditions: str) -> str:
    """Return the condition that a list `l` has a public item `i` that shows the row."""
    public = f"(i.status <> 'draft' OR {is_up('i.list_id')})"
    return (
        f"EXISTS (SELECT 1 FROM items_item i WHERE i.list_id = l.id AND {public}"
        f" AND ({' OR '.join(conditions)}))"
    )


def lines(table: str, column: str) -> str:
    """Return the condition that a line under the item `i` names the row."""
    return f"EXISTS (SELECT 1 FROM {table} n WHERE n.item_id = i.id AND n.{column} = NEW.id)"


HOLDS = (
    "EXISTS (SELECT 1 FROM items_committee c WHERE c.id = l.committee_id AND c.show_names)"
    " AND EXISTS (SELECT 1 FROM items_holding n WHERE n.person_id = NEW.id"
    " AND n.post_id IN (i.owner_post_id, i.supervisor_post_id))"
)

# What is renamed: the word for it (items.models.list.thing), its table, and whether a list `l`
# shows it. Of a place only where the items themselves are: what lies below it is for the action.
KINDS = {
    "post": ("items_post", of_items("NEW.id IN (i.owner_post_id, i.supervisor_post_id)")),
    "unit": (
        "items_unit",
        of_items(
            lines("items_unitshare", "unit_id"),
            lines("items_part", "unit_id"),
            lines("items_delivery", "unit_id"),
        ),
    ),
    "place": (
        "items_place",
        of_items(
            "i.place_id = NEW.id",
            lines("items_delivery", "place_id"),
            lines("items_occasion", "place_id"),
        ),
    ),
    "category": ("items_category", of_items("i.category_id = NEW.id")),
    "theme": ("items_theme", of_items("i.theme_id = NEW.id")),
    "committee": ("items_committee", "l.committee_id = NEW.id"),
    "organisation": (
        "items_organisation",
        "EXISTS (SELECT 1 FROM items_committee c"
        " WHERE c.id = l.committee_id AND c.organisation_id = NEW.id)",
    ),
    "person": ("items_person", of_items(HOLDS)),
    "itemlist": ("items_itemlist", "l.id = NEW.id"),
}
SHORT = "COALESCE(NULLIF({row}.short_name{en}, ''), {row}.name{en})"  # of an organisation


def shown(kind: str, row: str) -> tuple[str, str]:
    """Return the Chinese and the English name of a row that pages show, in SQL."""
    if kind == "organisation":
        return SHORT.format(row=row, en=""), SHORT.format(row=row, en="_en")
    return f"{row}.name", "''" if kind == "person" else f"{row}.name_en"


def entry(thing: str, zh: str, en: str) -> str:
    """Return the condition that the latest renaming of `thing` in the list `l` says these names."""
    return (
        "EXISTS (SELECT 1 FROM items_entrywords w WHERE w.entry_id = (SELECT MAX(e.id)"
        " FROM items_entry e WHERE e.list_id = l.id AND e.item_id IS NULL AND e.verb = 'rename'"
        f" AND e.facts ->> 'renamed' = {thing}) AND w.new = {zh} AND w.new_en = {en})"
    )


def unwritten(kind: str) -> str:
    """Return the condition that a row is renamed, and a list that shows it doesn't say so."""
    _table, shows = KINDS[kind]
    (zh, en), (old_zh, old_en) = shown(kind, "NEW"), shown(kind, "OLD")
    thing = f"'{kind}:' || NEW.id"
    kept = (
        "SELECT 1 FROM items_closingname k"
        f" WHERE k.list_id = l.id AND k.kind = '{kind}' AND k.key = NEW.id"
    )
    return (
        f"({zh} IS DISTINCT FROM {old_zh} OR {en} IS DISTINCT FROM {old_en})"
        f" AND EXISTS (SELECT 1 FROM items_itemlist l WHERE {shows} AND"
        f" (l.status = 'published' AND NOT {entry(thing, zh, en)}"
        f" OR l.status = 'closed' AND NOT EXISTS ({kept})"
        f" OR l.status = 'draft' AND {is_up('l.id')}))"
    )


def unlike(kind: str) -> str:
    """Return the condition that a name to be kept isn't the one that a row of a kind has now."""
    table, _shows = KINDS[kind]
    zh, en = shown(kind, "t")
    return (
        f"NOT EXISTS (SELECT 1 FROM {table} t WHERE NEW.kind = '{kind}' AND NEW.key = t.id"
        f" AND {zh} = NEW.name AND {en} = NEW.name_en)"
    )


def shown_anywhere(kind: str) -> str:
    """Return the condition that a list which is no draft shows the row that would go."""
    _table, shows = KINDS[kind]
    shows = shows.replace("NEW.", "OLD.")
    return f"EXISTS (SELECT 1 FROM items_itemlist l WHERE l.status <> 'draft' AND {shows})"


# Of the others, what is theirs says which rows may go: posts.py, lists.py, committees.py.
GONE = ("unit", "place", "category", "theme", "organisation", "person")

PROGRAMME = (
    f"OLD.status = 'published' AND {changed('programme programme_en')} AND NOT EXISTS"
    " (SELECT 1 FROM items_itemlist l WHERE l.id = NEW.id AND "
    + entry("'programme:' || NEW.id", "NEW.programme", "NEW.programme_en")
    + ")"
)

GUARDS = [
    *(
        (f"{kind}_name", table, "UPDATE", unwritten(kind), RENAMED)
        for kind, (table, _shows) in KINDS.items()
    ),
    *((f"{kind}_delete", KINDS[kind][0], "DELETE", shown_anywhere(kind), RENAMED) for kind in GONE),
    ("programme", "items_itemlist", "UPDATE", PROGRAMME, RENAMED),
    (
        "closing_name_insert",
        "items_closingname",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM items_itemlist WHERE id = NEW.list_id AND status = 'closed')"
        f" OR ({' AND '.join(unlike(kind) for kind in KINDS)})",
        RENAMED,
    ),
    (
        "closing_name_update",  # the one change there is: erasing for good, by an entry
        "items_closingname",
        "UPDATE",
        f"NEW.name <> '' OR NEW.name_en <> '' OR {changed('id list_id kind key')} OR NOT EXISTS"
        " (SELECT 1 FROM items_entry e WHERE e.list_id = NEW.list_id AND e.item_id IS NULL"
        " AND e.verb = 'correct' AND e.facts ->> 'erased_name' = NEW.kind || ':' || NEW.key)",
        LEDGER,
    ),
    ("closing_name_delete", "items_closingname", "DELETE", "TRUE", LEDGER),
]

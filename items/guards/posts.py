"""Guards of posts: who held the post of a published item stays written down."""

from items.guards.conditions import HOLDER, UNWRITTEN, changed


def on_duty(post: str) -> str:
    """Return the condition that the post has a published item."""
    return (
        "EXISTS (SELECT 1 FROM items_item WHERE status <> 'draft'"
        f" AND (owner_post_id = {post} OR supervisor_post_id = {post}))"
    )


def unwritten(post: str, person: str, day: str, words: str) -> str:
    """Return the condition that an item of the post was not just told of this very appointment.

    An act of appointing writes an entry on each item that runs, and then the holdings: the entry
    names the day and, in its `words` "old" or "new", the person.
    """
    return (
        "EXISTS (SELECT 1 FROM items_item i JOIN items_itemlist l ON l.id = i.list_id"
        f" WHERE (i.owner_post_id = {post} OR i.supervisor_post_id = {post})"
        " AND i.status NOT IN ('draft', 'withdrawn') AND l.status <> 'closed' AND NOT EXISTS"
        " (SELECT 1 FROM items_entry e JOIN items_entrywords w ON w.entry_id = e.id"
        f" JOIN items_person p ON p.name = w.{words} WHERE e.id = i.last_entry_id"
        f" AND e.verb = 'appoint' AND e.happened_on = {day} AND p.id = {person}))"
    )


# A holding of the same post that began or ended after the new one begins.
LATER = (
    "EXISTS (SELECT 1 FROM items_holding h WHERE h.post_id = NEW.post_id"
    " AND (h.since > NEW.since OR h.until > NEW.since))"
)

# The latest mark of the post in the ledger of the list `l`, and that it says what the post says.
MARKED = (
    "EXISTS (SELECT 1 FROM items_entry e WHERE e.id = (SELECT MAX(m.id) FROM items_entry m"
    " WHERE m.list_id = l.id AND m.item_id IS NULL AND m.verb = 'mark_leader'"
    " AND m.facts ->> 'leader' IN ('post:' || NEW.id || ':yes', 'post:' || NEW.id || ':no'))"
    " AND e.facts ->> 'leader' = 'post:' || NEW.id"
    " || CASE WHEN NEW.is_leader THEN ':yes' ELSE ':no' END)"
)

GUARDS = [
    (
        "post_moved",  # to a committee that has published nothing, where administrators appoint
        "items_post",
        "UPDATE",
        f"{changed('id committee_id')} AND {on_duty('OLD.id')}",
        HOLDER,
    ),
    (
        "post_leader",  # every leader owns an item: who is one can't be changed quietly
        "items_post",
        "UPDATE",
        f"{changed('is_leader')} AND EXISTS (SELECT 1 FROM items_itemlist l"
        f" WHERE l.committee_id = NEW.committee_id AND l.status = 'published' AND NOT {MARKED})",
        UNWRITTEN,
    ),
    ("post_delete", "items_post", "DELETE", on_duty("OLD.id"), HOLDER),
    (
        "holding_insert",  # only after all others, and for as long as nobody follows
        "items_holding",
        "INSERT",
        f"{on_duty('NEW.post_id')} AND (NEW.until IS NOT NULL OR {LATER}"
        f" OR {unwritten('NEW.post_id', 'NEW.person_id', 'NEW.since', 'new')})",
        HOLDER,
    ),
    ("holding_delete", "items_holding", "DELETE", on_duty("OLD.post_id"), HOLDER),
    (
        "holding_update",  # it can only be ended
        "items_holding",
        "UPDATE",
        f"({changed('id post_id person_id since')} OR OLD.until IS NOT NULL AND {changed('until')})"
        f" AND ({on_duty('OLD.post_id')} OR {on_duty('NEW.post_id')})"
        f" OR {changed('until')} AND"
        f" {unwritten('OLD.post_id', 'OLD.person_id', 'NEW.until', 'old')}",
        HOLDER,
    ),
]

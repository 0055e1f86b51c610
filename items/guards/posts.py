"""Guards of posts: who held the post of a published item stays written down."""

from items.guards.conditions import HOLDER, changed


def on_duty(post: str) -> str:
    """Return the condition that the post has a published item."""
    return (
        "EXISTS (SELECT 1 FROM items_item WHERE status <> 'draft'"
        f" AND (owner_post_id = {post} OR supervisor_post_id = {post}))"
    )


GUARDS = [
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
REPLACED = [
    (
        "items_holding",
        "id = NEW.id OR (post_id = NEW.post_id AND until IS NULL AND NEW.until IS NULL)",
    ),
]

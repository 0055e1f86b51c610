"""What only staff read of an item: its internal columns, changed at any time, with history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from items.actions.correction import in_both_languages, visible_value
from items.actions.validation import checked
from items.columns import STORED
from items.errors import Conflict, Refused
from items.ledger import Act, acting, acting_together
from items.models import Entry, Item, ItemList, Person

INTERNAL = [column.name for column in STORED if column.shade == "staff"]


def annotate_item(
    item: Item,
    *,
    by: Person,
    yes: bool = False,
    now: datetime | None = None,
    **values: Any,
) -> Entry:
    """Change internal columns of a published item, given by name: an entry for each that differs.

    The entries stay inside, as the columns do. Raise `Refused` when nothing differs.
    """
    with acting("annotate", item, by=by, now=now, yes=yes) as act:
        for field, value in values.items():
            if visible_value(Item, field, value) != getattr(item, field):
                annotate(act, field, value)
        if not act.has_written:
            raise Refused(_("That is what it says already."))
    return act.entry


def annotate(act: Act, field: str, value: Any) -> None:
    """Change one internal column within an act, to a value that differs from what it says."""
    if field not in INTERNAL:
        raise Refused(_("“%s” can’t be changed here.") % field)
    item, value = act.item, visible_value(Item, field, value)
    words: dict[str, Any] = in_both_languages(field, old=getattr(item, field), new=value)
    setattr(item, field, value)
    checked(item)
    act.write(facts={"field": field}, public=False, **words)


def refuse_unless_seen(item: Item, field: str, seen: Any) -> None:
    """Raise `Conflict` when an internal column doesn't say any more what its reader saw there."""
    if getattr(item, field) != seen:
        label = Item._meta.get_field(field).verbose_name  # type: ignore[union-attr]
        raise Conflict(
            _("No. %(number)s: somebody else changed “%(column)s” while you were writing.")
            % {"number": item.number, "column": label},
            _("Look at what changed, then send yours again."),
        )


@dataclass(frozen=True, slots=True)
class Annotation:
    """What an internal column of an item is to say, and what its writer saw there."""

    item: int  # its key
    field: str
    value: Any
    seen: Any


def annotate_items(
    item_list: ItemList,
    annotations: Iterable[Annotation],
    *,
    by: Person,
    now: datetime | None = None,
) -> None:
    """Change internal columns of many items of a list, all or none.

    Raise `Conflict` when one of them doesn't say any more what was seen there.
    """
    of_item: dict[int, list[Annotation]] = {}
    for each in annotations:
        of_item.setdefault(each.item, []).append(each)
    with acting_together(item_list, of_item, by=by, now=now) as together:
        for key, changes in of_item.items():
            with together.on("annotate", key) as act:
                for each in changes:
                    refuse_unless_seen(act.item, each.field, each.seen)
                    annotate(act, each.field, each.value)

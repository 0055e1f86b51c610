"""What waits for a second yes in a list: each entry with why this person may not release it.

Entries that were made together are one batch, by `facts["batch"]`; any other stands alone. A card
is a batch or a single entry, named by the batch or by the entry's number in the ledger.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from items.models import Entry, Item, ItemList, Person
from items.models.ledger import EntryQuerySet
from items.models.post import know_posts
from items.rules.permission import why_not_standing
from items.rules.standing import Standing
from items.states import Verb

BATCH = "batch"  # the fact that names the batch of an entry


@dataclass(frozen=True)
class Waiting:
    """An entry for the owner that nobody has answered."""

    entry: Entry
    item: Item
    why_not: str  # why this person may not release it now; "" when they may
    why_not_refused: str  # and why not refuse it

    @property
    def card(self) -> str:
        return card_of(self.entry)

    @property
    def mark(self) -> str:
        """Return what has to stay as it is between the page and the yes."""
        news = self.item.last_news
        return f"{self.entry.seq}.{news.seq if news else 0}.{int(not self.why_not)}"


def new_batch() -> str:
    """Return a name for a batch, which no number of an entry can be."""
    return "b" + secrets.token_hex(6)


def card_of(entry: Entry) -> str:
    return entry.facts.get(BATCH) or str(entry.seq)


def state_of(waiting: Iterable[Waiting]) -> str:
    """Return in one word what a card looked like, so that a yes is said to what was seen."""
    return "-".join(each.mark for each in waiting)


def entries_of(item_list: ItemList, card: str) -> EntryQuerySet:
    """Return the entries of a card, answered or not; none where it names nothing."""
    entries = Entry.objects.filter(list=item_list, verb=Verb.ENTER_FOR_OWNER).order_by("seq")
    if card.isascii() and card.isdigit():
        alone = entries.filter(seq=min(int(card), 2**31 - 1))
        return alone.exclude(facts__has_key=BATCH)
    return entries.filter(**{f"facts__{BATCH}": card})


def waiting_in(
    item_list: ItemList, person: Person, today: date, card: str | None = None
) -> list[Waiting]:
    """Return what waits in a list, or on one card; the questions are as many for one as for all."""
    if card is None:
        rows = Entry.objects.filter(list=item_list, verb=Verb.ENTER_FOR_OWNER).order_by("seq")
    else:
        rows = entries_of(item_list, card)
    rows = rows.waiting().select_related("words", "by", "item__last_news__words")
    pairs = [(entry, entry.item) for entry in rows if entry.item]
    items = [item for _entry, item in pairs]
    for item in items:
        item.list = item_list
    know_posts(items)
    whole = Standing(person, item_list, today)
    theirs = Item.objects.filter(pk__in=[item.pk for item in items])
    owned = set(theirs.spoken_for_by(person, today).values_list("pk", flat=True)) if items else ()
    found = []
    for entry, item in pairs:
        standing = Standing(person, item, today)
        standing.roles, standing.is_releaser = whole.roles, whole.is_releaser
        standing.spoke_as_owner, standing.waiting = item.pk in owned, [entry]
        found.append(
            Waiting(
                entry,
                item,
                why_not_standing("release", standing),
                why_not_standing("refuse_entry", standing),
            )
        )
    return found


def releases_in(person: Person, item_list: ItemList, today: date) -> bool:
    """Tell whether the second yes in this list is this person's: of the office, or by the post."""
    standing = Standing(person, item_list, today)
    return person.is_active and (standing.is_office or standing.is_releaser)

"""Appending an entry to a list's hash chain; `items.ledger.act` alone calls it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from items.columns import STORED
from items.compiled_queries import compiled_query
from items.ledger.lines import Lines, digests_after
from items.models import Chain, Entry, EntryWords, Item, ItemList, Part, Person, Post
from items.models.item import tenths
from items.privacy import personal_data

# What an entry keeps of where its item, or its list, stands after it: no words, which may have to
# be erased one day.
SNAPSHOT = tuple(
    column
    for column in STORED
    if column.guard in ("frozen", "written")
    and column.shade != "staff"
    and column.kind in ("choice", "day", "yes", "count", "percent", "row", "post")
)
COLUMNS_OF = {
    Item: [(name, column.kind) for column in SNAPSHOT for name in column.attnames],
    ItemList: [
        ("status", "choice"),
        ("published_on", "day"),
        ("closed_on", "day"),
        ("closing_figures", "count"),
    ],
}


def snapshot(thing: Item | ItemList) -> dict[str, Any]:
    """Return where an item or a list stands, as an entry keeps it; what is empty isn't there."""
    stands = {}
    for name, kind in COLUMNS_OF[type(thing)]:
        value = getattr(thing, name)
        if value is None or value is False or value == "":
            continue
        if kind == "day":
            value = value.isoformat()
        elif kind == "percent":
            value = str(tenths(value))
        stands[name] = value
    return stands


EMPTY = {
    field.attname: field.get_default()
    for field in Item._meta.concrete_fields
    if field.attname in dict(COLUMNS_OF[Item])
}


def stand_as(item: Item, kept: dict[str, Any]) -> None:
    """Let an item stand, in memory only, where a snapshot of its ledger says that it stood."""
    for name, kind in COLUMNS_OF[Item]:
        value = kept.get(name)
        if value is None:
            value = EMPTY[name]  # a snapshot leaves out what is
        elif kind == "day":
            value = date.fromisoformat(value)
        elif kind == "percent":
            value = Decimal(value)
        setattr(item, name, value)


def write_entry(
    item_list: ItemList,
    verb: str,
    *,
    by: Person,
    role: str,
    happened_on: date,
    now: datetime,
    item: Item | None = None,
    status_from: str = "",
    status_to: str = "",
    facts: dict | None = None,
    public: bool = True,
    about: Entry | None = None,
    yes: bool = False,
    part: Part | None = None,
    lines: Lines | None = None,
    **words: str,
) -> Entry:
    """Add an entry to the list's ledger, inside the transaction of the change that it tells of.

    Raise `PersonalData` when everyone would read data about a person and `yes` isn't said to it.
    The item, or the list itself, already stands where the entry leaves it. Save the item after it:
    what is published changes only together with its entry. `lines` are the rows that will then
    stand under the item, of the kinds that change (`items.ledger.lines`).
    """
    chain = _chains.one(item_list.pk) or Chain.objects.create(list=item_list)
    stands = snapshot(item or item_list)
    if item:
        stands["lines"] = digests_after(item, lines)
    entry_words = EntryWords(salt=EntryWords.new_salt(), name=by.name, **words)
    read_by_all = [entry_words.text, entry_words.evidence, entry_words.new, entry_words.new_en]
    read_by_all += [entry_words.post, entry_words.answers]  # a post may be a body that decided
    facts = (facts or {}) | (personal_data.ask(*read_by_all, yes=yes) if public else {})
    if part:
        facts["part"] = part.order + 1
        entry_words.part, entry_words.part_en = part.title, part.title_en
    if not entry_words.post and (post := _post_of(role, by, item, timezone.localdate(now))):
        entry_words.post, entry_words.post_en = post.name, post.name_en
    entry = Entry(
        list=item_list,
        seq=chain.seq + 1,
        item=item,
        verb=verb,
        status_from=status_from if status_from != status_to else "",
        status_to=status_to if status_from != status_to else "",
        by=by,
        role=role,
        happened_on=happened_on,
        written_at=now,
        public=public,
        facts=facts,
        snapshot=stands,
        about=about,
        words_digest=entry_words.computed_digest(),
        previous_hash=chain.hash,
    )
    entry.hash = entry.computed_hash()
    entry.save()
    entry_words.entry = entry
    entry_words.save()
    chain.seq, chain.hash = entry.seq, entry.hash
    chain.save()
    if item:
        item.last_entry = entry
    return entry


@compiled_query
def _chains(item_list: Any) -> QuerySet[Chain]:
    return Chain.objects.select_for_update(no_key=True).filter(list=item_list)


def _post_of(role: str, by: Person, item: Item | None, day: date) -> Post | None:
    """Return the post that `by` speaks for; None for handlers and the office."""
    if item is not None and role == Entry.Role.RELEASER:
        return item.list.committee.releasing_post
    if item is None or role not in (Entry.Role.OWNER, Entry.Role.SUPERVISOR):
        return None
    post = item.owner_post if role == Entry.Role.OWNER else item.supervisor_post
    return post if post and post.holder(day) == by else None

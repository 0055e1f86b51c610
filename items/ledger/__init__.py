"""The append-only ledger (audit trail) that every published change goes through, and its check.

`acting` is a transaction around one act on an item, `acting_on_list` and `acting_on_post` around
one on many, `acting_together` and `several_acts` around many acts: each locks, asks the rules, and
writes entries with what they tell of, all or nothing.
"""

from items.ledger.act import (
    Act,
    ActOnBoth,
    ActOnList,
    ActOnMany,
    ActOnRow,
    Together,
    acting,
    acting_on_both,
    acting_on_list,
    acting_on_post,
    acting_on_row,
    acting_on_year,
    acting_together,
    lock_posts,
    not_in_future,
    one_transaction,
    several_acts,
    take_for_news,
)
from items.ledger.entries import stand_as

__all__ = [
    "Act",
    "ActOnBoth",
    "ActOnList",
    "ActOnMany",
    "ActOnRow",
    "Together",
    "acting",
    "acting_on_both",
    "acting_on_list",
    "acting_on_post",
    "acting_on_row",
    "acting_on_year",
    "acting_together",
    "lock_posts",
    "not_in_future",
    "one_transaction",
    "several_acts",
    "stand_as",
    "take_for_news",
]

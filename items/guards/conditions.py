"""What the guards are made of: what the database says, and conditions on OLD and NEW rows."""

from collections.abc import Iterable

from items.states import ANSWERS_NOTHING

LEDGER = "the ledger can only be added to"
NUMBER = "a published number is frozen"
UNWRITTEN = "what is published changes only with an entry in the ledger"
UNSAID = "a measure is done on a day on which the ledger says so"
ANSWERED = "a suggestion changes only together with a step of its history"
SETTLED = "what is done at once ends with a photo of it, or with a supervisor who looked"
DECLINED = "what isn’t adopted says for which kind of reason"
REOPENED = "only the suggester says, once, that what is said to be done isn’t"
ISSUED = "what was issued to everyone stays as it is"
HOLDER = "who held the post of a published item stays written down"
VISITED = "a visit stays as it was written, or is withdrawn openly"
WAITS = "a list is closed when nothing waits in it and what is open has been carried over"
CLOSED = "a closed list stays as it is"
CARRIED = "what is carried over goes on as it stands where it comes from"
TOO_EARLY = "nothing of an item happened before it began"
RENAMED = "what published lists show is renamed only with an entry in their ledgers"
ADDRESS = "an address that a committee has or had is its own for ever"
OWN_POST = "a post that a committee names is one of its own"
ROUND = "a round of verdicts opens and ends only with an entry in the ledger"
REVIEWED = "workers’ answers open a review, and only a public answer ends it"
COACHED = "what workers wrote of coached answers stays as it is, or is forgotten for good"
APPEALED = "only the post for reviews ends an appeal, and until then the answer stays"
ANSWER = "a verdict comes within its round, and stays as it was given"
ASSESSED = "an assessment is issued by a second person, with an entry in the ledger"
TOLD = "a bulletin is issued by a second person, with an entry in the ledger"
LOOKED = "a look back is asked for and ends with an entry in the ledger, and stays so"
BY_LINK = "a report by a link is its handler’s, on its item, once and in its days"
DRAWN = "a quarter is drawn once by lot, from the ledger, and stays as it was drawn"
MENTIONED = "a press raises the count of its day by one, and nothing else changes it"
ANNOUNCED = "what is up for objections waits for its days, and for an answer to each"
PROPOSED = "a draft that is up for objections stays as it is, until it is taken down"
FILED = "a file about a family is only added, or emptied for good"


def changed(columns: str) -> str:
    """Return the condition that an UPDATE changes one of the columns."""
    comparisons = (f'NEW."{c}" IS DISTINCT FROM OLD."{c}"' for c in columns.split())
    return "(" + " OR ".join(comparisons) + ")"


def is_answered(entry: str) -> str:
    """Return the condition that a request, by the key of its entry in SQL, has an answer."""
    none = ", ".join(f"'{verb}'" for verb in ANSWERS_NOTHING)
    return (
        "EXISTS (SELECT 1 FROM items_entry answer"
        f" WHERE answer.about_id = {entry} AND answer.verb NOT IN ({none}))"
    )


def is_up(item_list: str) -> str:
    """Return the condition that a draft list, by its key in SQL, is up for objections as a whole.

    The entry that publishes it ends that first, and then the list and its items change.
    """
    return (
        f"EXISTS (SELECT 1 FROM items_entry u WHERE u.list_id = {item_list} AND u.item_id IS NULL"
        f" AND u.verb = 'put_up' AND NOT {is_answered('u.id')})"
    )


def is_frozen(ids: str) -> str:
    """Return the condition that one of the items is a draft of a list that is up for objections.

    What goes on with an item of a running list isn't: that one says what it promises, and each
    change there has its own entry.
    """
    return (
        f"EXISTS (SELECT 1 FROM items_item i WHERE i.id IN ({ids}) AND i.status = 'draft'"
        f" AND i.carried_from_id IS NULL AND {is_up('i.list_id')})"
    )


def unwritten(ids: str, verbs: Iterable[str] = ()) -> str:
    """Return the condition that one of the items is published and no entry was just written.

    An act writes its entry, then the lines under the item, and lastly the item with the entry as
    its last: only in between is an entry newer than the item's last one. With `verbs`, only an
    entry of these counts.
    """
    among = ", ".join(f"'{verb}'" for verb in verbs)
    of_them = f" AND e.verb IN ({among})" if among else ""
    return (
        f"EXISTS (SELECT 1 FROM items_item i WHERE i.id IN ({ids}) AND i.status <> 'draft' AND NOT"
        " EXISTS (SELECT 1 FROM items_entry e WHERE e.item_id = i.id AND e.id > i.last_entry_id"
        f"{of_them}))"
    )


def lines(name: str, table: str, on_update: str = "TRUE", verbs: Iterable[str] = ()) -> list[tuple]:
    """Return the guards of a table whose rows belong to items; `verbs` are those that change it."""
    new, old, both = "NEW.item_id", "OLD.item_id", "OLD.item_id, NEW.item_id"
    on_both = f"{on_update} AND {unwritten(both, verbs)}"
    return [
        (f"{name}_insert", table, "INSERT", unwritten(new, verbs), UNWRITTEN),
        (f"{name}_delete", table, "DELETE", unwritten(old, verbs), UNWRITTEN),
        (f"{name}_update", table, "UPDATE", on_both, UNWRITTEN),
    ]


def frozen_lines(name: str, table: str) -> list[tuple]:
    """Return the guards of a table whose rows say something of drafts that are up."""
    new, old, both = "NEW.item_id", "OLD.item_id", "OLD.item_id, NEW.item_id"
    return [
        (f"{name}_up_insert", table, "INSERT", is_frozen(new), PROPOSED),
        (f"{name}_up_delete", table, "DELETE", is_frozen(old), PROPOSED),
        (f"{name}_up_update", table, "UPDATE", is_frozen(both), PROPOSED),
    ]

"""What the guards of every part of the site are said with."""

LEDGER = "the ledger can only be added to"
NUMBER = "a published number is frozen"
UNWRITTEN = "what is published changes only with an entry in the ledger"
ANSWERED = "a suggestion changes only together with a step of its history"
ISSUED = "what was issued to everyone stays as it is"
HOLDER = "who held the post of a published item stays written down"
VISITED = "a visit stays as it was written, or is withdrawn openly"
FILED = "a file about a family is only added, or emptied for good"


def changed(columns: str) -> str:
    """Return the condition that an UPDATE changes one of the columns."""
    each = (f'NEW."{c}" IS DISTINCT FROM OLD."{c}"' for c in columns.split())
    return "(" + " OR ".join(each) + ")"

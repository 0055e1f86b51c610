"""Exceptions of the domain: a refusal with a sentence for the person, and mistakes of ours."""


class Refused(Exception):
    """Refuse an act with a sentence for the person: what happened, why, and what to do."""

    def __init__(self, *sentences: str):
        self.sentences = [str(sentence) for sentence in sentences]
        super().__init__("\n".join(self.sentences))


class Conflict(Refused):
    """Refuse a change because somebody else changed the same thing first."""


class OutsideTheLedger(RuntimeError):
    """A mistake of ours: something published is changed otherwise than by an action."""

    def __init__(self, what: str):
        super().__init__(
            f"{what} is published and changes only with an entry of the ledger. Call an action of"
            " items.actions: correct_item for what was promised, hand_over_item for whose it is,"
            " decide_extension for its deadline, report_progress for how far it is, withdraw_item"
            " to take it off; a new one goes through items.ledger.acting."
        )


class BrokenAct(RuntimeError):
    """A mistake of ours: an action that doesn't keep to what `items.ledger` asks of it."""

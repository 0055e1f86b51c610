"""Exceptions of the domain: a refusal with a sentence for the person, and mistakes of ours."""

from django.utils.translation import gettext_lazy as _

# What is wrong with what was typed into a field, by the code that Django has for it.
FIELD_ERRORS = {
    "max_length": _(
        "It has %(show_value)d letters, at most %(limit_value)d fit. Write it shorter."
    ),
    "blank": _("It is empty. Write something that can be seen."),
    "min_value": _("Write a number from %(limit_value)s on."),
    "max_value": _("Write a number up to %(limit_value)s."),
    "max_digits": _("The number is too long: at most %(max)s digits."),
    "max_decimal_places": _("At most %(max)s digits after the point."),
    "max_whole_digits": _("At most %(max)s digits before the point."),
    "invalid_choice": _("This can’t be chosen (any more). Choose again."),
    "invalid_pk_value": _("This can’t be chosen (any more). Choose again."),
    "invalid_list": _("This can’t be chosen (any more). Choose again."),
    "invalid_slug": _("Only Latin letters, figures, hyphens and underlines. Write it so."),
    "file": _("The file didn’t arrive whole. Choose it again."),
}


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

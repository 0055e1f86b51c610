"""Rights are asked before a form is read: what it offers isn't for everybody to see.

A refusal that no view catches comes back with what was typed (welfare/http/form_recovery.py).
"""

from items import rules
from items.errors import Refused


def ask(verb, request, thing, about=None):
    """Raise `Refused` when it isn't this person's to `verb` that, whatever the moment."""
    refuse(rules.why_never(verb, request.user, thing, about=about))


def ask_now(verb, request, thing, about=None):
    """Raise `Refused` when this person may not `verb` that now."""
    refuse(rules.why_not(verb, request.user, thing, about=about))


def refuse(sentence: str):
    if sentence:
        raise Refused(sentence)

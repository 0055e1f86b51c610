"""Kept photos of a suggestion's form: by the form's random number, never by who sends it."""

from items.actions.kept_upload import Keeper
from welfare.suggestions.tokens import read_nonce


def keeper_of(request) -> Keeper | None:
    """Return the form whose photos are kept; None for one that we never made."""
    nonce = read_nonce(request.POST.get("nonce", ""))
    return Keeper(form=nonce.bits) if nonce else None

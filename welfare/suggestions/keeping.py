"""Kept photos of a suggestion's form: by the form's random number, never by who sends it."""

from django.db import Error, transaction

from items.actions.kept_upload import Keeper
from welfare.http.client_address import client_address, network_of
from welfare.http.kept_uploads import little_patience
from welfare.suggestions import hourly_limit
from welfare.suggestions.tokens import read_nonce


def keeper_of(request) -> Keeper | None:
    """Return the form whose photos are kept; None for one that we never made."""
    nonce = read_nonce(request.POST.get("nonce", ""))
    return Keeper(form=nonce.bits) if nonce else None


def may_keep(request) -> bool:
    """Count a form whose photos are kept, from its network; tell whether that is still usual.

    Where the database can't be written, nothing is kept either.
    """
    try:
        with little_patience(), transaction.atomic():
            (tally,) = hourly_limit.locked(("kept", network_of(client_address(request))))
            return hourly_limit.count_kept(tally)
    except Error:
        return False

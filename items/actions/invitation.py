"""Invitation links by which people set their own password: no sign-up, none that two know."""

from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from items.models import Person

LASTS = timedelta(days=7)
BY_MAIL = timedelta(days=1)  # it can be asked for again at once
KINDS = {"hand": LASTS, "mail": BY_MAIL}
SALT = "items.invitations"
TIED = ["roles", "holdings", "units", "handled_items"]  # as items.models.tie.TIES has them


def invite(person: Person, kind: str = "hand") -> str:
    """Return what stands in the link to `person`; it is kept nowhere."""
    return signing.dumps([person.pk, kind, _state(person)], salt=SALT)


def invited(token: str, people: QuerySet[Person] | None = None) -> Person | None:
    """Return whose link it is; None when it is used, too old, or was never made."""
    try:
        key, kind, state = signing.loads(token, salt=SALT, max_age=LASTS)
        signing.loads(token, salt=SALT, max_age=KINDS[kind])
    except (signing.BadSignature, ValueError, TypeError, KeyError):
        return None
    people = Person.objects.all() if people is None else people
    person = people.filter(pk=key, is_active=True).first()
    return person if person and constant_time_compare(_state(person), state) else None


@transaction.atomic
def accept(token: str, password: str) -> Person | None:
    """Set the password of the person whom the link invites; None when it no longer does."""
    person = invited(token, Person.objects.select_for_update())  # of two at once, one is too late
    if person:
        person.set_password(password)
        person.save(update_fields=["password"])
    return person


def _state(person: Person) -> str:
    """Return what changes as the link is used, the person logs in, or the account changes.

    Whoever made the link might not make one for the account as it is now: by a role, a post or a
    unit it may have come under another committee, and with another address it is another's.
    """
    account = [person.pk, person.email, person.is_staff, person.is_superuser, person.closings]
    logins = [person.password, person.last_login and person.last_login.isoformat()]
    ties = [sorted(getattr(person, name).values_list("pk", flat=True)) for name in TIED]
    return salted_hmac(SALT, repr([account, logins, ties])).hexdigest()[:32]

"""Guessing a password is slow, and nobody can be locked out by somebody else's guessing.

Failures count per login and address: after five, the next try from there waits longer and
longer. They also count per login from all addresses together, much more patiently; from an
address at which the login has worked before, that second count is not asked. An address alone
has no limit, since a whole office shares one. Unknown logins count like known ones.
"""

from django.core.cache import cache

from welfare.addresses import neighbourhood
from welfare.patience import Patience, count, key, uncount

KNOWN = 30 * 24 * 60 * 60  # seconds after the last login from an address
HERE = Patience(free=5, first=30, longest=15 * 60)
ANYWHERE = Patience(free=20, first=1, longest=60)


class Try:
    """One try to log in. It counts as a failure until it is known to have worked."""

    def __init__(self, login: str, address: str):
        login, place = login.casefold(), neighbourhood(address)
        self.here = key("here", login, place)
        self.anywhere = key("anywhere", login)
        self.known = key("known", login, place)

    def wait(self) -> int:
        """Return for how many seconds this try comes too early; 0 when it may be made."""
        seconds = count(self.here, HERE)
        if not seconds and not cache.get(self.known):
            seconds = count(self.anywhere, ANYWHERE)
            if seconds:
                uncount(self.here, HERE)  # the password wasn't looked at
        return seconds

    def worked(self) -> None:
        """Forget the failures from here; leave those from elsewhere as they are."""
        cache.delete(self.here)
        if not cache.get(self.known):
            uncount(self.anywhere, ANYWHERE)
        cache.set(self.known, True, KNOWN)

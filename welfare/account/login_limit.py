"""Rate limit of logins: guessing a password is slow, and locks nobody else out.

Failures count per login and address: after five, the next attempt from there waits longer and
longer. They also count per login from all addresses together, much more patiently; from an
address at which the login has worked before, that second count is not asked. An address alone
has no limit, since a whole office shares one. Unknown logins count like known ones.
"""

from django.core.cache import cache

from welfare.http.client_address import network_of
from welfare.rate_limit import RateLimit, count_failure, key, uncount_failure

KNOWN = 30 * 24 * 60 * 60  # seconds after the last login from an address
PER_ADDRESS = RateLimit(free=5, first=30, longest=15 * 60)
PER_LOGIN = RateLimit(free=20, first=1, longest=60)


class LoginAttempt:
    """One attempt to log in. It counts as a failure until it is known to have succeeded."""

    def __init__(self, login: str, address: str):
        login, network = login.casefold(), network_of(address)
        self.from_address = key("here", login, network)
        self.from_anywhere = key("anywhere", login)
        self.known = key("known", login, network)

    def wait(self) -> int:
        """Return for how many seconds this attempt comes too early; 0 when it may be made."""
        seconds = count_failure(self.from_address, PER_ADDRESS)
        if not seconds and not cache.get(self.known):
            seconds = count_failure(self.from_anywhere, PER_LOGIN)
            if seconds:
                uncount_failure(self.from_address, PER_ADDRESS)  # the password wasn't looked at
        return seconds

    def succeeded(self) -> None:
        """Forget the failures from this address; leave those from elsewhere as they are."""
        cache.delete(self.from_address)
        if not cache.get(self.known):
            uncount_failure(self.from_anywhere, PER_LOGIN)
        cache.set(self.known, True, KNOWN)

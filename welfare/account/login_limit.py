"""Rate limit of logins: guessing a password is slow, and locks nobody else out.

A browser in which the login has worked before counts for itself alone (the device cookie,
welfare/account/known_browser.py): whatever others try, behind the same address too, it isn't asked.
Elsewhere failures count per login and address: after five, the next attempt from there waits longer
and longer. They also count per login from all addresses together, much more patiently; from an
address at which the login has worked before, that second count is not asked. All failures of an
address together have a high ceiling, since a whole plant may share one. Unknown logins count like
known ones.
"""

from django.core.cache import cache

from welfare.http.client_address import network_of
from welfare.rate_limit import RateLimit, count_failure, key, uncount_failure

KNOWN = 30 * 24 * 60 * 60  # seconds after the last login from an address
PER_BROWSER = RateLimit(free=5, first=30, longest=15 * 60)
PER_ADDRESS = RateLimit(free=5, first=30, longest=15 * 60)
PER_LOGIN = RateLimit(free=20, first=1, longest=60)
ALL_OF_AN_ADDRESS = RateLimit(free=300, first=1, longest=30, kept=60 * 60)


class LoginAttempt:
    """One attempt to log in. It counts as a failure until it is known to have succeeded."""

    def __init__(self, login: str, address: str, browser: str = ""):
        login, network = login.casefold(), network_of(address)
        self.known = key("known", login, network)
        if browser:
            self.counters = [(key("browser", login, browser), PER_BROWSER)]
        else:
            self.counters = [(key("here", login, network), PER_ADDRESS)]
            if not cache.get(self.known):
                self.counters.append((key("anywhere", login), PER_LOGIN))
            self.counters.append((key("all", network), ALL_OF_AN_ADDRESS))

    def wait(self) -> int:
        """Return for how many seconds this attempt comes too early; 0 when it may be made."""
        for at, (counter, limit) in enumerate(self.counters):
            if seconds := count_failure(counter, limit):
                self._uncount(self.counters[:at])  # the password wasn't looked at
                return seconds
        return 0

    def withdraw(self) -> None:
        """Take the attempt back: the password wasn't looked at after all."""
        self._uncount(self.counters)

    def succeeded(self) -> None:
        """Forget the failures from here; leave those from elsewhere as they are."""
        (mine, _limit), *others = self.counters
        cache.delete(mine)
        self._uncount(others)
        cache.set(self.known, True, KNOWN)

    @staticmethod
    def _uncount(counters) -> None:
        for counter, limit in counters:
            uncount_failure(counter, limit)

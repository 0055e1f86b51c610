"""Rate limit of receipt codes: trying them is slow.

A whole shift shares an address, so that an address may err often, and a browser seldom.
"""

from welfare.http.client_address import client_address, network_of
from welfare.rate_limit import RateLimit, count_failure, key, uncount_failure
from welfare.suggestions.tokens import browser_of

HOUR = 60 * 60
PER_BROWSER = RateLimit(free=6, first=10, longest=5 * 60, kept=HOUR)
PER_NETWORK = RateLimit(free=300, first=1, longest=5, kept=HOUR)


class CodeAttempt:
    """One attempt at a code. It counts as a wrong one until it is known to be right."""

    def __init__(self, request):
        browser, network = browser_of(request), network_of(client_address(request))
        self.counters = [(key("code, from", network), PER_NETWORK)]
        if browser:
            self.counters.insert(0, (key("code, by", browser), PER_BROWSER))

    def wait(self) -> int:
        """Return for how many seconds this attempt comes too early; 0 when it may be made."""
        for at, (counter, limit) in enumerate(self.counters):
            if seconds := count_failure(counter, limit):
                for counted in self.counters[:at]:
                    uncount_failure(*counted)  # the code wasn't looked at
                return seconds
        return 0

    def succeeded(self) -> None:
        """Let nothing stay of an attempt that found its suggestion."""
        for counted in self.counters:
            uncount_failure(*counted)

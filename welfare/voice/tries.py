"""Trying receipt codes is slow. A whole shift shares an address, so that it may err often."""

from welfare.http.client_address import client_address, network_of
from welfare.rate_limit import RateLimit, count_failure, key, uncount_failure
from welfare.voice.tokens import browser_of

HOUR = 60 * 60
BROWSER = RateLimit(free=6, first=10, longest=5 * 60, kept=HOUR)
PLACE = RateLimit(free=300, first=1, longest=5, kept=HOUR)


class Try:
    """One try of a code. It counts as a wrong one until it is known to be right."""

    def __init__(self, request):
        browser, place = browser_of(request), network_of(client_address(request))
        self.counts = [(key("code, from", place), PLACE)]
        if browser:
            self.counts.insert(0, (key("code, by", browser), BROWSER))

    def wait(self) -> int:
        """Return for how many seconds this try comes too early; 0 when it may be made."""
        for at, (name, limit) in enumerate(self.counts):
            if seconds := count_failure(name, limit):
                for counted in self.counts[:at]:
                    uncount_failure(*counted)  # the code wasn't looked at
                return seconds
        return 0

    def was_right(self) -> None:
        """Let nothing stay of a try that found what it looked for."""
        for counted in self.counts:
            uncount_failure(*counted)

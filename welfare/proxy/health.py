"""What the front says of the site's health, from the last look at it."""

import json
from ipaddress import ip_address
from time import monotonic

from django.conf import settings
from django.utils.crypto import constant_time_compare

from welfare.http.client_address import UNKNOWN, parse_address
from welfare.proxy.pages import Answer
from welfare.proxy.request import Request

# Whether the site can work, for who sends readers here; and whether all is well, for who looks
# after it.
READY, HEALTHY = "/readyz", "/healthz"
NEEDED = ("database", "processes")
BELIEVED = 12  # seconds: an older look says nothing


class Health:
    """The last look: what is wrong, by what was looked at; "" is well."""

    def __init__(self):
        # Else the first half of the first look would already say that all is well.
        self.found, self.looked = dict.fromkeys(NEEDED, "not looked at yet"), monotonic()

    def saw(self, found: dict[str, str]) -> None:
        """Take in a look that has just ended."""
        self.found, self.looked = self.found | found, monotonic()

    def answer(self, request: Request) -> Answer:
        """Return 200 or 503; what is wrong is told on this machine, or to who has the token."""
        age = monotonic() - self.looked
        found = self.found if age < BELIEVED else {"database": f"no look for {age:.0f} s"}
        if request.path == READY:
            found = {name: wrong for name, wrong in found.items() if name in NEEDED}
        well = not any(found.values())
        told = {"status": "ok" if well else "failing"}
        if is_told_more(request):
            told["found"] = {name: wrong or "ok" for name, wrong in found.items()}
        headers = [("content-type", "application/json"), ("cache-control", "no-store")]
        return Answer(200 if well else 503, headers, json.dumps(told).encode())


def is_told_more(request: Request) -> bool:
    if settings.HEALTH_TOKEN:
        given = request.headers.get("authorization", "")
        return constant_time_compare(given, f"Bearer {settings.HEALTH_TOKEN}")
    return not request.forwarded and ip_address(parse_address(request.peer) or UNKNOWN).is_loopback

"""Which machine asks: the connection says it, or the nearest proxy of ours."""

import ipaddress
import re

from django.conf import settings

WITH_PORT = re.compile(r"\[(?P<six>[^\]]+)\](:\d+)?|(?P<four>[\d.]+):\d+")
UNKNOWN = "0.0.0.0"


def address_of(request) -> str:
    """Return the client's address; no header changes it, unless TRUSTED_PROXIES says so.

    Each proxy adds on the right whom it was asked by, so that ours are counted from there: what
    stands further left was sent by the client, who may write anything.
    """
    direct = readable(request.META.get("REMOTE_ADDR", ""))
    proxies = settings.TRUSTED_PROXIES
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    seen = hops[-proxies] if 0 < proxies <= len(hops) else ""
    return readable(seen) or direct or UNKNOWN


def readable(text: str) -> str:
    """Return an address in its one spelling, without port and zone; "" when it is none."""
    text = text.strip()
    match = WITH_PORT.fullmatch(text)
    try:
        found = ipaddress.ip_address((match["six"] or match["four"]) if match else text)
    except ValueError:
        return ""
    if found.version == 6:
        found = found.ipv4_mapped or ipaddress.IPv6Address(int(found))
    return str(found)


def neighbourhood(address: str) -> str:
    """Return the address, or the /64 of IPv6: one customer has all of it."""
    found = ipaddress.ip_address(address)
    if found.version == 4:
        return address
    return str(ipaddress.ip_network((found, 64), strict=False))

"""The client's IP address: that of the connection, or what our own proxies forward."""

import ipaddress
import logging
import re

from django.conf import settings

WITH_PORT = re.compile(r"\[(?P<six>[^\]]+)\](:\d+)?|(?P<four>[\d.]+):\d+")
UNKNOWN = "0.0.0.0"
OWN_NETWORKS = [
    ipaddress.ip_network(network)
    for network in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
]


def client_address(request) -> str:
    """Return the client's address; no header changes it, unless TRUSTED_PROXIES says so."""
    meta = request.META
    return address_behind(meta.get("REMOTE_ADDR", ""), meta.get("HTTP_X_FORWARDED_FOR", ""))


def address_behind(peer: str, forwarded: str) -> str:
    """Return who stands behind our proxies, by the connection's peer and X-Forwarded-For.

    Each proxy adds on the right whom it was asked by, so that ours are counted from there: what
    stands further left was sent by the client, who may write anything. A Unix socket has no peer:
    who speaks there is the server in front, whose own peer stands last.
    """
    hops, proxies = forwarded.split(","), settings.TRUSTED_PROXIES
    if not peer:
        *hops, peer = hops
    behind = hops[-proxies] if 0 < proxies <= len(hops) else ""
    return parse_address(behind) or parse_address(peer) or UNKNOWN


def warn_of_untrusted_proxy(request) -> None:
    """Say in the log, once in each process, that everybody seems to come from the proxy's address.

    From outside anybody may send the header; one from this machine or its network is a proxy's.
    """
    direct = parse_address(request.META.get("REMOTE_ADDR", ""))
    forwards = "HTTP_X_FORWARDED_FOR" in request.META and not settings.TRUSTED_PROXIES
    if forwards and direct and is_near(direct) and not _warned:
        _warned.append(direct)
        logging.getLogger(__name__).warning(
            "A proxy stands before the site, and TRUSTED_PROXIES=0: everybody seems to come from"
            " its address, and shares its limits. Set TRUSTED_PROXIES to how many of yours stand"
            " there, mostly 1."
        )


_warned: list[str] = []


def is_near(address: str) -> bool:
    """Tell whether an address is of this machine, or of a network of one's own."""
    parsed = ipaddress.ip_address(address)
    return parsed.is_loopback or any(
        parsed.version == network.version and parsed in network for network in OWN_NETWORKS
    )


def parse_address(text: str) -> str:
    """Return an address in its one spelling, without port and zone; "" when it is none."""
    text = text.strip()
    match = WITH_PORT.fullmatch(text)
    try:
        address = ipaddress.ip_address((match["six"] or match["four"]) if match else text)
    except ValueError:
        return ""
    if address.version == 6:
        address = address.ipv4_mapped or ipaddress.IPv6Address(int(address))
    return str(address)


def network_of(address: str) -> str:
    """Return the address, or the /64 of IPv6: one customer has all of it."""
    parsed = ipaddress.ip_address(address)
    if parsed.version == 4:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False))

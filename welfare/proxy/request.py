"""A request as the front sees it: enough to tell what may be kept, and who waits for what."""

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from string import punctuation
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from welfare.front.compression import best_encoding
from welfare.front.middleware import REVISION
from welfare.http.client_address import address_behind

READS = ("GET", "HEAD", "OPTIONS")
PRINTED = (".pdf", "/picture.png")  # made by Typst, in a place of their own
PAGE_METHODS = ("GET", "HEAD")
BYPASS = {"authorization", "if-match", "if-unmodified-since", "content-length", "transfer-encoding"}
CONDITIONAL = ("if-none-match", "if-modified-since", "range")
DATA = (".json", ".csv", ".atom", ".ics", ".xml")  # how the paths of open data end
LONGEST_VARIANT = 500  # characters of the headers that tell it; a thousand of them are remembered
# Of this connection, or ours to say
NOT_PASSED_ON = {
    *("connection", "keep-alive", "proxy-authorization", "proxy-connection", "te", "trailer"),
    *("transfer-encoding", "upgrade", "expect", "x-forwarded-for", "x-forwarded-proto"),
    *("x-revision", "x-recovery"),
}


@dataclass(frozen=True)
class Request:
    method: str
    path: str  # decoded
    query: str
    pairs: tuple[tuple[str, str], ...]
    peer: str  # the address of who is connected to us
    scheme: str
    ours: tuple[tuple[str, str], ...] = ()  # headers that we add for Django

    @classmethod
    def of(cls, scope) -> "Request":
        peer = scope.client.rpartition(":")[0].strip("[]")  # those of IPv6
        pairs = tuple(scope.headers.items())
        return cls(scope.method, scope.path, scope.query_string, pairs, peer, scope.scheme)

    @classmethod
    def by_us(cls, path: str, coding: str) -> "Request":
        """Return the request of a reader who came by the site's own address."""
        site = urlsplit(settings.SITE_URL)
        pairs = [("host", site.netloc), ("accept-encoding", coding)]
        if settings.SECURE_PROXY_SSL_HEADER:
            pairs.append((proxy_header(), site.scheme))
        return cls("GET", path, "", tuple(pairs), "", site.scheme)

    @cached_property
    def headers(self) -> dict[str, str]:
        return dict(self.pairs)

    @property
    def key(self):
        return page_key(self.method, self.path, self.query, self.headers, self.scheme)

    @property
    def is_staff(self) -> bool:
        """Tell whether it comes with a session, whose pages are nobody else's."""
        return settings.SESSION_COOKIE_NAME in self.headers.get("cookie", "")

    @property
    def reads(self) -> bool:
        return self.method in READS

    @property
    def kind(self) -> str:
        """Return which places it takes (welfare/proxy/places.py)."""
        if self.reads and self.path.endswith(PRINTED):
            return "print"
        if self.reads and (self.path.endswith(DATA) or self.path.startswith("/api/")):
            return "data"
        if self.reads:
            return "desk" if self.is_staff else "public"
        return "desk write" if self.is_staff else "write"

    @property
    def who(self) -> str:
        """Return behind whom it waits: one's own requests, or those for the same page."""
        return self.headers["cookie"] if self.is_staff else self.path

    @property
    def address(self) -> str:
        return address_behind(self.peer, self.forwarded)

    @property
    def forwarded(self) -> str:
        return ", ".join(value for name, value in self.pairs if name == "x-forwarded-for")

    @property
    def target(self) -> str:
        """Return path and query as they stand in a request's first line."""
        query = f"?{quote(self.query, safe=punctuation)}" if self.query else ""
        return quote(self.path, safe="/:@!$&'()*+,;=~") + query

    def has_body(self) -> bool:
        length = self.headers.get("content-length", "0")
        return length != "0" or "transfer-encoding" in self.headers

    def passed_on(self) -> list[tuple[str, str]]:
        """Return the headers for Django, as any proxy passes them on.

        None with "_" in its name: in WSGI it could be taken for another.
        """
        kept = [(n, v) for n, v in self.pairs if n not in NOT_PASSED_ON and "_" not in n]
        if proxy_header() == "x-forwarded-proto":
            kept += [(n, v) for n, v in self.pairs if n == "x-forwarded-proto"]
        else:
            kept.append(("x-forwarded-proto", self.scheme))
        hops = ", ".join(filter(None, [self.forwarded, self.peer]))
        return [*kept, *self.ours, ("x-forwarded-for", hops), ("connection", "close")]

    def adding(self, name: str, value: str) -> "Request":
        """Return it with a header of ours."""
        return replace(self, ours=(*self.ours, (name, value)))

    def saying(self, name: str, value: str) -> "Request":
        """Return it with another value of a header."""
        return replace(self, pairs=(*(p for p in self.pairs if p[0] != name), (name, value)))

    def unconditional(self, version) -> "Request":
        """Return it so that the answer can be kept: whole, and with the number of its version.

        It names the coding of its key: what serves static files reads Accept-Encoding otherwise.
        """
        plain = tuple(pair for pair in self.pairs if pair[0] not in CONDITIONAL)
        request = replace(self, pairs=plain).saying("accept-encoding", self.key[-1])
        return request.adding(REVISION, str(version.number)) if version else request


def proxy_header() -> str:
    """Return the name of the header by which a trusted proxy tells the scheme; "" without one."""
    header = settings.SECURE_PROXY_SSL_HEADER
    return header[0].removeprefix("HTTP_").replace("_", "-").lower() if header else ""


def page_key(method, path, query, headers, scheme):
    """Return the key of a page for everyone in memory; None for what isn't surely one."""
    if (
        method not in PAGE_METHODS
        or query
        or not BYPASS.isdisjoint(headers)
        or settings.SESSION_COOKIE_NAME in headers.get("cookie", "")
    ):
        return None
    accepted, forwarded = headers.get("accept-encoding", ""), headers.get(proxy_header(), "")
    host = headers.get("host", "")
    if len(accepted) + len(forwarded) + len(host) > LONGEST_VARIANT:
        return None
    variant = variant_of(host, accepted, forwarded or scheme)
    return (path, *variant) if variant else None


@lru_cache(maxsize=1024)
def variant_of(host: str, accepted: str, scheme: str):
    """Return the scheme and the coding of a page; None for a host that isn't ours.

    No page shows the host, so that all of ours share one.
    """
    if not validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS):
        return None
    return scheme, best_encoding(accepted)

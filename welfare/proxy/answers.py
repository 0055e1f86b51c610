"""What goes back to the reader."""

import asyncio

from welfare.proxy.pages import MAX_AGE, Answer, Page

STALE = ("cache-status", "welfare; hit; detail=stale")  # RFC 9211
OF_THE_BODY = ("content-type", "content-length", "content-encoding", "content-language")
OPENED_WITHIN = 5  # seconds: until then the file of a large answer must have been opened


def send(answer: Answer, method: str, protocol) -> None:
    """Send an answer; a large one from its file, as slowly as its reader takes it."""
    status, headers, body = answer[:3]
    if not isinstance(body, bytes):
        # granian's stream takes all that it is given, however slowly it is read; a file it doesn't
        asyncio.get_running_loop().call_later(OPENED_WITHIN, body.close)
        protocol.response_file(status, headers, f"/proc/self/fd/{body.fileno()}")
    elif method == "HEAD" or not body:
        protocol.response_empty(status, headers)
    else:
        protocol.response_bytes(status, headers, body)


def send_page(page: Page, age: float, method: str, known: str | None, protocol) -> None:
    """Send a page whose version was looked at `age` seconds ago; 304 to who has these bytes.

    `known` is the reader's If-None-Match.
    """
    status, headers, body = page.answer[:3]
    if page.version and age > MAX_AGE:
        headers = [*headers, ("age", str(int(age))), STALE]
    if known and page.matches(known):
        bare = [(name, value) for name, value in headers if name not in OF_THE_BODY]
        protocol.response_empty(304, bare)
    elif method == "HEAD":
        protocol.response_empty(status, headers)
    else:
        protocol.response_bytes(status, headers, body)

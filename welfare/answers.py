"""How a public answer is compressed and compared: the same bytes for the same page, always."""

import gzip
import hashlib
import re
from functools import lru_cache

import brotli
from django.utils.cache import get_conditional_response

WORTH_IT = 500  # bytes; below that the headers outweigh what is saved
QUALITY = re.compile(r"q=(0(\.\d{0,3})?|1(\.0{0,3})?)")

# In the order of our liking. No time and no random bytes: GZipMiddleware adds both.
CODECS = {
    "br": lambda body: brotli.compress(body, quality=6),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}


def compress(request, response):
    """Compress the body in the way that the reader likes best, if any."""
    coding = liked_best(request.headers.get("Accept-Encoding", ""))
    if response.streaming or len(response.content) < WORTH_IT or coding not in CODECS:
        return response
    if response.headers["Content-Type"].startswith("image/"):  # a photo is small already
        return response
    response.content = CODECS[coding](response.content)
    response.headers["Content-Encoding"] = coding
    response.headers["Content-Length"] = str(len(response.content))
    return response


def validate(request, response):
    """Give the answer a strong ETag, and answer 304 to a reader who has these bytes."""
    if response.streaming or response.status_code != 200:
        return response
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)


@lru_cache(maxsize=256)
def liked_best(accept_encoding):
    """Return "br", "gzip" or "identity", whichever the header Accept-Encoding ranks highest."""
    ranks = dict(ranked(part) for part in accept_encoding.split(","))
    others = ranks.get("*", 0)
    offers = {coding: ranks.get(coding, others) for coding in CODECS}
    offers["identity"] = ranks.get("identity", 0)
    return max(offers, key=offers.get) if any(offers.values()) else "identity"


def ranked(part):
    """Return a coding and its rank from 0 to 1; one that can't be read ranks 0."""
    coding, _, parameter = (piece.strip().lower() for piece in part.partition(";"))
    quality = QUALITY.fullmatch(parameter.replace(" ", "") or "q=1")
    return coding, float(quality[1]) if quality else 0.0

"""Deterministic compression (Brotli, gzip), ETag and 304 of public answers.

The same page has the same bytes always, so that a strong ETag holds and caches can compare.
"""

import gzip
import hashlib
import re
from functools import lru_cache

import brotli
from django.utils.cache import get_conditional_response

MIN_SIZE = 500  # bytes; below that the headers outweigh what is saved
QVALUE = re.compile(r"q=(0(\.\d{0,3})?|1(\.0{0,3})?)")

# In our order of preference. No time and no random bytes: GZipMiddleware adds both.
CODECS = {
    "br": lambda body: brotli.compress(body, quality=6),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}


def compress(request, response):
    """Compress the body in the encoding that the reader prefers, if any."""
    coding = best_encoding(request.headers.get("Accept-Encoding", ""))
    if response.streaming or len(response.content) < MIN_SIZE or coding not in CODECS:
        return response
    if response.headers["Content-Type"].startswith("image/"):  # a photo is small already
        return response
    response.content = CODECS[coding](response.content)
    response.headers["Content-Encoding"] = coding
    response.headers["Content-Length"] = str(len(response.content))
    return response


def light(response):
    """Let an answer be compressed that isn't public, and say so only of one that holds no secret.

    Compressed, a page's length tells how much of it says the same twice (BREACH): whoever can put
    words into it could guess a secret beside them (docs/decisions/0705).
    """
    response.light = True
    return response


def add_etag(request, response):
    """Give the answer a strong ETag, and answer 304 to a reader who has these bytes."""
    if response.streaming or response.status_code != 200:
        return response
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)


@lru_cache(maxsize=256)
def best_encoding(accept_encoding):
    """Return "br", "gzip" or "identity", whichever the header Accept-Encoding ranks highest."""
    ranks = dict(encoding_rank(part) for part in accept_encoding.split(","))
    others = ranks.get("*", 0)
    offers = {coding: ranks.get(coding, others) for coding in CODECS}
    offers["identity"] = ranks.get("identity", 0)
    return max(offers, key=offers.get) if any(offers.values()) else "identity"


def encoding_rank(part):
    """Return a coding and its rank from 0 to 1; one that can't be read ranks 0."""
    coding, _, parameter = (piece.strip().lower() for piece in part.partition(";"))
    qvalue = QVALUE.fullmatch(parameter.replace(" ", "") or "q=1")
    return coding, float(qvalue[1]) if qvalue else 0.0

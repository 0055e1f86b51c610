"""The middleware that makes public answers cacheable, and every other answer `no-store`."""

from django.db import DatabaseError
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.deprecation import MiddlewareMixin

from items.models.revision import current_revision
from welfare.front.compression import add_etag, compress

# A cache in front sends the number of the version that it knows, and keeps the answer only when
# that is still the number at its end: then nothing changed while it was rendered.
REVISION = "X-Revision"
# Open data is for the pages of other sites, too; never with cookies, which a `*` rules out.
FOR_OTHER_SITES = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


class PublicResponses(MiddlewareMixin):
    """Let public answers be cached and compared; let no other answer be kept anywhere."""

    def process_response(self, request, response):
        if not getattr(response, "public", False):
            patch_cache_control(response, no_store=True, private=True)
            if getattr(response, "light", False):
                patch_vary_headers(response, ["Accept-Encoding"])
                return compress(request, response)
            return response
        response.cookies.clear()  # nothing that a view or middleware does may tell readers apart
        response.headers["Cache-Control"] = "no-cache"
        response.headers["Vary"] = "Accept-Encoding"
        answer = add_etag(request, compress(request, response))
        if getattr(response, "open_data", False):
            for name, value in FOR_OTHER_SITES.items():  # of a 304, too
                answer.headers[name] = value
        if REVISION in request.headers:
            answer.headers[REVISION] = revision()
        return answer


def revision() -> str:
    """Return the number of what is public now; "" when it can't be read, or nobody watches."""
    try:
        return str(current_revision() or "")
    except DatabaseError:
        return ""

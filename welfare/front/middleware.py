"""The middleware that makes public answers cacheable, and every other answer `no-store`."""

from django.utils.cache import patch_cache_control
from django.utils.deprecation import MiddlewareMixin

from welfare.front.compression import add_etag, compress
from welfare.front.public import IS_PUBLIC


class PublicResponses(MiddlewareMixin):
    """Let public answers be cached and compared; let no other answer be kept anywhere."""

    def process_response(self, request, response):
        if not getattr(response, "public", False):
            patch_cache_control(response, no_store=True, private=True)
            return response
        response.cookies.clear()  # nothing that a view or middleware does may tell readers apart
        response.headers["Cache-Control"] = "no-cache"
        response.headers["Vary"] = "Accept-Encoding"
        request.META[IS_PUBLIC] = True
        return add_etag(request, compress(request, response))

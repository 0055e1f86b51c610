"""Middleware: security headers, the language from the path, the page of a refusal."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin
from django.utils.log import log_response
from django.utils.translation import gettext as _

from items.errors import Conflict, Refused
from welfare.http import form_recovery
from welfare.http.content_negotiation import language_of, wants_json
from welfare.http.unavailable import unavailable, why_unavailable


class SecurityHeaders(MiddlewareMixin):
    """Give every answer the same protective headers, also errors.

    What says how a page may be used (framed, what it loads, whom it tells where it was) stays off
    style sheets and scripts, which are no pages: half a kilobyte each, before a worker reads.
    """

    HEADERS = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cache-Control": "no-store, private",
    }

    PARTS_OF_PAGES = ("text/css", "text/javascript")
    OF_PAGES = (
        "Content-Security-Policy",
        "Cross-Origin-Embedder-Policy",
        "Cross-Origin-Opener-Policy",
        "Permissions-Policy",
        "Referrer-Policy",
        "X-Frame-Options",
    )

    def process_response(self, request, response):
        for name, value in self.HEADERS.items():
            response.headers.setdefault(name, value)
        if response.headers.get("Content-Type", "").startswith(self.PARTS_OF_PAGES):
            for name in self.OF_PAGES:
                response.headers.pop(name, None)
        return response


class HiddenOrigin(MiddlewareMixin):
    """Let a browser that hides where it comes from send a form without a login, by its token.

    The token proves it, as it did before browsers said an origin: no other site's page knows it
    (the cookie's half is sent to us alone), nor does a browser send it along from there.
    """

    def process_view(self, request, view, args, kwargs):
        if form_recovery.hides_its_origin(request) and form_recovery.has_token(request):
            own = f"{request.scheme}://{request.get_host()}"
            request.META["HTTP_ORIGIN"] = own  # that Django's check of the token goes on


class LanguageFromPath(LocaleMiddleware):
    """Take the language from the path alone, so that an address has one set of bytes."""

    def process_request(self, request):
        translation.activate(language_of(request.path_info))
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request, response):
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


class RefusedPage(MiddlewareMixin):
    """Show the sentence of a refusal, as a page or as JSON; with what was typed, if it was."""

    def process_exception(self, request, exception):
        if isinstance(exception, Http404 | PermissionDenied):
            return self._lost(request, 404 if isinstance(exception, Http404) else 403)
        if why := why_unavailable(exception):
            response = unavailable(request, why)
            told = {"response": response, "request": request, "exception": exception}
            log_response("The database or the disk failed", **told)
            return response
        if not isinstance(exception, Refused):
            return None
        status = 409 if isinstance(exception, Conflict) else 403
        if wants_json(request):
            return JsonResponse({"sentence": str(exception)}, status=status)
        if form_recovery.holds_words(request):
            return form_recovery.recovery_page(request, "refused", exception.sentences, status)
        context = {"sentence": str(exception), "sentences": exception.sentences}
        return render(request, "refused.html", context, status=status)

    def _lost(self, request, status):
        """Give back what was typed where there is nothing for this person (any more).

        Whether there is anything for others, the page doesn't tell.
        """
        lost = form_recovery.asks_for_a_login(request) and form_recovery.holds_words(request)
        if not lost or wants_json(request):
            return None
        sentences = [
            _("This page isn’t there, or it isn’t yours (any more)."),
            _("If a post or a role of yours has just ended, ask the office."),
        ]
        return form_recovery.recovery_page(request, "refused", sentences, status)

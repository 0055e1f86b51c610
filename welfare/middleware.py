"""What every request and every answer goes through."""

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware, LoginRequiredMiddleware
from django.http import JsonResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.deprecation import MiddlewareMixin
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from items.errors import Conflict, Refused
from welfare import held, sessions
from welfare.answers import compress, validate
from welfare.languages import language_of
from welfare.public import FOR_EVERYONE, READING


class Headers(MiddlewareMixin):
    """Give every answer the same protective headers, also errors and static files."""

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

    def process_response(self, request, response):
        for name, value in self.HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class Answers(MiddlewareMixin):
    """Let public answers be cached and compared; let no other answer be kept anywhere."""

    def process_response(self, request, response):
        if not getattr(response, "public", False):
            patch_cache_control(response, no_store=True, private=True)
            return response
        response.cookies.clear()  # nothing that a view or middleware does may tell readers apart
        response.headers["Cache-Control"] = "no-cache"
        response.headers["Vary"] = "Accept-Encoding"
        request.META[FOR_EVERYONE] = True
        return validate(request, compress(request, response))


class LanguageFromPath(LocaleMiddleware):
    """Take the language from the path alone, so that an address has one set of bytes."""

    def process_request(self, request):
        translation.activate(language_of(request.path_info))
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request, response):
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


class Authentication(AuthenticationMiddleware):
    """Say who asks, unless their login is over; nothing is read before someone wants to know."""

    def process_request(self, request):
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: sessions.person_of(request))


class LoginRequired(LoginRequiredMiddleware):
    """Ask for a login, but look at the view first: reading `request.user` reads the session."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def get_login_url(self, view_func):
        """Return our login, also for the admin's pages, which name the admin's."""
        return settings.LOGIN_URL

    def handle_no_permission(self, request, view_func):
        """Lead to the login; where something was sent, keep it on a page instead."""
        if held.wants_json(request):
            return JsonResponse({"sentence": _("Log in first.")}, status=403)
        if request.method in READING:
            return super().handle_no_permission(request, view_func)
        return held.page(request, "login")


class RefusedPage(MiddlewareMixin):
    """Show the sentence of a refusal, as a page or as JSON."""

    def process_exception(self, request, exception):
        if not isinstance(exception, Refused):
            return None
        status = 409 if isinstance(exception, Conflict) else 403
        if held.wants_json(request):
            return JsonResponse({"sentence": str(exception)}, status=status)
        context = {"sentence": str(exception), "sentences": exception.sentences}
        return render(request, "refused.html", context, status=status)

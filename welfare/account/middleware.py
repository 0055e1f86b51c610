"""The middleware of logins: who asks, and that a login is required unless a view says otherwise."""

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware, LoginRequiredMiddleware
from django.http import JsonResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from welfare.account import sessions
from welfare.front.public import READ_METHODS
from welfare.http import form_recovery
from welfare.http.content_negotiation import wants_json


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
        if wants_json(request):
            return JsonResponse({"sentence": _("Log in first.")}, status=403)
        if request.method in READ_METHODS:
            return super().handle_no_permission(request, view_func)
        return form_recovery.recovery_page(request, "login")

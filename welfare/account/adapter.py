"""The allauth adapter and the authentication backend: where we differ from django-allauth."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from items.actions.invitation import invite
from items.compiled_queries import compiled_query
from items.models import Person
from welfare.account import known_browser, password_check, sessions
from welfare.account.login_limit import LoginAttempt
from welfare.http.client_address import client_address, warn_of_untrusted_proxy


class Backend(AuthenticationBackend):
    """Load the person of a session: every request of staff asks for it.

    Sessions name this class by its module; one that moves ends every login.
    """

    def get_user(self, user_id):
        person = _people.one(user_id)
        return person if person and self.user_can_authenticate(person) else None


@compiled_query
def _people(key):
    return Person.objects.filter(pk=key)


class Adapter(DefaultAccountAdapter):
    """Who may sign up (nobody), how logins are rate limited, and where a login leads."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": gettext_lazy(
            "The login or the password is wrong. Check both and try again."
        ),
    }

    def is_open_for_signup(self, request):
        return False

    def get_client_ip(self, request):
        return client_address(request)

    def authenticate(self, request, **credentials):
        """Check the password, unless it comes too early; a closed account is wrong too."""
        warn_of_untrusted_proxy(request)
        login, address = credentials["username"], client_address(request)
        browser = known_browser.bits_of(request, login)
        attempt = LoginAttempt(login, address, browser)
        seconds = attempt.wait()
        if seconds:
            raise ValidationError(too_early(seconds), code="too_many_login_attempts")
        try:
            with password_check.place(known=bool(browser)):
                person = authenticate(request, **credentials)
        except password_check.Busy:
            attempt.withdraw()
            raise
        if person:
            attempt.succeeded()
        return person

    def login(self, request, user):
        super().login(request, user)
        sessions.begin(request.session)

    def post_login(self, request, user, **more):
        response = super().post_login(request, user, **more)
        known_browser.remember(request, response, user.username)
        return response

    def logout(self, request):
        super().logout(request)
        messages.success(request, _("You are logged out."))

    def add_message(self, *args, **kwargs):
        """Say nothing: what there is to say, the pages say."""

    def is_safe_url(self, url):
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_login_redirect_url(self, request):
        try:
            return reverse("desk:desk")
        except NoReverseMatch:
            language = get_language()
            prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
            return prefix + settings.LOGIN_REDIRECT_URL

    def get_logout_redirect_url(self, request):
        return reverse("account_login")

    def send_link(self, person):
        """Send the link that an administrator would hand over, but for a day."""
        link = settings.SITE_URL + reverse("account_invitation", args=[invite(person, "mail")])
        letter = render_to_string("mail/reset_password.txt", {"person": person, "link": link})
        subject, _line, body = letter.partition("\n")
        send_mail(subject, body.lstrip(), self.get_from_email(), [person.email])


def too_early(seconds):
    """Return the sentence that asks to wait, in seconds or in minutes."""
    if seconds < 60:
        sentence = ngettext(
            "Too many wrong tries. Wait %d second, then try again.",
            "Too many wrong tries. Wait %d seconds, then try again.",
            seconds,
        )
        return sentence % seconds
    minutes = -(-seconds // 60)
    sentence = ngettext(
        "Too many wrong tries. Wait %d minute, then try again.",
        "Too many wrong tries. Wait %d minutes, then try again.",
        minutes,
    )
    return sentence % minutes

"""Forms of the account: shape only; Django and django-allauth look at the passwords."""

import unicodedata

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from items.models import Person
from welfare.account.password_check import Busy
from welfare.forms import Plain

BUSY = _("Many people are logging in at this moment. Try again in a few seconds.")
NEW = {"autocomplete": "new-password"}
HOW = _("At least 8 characters, not only digits, and nothing that is easy to guess.")

# Django's Chinese lacks the first of them, and none says what to do.
WEAK = {
    "password_too_short": _("The password is too short. Take at least 8 characters."),
    "password_too_common": _("The password is easy to guess. Take another one."),
    "password_entirely_numeric": _("The password has only digits. Put letters in as well."),
    "password_too_similar": _("The password is too much like your login or name. Change it."),
}


class LoginForm(Plain, allauth.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = _("Login"), _("Password")
        login.error_messages["required"] = _("Fill in your login.")
        password.error_messages["required"] = _("Fill in your password.")
        password.help_text = ""
        login.widget.attrs = {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
        }
        password.widget.attrs.pop("placeholder", None)

    def clean_login(self):
        """Forgive full-width letters and spaces around."""
        return unicodedata.normalize("NFKC", self.cleaned_data["login"]).strip()


class ResetForm(Plain, forms.Form):
    """Where to send a link; whether anybody has that address, no answer tells."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The one that the administrator wrote down for you."),
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={
            "required": _("Fill in your e-mail address."),
            "invalid": _("This is no e-mail address. Write it like name@example.com."),
        },
    )

    def save(self, request):
        """Send a link to each account with the address; nobody else gets a letter."""
        address = self.cleaned_data["email"]
        for person in Person.objects.filter(email__iexact=address, is_active=True):
            get_adapter().send_link(person)


class NewPasswordForm(Plain, forms.Form):
    """A new password, twice."""

    password1 = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=HOW,
        widget=forms.PasswordInput(NEW),
        error_messages={"required": _("Fill in a new password.")},
    )
    password2 = forms.CharField(
        label=_("New password once more"),
        strip=False,
        widget=forms.PasswordInput(NEW),
        error_messages={"required": _("Fill in the new password once more.")},
    )

    def __init__(self, person, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password1(self):
        try:
            validate_password(self.cleaned_data["password1"], self.person)
        except forms.ValidationError as weak:
            raise forms.ValidationError([WEAK.get(e.code, e) for e in weak.error_list]) from weak
        return self.cleaned_data["password1"]

    def clean(self):
        first, second = (self.cleaned_data.get(f"password{nth}") for nth in (1, 2))
        if first and second and first != second:
            self.add_error("password2", _("The two new passwords differ. Type them again."))
        return self.cleaned_data


class ChangePasswordForm(NewPasswordForm):
    """The old password and a new one; a wrong old one counts like a wrong login."""

    old_password = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": _("Fill in your present password.")},
    )
    field_order = ["old_password", "password1", "password2"]

    def clean_old_password(self):
        try:
            is_right = get_adapter().reauthenticate(self.person, self.cleaned_data["old_password"])
        except Busy as busy:
            raise forms.ValidationError(BUSY) from busy
        if not is_right:
            raise forms.ValidationError(_("The present password is wrong. Type it again."))
        return self.cleaned_data["old_password"]

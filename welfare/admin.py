"""The admin has no login, logout or password page of its own: ours, with its rate limit, serves."""

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.shortcuts import redirect

from welfare.account import views

admin.site.unregister([EmailAddress, UserSession])  # no page of ours uses them


def change_password(request, extra_context=None):
    """Lead to the page where anyone changes their password."""
    return redirect("account_change_password")


def logout(request, extra_context=None):
    """Log out as everywhere, which leads to the login."""
    return views.logout(request)


admin.site.login = secure_admin_login(admin.site.login)
admin.site.logout = logout
admin.site.password_change = change_password

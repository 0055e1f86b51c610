"""Pages of one's own account: logging in and out, the password, the sessions."""

from allauth.account import views as allauth
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout as end_login
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from items.actions.invitation import accept, invited
from welfare.account import password_check
from welfare.account.forms import BUSY, ChangePasswordForm, LoginForm, NewPasswordForm
from welfare.account.sessions import open_for
from welfare.faults import disk_is_full
from welfare.templatetags.devices import device


@login_not_required
def login(request):
    """Log in; where nobody can just now, say why, and keep the login's name."""
    try:
        return allauth.login(request)
    except (password_check.Busy, DatabaseError, OSError) as fault:
        status, sentence = not_now(fault)
        form = LoginForm(initial={"login": request.POST.get("login", "")}, request=request)
        context = {"form": form, "sentence": sentence}
        page = render(request, "account/login.html", context, status=status)
        page.headers["Retry-After"] = "5"
        return page


def not_now(fault):
    """Return status and sentence of a login that isn't looked at, whose password may be right."""
    if isinstance(fault, password_check.Busy):
        return 503, BUSY
    if disk_is_full(fault):
        return 507, _("Nobody can log in: the site’s disk is full. Tell whoever runs the site.")
    return 503, _("Nobody can log in just now: the site can’t write. Try again in a minute.")


logout = login_not_required(allauth.logout)  # also for one whose session has ended meanwhile


@login_not_required
def reset_password(request):
    """Send a link by e-mail; where no mail is sent, say who makes one."""
    if not settings.MAIL_IS_SENT:
        return render(request, "account/reset_without_mail.html")
    return allauth.password_reset(request)


reset_password_done = allauth.password_reset_done


@sensitive_post_parameters()
def change_password(request):
    """Change the password; every other session ends, this one goes on."""
    form = ChangePasswordForm(request.user, request.POST or None)
    if not form.is_valid():
        return render(request, "account/change_password.html", {"form": form})
    request.user.set_password(form.cleaned_data["password1"])
    request.user.save(update_fields=["password"])
    update_session_auth_hash(request, request.user)
    UserSession.objects.create_from_request(request)
    messages.success(request, _("The new password holds. You are logged out everywhere else."))
    return redirect("account_sessions")


@login_not_required
@sensitive_post_parameters()
def invitation(request, token):
    """Let the person whom the link invites set their password; looking at it uses nothing up."""
    person = invited(token)
    if person is None:
        return render(request, "account/invitation_over.html", status=410)
    form = NewPasswordForm(person, request.POST or None)
    if not form.is_valid():
        return render(request, "account/invitation.html", {"form": form, "person": person})
    person = accept(token, form.cleaned_data["password1"])
    if person is None:
        return render(request, "account/invitation_over.html", status=410)
    if request.user.is_authenticated:
        end_login(request)
    sentence = _("Your password is set. Log in as %s.")
    messages.success(request, sentence % person.username)
    return redirect("account_login")


def sessions(request):
    """Show where one is logged in, and end one of these sessions or all the others."""
    rows = open_for(request.user)
    if request.method == "POST":
        chosen = request.POST.get("end")
        others = [row for row in rows if not row.is_current()]
        ended = [row for row in others if chosen in ("others", str(row.pk))]
        for row in ended:
            row.end()
        if ended:
            messages.success(request, ended_words(ended))
        return redirect("account_sessions")
    rows.sort(key=lambda row: not row.is_current())
    return render(request, "account/sessions.html", {"sessions": rows})


def ended_words(sessions):
    """Return the sentence that says which devices are out."""
    if len(sessions) == 1:
        return _("%s is logged out.") % device(sessions[0].user_agent)
    return _("All your other devices are logged out.")

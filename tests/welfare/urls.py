"""A site of test pages: one view for each kind of answer."""

import errno

from django import forms
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.urls import include, path
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from items.errors import Conflict, Refused
from welfare.api import calendars, feeds, files
from welfare.board.views import share
from welfare.forms import Plain
from welfare.front.public import public
from welfare.http.form_recovery import recovers
from welfare.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500"]


@public
def page(request):
    return HttpResponse(f"{get_language()} 18 = 15 + 3 " * 100)


@public
def short_page(request):
    return HttpResponse("18 = 15 + 3")


@public
def streamed_page(request):
    return StreamingHttpResponse(["18 = ", "15 + 3"])


@public
def nosy_page(request):
    """Do all that a public view must not do."""
    request.session["seen"] = str(request.user)
    response = HttpResponse("page")
    response.set_cookie("seen", "1")
    response.headers["Vary"] = "Cookie"
    response.headers["Cache-Control"] = "max-age=600"
    return response


@public
def missing(request):
    raise Http404


@public
def broken(request):
    raise RuntimeError("broken on purpose")


def desk(request):
    return HttpResponse(f"desk of {request.user}")


class ReportForm(Plain, forms.Form):
    """One field of each kind that the page of what was typed tells apart."""

    note = forms.CharField(label="What was done", widget=forms.Textarea)
    status = forms.ChoiceField(choices=[("3", "In progress")], label="Status")
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    urgent = forms.BooleanField(required=False)
    pin = forms.CharField(widget=forms.PasswordInput)


@recovers(ReportForm)
def report(request):
    return HttpResponse(f"reported: {request.POST.get('note', '')}")


FAULTS = {
    "away": OperationalError("server closed the connection unexpectedly"),
    "full": OSError(errno.ENOSPC, "No space left on device"),
    "ours": RuntimeError("broken on purpose"),
}


@login_not_required
@recovers(ReportForm)
def faulty(request, fault):
    raise FAULTS[fault]


@csrf_exempt
def callback(request):
    return HttpResponse("called")


@login_not_required
def refused(request):
    raise Refused("The list has no leader.", "Appoint one.")


@login_not_required
def conflict(request):
    raise Conflict("Someone else changed this item.")


def fails(request, token=""):
    """Fail as a test wants it."""
    return FAILS(request)


FAILS = page
fails = csrf_exempt(login_not_required(fails))

urlpatterns = [  # what the board names
    path("share/<slug:slug>.png", share, name="share"),
    path("lists/<slug:slug>.json", files.as_json, name="list_json"),
    path("lists/<slug:slug>.atom", feeds.of_list, name="list_feed"),
    path("lists/<slug:slug>/<int:number>.atom", feeds.of_item, name="item_feed"),
    path("lists/<slug:slug>.ics", calendars.deadlines, name="list_calendar"),
]
urlpatterns += i18n_patterns(
    path("page/", page),
    path("short/", short_page),
    path("streamed/", streamed_page),
    path("nosy/", nosy_page),
    path("missing/", missing),
    path("broken/", broken),
    path("fails/", fails),
    path("fails/<str:token>/", fails),
    path("desk/", desk),
    path("report/", report),
    path("callback/", callback),
    path("faulty/<str:fault>/", faulty),
    path("refused/", refused),
    path("conflict/", conflict),
    path("admin/", admin.site.urls),
    path("account/", include("welfare.account.urls")),
    path("", include("welfare.board.urls")),  # the error pages link to the board
    path("", include("welfare.suggestions.urls")),
    prefix_default_language=False,
)

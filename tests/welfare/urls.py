"""A site of test pages: one view for each kind of answer."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.urls import include, path
from django.utils.translation import get_language

from items.errors import Conflict, Refused
from welfare.public import public
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


@login_not_required
def refused(request):
    raise Refused("The list has no leader.", "Appoint one.")


@login_not_required
def conflict(request):
    raise Conflict("Someone else changed this item.")


urlpatterns = i18n_patterns(
    path("page/", page),
    path("short/", short_page),
    path("streamed/", streamed_page),
    path("nosy/", nosy_page),
    path("missing/", missing),
    path("broken/", broken),
    path("desk/", desk),
    path("refused/", refused),
    path("conflict/", conflict),
    path("admin/", admin.site.urls),
    path("account/", include("welfare.account.urls")),
    path("", include("welfare.board.urls")),  # the error pages link to the board
    prefix_default_language=False,
)

"""Decorators of public views: no login, GET and HEAD only, fit for every cache."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt

READ_METHODS = ["GET", "HEAD"]


def public(view):
    """Let anyone read `view` without a login, and only read it (405 to other methods).

    The middleware `PublicResponses` gives what it returns an ETag and compresses it, the same bytes
    for everyone; such a view must touch neither the session nor `request.user`.
    """

    @wraps(view)
    def read(request, *args, **kwargs):
        if request.method not in READ_METHODS:
            return HttpResponseNotAllowed(READ_METHODS)
        response = view(request, *args, **kwargs)
        response.public = True
        return response

    # Nothing is changed, so there is nothing to forge: a POST gets its 405, not a 403.
    return csrf_exempt(login_not_required(read))


def open_data(view):
    """Let anyone read `view`, as `public` does, and let pages of other sites read it, too (CORS).

    What a browser sends along tells readers apart nowhere here, so that none is asked for.
    """

    @wraps(view)
    def read(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.open_data = True
        return response

    return public(read)


def noindex(view):
    """Tell search engines to leave out what a public `view` returns (X-Robots-Tag).

    It is asked for seldom, so the front keeps it beside the files, where it pushes out no board
    (`welfare.proxy.pages`).
    """

    @wraps(view)
    def read(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return read


def or_404(page):
    """Return the page, or answer as if it had never existed."""
    if page is None:
        raise Http404
    return page

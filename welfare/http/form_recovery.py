"""Form recovery: what a lost login, a stale token or a lost right stopped is given back."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpResponse, UnreadablePostError
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import translation

from welfare.http.content_negotiation import language_of

SECRET_NAME = re.compile(r"passw|secret|token", re.IGNORECASE)  # never given back, whoever asks
PAGE_FIELD = re.compile(r"_.*|next|.*version", re.IGNORECASE)  # written by us, not typed
PHONE_WIDTH = 30  # Latin letters in a line; a Chinese one takes the room of two
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, UnreadablePostError)


@dataclass
class TypedValue:
    """One value that was sent; `shown` is the label of a choice."""

    name: str
    value: str
    label: str = ""
    hidden: bool = False
    shown: str = ""

    @property
    def rows(self):
        """Return how many lines the value takes on a phone, from 1 to 12."""
        wide = [sum(2 if sign > "\u2e80" else 1 for sign in line) for line in self.lines]
        return max(1, min(12, sum(cells // PHONE_WIDTH + 1 for cells in wide)))

    @property
    def lines(self):
        return self.value.splitlines()


def recovers(form_class):
    """Mark a view with its form, whose labels the recovery page then shows."""

    def mark(view):
        view.recovered_form = form_class
        return view

    return mark


def is_same_origin(request) -> bool:
    """Tell whether a page of this site sent the request; the browser says so, a script can't."""
    own_origin = (request.scheme, request.get_host())
    headers = request.headers
    if headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    source = headers.get("Origin") or headers.get("Referer")
    if source is None:
        return "Sec-Fetch-Site" in headers
    return urlsplit(source)[:2] == own_origin


def recovery_page(request, why, sentences=(), status=403) -> HttpResponse:
    """Show what was typed in a form that sends the same again.

    `why` is "login" when nobody is signed in, "old" when the form no longer fits, "refused" or
    "unavailable" when the `sentences` say why. A request that doesn't come from one of our pages
    gets no word of it back. As on every page of an error, no request goes to the template engine.
    """
    typed, dropped, files = [], False, []
    if is_same_origin(request):
        with translation.override(language_of(request.path_info)):  # of the labels
            typed, dropped, files = typed_values(request)
    context = {
        "request": request,
        "csrf_token": get_token(request),
        "why": why,
        "sentences": sentences,
        "needs_login": getattr(view_of(request), "login_required", True),
        "typed": typed,
        "anything": any(not row.hidden for row in typed),
        "dropped": dropped,
        "files": files,
        "multipart": request.content_type == "multipart/form-data",
    }
    with translation.override(language_of(request.path_info)):
        return HttpResponse(render_to_string("form_recovery.html", context), status=status)


def asks_for_a_login(request) -> bool:
    return getattr(view_of(request), "login_required", True)


def holds_words(request) -> bool:
    """Tell whether somebody typed what would be lost."""
    return request.method == "POST" and any(
        not row.hidden and row.value.strip() for row in typed_values(request)[0]
    )


def typed_values(request):
    """Return the values, whether a secret was among them, and the names of the files."""
    try:
        sent, files = request.POST, request.FILES
    except TOO_LARGE:
        return [], False, []
    fields = fields_of(request)
    names = [name for name in sent if name != "csrfmiddlewaretoken"]
    safe = [name for name in names if not is_secret(name, fields.get(name))]
    typed = [
        typed_value(name, value, fields.get(name)) for name in safe for value in sent.getlist(name)
    ]
    return typed, len(safe) < len(names), [file.name for file in files.values()]


def view_of(request):
    """Return the view of a request, also where none was called."""
    if request.resolver_match:
        return request.resolver_match.func
    try:
        with translation.override(language_of(request.path_info)):
            return resolve(request.path_info).func
    except Resolver404:
        return None


def fields_of(request):
    form = getattr(view_of(request), "recovered_form", None)
    return form.base_fields if form else {}


def is_secret(name, field):
    return bool(SECRET_NAME.search(name)) or isinstance(
        getattr(field, "widget", None), forms.PasswordInput
    )


def typed_value(name, value, field):
    """Return a value with the label that its form has for it."""
    if field is None:
        return TypedValue(name, value, hidden=bool(PAGE_FIELD.fullmatch(name)))
    row = TypedValue(name, value, label=str(field.label or ""), hidden=field.widget.is_hidden)
    if isinstance(field, forms.ModelChoiceField):
        row.hidden = True  # a key says nothing, and its words would have to be looked up
    elif isinstance(field, forms.ChoiceField):
        row.shown = str(dict(field.choices).get(value, value))
    elif isinstance(field, forms.BooleanField):
        row.hidden = True
    return row

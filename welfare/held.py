"""A form that could not be taken: what was typed comes back, to be sent again."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpResponse, UnreadablePostError
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import translation

from welfare.languages import language_of

SECRET = re.compile(r"passw|secret|token", re.IGNORECASE)  # never given back, whoever asks
OF_THE_PAGE = re.compile(r"_.*|next|.*version", re.IGNORECASE)  # written by us, not typed
PHONE = 30  # Latin letters in a line; a Chinese one takes the room of two
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, UnreadablePostError)


@dataclass
class Typed:
    """One value that was sent; `shown` is what a choice says in words."""

    name: str
    value: str
    label: str = ""
    hidden: bool = False
    shown: str = ""

    @property
    def rows(self):
        """Return how many lines the value takes on a phone, from 1 to 12."""
        wide = [sum(2 if sign > "\u2e80" else 1 for sign in line) for line in self.lines]
        return max(1, min(12, sum(cells // PHONE + 1 for cells in wide)))

    @property
    def lines(self):
        return self.value.splitlines()


def holds(form_class):
    """Mark a view with its form, whose labels the page of what was typed then shows."""

    def mark(view):
        view.held_form = form_class
        return view

    return mark


def wants_json(request) -> bool:
    """Tell whether a program asks rather than a browser."""
    best = request.get_preferred_type(["text/html", "application/json"])
    return best == "application/json" or request.content_type == "application/json"


def from_here(request) -> bool:
    """Tell whether a page of this site sent the request; the browser says so, a script can't."""
    here = (request.scheme, request.get_host())
    said = request.headers
    if said.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    source = said.get("Origin") or said.get("Referer")
    if source is None:
        return "Sec-Fetch-Site" in said
    return urlsplit(source)[:2] == here


def page(request, why) -> HttpResponse:
    """Show what was typed in a form that sends the same again.

    `why` is "login" when nobody is signed in, "old" when the form no longer fits. A request that
    doesn't come from one of our pages gets no word of it back. As on every page of an error, no
    request goes to the template engine.
    """
    typed, dropped, files = [], False, []
    if from_here(request):
        typed, dropped, files = what_was_sent(request)
    context = {
        "request": request,
        "csrf_token": get_token(request),
        "why": why,
        "needs_login": getattr(view_of(request), "login_required", True),
        "typed": typed,
        "anything": any(not row.hidden for row in typed),
        "dropped": dropped,
        "files": files,
        "multipart": request.content_type == "multipart/form-data",
    }
    with translation.override(language_of(request.path_info)):
        return HttpResponse(render_to_string("held.html", context), status=403)


def what_was_sent(request):
    """Return the values, whether a secret was among them, and the names of the files."""
    try:
        sent, files = request.POST, request.FILES
    except TOO_MUCH:
        return [], False, []
    fields = fields_of(request)
    names = [name for name in sent if name != "csrfmiddlewaretoken"]
    safe = [name for name in names if not is_secret(name, fields.get(name))]
    typed = [
        typed_in(name, value, fields.get(name)) for name in safe for value in sent.getlist(name)
    ]
    return typed, len(safe) < len(names), [file.name for file in files.values()]


def view_of(request):
    return getattr(request.resolver_match, "func", None)


def fields_of(request):
    form = getattr(view_of(request), "held_form", None)
    return form.base_fields if form else {}


def is_secret(name, field):
    return bool(SECRET.search(name)) or isinstance(
        getattr(field, "widget", None), forms.PasswordInput
    )


def typed_in(name, value, field):
    """Return a value with the words that its form has for it."""
    if field is None:
        return Typed(name, value, hidden=bool(OF_THE_PAGE.fullmatch(name)))
    row = Typed(name, value, label=str(field.label or ""), hidden=field.widget.is_hidden)
    if isinstance(field, forms.ModelChoiceField):
        row.hidden = True  # a key says nothing, and its words would have to be looked up
    elif isinstance(field, forms.ChoiceField):
        row.shown = str(dict(field.choices).get(value, value))
    elif isinstance(field, forms.BooleanField):
        row.hidden = True
    return row

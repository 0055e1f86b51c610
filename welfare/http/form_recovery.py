"""Form recovery: what a lost login, a stale token or a lost right stopped is given back.

Words come back in their fields, photos as thumbnails (welfare/http/kept_uploads.py).
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import Error, InterfaceError
from django.http import HttpResponse, UnreadablePostError
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import translation

from welfare.forms import KEPT
from welfare.http import kept_uploads
from welfare.http.content_negotiation import language_of
from welfare.http.kept_uploads import CameBack

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
    optional: bool = False

    @property
    def rows(self):
        """Return how many lines the value takes on a phone, from 1 to 12."""
        wide = [sum(2 if sign > "\u2e80" else 1 for sign in line) for line in self.lines]
        return max(1, min(12, sum(cells // PHONE_WIDTH + 1 for cells in wide)))

    @property
    def lines(self):
        return self.value.splitlines()


@dataclass
class ChosenFiles:
    """The files of one field: photos that are kept, and how many have to be chosen again."""

    name: str
    label: str
    many: bool
    accept: str
    back: CameBack
    waiting: list[int]  # the keys of those that were kept before and can't be shown just now
    optional: bool = False

    @property
    def kept_name(self) -> str:
        return f"{self.name}{KEPT}"


def recovers(form_class):
    """Mark a view with its form, whose labels the recovery page then shows."""

    def mark(view):
        view.recovered_form = form_class
        return view

    return mark


def hides_its_origin(request) -> bool:
    """Tell whether a browser says of no form where it comes from, and the form asks no login.

    Some do (WeChat's, those that guard privacy): what was typed into a suggestion isn't lost to it.
    """
    is_open = form_of(request) is not None and not asks_for_a_login(request)
    says_nothing = request.headers.get("Origin") == "null"
    return is_open and says_nothing and not is_from_elsewhere(request)


def has_token(request) -> bool:
    """Tell whether the browser keeps the cookie of our forms' token."""
    return settings.CSRF_COOKIE_NAME in request.COOKIES


def is_from_elsewhere(request) -> bool:
    """Tell whether the browser says that another site's page sent the request."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin"


def is_same_origin(request) -> bool:
    """Tell whether a page of this site sent the request; the browser says so, a script can't."""
    own_origin = (request.scheme, request.get_host())
    headers = request.headers
    if is_from_elsewhere(request):
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
    if is_same_origin(request) or hides_its_origin(request):
        with translation.override(language_of(request.path_info)):  # of the labels
            typed, dropped = typed_values(request)
            files = chosen_files(request)
    context = {
        "request": request,
        "csrf_token": get_token(request),
        "why": why,
        "sentences": sentences,
        "needs_login": getattr(view_of(request), "login_required", True),
        "typed": typed,
        "anything": any(not row.hidden for row in typed),
        "kept": sum(len(chosen.back.kept) + len(chosen.waiting) for chosen in files),
        "dropped": dropped,
        "files": files,
        "multipart": request.content_type == "multipart/form-data",
    }
    with translation.override(language_of(request.path_info)):
        return HttpResponse(render_to_string("form_recovery.html", context), status=status)


def asks_for_a_login(request) -> bool:
    return getattr(view_of(request), "login_required", True)


def holds_words(request) -> bool:
    """Tell whether somebody typed or chose what would be lost."""
    if request.method != "POST":
        return False
    typed = any(not row.hidden and row.value.strip() for row in typed_values(request)[0])
    return typed or bool(chosen_names(request))


def typed_values(request):
    """Return the values, and whether a secret was among them."""
    try:
        sent = request.POST
    except TOO_LARGE:
        return [], False
    fields = fields_of(request)
    ours = {f"{name}{KEPT}" for name in fields} | {"csrfmiddlewaretoken"}
    # The name of a file is no word that somebody typed: the field comes back as one of files.
    ours |= {name for name, field in fields.items() if isinstance(field, forms.FileField)}
    names = [name for name in sent if name not in ours]
    safe = [name for name in names if not is_secret(name, fields.get(name))]
    typed = [
        typed_value(name, value, fields.get(name)) for name in safe for value in sent.getlist(name)
    ]
    return typed, len(safe) < len(names)


def chosen_names(request) -> list[str]:
    """Return the names of the fields for which files were chosen, now or before."""
    try:
        sent, files = request.POST, request.FILES
    except TOO_LARGE:
        return []
    photos = kept_uploads.photo_fields(form_of(request), kept_uploads.sent_names(request))
    before = [name for name in photos if kept_uploads.keys_in(sent, name)]
    return list(dict.fromkeys([*files, *before]))


def file_names(request) -> list[str]:
    """Return the names of the fields that come back for files: also those in which none was."""
    names = chosen_names(request)
    if request.content_type != "multipart/form-data":
        return names
    return list(dict.fromkeys([*names, *kept_uploads.photo_fields(form_of(request))]))


def chosen_files(request) -> list[ChosenFiles]:
    """Keep the photos that were chosen, and return by field what became of them.

    Where the database can't be asked, new ones have to be chosen again; the keys of those that were
    kept before stay in the page.
    """
    names, form = file_names(request), form_of(request)
    if not chosen_names(request):
        return [_empty(request, name) for name in names]
    try:
        if not hasattr(request, "user"):  # the database isn't to be asked: unavailable.py
            raise InterfaceError
        keeper = getattr(form, "keeper_of", kept_uploads.keeper_of)(request)
        files = kept_uploads.files_of(request, form, keeper)
        waiting = {name: kept_uploads.waiting(files.getlist(name), keeper) for name in names}
        may_keep = not request.FILES or kept_uploads.may_keep(request, form, keeper)
    except Error:
        files, keeper, may_keep = request.FILES.copy(), None, False
        waiting = {name: kept_uploads.keys_in(request.POST, name) for name in names}
    keeper = keeper if may_keep else None
    return [chosen_file(request, files, name, keeper, waiting[name]) for name in names]


def _empty(request, name) -> ChosenFiles:
    """Return a field in which no photo was chosen."""
    field = fields_of(request)[name]
    accept, label = field.widget.attrs["accept"], str(field.label)
    return ChosenFiles(name, label, field.many, accept, CameBack(), [], not field.required)


def chosen_file(request, files, name, keeper, waiting) -> ChosenFiles:
    field = fields_of(request).get(name)
    label = str(getattr(field, "label", "") or "")
    if name not in kept_uploads.photo_fields(form_of(request), [name]):
        count = len(files.getlist(name))
        accept = field.widget.attrs.get("accept", "") if field else ""
        back = CameBack(sentences=[kept_uploads.choose_files_again(files.getlist(name))])
        return ChosenFiles(name, label, count > 1, accept, back, [])
    gone = [key for key in kept_uploads.lost_among(files.getlist(name)) if key not in waiting]
    back = kept_uploads.keep(files, name, keeper, many=field.many)
    back.lost += len(gone)
    accept, optional = field.widget.attrs["accept"], not field.required
    return ChosenFiles(name, label, field.many, accept, back, waiting, optional)


def view_of(request):
    """Return the view of a request, also where none was called."""
    if request.resolver_match:
        return request.resolver_match.func
    try:
        with translation.override(language_of(request.path_info)):
            return resolve(request.path_info).func
    except Resolver404:
        return None


def form_of(request):
    return getattr(view_of(request), "recovered_form", None)


def fields_of(request):
    form = form_of(request)
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
    row.optional = not field.required
    row.hidden |= row.optional and not value.strip()  # nobody is asked what they needn't say
    if isinstance(field, forms.ModelChoiceField):
        row.hidden = True  # a key says nothing, and its words would have to be looked up
    elif isinstance(field, forms.ChoiceField):
        row.shown = str(dict(field.choices).get(value, value))
    elif isinstance(field, forms.BooleanField):
        row.hidden = True
    return row

"""The photos that wait, in one tray: those that are ticked are released, or hidden, together."""

from dataclasses import dataclass
from functools import partial

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from items import actions, queries
from items.errors import Refused
from items.privacy.personal_data import PersonalData
from items.staff import PhotoToRelease
from welfare.desk.fields import words
from welfare.desk.places import way_back
from welfare.forms import Plain
from welfare.http.form_recovery import recovers

MOST = 200  # in one tray


@dataclass(frozen=True)
class Ticked:
    """A photo in the tray; ticked until somebody looked and took the tick away."""

    waits: PhotoToRelease
    ticked: bool = True
    why_not: str = ""  # it was ticked, and this stands against it

    @property
    def value(self) -> str:
        """Return what its box sends: which photo, and as which version it was seen."""
        return f"{self.waits.pk}.{self.waits.version}"


class TrayForm(Plain, forms.Form):
    """What the tray's buttons send. `photo` is the key of a photo and the version that was seen."""

    answer = forms.ChoiceField(
        choices=[("release", gettext_lazy("Release")), ("hide", gettext_lazy("Don’t release"))]
    )
    photo = forms.MultipleChoiceField(label=gettext_lazy("Photos"), choices=[])
    reason = words(gettext_lazy("Why they aren’t released"), rows=2, required=False)

    def clean_reason(self):
        reason = self.cleaned_data["reason"]
        if self.data.get("answer") == "hide" and not reason:
            raise forms.ValidationError(_("Write why the photos aren’t released."))
        return reason


@require_POST
@recovers(TrayForm)
def release_photos(request):
    """Release the photos that were ticked, or hide them with one reason; each by itself.

    What can't be released stays in the tray with its tick and the reason against it.
    """
    if queries.queue("photos", request.user, localdate()) is None:
        raise Http404  # as the page is
    seen = versions(request.POST.getlist("photo"))
    form = TrayForm(request.POST)
    form.fields["photo"].choices = [(value, value) for value in request.POST.getlist("photo")]
    if not seen:
        form.add_error("photo", _("Tick the photos first."))
    if not form.is_valid():
        return tray_page(request, 422, form=form, seen=seen)
    photos = queries.waiting_photos(seen, request.user, localdate())
    hides = form.cleaned_data["answer"] == "hide"
    reason = form.cleaned_data["reason"]
    answer = partial(actions.hide_photo, reason=reason) if hides else actions.release_photo
    refused = {}
    for photo in photos:
        photo.version = seen[photo.pk]
        try:
            answer(photo, by=request.user)
        except PersonalData as why:
            refused[photo.pk] = (
                _("%s Or confirm it on the page of the photo, below.") % why.sentences[0]
            )
        except Refused as why:
            refused[photo.pk] = " ".join(why.sentences)
    say_answered(request, hides, len(photos) - len(refused), len(seen) - len(photos))
    if refused:
        return tray_page(request, 409, form=form, seen=seen, refused=refused)
    return redirect(way_back(request) or "desk:desk")


def versions(values: list[str]) -> dict[int, int]:
    """Return by the keys of photos the version in which each was seen."""
    pairs = [value.split(".") for value in values]
    known = [pair for pair in pairs if len(pair) == 2 and all(map(is_number, pair))]
    return {int(key): int(version) for key, version in known}


def is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def say_answered(request, hides, done, gone):
    if done and hides:
        told = ngettext("%(n)d photo is hidden.", "%(n)d photos are hidden.", done)
        messages.success(request, told % {"n": done})
    elif done:
        told = ngettext("%(n)d photo is public now.", "%(n)d photos are public now.", done)
        messages.success(request, told % {"n": done})
    if gone:
        told = ngettext(
            "%(n)d photo was answered meanwhile by somebody else.",
            "%(n)d photos were answered meanwhile by somebody else.",
            gone,
        )
        messages.info(request, told % {"n": gone})


def tray(request, items, *, seen=None, refused=None) -> dict:
    """Return what a page with the tray shows: the photos that wait of the items with these keys."""
    waiting = queries.photos_to_release(request.user, localdate(), MOST, items)
    refused = refused or {}
    return {
        "photos": [
            Ticked(row, seen is None or row.pk in seen, refused.get(row.pk, "")) for row in waiting
        ]
    }


def tray_page(request, status, *, form, seen, refused=None):
    """Show the tray again with its ticks, what was typed, and what stands against it."""
    today = localdate()
    queue = queries.queue("photos", request.user, today)
    items = [line.pk for line in queue.lines] if queue else []
    context = {"queue": queue, "form": form, **tray(request, items, seen=seen, refused=refused)}
    context["page"] = way_back(request)
    return render(request, "desk/photo_tray_page.html", context, status=status)

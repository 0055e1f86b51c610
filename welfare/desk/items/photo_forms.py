"""The forms of photos. The pictures themselves are looked at by the action, one sentence each."""

import re

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items import queries
from items.actions.attached_photos import MOST_AT_ONCE, too_many
from items.actions.planned_look import months_on
from items.actions.progress import REPORTED
from items.models import Photo, Spot
from items.states import How, Kept, Status, Term
from welfare.desk.fields import day, happened_on, words
from welfare.desk.items.forms import (
    ActForm,
    ClaimForm,
    EnterForOwnerForm,
    LogVisitForm,
    ReportProgressForm,
    SendBackForm,
    SignOffForm,
)
from welfare.forms import PhotoField, PhotosField

NUMBERS = re.compile(r"[\s,，;；%]+")
MOST_AREAS = 20


def photo(label):
    """Return a field for one photo; an empty one is refused by the action, with the remedy."""
    return PhotoField(
        label=label,
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Choose a photo.")},
    )


class WithPhotos(ActForm):
    """A form that takes photos along, when there are any."""

    photos = PhotosField(
        label=gettext_lazy("Photos, up to three"),
        required=False,
        help_text=gettext_lazy("The office releases them; your words are public at once."),
    )
    photo_words = forms.CharField(
        label=gettext_lazy("What the photos show"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Without it your words above stand under them."),
    )

    def clean_photos(self):
        photos = self.cleaned_data["photos"]
        if len(photos) > MOST_AT_ONCE:
            raise forms.ValidationError(too_many())
        return photos


class ReportWithPhotos(WithPhotos, ReportProgressForm):
    photo_side = forms.ChoiceField(
        label=gettext_lazy("When they were taken"),
        choices=[(side.value, side.label) for side in REPORTED],
        widget=forms.RadioSelect,
        required=False,
    )
    field_order = ["text", "measures", "photos", "photo_words", "photo_side"]
    field_order += ReportProgressForm.field_order[2:]

    def fit(self, item):
        """Ask of the photos of a first report whether they show how it was before the work."""
        super().fit(item)
        if queries.is_reported(item):
            del self.fields["photo_side"]
        else:
            not_begun = item.status == Status.NOT_STARTED
            self.initial["photo_side"] = Photo.Side.BEFORE if not_begun else Photo.Side.DURING

    def clean_photo_side(self):
        return self.cleaned_data["photo_side"] or Photo.Side.DURING


class EnterWithPhotos(WithPhotos, EnterForOwnerForm):
    field_order = ["text", "measures", "photos", "photo_words", "done_count", "percent"]
    field_order += ["happened_on"]

    def fit(self, item):
        super().fit(item)
        self.fields["photos"].help_text = _("They wait for release, as your words do.")
        self.fields["photo_words"].help_text = _("Without it the item’s name stands under them.")


class ClaimWithPhotos(WithPhotos, ClaimForm):
    field_order = ["note", "done_on", "measures"]
    field_order += ["photos", "photo_words", "evidence", "no_evidence"]


class SignOffWithPhotos(WithPhotos, SignOffForm):
    field_order = ["found", "photos", "photo_words"]


class SendBackWithPhotos(WithPhotos, SendBackForm):
    field_order = ["reason", "photos", "photo_words"]


class LogVisitWithPhotos(WithPhotos, LogVisitForm):
    field_order = ["seen", "photos", "photo_words"]


class LookBackForm(WithPhotos):
    kept = forms.ChoiceField(
        label=gettext_lazy("Is it still good?"), choices=Kept, widget=forms.RadioSelect
    )
    found = words(gettext_lazy("What you saw"))
    how = forms.ChoiceField(
        label=gettext_lazy("How"), choices=How, widget=forms.RadioSelect, initial=How.ON_SITE
    )
    spot = forms.ModelChoiceField(
        Spot.objects.none(),
        label=gettext_lazy("Which spot the photos show"),
        required=False,
        empty_label=gettext_lazy("none of these"),
        help_text=gettext_lazy("They stand beside those from before and after the work."),
    )
    put_right_by = day(
        gettext_lazy("To be put right by"),
        required=False,
        help_text=gettext_lazy("Only where it has slipped back: then it is opened again."),
    )
    recheck_on = day(
        gettext_lazy("Look back again on"),
        required=False,
        help_text=gettext_lazy("Only where it is still good. Without a day one look was enough."),
    )
    happened_on = happened_on(gettext_lazy("When"))
    field_order = ["kept", "found", "how", "photos", "photo_words", "spot"]

    def fit(self, item):
        spots = self.fields["spot"].queryset = Spot.objects.filter(item=item)
        if item.hardship:
            del self.fields["photos"], self.fields["photo_words"]
        if item.hardship or not spots:
            del self.fields["spot"]
        elif len(spots) == 1:
            self.initial["spot"] = spots[0].pk
        if item.term == Term.STANDING:
            self.initial["recheck_on"] = months_on(localdate())

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kept") == Kept.SLIPPED and not cleaned.get("put_right_by"):
            self.add_error("put_right_by", _("Set the day by which it is to be put right."))
        return cleaned


class AddPhotoForm(ActForm):
    file = photo(gettext_lazy("Photo"))
    words = words(
        gettext_lazy("What the photo shows"),
        rows=2,
        help_text=gettext_lazy("One sentence. It is read aloud to those who can’t see the photo."),
    )
    side = forms.ChoiceField(
        label=gettext_lazy("When it was taken"),
        choices=[(side.value, side.label) for side in Photo.OF_THE_WORK],
        widget=forms.RadioSelect,
        initial=Photo.Side.DURING,
    )
    spot = forms.ModelChoiceField(
        Spot.objects.none(),
        label=gettext_lazy("Which spot it shows"),
        required=False,
        empty_label=gettext_lazy("another spot"),
        help_text=gettext_lazy("Before and after stand side by side when they show one spot."),
    )
    spot_title = forms.CharField(
        label=gettext_lazy("Name of another spot"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Such as “east wall”. Without it the item’s place stands there."),
    )
    taken_on = happened_on(gettext_lazy("Taken on"))

    def fit(self, item):
        self.fields["words"].max_length = 300
        self.fields["spot"].queryset = item.spots.all()
        if not item.spots.exists():
            del self.fields["spot"]
            self.fields["spot_title"].label = _("Which spot it shows")


class PhotoForm(ActForm):
    """A form about a photo; it knows which state of that its reader saw."""

    photo_version = forms.IntegerField(widget=forms.HiddenInput)

    def fit(self, item):
        self.initial["photo_version"] = self.about.photo.version

    def as_seen(self, entry=None):
        entry = super().as_seen(entry)
        entry.photo.version = self.cleaned_data["photo_version"]
        return entry

    def at_current_version(self, of):
        again = super().at_current_version(of)
        again.about.photo.refresh_from_db()
        again.data["photo_version"] = again.about.photo.version
        return again


class ReleasePhotoForm(PhotoForm):
    areas = forms.CharField(
        label=gettext_lazy("Black out before it is public"),
        widget=forms.Textarea(attrs={"rows": 3, "data-areas": ""}),
        required=False,
        max_length=2000,
        help_text=gettext_lazy(
            "Faces, number plates, names. One area a line, in percent of the picture: from the"
            " left, from the top, width, height, such as 10 20 15 30. The original is deleted."
        ),
    )

    def clean_areas(self):
        lines = [line for line in self.cleaned_data["areas"].splitlines() if line.strip()]
        if len(lines) > MOST_AREAS:
            raise forms.ValidationError(_("At most %s areas can be blacked out.") % MOST_AREAS)
        return tuple(area(line) for line in lines)


def area(line):
    """Return an area as the action takes it, in parts of the picture."""
    try:
        left, top, width, height = (
            float(number) for number in NUMBERS.split(line.strip()) if number
        )
    except ValueError:
        sentence = _("Write four numbers in percent, such as 10 20 15 30, instead of “%s”.")
        raise forms.ValidationError(sentence % line.strip()[:40]) from None
    inside = 0 <= left <= 100 and 0 <= top <= 100 and 0 < width <= 100 and 0 < height <= 100
    if not inside:
        sentence = _("An area lies within the picture, from 0 to 100 percent: “%s”.")
        raise forms.ValidationError(sentence % line.strip()[:40])
    return left / 100, top / 100, width / 100, height / 100


class HidePhotoForm(PhotoForm):
    reason = words(gettext_lazy("Why it is hidden"))
    delete = forms.BooleanField(
        label=gettext_lazy("Delete its files for good (privacy)"), required=False
    )

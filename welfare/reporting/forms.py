"""The form of a reporting link: a line, a count where the item has one, photos."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items.actions.attached_photos import MOST_AT_ONCE, too_many
from items.actions.progress import MOST
from welfare.forms import PhotosField, Plain

LONGEST = 2000  # letters


class ReportForm(Plain, forms.Form):
    text = forms.CharField(
        label=gettext_lazy("How far is it?"),
        help_text=gettext_lazy("A line is enough."),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": gettext_lazy("Write in a line what was done.")},
    )
    done_count = forms.IntegerField(
        label=gettext_lazy("Done so far"), required=False, min_value=0, max_value=MOST
    )
    photos = PhotosField(label=gettext_lazy("Photos, up to three"), required=False)

    def __init__(self, *args, page, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs.pop("maxlength", None)  # a browser would cut it, unsaid
        if page.target is None:
            del self.fields["done_count"]
        else:
            counted = {"target": page.target, "unit": page.count_unit}
            self.fields["done_count"].label = _("Done so far, of %(target)d %(unit)s") % counted

    def clean_photos(self):
        photos = self.cleaned_data["photos"]
        if len(photos) > MOST_AT_ONCE:
            raise forms.ValidationError(too_many())
        return photos

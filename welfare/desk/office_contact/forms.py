"""The form of an office's room, telephone and hours."""

from django import forms
from django.utils.translation import gettext_lazy as _

from items.words import OfficeContact, Words
from welfare.forms import Plain


def line(label, *, most=100, help_text=""):
    """Return a field of one line that may stay empty."""
    return forms.CharField(label=label, max_length=most, required=False, help_text=help_text)


class OfficeContactForm(Plain, forms.Form):
    """A form about where an office is found; it knows what its reader saw."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    room = line(_("Building and room"))
    room_en = line(_("Building and room in English"))
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
        help_text=_("The whole number with its area code: on a phone one tap dials it."),
    )
    hours = line(_("When somebody is there"), help_text=_("Such as: Monday to Friday, 8 to 17"))
    hours_en = line(_("When somebody is there, in English"))

    @property
    def contact(self) -> OfficeContact:
        said = self.cleaned_data
        return OfficeContact(
            room=Words(said["room"], said["room_en"]),
            phone=said["phone"],
            hours=Words(said["hours"], said["hours_en"]),
        )

    def refuse(self, refused, now: OfficeContact):
        """Show a refusal; sent again, the form is about what there is now."""
        self.data = self.data.copy()
        self.data["seen"] = now.in_one_line
        self.say_refused(refused)


def initial(contact: OfficeContact) -> dict[str, str]:
    """Return what the form shows of a contact."""
    return {
        "seen": contact.in_one_line,
        "room": contact.room.zh,
        "room_en": contact.room.en,
        "phone": contact.phone,
        "hours": contact.hours.zh,
        "hours_en": contact.hours.en,
    }

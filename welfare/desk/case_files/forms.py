"""The forms of a hardship item's file. The documents are looked at by the action."""

from django import forms
from django.utils.translation import gettext_lazy

from welfare.desk.fields import words
from welfare.forms import Plain

TAKEN = ".pdf,.docx,.xlsx,image/*,.heic,.heif"


class CaseFileForm(Plain, forms.Form):
    name = forms.CharField(label=gettext_lazy("What it is"), max_length=100)
    file = forms.FileField(
        label=gettext_lazy("Document"),
        widget=forms.FileInput(attrs={"accept": TAKEN, "data-shrink": "2048"}),
        allow_empty_file=True,
        help_text=gettext_lazy(
            "A PDF, a photo, a Word or an Excel file (.docx, .xlsx) of 10 MB at most. A photo loses"
            " its place and time."
        ),
        error_messages={"required": gettext_lazy("Choose a document.")},
    )


class RemoveCaseFileForm(Plain, forms.Form):
    reason = words(gettext_lazy("Why it is removed"))

"""The forms of a ledger that comes back: its file, then the reason and the choices. Shape alone."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from items.sheets.returning import CORRECTION, MINE, THERE
from welfare.desk.sheets.forms import SheetForm
from welfare.forms import Plain

CHOICES = [(THERE, _("Keep what is there now")), (MINE, _("Take what the file says"))]


class BookForm(SheetForm):
    """The file; of a workbook every sheet with an export number is read."""

    sheet = None


class ReturnForm(Plain, forms.Form):
    """What a person decides about a plan: each conflict, and the reason of all corrections."""

    reason = forms.CharField(
        label=_("Reason of the corrections"),
        help_text=_("One for all; everyone will read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        if not plan.ready(CORRECTION):
            self.fields["reason"].required = False
            if not any(each.kind == CORRECTION for each in plan.conflicts):
                del self.fields["reason"]
        for change in plan.conflicts:
            which = {"number": change.number, "heading": change.heading}
            self.fields[change.key] = forms.ChoiceField(
                label=_("Which stays?"),
                choices=CHOICES,
                widget=forms.RadioSelect,
                error_messages={
                    "required": gettext("No. %(number)s, %(heading)s: choose which stays.") % which
                },
            )

    def choices(self, plan) -> dict[str, str]:
        return {change.key: self.cleaned_data[change.key] for change in plan.conflicts}

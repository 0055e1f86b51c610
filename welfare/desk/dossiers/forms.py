"""What a file may hold beside what everyone reads."""

from django import forms
from django.utils.translation import gettext_lazy as _

from welfare.forms import Plain


class DossierForm(Plain, forms.Form):
    """The tick for what stays inside; whoever doesn't read that isn't asked."""

    inside = forms.BooleanField(
        label=_("Also what stays inside: source, handlers, budget, remark, tasks, letters"),
        required=False,
        help_text=_("Leave it unticked for a file that is passed on."),
    )

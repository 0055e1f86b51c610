"""The forms of reporting links."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items.models import Person
from welfare.desk.fields import words
from welfare.desk.items.forms import ActForm


class MakeLinkForm(ActForm):
    handler = forms.ModelChoiceField(
        Person.objects.none(),
        label=gettext_lazy("For which handler"),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def fit(self, item):
        handlers = Person.objects.filter(handled_items=item).order_by("name", "pk")
        self.fields["handler"].queryset = handlers
        self.fields["handler"].label_from_instance = lambda person: person.name
        if not handlers:
            self.fields["handler"].help_text = _(
                "The item names no handler yet. Name one first, by an open correction."
            )
        elif len(handlers) == 1:
            self.fields["handler"].initial = handlers[0]


class RevokeLinkForm(ActForm):
    reason = words(gettext_lazy("Why it is taken back"), required=False)

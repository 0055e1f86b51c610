"""The forms of the delivery list: what was handed out, and what was taken back."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items.actions.input import AT_MOST
from items.actions.progress import MOST
from items.models import Place, Unit
from welfare.desk.columns import of_committee
from welfare.desk.forms import ActForm, happened_on, words


class DeliverForm(ActForm):
    what = forms.CharField(label=gettext_lazy("What"), max_length=AT_MOST)
    count = forms.IntegerField(label=gettext_lazy("How many"), min_value=1, max_value=MOST)
    team = forms.CharField(
        label=gettext_lazy("To which team or room"), max_length=AT_MOST, required=False
    )
    unit = forms.ModelChoiceField(None, label=gettext_lazy("To which unit"), required=False)
    place = forms.ModelChoiceField(None, label=gettext_lazy("To which place"), required=False)
    received_by = forms.CharField(
        label=gettext_lazy("Received by"),
        max_length=50,
        required=False,
        help_text=gettext_lazy("The name stays inside; the public page doesn’t show it."),
    )
    received_on = happened_on(gettext_lazy("Received on"))

    def fit(self, item):
        committee = item.list.committee
        for name, model in {"unit": Unit, "place": Place}.items():
            self.fields[name].queryset = of_committee(model, committee)
            if not self.fields[name].queryset.exists():
                del self.fields[name]
        last = None if self.is_bound else item.deliveries.last()
        self.fields["what"].initial = last.what if last else ""

    def clean(self):
        said = super().clean()
        if not any(said.get(name) for name in ("team", "unit", "place")):
            self.add_error("team", _("Name the team or room, the unit or the place."))
        return said

    def repeats(self, entry):
        """Tell whether an entry says the same delivery."""
        row, said = entry.delivery, self.cleaned_data
        return all(getattr(row, n) == said.get(n) for n in ("what", "count", "team", "place"))


class TakeBackForm(ActForm):
    reason = words(gettext_lazy("Why it is taken back"))

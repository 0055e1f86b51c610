"""The forms of an item's dates: what is planned where, that it took place, that it won't."""

from django import forms
from django.utils.translation import gettext_lazy

from items.actions.input import AT_MOST
from items.models import Place
from welfare.desk.columns import of_committee
from welfare.desk.forms import ActForm, day, happened_on, words


class PlanOccasionForm(ActForm):
    what = forms.CharField(label=gettext_lazy("What takes place"), max_length=AT_MOST)
    on = day(gettext_lazy("On which day"))
    place = forms.ModelChoiceField(None, label=gettext_lazy("At which place"), required=False)

    def fit(self, item):
        self.fields["place"].queryset = of_committee(Place, item.list.committee)
        if not self.fields["place"].queryset.exists():
            del self.fields["place"]
        last = None if self.is_bound else item.occasions.last()
        self.fields["what"].initial = last.what if last else ""

    def repeats(self, entry):
        """Tell whether an entry plans the same."""
        row, said = entry.occasion, self.cleaned_data
        return all(getattr(row, name) == said.get(name) for name in ("what", "on", "place"))


class HoldOccasionForm(ActForm):
    text = words(gettext_lazy("What was done"), help_text=gettext_lazy("A line is enough."))
    held_on = happened_on(gettext_lazy("It took place on"))


class CallOffOccasionForm(ActForm):
    reason = words(gettext_lazy("Why it is called off"))

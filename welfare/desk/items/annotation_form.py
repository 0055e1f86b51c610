"""The form of an item's internal columns, each with what it says."""

from items.actions.annotation import INTERNAL
from welfare.desk.item_fields import field_for
from welfare.desk.items.forms import ActForm
from welfare.forms import explain


class AnnotateForm(ActForm):
    """A field for each internal column; those that stay as they are write nothing."""

    def fit(self, item):
        for name in INTERNAL:
            self.fields[name] = field_for(name, item.list.committee)
            self.initial[name] = getattr(item, name)
            explain(self.fields[name], self.fields[name].label)

    def repeats(self, entry):
        """Tell whether the column of an entry says already what was sent: it was sent twice."""
        return getattr(self.of, entry.facts["field"]) == self.cleaned_data[entry.facts["field"]]

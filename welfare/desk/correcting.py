"""The form of an open correction: first which column, then what it should say, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from items.actions.correct import CORRECTABLE, held
from items.models import Item
from welfare.desk import columns
from welfare.desk.forms import ActForm, words

LABELS = {name: Item._meta.get_field(name).verbose_name for name in CORRECTABLE}
LABELS |= {"measures": _("measures"), "shares": _("units"), "handlers": _("handlers")}


class CorrectForm(ActForm):
    """Without a column it asks for one, by GET; with one it holds what that column says."""

    field = forms.ChoiceField(label=_("What is to be corrected"), choices=list(LABELS.items()))
    reason = words(_("Why it is corrected"))

    def fit(self, item):
        name = self.data.get("field") or self.initial.get("field")
        if name not in LABELS:
            self.method, self.fields = "get", {"field": self.fields["field"]}
            return
        self.fields["field"].widget = forms.HiddenInput()
        self.fields |= self._value_fields(name, item)
        self.order_fields(["field", *self._names, "reason"])

    def _value_fields(self, name, item):
        committee = item.list.committee
        if name == "shares":
            self._names = list(columns.ROLES)
            self.initial |= columns.shares_shown(item)
            return columns.share_fields(committee)
        self._names = ["value"]
        self.initial["value"] = held(item, name)
        if name == "measures":
            return {"value": columns.measures_field()}
        return {"value": columns.field_for(name, committee)}

    def said(self):
        said = super().said()
        if "value" not in said:
            said["value"] = columns.shares_said(said)
        elif said["field"] == "handlers":
            said["value"] = list(said["value"])
        return said

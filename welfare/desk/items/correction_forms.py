"""The forms of an open correction: first which column, then what it should say, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from items.actions.correction import CORRECTABLE, held, written_at
from items.actions.draft import LINES
from items.actions.reduction import REDUCIBLE
from items.models import Part, Unit
from items.public.corrections import ITEM_LABELS, PART_LABELS, PHOTO_LABELS, SPOT_LABELS
from welfare.desk import item_fields
from welfare.desk.fields import words
from welfare.desk.items.forms import ActForm, DecidedForm
from welfare.desk.items.photo_forms import PhotoForm
from welfare.forms import explain

LABELS = {name: ITEM_LABELS[name] for name in [*CORRECTABLE, *LINES]}


class CorrectForm(ActForm):
    """Without a column it asks for one, by GET; with one it shows the column's value."""

    labels = LABELS
    field = forms.ChoiceField(label=_("What is to be corrected"), choices=list(LABELS.items()))
    reason = words(_("Why it is corrected"))

    def fit(self, item):
        name = self.data.get("field") or self.initial.get("field")
        if name not in self.labels:
            self.method, self.fields = "get", {"field": self.fields["field"]}
            return
        self.fields["field"].widget = forms.HiddenInput()
        self.fields |= self._value_fields(name, item)
        for each in self._names:
            explain(self.fields[each], self.fields[each].label)
        self.order_fields(["field", *self._names, "reason"])

    def _value_fields(self, name, item):
        committee = item.list.committee
        if name == "shares":
            self._names = list(item_fields.ROLES)
            self.initial |= item_fields.shares_initial(item)
            return item_fields.share_fields(committee)
        self._names = ["value"]
        self.initial["value"] = held(item, name)
        if name in item_fields.WORDED:
            return {"value": item_fields.lines_field(name)}
        return {"value": item_fields.field_for(name, committee)}

    def action_fields(self):
        fields = super().action_fields()
        if "value" not in fields:
            fields["value"] = item_fields.shares_from(fields)
        elif fields["field"] == "handlers":
            fields["value"] = list(fields["value"])
        return fields


class CorrectPartForm(CorrectForm):
    """The form of an open correction of a part: which part and what, then the value."""

    labels = PART_LABELS
    part = forms.ModelChoiceField(None, label=_("Which part"))
    field = forms.ChoiceField(
        label=CorrectForm.base_fields["field"].label, choices=list(labels.items())
    )
    field_order = ["part", "field", "reason"]

    def fit(self, item):
        parts = Part.objects.filter(item=item)
        self.fields["part"].queryset = parts
        key = str(self.data.get("part") or self.initial.get("part") or "")
        chosen = parts.filter(pk=key).first() if key.isdigit() and len(key) < 19 else None
        name = self.data.get("field") or self.initial.get("field")
        if chosen is None or name not in self.labels:
            self.method = "get"
            self.fields = {n: self.fields[n] for n in ("part", "field")}
            return
        for hidden in ("part", "field"):
            self.fields[hidden].widget = forms.HiddenInput()
        self.fields["value"] = self._value_field(chosen, name, item)
        self.order_fields(["part", "field", "value", "reason"])

    def _value_field(self, part, name, item):
        self.initial["value"] = getattr(part, name)
        if name == "unit":
            units = item_fields.of_committee(Unit, item.list.committee)
            return forms.ModelChoiceField(units, label=PART_LABELS[name], required=False)
        return item_fields.field_of(Part._meta.get_field(name))


class ReduceForm(CorrectForm, DecidedForm):
    """The form of a smaller promise: first of what, then what is left, why, and who decided."""

    labels = {name: ITEM_LABELS[name] for name in REDUCIBLE}
    field = forms.ChoiceField(label=_("What becomes smaller"), choices=list(labels.items()))
    reason = words(_("Why it becomes smaller"))

    def fit(self, item):
        none = {"target_count"} if item.target_count is None else set()
        none |= set() if item.criteria.exists() else {"criteria"}
        self.labels = {name: label for name, label in self.labels.items() if name not in none}
        self.fields["field"].choices = list(self.labels.items())
        super().fit(item)


class CorrectPhotoForm(PhotoForm, CorrectForm):
    """The form of an open correction of a photo, or of the spot that it shows."""

    labels = PHOTO_LABELS | SPOT_LABELS
    field = forms.ChoiceField(
        label=CorrectForm.base_fields["field"].label, choices=list(labels.items())
    )

    def fit(self, item):
        self.initial["photo_version"] = self.about.photo.version
        if self.about.photo.spot is None:
            self.labels = PHOTO_LABELS
            self.fields["field"].choices = list(self.labels.items())
        CorrectForm.fit(self, item)

    def _value_fields(self, name, item):
        row, column = written_at(self.about.photo, name)
        self._names, self.initial["value"] = ["value"], getattr(row, column)
        field = item_fields.field_of(row._meta.get_field(column))
        if name in ("words", "words_en"):
            field.widget = forms.Textarea(attrs={"rows": 2})  # a sentence is longer than a phone
        return {"value": field}

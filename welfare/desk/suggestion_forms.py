"""What is looked for among suggestions; what can't be understood is left out."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items import queries, staff_voice
from welfare.forms import Plain


class SoughtForm(Plain, forms.Form):
    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=100)
    group = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    committee = forms.ChoiceField(label=gettext_lazy("Committee"), required=False)
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    place = forms.ChoiceField(label=gettext_lazy("Place"), required=False)
    call = forms.ChoiceField(label=gettext_lazy("Call"), required=False)

    def __init__(self, *, choices, wanted):
        said = {name: getattr(wanted, name) for name in self.base_fields}
        super().__init__(initial=said, auto_id="%s")
        choices = choices | {"group": list(queries.SUGGESTION_GROUPS.items())}
        for name, known in choices.items():
            self.fields[name].choices = [("", _("All")), *known]
            if len(known) < (2 if name == "committee" else 1):
                del self.fields[name]


def sought(said) -> staff_voice.Sought:
    """Return what an address looks for; what it can't look for is everything."""
    keys = {name: said.get(name, "") for name in ("committee", "category", "place", "call")}
    group = said.get("group", "")
    return staff_voice.Sought(
        q=said.get("q", "")[:100].replace("\0", ""),
        group=group if group in queries.SUGGESTION_GROUPS else "",
        **{name: key if is_key(key) else "" for name, key in keys.items()},
    )


def is_key(said: str) -> bool:
    return said.isascii() and said.isdigit() and len(said) < 19

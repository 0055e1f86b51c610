"""A committee's ready-made answers at the desk: its office keeps them, in their order."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items import actions, rules
from items.actions.ready_answers import LONGEST_NAME, MOST
from items.errors import Conflict, Refused
from items.models import ReadyAnswers
from welfare.desk import rights
from welfare.desk.fields import words
from welfare.desk.names.views import get_committee
from welfare.forms import Plain
from welfare.http.form_recovery import recovers

EMPTY = 2  # rows for new ones


class ReadyAnswersForm(Plain, forms.Form):
    """The answers that are there, and room for more; an emptied one goes."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    rows = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MOST + EMPTY)

    def __init__(self, *args, ready: ReadyAnswers, **kwargs):
        super().__init__(*args, **kwargs)
        count = str(self.data.get("rows", "")) if self.is_bound else ""
        known = len(ready.answers) + EMPTY
        count = int(count) if count.isascii() and count.isdigit() and len(count) < 4 else known
        self.count = min(count, MOST + EMPTY)
        self.initial = {"version": ready.version, "rows": self.count} | self.initial
        for at in range(self.count):
            name, text = ready.answers[at] if at < len(ready.answers) else ("", "")
            self.fields[f"name_{at}"] = forms.CharField(
                label=gettext_lazy("Name"), max_length=LONGEST_NAME, required=False, initial=name
            )
            field = words(gettext_lazy("Answer"), rows=3, required=False)
            field.initial = text
            self.fields[f"text_{at}"] = field

    def pairs(self):
        """Return the fields of each answer, side by side."""
        return [(self[f"name_{at}"], self[f"text_{at}"]) for at in range(self.count)]

    def answers(self) -> list[tuple[str, str]]:
        said = self.cleaned_data
        return [(said[f"name_{at}"], said[f"text_{at}"]) for at in range(self.count)]

    def refuse(self, refused, now: ReadyAnswers):
        """Show a refusal; sent again, the form is about what stands there now."""
        self.data = self.data.copy()
        if now.version != self.cleaned_data["version"]:
            self.data["version"] = now.version
            self.theirs = now.answers
        self.say_refused(refused)


@recovers(ReadyAnswersForm)
def ready_answers(request, slug):
    """Show a committee's ready-made answers; its office keeps them."""
    committee = get_committee(request, slug)
    now = actions.ready_answers_of(committee)
    if request.method != "POST":
        why_not = rules.why_not("set_ready_answers", request.user, committee)
        return page(request, committee, ReadyAnswersForm(ready=now), why_not=why_not)
    rights.ask("set_ready_answers", request, committee)
    form = ReadyAnswersForm(request.POST, ready=now)
    if not form.is_valid():
        return page(request, committee, form, 422)
    sent = {"answers": form.answers(), "seen": form.cleaned_data["version"]}
    try:
        actions.set_ready_answers(committee, by=request.user, **sent)
    except Refused as refused:
        form.refuse(refused, actions.ready_answers_of(committee))
        return page(request, committee, form, 409 if isinstance(refused, Conflict) else 403)
    messages.success(request, _("Saved. They stand at every suggestion of this committee."))
    return redirect("desk:ready_answers", committee.slug)


def page(request, committee, form, status=200, why_not=""):
    context = {"at": "suggestions", "name": committee.words, "form": form, "why_not": why_not}
    return render(request, "desk/ready_answers.html", context, status=status)

"""The forms of the acts on an item. They check shape; the actions check meaning.

A form's fields are the parameters of its action, so that the cleaned fields go over as they are.
"""

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items import queries
from items.actions.decision import Decision
from items.actions.draft import MOST_CRITERIA
from items.actions.planned_look import proposed_look_back
from items.actions.progress import MOST
from items.actions.validation import AT_MOST
from items.models import Criterion, Measure, Occasion, Place, Post, Unit
from items.models.item import measures_of
from items.states import How, ListStatus, Outcome
from welfare.desk.edit_conflicts import VersionedForm
from welfare.desk.fields import day, happened_on, words
from welfare.desk.item_fields import of_committee
from welfare.forms import explain


class ActForm(VersionedForm):
    """A form about an item."""

    buttons = ""  # the field that is chosen by which button is pressed

    @property
    def item(self):
        return self.of

    @property
    def button_choices(self):
        """Return each button: its value, its label, and whether it is the main one."""
        choices = self.fields[self.buttons].choices if self.buttons else []
        values = [value for value, _label in choices]
        asked = self.initial.get(self.buttons)
        main = asked if asked in values else values[0] if values else ""
        return [(value, label, value == main) for value, label in choices]

    @staticmethod
    def version_of(of) -> dict:
        return {"version": of.version, "last_seq": of.last_entry.seq}

    def action_fields(self) -> dict:
        return super().action_fields() | {"yes": self.yes}

    def as_seen(self, entry=None):
        """Return the item at the version that the reader saw, or an entry of that item."""
        item, last_seq = super().as_seen(), self.cleaned_data["last_seq"]
        if item.last_entry.seq != last_seq:
            item.last_entry = item.entries.filter(seq=last_seq).first()
        if entry is None:
            return item
        entry.item = item
        return entry

    def repeats(self, entry) -> bool:
        """Tell whether an entry of the same verb has this form's text: it was sent twice."""
        return entry.words.text in self.cleaned_data.values()


PUT_RIGHT = gettext_lazy("Lateness counts from it. It is no extension: the deadline stays.")


class StartForm(ActForm):
    note = words(gettext_lazy("What has begun"), required=False)
    happened_on = happened_on(gettext_lazy("Begun on"))


def several(label, *, help_text="", required=False, **error_messages):
    """Return a field for several rows of the item, each with its box; `fit` says which."""
    return forms.ModelMultipleChoiceField(
        None,
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.CheckboxSelectMultiple,
        error_messages=error_messages,
    )


def measures(label, *, help_text="", required=False):
    """Return a field for measures of the item; `offer` says which."""
    changed = gettext_lazy(
        "The measures were corrected since you opened the page. Look at them, and tick again."
    )
    return several(label, help_text=help_text, required=required, invalid_choice=changed)


def offer(form, name, item, *, done):
    """Let a field offer the measures that are ticked, or those that aren't.

    Where there are none, a field that may stay empty is left out.
    What somebody else ticked meanwhile may be chosen too: it is no mistake of whoever sends it.
    """
    choices = [(row.pk, row.text) for row in measures_of(item.pk) if bool(row.done_on) is done]
    if not choices and not form.fields[name].required:
        del form.fields[name]
        return
    form.fields[name].queryset = Measure.objects.filter(item=item)
    form.fields[name].choices = choices


class Progress(ActForm):
    """How far it is: a count where the item has a target, else a percent; and what is done."""

    text = words(gettext_lazy("Work done"), help_text=gettext_lazy("A line is enough."))
    measures = measures(gettext_lazy("Measures that are done now"))
    done_count = forms.IntegerField(
        label=gettext_lazy("Done so far"), required=False, min_value=0, max_value=MOST
    )
    percent = forms.DecimalField(
        label=gettext_lazy("Percent done"),
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=1,
    )
    happened_on = happened_on(gettext_lazy("When"))

    def fit(self, item):
        offer(self, "measures", item, done=False)
        if item.target_count is None:
            del self.fields["done_count"]
            self.fields["percent"].initial = item.percent
            return
        del self.fields["percent"]
        target = {"target": item.target_count, "unit": item.count_unit}
        self.fields["done_count"].label = _("Done so far, of %(target)d %(unit)s") % target
        self.fields["done_count"].initial = item.done_count


class ReportProgressForm(Progress):
    parts = several(
        gettext_lazy("About these parts"), help_text=gettext_lazy("None: the whole item.")
    )
    parts_done_on = day(
        gettext_lazy("The parts were done on"),
        required=False,
        help_text=gettext_lazy("Only when they are done."),
    )
    held = several(
        gettext_lazy("Dates that took place"),
        help_text=gettext_lazy("On the day of this report, with the same words."),
    )
    blocked = words(
        gettext_lazy("What holds the work up"),
        rows=2,
        required=False,
        help_text=gettext_lazy("It heads the public page until the next report; empty it then."),
    )
    unblocker = forms.CharField(
        label=gettext_lazy("Who could change that"), max_length=AT_MOST, required=False
    )
    inside = forms.BooleanField(
        label=gettext_lazy("What holds it up stays inside: only staff read it"), required=False
    )
    field_order = ["text", "measures", "done_count", "percent"]
    field_order += ["parts", "parts_done_on", "held", "blocked", "unblocker", "inside"]
    field_order += ["happened_on"]

    def fit(self, item):
        super().fit(item)
        if queries.parts_of(item):
            self.fields["parts"].queryset = item.parts.all()
        else:
            del self.fields["parts"], self.fields["parts_done_on"]
        open_dates = Occasion.objects.filter(item=item, ending=None, on__lte=localdate())
        if open_dates:
            self.fields["held"].queryset = open_dates
        else:
            del self.fields["held"]
        if obstacle := queries.obstacle_of(item):
            self.initial |= {"blocked": obstacle.words.text, "unblocker": obstacle.words.evidence}
            self.initial["inside"] = not obstacle.public

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("parts_done_on") and not cleaned.get("parts"):
            self.add_error("parts", _("Choose the part that is done."))
        return cleaned


class EnterForOwnerForm(Progress):
    pass


class ReleaseForm(ActForm):
    pass


class RefuseEntryForm(ActForm):
    reason = words(gettext_lazy("Why it is refused"))


def answer(label):
    """Return a field for the answer to a line of what done looks like."""
    return forms.CharField(label=label, max_length=500)


class Answering(ActForm):
    """A form that answers each line of what done looks like, in a field for each."""

    answered = gettext_lazy("What is so of it")
    answer_0, answer_1, answer_2 = (answer(gettext_lazy("What is so of it")) for _line in range(3))

    def fit(self, item):
        lines = [row.text for row in Criterion.objects.filter(item=item)]
        first, self.answers = next(iter(self.fields)), []
        for at in range(MOST_CRITERIA):
            name = f"answer_{at}"
            del self.fields[name]
            if at < len(lines):
                label = _("%(asked)s: %(line)s") % {"asked": self.answered, "line": lines[at]}
                self.fields[name] = answer(label)
                explain(self.fields[name], label)
                self.answers.append(name)
        self.order_fields([first, *self.answers])

    def action_fields(self):
        fields = super().action_fields()
        return fields | {"answers": [fields.pop(name) for name in self.answers]}


class ClaimForm(Answering):
    note = words(gettext_lazy("Work done"))
    done_on = happened_on(gettext_lazy("Done on"))
    evidence = words(
        gettext_lazy("Evidence"),
        rows=2,
        required=False,
        help_text=gettext_lazy(
            "What shows it: acceptance sheet, count, where it lies. Not needed beside photos."
        ),
    )
    no_evidence = words(gettext_lazy("Or why there is no evidence"), rows=2, required=False)
    measures = measures(
        gettext_lazy("Measures that nobody has ticked yet"),
        help_text=gettext_lazy(
            "Tick what is done. What stays unticked is shown so to the supervisor and everyone."
        ),
    )

    def fit(self, item):
        super().fit(item)
        offer(self, "measures", item, done=False)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("evidence") and not cleaned.get("no_evidence") and not self.files:
            self.add_error("evidence", _("Name the evidence, or say below why there is none."))
        return cleaned


class SignOffForm(Answering):
    answered = gettext_lazy("How you saw that it is so")
    found = words(gettext_lazy("What you found"))
    how = forms.ChoiceField(
        label=gettext_lazy("How you checked"), choices=How, widget=forms.RadioSelect
    )
    done_on = day(
        gettext_lazy("The work was done on"),
        help_text=gettext_lazy("The day you confirm. Lateness is counted from it."),
    )
    recheck_on = day(
        gettext_lazy("Look back on"),
        required=False,
        help_text=gettext_lazy(
            "Does it still hold then? One look is enough. Empty the field where none is needed."
        ),
    )
    happened_on = happened_on(gettext_lazy("Checked on"))

    def fit(self, item):
        super().fit(item)
        self.fields["done_on"].initial = item.done_on
        self.fields["recheck_on"].initial = proposed_look_back(item, localdate())


class Undoing(ActForm):
    """What isn't done after all, of the parts and measures that counted as done."""

    undone = forms.ModelMultipleChoiceField(
        None,
        label=gettext_lazy("Parts that aren’t done after all"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    undone_measures = measures(gettext_lazy("Measures that aren’t done after all"))

    def fit(self, item):
        self.fields["undone"].queryset = item.parts.exclude(done_on=None)
        if not self.fields["undone"].queryset.exists():
            del self.fields["undone"]
        offer(self, "undone_measures", item, done=True)


class SendBackForm(Undoing):
    reason = words(gettext_lazy("What is still missing"))
    put_right_by = day(gettext_lazy("To be put right by"), help_text=PUT_RIGHT)
    happened_on = happened_on(gettext_lazy("Checked on"))
    field_order = ["reason", "put_right_by", "undone", "undone_measures", "happened_on"]


class LogVisitForm(ActForm):
    seen = words(gettext_lazy("What you saw"))
    how = forms.ChoiceField(
        label=gettext_lazy("How"), choices=How, widget=forms.RadioSelect, initial=How.ON_SITE
    )
    happened_on = happened_on(gettext_lazy("When"))
    next_visit_on = day(gettext_lazy("Next visit"), required=False)


class DecidedForm(ActForm):
    """A form about what was decided elsewhere, by a body or a post; the office writes it down."""

    body = forms.CharField(
        label=gettext_lazy("Who decided"),
        max_length=AT_MOST,
        help_text=gettext_lazy("The body or post, as everyone reads it. Not the owner."),
    )
    decided_on = happened_on(gettext_lazy("Decided on"))
    minutes = forms.CharField(
        label=gettext_lazy("Number of the minutes"),
        max_length=AT_MOST,
        help_text=gettext_lazy("Or of the paper that says so, such as “Minutes [2026] 9”."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own = [name for name in self.fields if name not in DecidedForm.base_fields]
        self.order_fields(own)  # first what was decided, then by whom

    def action_fields(self):
        fields = super().action_fields()
        body, on, minutes = (fields.pop(name) for name in ("body", "decided_on", "minutes"))
        return fields | {"decision": Decision(body, on, minutes)}


class PutOnHoldForm(DecidedForm):
    reason = words(gettext_lazy("Why it has to wait"))
    review_on = day(gettext_lazy("Look at it again on"))


class ResumeForm(ActForm):
    reason = words(gettext_lazy("Why it goes on"))


class WithdrawForm(DecidedForm):
    reason = words(gettext_lazy("Why it is withdrawn"))


class TakeDownForm(ActForm):
    reason = words(gettext_lazy("Why it doesn’t take effect"))


class ReopenForm(Undoing):
    reason = words(gettext_lazy("Why it is opened again"))
    put_right_by = day(gettext_lazy("To be put right by"), help_text=PUT_RIGHT)
    field_order = ["reason", "put_right_by", "undone", "undone_measures"]


class ReviewForm(Undoing):
    outcome = forms.ChoiceField(
        label=gettext_lazy("What the review found"), choices=Outcome, widget=forms.RadioSelect
    )
    found = words(gettext_lazy("What you saw, as everyone reads it"))
    companion = forms.CharField(
        label=gettext_lazy("Went along"),
        max_length=AT_MOST,
        required=False,
        help_text=gettext_lazy("A workers’ representative, where one was wanted; it is public."),
    )
    reason = words(
        gettext_lazy("What is still missing"),
        required=False,
        help_text=gettext_lazy("Only where it isn’t done, with the two fields below."),
    )
    put_right_by = day(gettext_lazy("To be put right by"), required=False, help_text=PUT_RIGHT)
    happened_on = happened_on(gettext_lazy("Looked on"))
    field_order = ["outcome", "found", "companion", "reason", "put_right_by"]
    field_order += ["undone", "undone_measures", "happened_on"]

    def fit(self, item):
        super().fit(item)
        if item.list.status == ListStatus.CLOSED:  # it goes on as a whole in another list
            for name in {"undone", "undone_measures"} & self.fields.keys():
                del self.fields[name]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("outcome") != Outcome.UNDONE:
            return cleaned
        if not cleaned.get("reason"):
            self.add_error("reason", _("Write what is still missing."))
        if not cleaned.get("put_right_by") and "put_right_by" not in self.errors:
            self.add_error("put_right_by", _("Write the day until which it is put right."))
        return cleaned


class OpenVerdictForm(ActForm):
    reason = words(gettext_lazy("Why workers are asked once more"))
    ends_on = day(gettext_lazy("Ask until"))


class BringBackForm(ActForm):
    reason = words(gettext_lazy("Why it is opened again"))
    due = day(gettext_lazy("New deadline"))


class AskExtensionForm(ActForm):
    new_due = day(gettext_lazy("New deadline"))
    reason = words(gettext_lazy("Why more time is needed"))


class DecideExtensionForm(DecidedForm):
    buttons = "agreed"
    agreed = forms.TypedChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("yes", gettext_lazy("Agree")), ("no", gettext_lazy("Don’t agree"))],
        coerce=lambda chosen: chosen == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Press one of the buttons below.")},
    )
    new_due = day(
        gettext_lazy("New deadline"),
        required=False,
        help_text=gettext_lazy(
            "Where more time was granted; it may differ from the day asked for."
        ),
    )
    reason = words(gettext_lazy("Why"))

    def fit(self, item):
        self.fields["new_due"].initial = queries.asked_until(item)


class HandOverForm(ActForm):
    duty = forms.ChoiceField(
        label=gettext_lazy("Which duty"),
        choices=[
            ("owner", gettext_lazy("Owner")),
            ("supervisor", gettext_lazy("Supervisor")),
        ],
        widget=forms.RadioSelect,
    )
    to = forms.ModelChoiceField(Post.objects.none(), label=gettext_lazy("To which post"))
    reason = words(gettext_lazy("Why it is handed over"))

    def fit(self, item):
        posts = Post.objects.filter(committee=item.list.committee).order_by("name")
        self.fields["to"].queryset = posts


class SetTaskForm(ActForm):
    text = words(gettext_lazy("What was decided"))
    who = forms.ChoiceField(
        label=gettext_lazy("Who does it"),
        choices=[
            ("owner", gettext_lazy("The owner")),
            ("supervisor", gettext_lazy("The supervisor")),
            ("office", gettext_lazy("The office")),
        ],
        widget=forms.RadioSelect,
    )
    by_when = day(gettext_lazy("By when"))


class UrgeForm(ActForm):
    text = words(gettext_lazy("What you urge"))
    who = forms.ChoiceField(
        label=gettext_lazy("Whom"),
        choices=[
            ("owner", gettext_lazy("The owner")),
            ("supervisor", gettext_lazy("The supervisor")),
        ],
        initial="owner",
        widget=forms.RadioSelect,
    )
    by_when = day(gettext_lazy("To be answered by"))


class FinishTaskForm(ActForm):
    text = words(gettext_lazy("What came of it"))


class EraseWordsForm(ActForm):
    reason = words(
        gettext_lazy("Why they are erased"), help_text=gettext_lazy("Don’t repeat them here.")
    )


# Measures and parts


class UndoMeasuresForm(ActForm):
    measures = measures(gettext_lazy("Measures that aren’t done after all"), required=True)
    reason = words(gettext_lazy("Why they aren’t done"))

    def fit(self, item):
        offer(self, "measures", item, done=True)


class AddPartForm(ActForm):
    title = forms.CharField(label=gettext_lazy("What the part is"), max_length=200)
    title_en = forms.CharField(label=gettext_lazy("In English"), max_length=300, required=False)
    unit = forms.ModelChoiceField(None, label=gettext_lazy("Unit"), required=False)
    start_by = day(gettext_lazy("To be started by"), required=False)
    due = day(gettext_lazy("To be done by"), required=False)
    reason = words(gettext_lazy("Why it is added"))

    def fit(self, item):
        self.fields["unit"].queryset = of_committee(Unit, item.list.committee)

    def repeats(self, entry):
        """Tell whether an entry adds the same part: a form that was sent twice."""
        return entry.words.part == self.cleaned_data["title"]


class PartForm(ActForm):
    """A form about one of the item's parts."""

    part = forms.ModelChoiceField(None, label=gettext_lazy("Which part"))

    def fit(self, item):
        self.fields["part"].queryset = self.choose_from(item.parts.all())

    def choose_from(self, parts):
        """Return those of the parts that it can be about."""
        return parts


class UndoPartForm(PartForm):
    reason = words(gettext_lazy("Why it isn’t done"))

    def choose_from(self, parts):
        return parts.exclude(done_on=None)


class ExtendPartForm(PartForm):
    new_due = day(gettext_lazy("New deadline"))
    reason = words(gettext_lazy("Why more time is needed"))

    def choose_from(self, parts):
        return parts.filter(done_on=None, due__isnull=False)


# Deliveries: what was handed out, and what was taken back


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
        cleaned = super().clean()
        if not any(cleaned.get(name) for name in ("team", "unit", "place")):
            self.add_error("team", _("Name the team or room, the unit or the place."))
        return cleaned

    def repeats(self, entry):
        """Tell whether an entry is the same delivery: a form that was sent twice."""
        row, cleaned = entry.delivery, self.cleaned_data
        return all(getattr(row, n) == cleaned.get(n) for n in ("what", "count", "team", "place"))


class TakeBackForm(ActForm):
    reason = words(gettext_lazy("Why it is taken back"))


# Occasions: what is planned where, that it took place, that it won't


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
        """Tell whether an entry plans the same occasion: a form that was sent twice."""
        row, cleaned = entry.occasion, self.cleaned_data
        return all(getattr(row, name) == cleaned.get(name) for name in ("what", "on", "place"))


class HoldOccasionForm(ActForm):
    text = words(gettext_lazy("What was done"), help_text=gettext_lazy("A line is enough."))
    held_on = happened_on(gettext_lazy("It took place on"))


class CallOffOccasionForm(ActForm):
    reason = words(gettext_lazy("Why it is called off"))

"""A suggestion that came without the form is entered at the desk, one after the other."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items import actions
from items.actions.attached_photos import MOST_AT_ONCE
from items.actions.entered_suggestion import too_many
from items.errors import Refused
from items.models import Category, Committee, Place
from items.suggestion_states import ENTERED
from items.words import day
from welfare.desk import rights
from welfare.desk.fields import happened_on, words
from welfare.desk.lists.forms import offices
from welfare.forms import PhotosField, Plain
from welfare.http import kept_uploads
from welfare.http.form_recovery import recovers

AGAIN = ("committee", "channel", "received_on")  # what the next one out of a box has in common


class EnterSuggestionForm(Plain, forms.Form):
    committee = forms.ModelChoiceField(
        Committee.objects.none(), label=gettext_lazy("Committee"), empty_label=None
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("How it came"),
        choices=[(channel, channel.label) for channel in ENTERED],
    )
    received_on = happened_on(gettext_lazy("On which day"))
    words = words(
        gettext_lazy("What was suggested"),
        rows=6,
        help_text=gettext_lazy("As it was written or said. The office alone reads it."),
    )
    place = forms.ModelChoiceField(None, label=gettext_lazy("Place"), required=False)
    location = forms.CharField(
        label=gettext_lazy("Where it is, in words"), max_length=100, required=False
    )
    category = forms.ModelChoiceField(None, label=gettext_lazy("Category"), required=False)
    name = forms.CharField(
        label=gettext_lazy("Who suggested it, if they want to be known"),
        max_length=50,
        required=False,
    )
    contact = forms.CharField(
        label=gettext_lazy("How to reach them"), max_length=100, required=False
    )
    photos = PhotosField(
        label=gettext_lazy("Photos of the paper, up to three"),
        required=False,
        help_text=gettext_lazy(
            "Only whoever reads the words sees them; they are never public, and go when the words"
            " are erased."
        ),
    )
    field_order = ["committee", "channel", "received_on", "words", "photos"]

    def __init__(self, *args, committees, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["committee"].queryset = committees
        self.initial.setdefault("committee", committees[0].pk)
        if len(committees) == 1:
            self.fields["committee"].widget = forms.HiddenInput()
        for name, model in [("place", Place), ("category", Category)]:
            rows = model.objects.filter(committee__in=committees.order_by().values("pk"))
            self.fields[name].queryset = rows.order_by("committee", "name")
            if not rows.exists():
                del self.fields[name]

    def clean_photos(self):
        photos = self.cleaned_data["photos"]
        if len(photos) > MOST_AT_ONCE:
            raise forms.ValidationError(too_many())
        return photos


@recovers(EnterSuggestionForm)
def enter_suggestion(request):
    """Show the form, and enter what was written into it; what was typed is kept."""
    committees = offices(request.user)
    why_not = "" if committees else _("Only the office of a committee enters suggestions.")
    if request.method != "POST" and why_not:
        return form_page(request, None, 403, why_not=why_not)
    rights.refuse(why_not)
    if request.method != "POST":
        form = EnterSuggestionForm(initial=before(request), committees=committees)
        return form_page(request, form, 200)
    keeper = kept_uploads.keeper_of(request)
    files = kept_uploads.files_of(request, EnterSuggestionForm, keeper)
    form = EnterSuggestionForm(request.POST, files, committees=committees)
    if not form.is_valid():
        kept_uploads.come_back(form, keeper)
        return form_page(request, form, 422)
    try:
        entered = actions.enter_suggestion(by=request.user, **form.cleaned_data)
    except Refused as refused:
        form.say_refused(refused)
        kept_uploads.come_back(form, keeper, refused.sentences)
        return form_page(request, form, 403)
    told = {"day": day(entered.answer_by)}
    messages.success(request, _("Entered. Its answer is due by %(day)s.") % told)
    again = {name: form[name].data for name in AGAIN}
    return redirect(f"{reverse('desk:enter_suggestion')}?{urlencode(again)}")


def before(request):
    """Return what the suggestion that was entered before has in common with the next."""
    return {name: request.GET[name] for name in AGAIN if name in request.GET}


def form_page(request, form, status, **extra):
    context = {"at": "suggestions", "form": form, **extra}
    return render(request, "desk/enter_suggestion.html", context, status=status)

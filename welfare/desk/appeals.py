"""Appeals against answers to suggestions: the pages of whoever holds a post for reviews."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from items import actions, queries
from items.suggestion_states import AppealOutcome
from welfare.desk.fields import words
from welfare.desk.suggestions.by_others import ByOthers
from welfare.desk.suggestions.forms import SuggestionForm
from welfare.http.form_recovery import recovers


class AnswerAppealForm(SuggestionForm):
    outcome = forms.ChoiceField(
        label=_("Your answer"),
        choices=AppealOutcome,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say whether the answer stands, or the office has to answer anew.")
        },
    )
    text = words(_("Your reason; the suggester reads it"))


ANSWERING = ByOthers(
    verb="answer_appeal",
    form=AnswerAppealForm,
    act=actions.answer_appeal,
    is_theirs=queries.reviews_at_all,
    find=queries.appealed,
    waiting=queries.appeals,
    name="appeal",
    names="appeals",
    page="desk/appeal.html",
    list_page="desk/appeals.html",
    done=_("Answered. The suggester reads it with the code."),
)


@require_safe
def appeals(request):
    """Show those that wait to whoever answers them."""
    return ANSWERING.show_all(request)


@recovers(AnswerAppealForm)
def answer_appeal(request, pk):
    """Show an appeal beside what was suggested and answered; take its answer in."""
    return ANSWERING.do(request, pk)

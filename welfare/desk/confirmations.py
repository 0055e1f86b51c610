"""What the office says is done at once: the pages of the supervisors who confirm it."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from items import actions, queries
from items.suggestion_states import Found
from welfare.desk.fields import words
from welfare.desk.suggestions.by_others import ByOthers
from welfare.desk.suggestions.forms import SuggestionForm
from welfare.http.form_recovery import recovers


class CheckSettledForm(SuggestionForm):
    found = forms.ChoiceField(
        label=_("Is it done?"),
        choices=Found,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it is done.")},
    )
    text = words(_("What you found; the suggester reads it"))


CONFIRMING = ByOthers(
    verb="check_settled",
    form=CheckSettledForm,
    act=actions.check_settled,
    is_theirs=queries.supervises_at_all,
    find=queries.said_done,
    waiting=queries.to_confirm,
    name="said",
    names="to_confirm",
    page="desk/check_settled.html",
    list_page="desk/to_confirm.html",
    done=_("Written down. The suggester reads it with the code."),
)


@require_safe
def to_confirm(request):
    """Show what waits to whoever confirms it."""
    return CONFIRMING.show_all(request)


@recovers(CheckSettledForm)
def check_settled(request, pk):
    """Show what the office says was done; take in what the supervisor found."""
    return CONFIRMING.do(request, pk)

"""Appeals (申诉): a suggester asks for another look, and the post for reviews answers."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from items.actions.step import (
    acting_on_suggestion,
    leave_other,
    refuse_personal_data,
    short,
    stop_showing,
    write_step,
)
from items.actions.validation import need
from items.errors import Refused
from items.models import Appeal, Person, Suggestion, SuggestionEntry
from items.models.versioned import lock
from items.suggestion_states import (
    APPEALABLE,
    AppealOutcome,
    SuggestionStatus,
    SuggestionVerb,
)

DAYS = timedelta(14)  # in which an appeal is answered


@transaction.atomic
def appeal(suggestion: Suggestion, *, words: str, today: date | None = None) -> None:
    """Appeal, as the one who has the code, once against an answer; only who reviews reads it."""
    words = short(need(words, _("Write why the answer isn’t right.")))
    lock(suggestion)
    if refusal := why_not_appealed(suggestion):
        raise Refused(refusal)
    refuse_personal_data(words)
    day = today or timezone.localdate()
    # Up to which step the answer goes, where it was given to the one it was put together with
    facts = {"answered_at": suggestion.root.last_seq}
    told: dict[str, Any] = {"text": words, "to_suggester": True, "facts": facts}
    write_step(suggestion, SuggestionVerb.APPEAL, day=day, **told)
    Appeal.objects.create(suggestion=suggestion, opened_on=day, due=day + DAYS)
    suggestion.save()


def why_not_appealed(suggestion: Suggestion) -> str:
    """Say why its suggester can't appeal against the answer; "" when they can."""
    if suggestion.root.status not in APPEALABLE:
        return _("Only “not adopted” and “done at once” can be appealed against.")
    if Appeal.objects.filter(suggestion=suggestion.pk).exists():
        return _("You have appealed already. That is possible once.")
    return ""


def answer_appeal(
    suggestion: Suggestion,
    *,
    by: Person,
    outcome: str,
    text: str,
    now: datetime | None = None,
) -> SuggestionEntry:
    """Answer an appeal: the answer stands, or the office has to answer anew; both with a reason.

    What is to be answered anew waits again, also where it was put together with another one.
    """
    text = need(text, _("Write your reason; the suggester reads it."))
    if outcome not in AppealOutcome.values:
        raise Refused(_("Say whether the answer stands, or the office has to answer anew."))
    with acting_on_suggestion("answer_appeal", suggestion, by=by, now=now) as act:
        facts: dict[str, str | int] = {"outcome": outcome}
        if outcome == AppealOutcome.ANEW:
            facts |= leave_other(suggestion)
            stop_showing(suggestion)
        target = SuggestionStatus.RECEIVED if outcome == AppealOutcome.ANEW else ""
        step = act.write(text, facts=facts, to_suggester=True, target=target)
        row = Appeal.objects.open().get(suggestion=suggestion.pk)
        row.outcome, row.ended_on = outcome, act.today
        row.save()
    return step

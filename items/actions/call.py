"""Calls for suggestions: drawn up, issued to everyone, and ended early if need be."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from items.actions.validation import checked, need
from items.errors import Refused
from items.models import Call, Committee, Person
from items.models.versioned import lock
from items.privacy import personal_data
from items.rules import why_not
from items.suggestion_states import CallStatus


@transaction.atomic
def write_call(
    committee: Committee, *, by: Person, call: Call | None = None, **fields: Any
) -> Call:
    """Draw up a call, or change the draft of one; `fields` are its columns.

    The same new call sent twice is one draft: the second time the first is returned.
    """
    is_new = call is None
    call = call or Call(committee=committee)
    if is_new:
        Committee._base_manager.select_for_update(no_key=True).get(pk=committee.pk)
    else:
        lock(call)
    if refusal := why_not("write_call", by, call):
        raise Refused(refusal)
    for name, value in fields.items():
        setattr(call, name, value)
    _refuse_days(call)
    checked(call)
    if is_new and (twin := _twin(call, fields)):
        return twin
    call.save()
    return call


def _twin(call: Call, fields: dict[str, Any]) -> Call | None:
    """Return the draft that says the same: a button that was pressed again."""
    said = {name: getattr(call, name) for name in fields}
    drafts = Call.objects.filter(committee=call.committee, status=CallStatus.DRAFT)
    return drafts.filter(**said).first()


def issue_call(call: Call, *, by: Person, yes: bool = False, now: datetime | None = None) -> Call:
    """Issue a call to all workers: from now on it is public, and its words stay."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    with transaction.atomic():
        _lock_for("issue_call", call, by, today)
        if call.closes_on < today:
            raise Refused(_("Its last day has passed already. Give it a later one."))
        call.facts = personal_data.ask(*(getattr(call, name) for name in SHOWN), yes=yes)
        call.status, call.issued_on, call.issued_by = CallStatus.ISSUED, today, by
        call.save()
    return call


def end_call(
    call: Call, *, by: Person, reason: str, yes: bool = False, now: datetime | None = None
) -> Call:
    """End a call before its last day; everyone reads why."""
    reason = need(reason, _("Write why it ends early; everyone will read it."))
    today = timezone.localdate(now or timezone.now())
    with transaction.atomic():
        _lock_for("end_call", call, by, today)
        call.status, call.ended_on, call.ended_by = CallStatus.ENDED, today, by
        call.ended_why = reason
        call.facts |= personal_data.ask(reason, yes=yes)
        call.save()
    return call


SHOWN = ["title", "title_en", "purpose", "purpose_en", "issuer", "issuer_en"]


def _lock_for(verb: str, call: Call, by: Person, today: date) -> None:
    lock(call)
    if refusal := why_not(verb, by, call, today=today):
        raise Refused(refusal)


def _refuse_days(call: Call) -> None:
    days = [call.opens_on, call.closes_on, call.answer_by]
    if days != sorted(days):
        raise Refused(_("The days must follow each other: from, until, answers until."))

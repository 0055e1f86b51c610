"""Leaders' visits: written down in public, and what was heard may become suggestions at once."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from items.actions.step import short
from items.actions.validation import need
from items.errors import Conflict, Refused
from items.ledger import not_in_future
from items.models import Person, Place, Post, SiteVisit, Suggestion
from items.privacy import personal_data
from items.rules import why_not
from items.suggestion_states import Channel

MOST_MATTERS = 20  # suggestions out of one visit


@transaction.atomic
def log_site_visit(
    post: Post,
    *,
    by: Person,
    went_on: date,
    heard: str,
    place: Place | None = None,
    location: str = "",
    matters: list[str] | tuple[str, ...] = (),
    yes: bool = False,
    now: datetime | None = None,
) -> SiteVisit:
    """Write down where a leader went and what they heard; it is public at once.

    Each of `matters` becomes a suggestion of its own, which the office answers as any other.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    visit = SiteVisit(committee=post.committee, post=post, place=place, written_by=by)
    if refusal := why_not("log_site_visit", by, visit, today=today):
        raise Refused(refusal)
    visit.went_on, visit.written_at = not_in_future(went_on, today), now
    visit.heard = short(need(heard, _("Write what was heard.")))
    visit.location = location.strip()[:100]
    _refuse_nowhere(visit)
    visit.name = _went(post, went_on).name
    _refuse_twice(visit)
    visit.facts = personal_data.ask(visit.heard, visit.location, yes=yes)
    visit.save()
    _keep(visit, [short(words.strip()) for words in matters if words.strip()], today)
    return visit


@transaction.atomic
def withdraw_visit(
    visit: SiteVisit,
    *,
    by: Person,
    reason: str,
    erase: bool = False,
    yes: bool = False,
    now: datetime | None = None,
) -> SiteVisit:
    """Say openly that a visit was written down wrongly; with `erase` its words are gone for good.

    The suggestions that came of it stay, and are answered.
    """
    today = timezone.localdate(now or timezone.now())
    visit = SiteVisit.objects.select_for_update(no_key=True, of=("self",)).get(pk=visit.pk)
    if refusal := why_not("withdraw_visit", by, visit, today=today):
        raise Conflict(refusal) if visit.withdrawn_on else Refused(refusal)
    visit.withdrawn_on, visit.withdrawn_by = today, by
    visit.withdrawn_why = need(
        reason, _("Write why the visit is withdrawn; everyone will read it.")
    )
    visit.facts |= personal_data.ask(visit.withdrawn_why, yes=yes)
    visit.heard = "" if erase else visit.heard
    visit.save()
    return visit


def _refuse_nowhere(visit: SiteVisit) -> None:
    if not visit.where:
        raise Refused(_("Choose the place, or write where it was."))
    if visit.place and visit.place.committee_id != visit.committee_id:
        raise Refused(_("“%s” belongs to another committee.") % visit.place)


def _went(post: Post, day: date) -> Person:
    person = post.holder(day)
    if person is None:
        raise Refused(_("Nobody held “%s” on that day. Look at the day, or at the post.") % post)
    return person


def _refuse_twice(visit: SiteVisit) -> None:
    """Refuse what was sent twice: a button that was pressed again."""
    what = ("post", "went_on", "place", "location", "heard", "written_by")
    same = {name: getattr(visit, name) for name in what}
    if SiteVisit.objects.filter(withdrawn_on=None, **same).exists():
        raise Refused(_("You have written this visit down already."))


def _keep(visit: SiteVisit, matters: list[str], today: date) -> None:
    if len(matters) > MOST_MATTERS:
        raise Refused(_("At most %s suggestions come out of one visit.") % MOST_MATTERS)
    soon = today + timedelta(days=visit.committee.answer_within_days)
    for words in matters:
        Suggestion.objects.create(
            committee=visit.committee,
            visit=visit,
            channel=Channel.VISIT,
            words=words,
            place=visit.place,
            location=visit.location,
            received_on=visit.went_on,
            answer_by=soon,
        )

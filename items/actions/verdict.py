"""The workers' verdict: its rounds, an answer, and the counts of the days that are over.

A worker answers without an account, and nothing that is kept leads back. What was answered today is
counted tomorrow, so that no count tells a minute.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from items.actions.validation import need
from items.errors import Refused
from items.ledger import Act, acting
from items.models import (
    Answered,
    Entry,
    Item,
    ItemList,
    Person,
    Verdict,
    VerdictCount,
    VerdictRound,
)
from items.models.verdict import EndedWhy
from items.states import Grade, ListStatus, Status
from items.words import day as in_words

LONGEST = 90  # days in which the office can ask: a survey has an end

# Rounds


def open_round(act: Act, ends_on: date | None = None) -> VerdictRound | None:
    """Ask the workers about an item from now on, once the act's entry is written.

    Nobody is asked about help for families. A round that is open already goes on.
    """
    item = act.item
    if item.hardship or item.verdict_rounds.open(act.today).exists():
        return None
    return VerdictRound.objects.create(
        item=item, entry=act.entry, opened_on=act.today, ends_on=ends_on
    )


def open_verdict(
    item: Item,
    *,
    by: Person,
    reason: str,
    ends_on: date,
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Ask the workers about an item once more, until a day."""
    reason = need(reason, _("Write why workers are asked once more."))
    with acting("open_verdict", item, by=by, now=now, yes=yes) as act:
        if not act.today < ends_on <= act.today + timedelta(days=LONGEST):
            raise Refused(
                _("Choose a day that lies ahead, at most %(most)d days.") % {"most": LONGEST}
            )
        if item.hardship:
            raise Refused(_("Help for families in difficulty isn’t judged in public."))
        if item.verdict_rounds.open(act.today).exists():
            raise Refused(_("Workers are asked already. Wait until that has ended."))
        act.write(reason, facts={"verdict_until": ends_on.isoformat()})
        open_round(act, ends_on)
        act.tell(item.owner_post, item.supervisor_post)
    return act.entry


def set_end_of_round(act: Act) -> None:
    """Let the round of a claim that is signed off end so many days later."""
    last = act.today + timedelta(days=settings.VERDICT_DAYS)
    _open_rounds(act).filter(ends_on=None).update(ends_on=last)


def end_round(act: Act, why: EndedWhy) -> None:
    """End an item's round today, with the act's entry; what was answered stays."""
    end_round_of(act.item, why, act.today)


def end_round_of(item: Item, why: EndedWhy, today: date) -> None:
    """End an item's round, once the entry with which it ends is written."""
    item.verdict_rounds.open(today).update(ends_on=today, ended_why=why)


def end_rounds_of_year(item_list: ItemList, today: date) -> int:
    """End the rounds of a list that is being closed, whose entry is written; return how many."""
    rounds = VerdictRound.objects.open(today).filter(item__list=item_list)
    return rounds.update(ends_on=today, ended_why=EndedWhy.YEAR)


def _open_rounds(act: Act) -> QuerySet[VerdictRound]:
    return act.item.verdict_rounds.open(act.today)


# Answers


def give_verdict(
    item: Item,
    *,
    grade: str,
    browser: str,
    verified: bool = True,
    from_wall: bool = False,
    now: datetime | None = None,
) -> date:
    """Keep what a worker says of an item, and return the day for which it counts.

    `browser` are the random bits by which a browser is known, and answers once in a round. What
    isn't `verified` is counted apart. Raise `Refused` where it can't be taken, and nothing is kept.
    """
    if grade not in Grade.values:
        raise Refused(_("Choose one of the four answers."))
    with transaction.atomic():
        # Counting takes the same lock: no answer comes to a day that has been counted.
        row = item.verdict_rounds.select_for_update(no_key=True).first()
        today = timezone.localdate(now or timezone.now())
        if refusal := why_no_verdict(item, row, today):
            raise Refused(refusal)
        assert row is not None  # else it was refused
        try:
            with transaction.atomic():
                Answered.objects.create(round=row, digest=_digest(browser, row))
        except IntegrityError:
            raise Refused(
                _("You have answered already in these days, on this phone. Once is counted.")
            ) from None
        Verdict(round=row, day=today, grade=grade, verified=verified, from_wall=from_wall).save()
    return today


def _digest(browser: str, row: VerdictRound) -> str:
    """Return what stands for a browser in a round, and tells nothing of either without the key."""
    return salted_hmac("items.verdict", f"{row.pk}\0{browser}", algorithm="sha256").hexdigest()


def why_no_verdict(item: Item, row: VerdictRound | None, today: date) -> str:
    """Say why nobody can answer about an item now, whose latest round is `row`; "" if they can."""
    if item.status == Status.DRAFT or item.list.status == ListStatus.DRAFT:
        return _("That item isn’t published.")
    if item.hardship:
        return _("Help for families in difficulty isn’t judged in public.")
    if row is None or row.opened_on > today:
        return _("Nobody is asked about this item now. You can still tell the office how it looks.")
    if row.is_open(today):
        return ""
    assert row.ends_on is not None  # else it is open
    last = {"day": in_words(row.ends_on)}
    if row.ended_why:
        why = EndedWhy(row.ended_why).label
        return _("Answers were taken until %(day)s: %(why)s.") % (last | {"why": why})
    return _("Answers were taken until %(day)s. You can still tell the office how it looks.") % last


# Once a day


def count_verdicts(today: date) -> int:
    """Count what was answered on earlier days and isn't counted yet; return how many answers."""
    counted = VerdictCount.objects.filter(round=OuterRef("round"), day=OuterRef("day"))
    waiting = Verdict.objects.filter(~Exists(counted), day__lt=today)
    return sum(_count(key, today) for key in waiting.values_list("round", flat=True).distinct())


@transaction.atomic
def _count(key: int, today: date) -> int:
    """Count a round's days before today, while nobody answers in it."""
    row = VerdictRound.objects.select_for_update(no_key=True).get(pk=key)
    before = row.counts.values("day")
    rows = row.verdicts.filter(day__lt=today).exclude(day__in=before)
    groups = rows.values("day", "grade", "verified", "from_wall").annotate(number=Count("pk"))
    return sum(
        VerdictCount.objects.create(round=row, **group).number
        for group in groups.order_by("day", "grade", "verified", "from_wall")
    )


def forget_answered(today: date) -> int:
    """Forget which browsers answered in rounds that are over; return how many they were."""
    deleted, _kinds = Answered.objects.exclude(round__in=VerdictRound.objects.open(today)).delete()
    return deleted

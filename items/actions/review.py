"""Reviews (复查): what workers say opens them, once a day, and a public answer ends them."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from items.actions.check import put_back_to_work
from items.actions.validation import need, short
from items.actions.year import running_list, write_brought_back
from items.errors import Refused
from items.ledger import Act, ActOnBoth, acting, acting_on_both, not_in_future
from items.models import Entry, Item, Measure, Part, Person, Review, Suggestion, VerdictRound
from items.models.review import FEWEST, Cause
from items.rules.around import around
from items.rules.reviewing import is_free, reviewer_of
from items.rules.working_days import working_day_after
from items.states import AGAIN, DOUBTS, ListStatus, Outcome, Status, Verb
from items.suggestion_states import SuggestionStatus

DAYS = 7  # working days in which a review is answered
YEAR = 366  # days, for which everyone can say that it broke again
SAID_DONE = (Status.PENDING_CHECK, Status.RESOLVED)

# The answer


def review_item(
    item: Item,
    *,
    by: Person,
    outcome: str,
    found: str,
    companion: str = "",
    reason: str = "",
    put_right_by: date | None = None,
    undone: Sequence[Part] = (),
    undone_measures: Sequence[Measure] = (),
    happened_on: date | None = None,
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Answer the item's open review in public: what was found, and who went along.

    What isn't done after all is sent back or opened again with the same act, for a `reason`, with
    the day until which it is put right; the old sign-off stays in the ledger for ever. Of a closed
    year it goes on in the list that runs, as a whole, and the closed list stays as it is.
    """
    found = need(found, _("Write what you found."))
    if outcome not in Outcome.values:
        raise Refused(_("Say what the review found: put right, not done, or not borne out."))
    if outcome == Outcome.UNDONE:
        reason = need(reason, _("Write what is still missing."))
        if put_right_by is None:
            raise Refused(_("Write the day until which it is put right."))
    elif undone or undone_measures:
        raise Refused(_("What isn’t done after all goes with “not done”."))
    who: dict[str, Any] = {"by": by, "now": now, "yes": yes}
    said = (outcome, found, short(companion.strip()))
    if outcome == Outcome.UNDONE and goes_on_elsewhere(item):
        assert put_right_by is not None  # else it was refused
        if undone or undone_measures:
            raise Refused(
                _("Its year is closed, so that it goes on as a whole: tick no part of it.")
            )
        into = running_list(item)
        if into is None:
            raise Refused(no_list_to_go_on())
        with acting_on_both("review", item, into, **who) as both:
            day = not_in_future(happened_on or both.today, both.today)
            _write_answer(both, *said, day)
            write_brought_back(both, into, reason, put_right_by)
        return both.entry
    with acting("review", item, **who, happened_on=happened_on) as act:
        post = _write_answer(act, *said, act.happened_on)
        act.tell(item.owner_post, item.supervisor_post)
        if outcome == Outcome.UNDONE and _stands_as_done(item):
            assert put_right_by is not None  # else it was refused
            act.settle()
            put_back_to_work(act, reason, put_right_by, undone, undone_measures, **post)
    return act.entry


def goes_on_elsewhere(item: Item) -> bool:
    """Tell whether an item that isn't done goes on in another list: its own is closed."""
    return item.list.status == ListStatus.CLOSED and _resolved().filter(pk=item.pk).exists()


def no_list_to_go_on() -> str:
    """Say why what a closed year counts as resolved can't be found undone now."""
    return _(
        "Its list is closed and no other one runs, so that it could go on nowhere. The review stays"
        " open, for everyone to see, until the office has published the next list."
    )


def _stands_as_done(item: Item) -> bool:
    return item.status in SAID_DONE and item.list.status == ListStatus.PUBLISHED


def _write_answer(
    act: Act | ActOnBoth, outcome: str, found: str, companion: str, day: date
) -> dict[str, Any]:
    """Write what was found, and let it end the open review; return the words of its post."""
    row = act.item.reviews.open().select_for_update(of=("self",), no_key=True).get()
    if day < row.opened_on:
        sentence = _("The review was opened on %s. Choose that day or a later one.")
        raise Refused(sentence % row.opened_on.isoformat())
    assert row.post is not None  # else nobody could have been asked
    facts = {"outcome": outcome} | row.kept_facts()
    post: dict[str, Any] = {"post": row.post.name, "post_en": row.post.name_en}
    row.entry = act.write(found, facts=facts, evidence=companion, happened_on=day, **post)
    row.save()
    return post


# Once a day


def open_reviews(today: date) -> int:
    """Open the reviews for which earlier days gave a cause; return how many.

    Those that are open and whose post isn't free any more go to another one.
    """
    for row in Review.objects.open().select_related("item__list__committee", "post"):
        _keep_free(row, today)
    return sum(_open(*cause, today) for cause in [*_causes(today)])


def _causes(today: date) -> Iterator[tuple[int, int | None, Cause]]:
    """Yield what opens a review: an item, a round, and why."""
    for row in _rounds().filter(Exists(_words(today))):
        yield row.item_id, row.pk, Cause.WORDS
    for row in _rounds().filter(Exists(_too_many_doubts())):
        yield row.item_id, row.pk, Cause.SHARE
    for key in _broken_again(today):
        yield key, None, Cause.AGAIN
    for key in _risen(today):
        yield key, None, Cause.RISE


def _rounds() -> QuerySet[VerdictRound]:
    """Return the rounds that can have a review: of what is said to be done, and openly so."""
    rows = VerdictRound.objects.filter(
        reviews=None,
        ended_why="",
        item__status__in=SAID_DONE,
        item__hardship=False,
        item__list__status=ListStatus.PUBLISHED,
    )
    return rows.order_by("pk")


def _said(today: date) -> QuerySet[Suggestion]:
    """Return what was written before today, and neither waits in moderation nor was taken back."""
    rows = Suggestion.objects.counted().filter(received_on__lt=today)
    return rows.exclude(status=SuggestionStatus.TAKEN_BACK)


def _words(today: date) -> QuerySet[Suggestion]:
    """Return the words of a round that say it isn’t done."""
    return _said(today).filter(
        about=OuterRef("item"),
        grade__in=DOUBTS,
        received_on__gte=OuterRef("opened_on"),
        received_on__lte=Coalesce(OuterRef("ends_on"), F("received_on")),
    )


def words_behind(row: Review) -> QuerySet[Suggestion]:
    """Return what workers wrote for which a review is open: all of it that still has words."""
    rows = Suggestion.objects.counted().filter(about=row.item_id, grade__in=[*DOUBTS, AGAIN])
    since = row.round.opened_on if row.round else row.opened_on - timedelta(YEAR)
    rows = rows.exclude(words="").filter(received_on__gte=since)
    return rows.order_by("received_on", "pk")


def _too_many_doubts() -> QuerySet[VerdictRound]:
    """Return a round itself, when its counts are enough and say too often that it isn’t done."""
    counted = Q(counts__verified=True)
    rows = VerdictRound.objects.filter(pk=OuterRef("pk")).order_by()
    rows = rows.annotate(
        said=Sum("counts__number", filter=counted, default=0),
        doubts=Sum("counts__number", filter=counted & Q(counts__grade__in=DOUBTS), default=0),
    )
    too_many = F("said") * F("item__list__committee__review_share")
    return rows.annotate(much=F("doubts") * 100).filter(said__gte=FEWEST, much__gt=too_many)


def _broken_again(today: date) -> QuerySet[Item, int]:
    """Return the resolved items that somebody wrote to be broken again since the last review."""
    since = Review.objects.filter(item=OuterRef("about"), opened_on__gt=OuterRef("received_on"))
    words = _said(today).filter(~Exists(since), grade=AGAIN, about=OuterRef("pk"))
    signed = OuterRef("signed_off_on")
    words = words.filter(received_on__gte=signed, received_on__lte=signed + timedelta(YEAR))
    return _resolved().filter(Exists(words)).values_list("pk", flat=True)


def _resolved() -> QuerySet[Item]:
    """Return what counts as resolved, in closed years too, unless it goes on in a later one."""
    goes_on = Item.objects.published().filter(carried_from=OuterRef("pk"))
    rows = Item.objects.filter(
        ~Exists(goes_on.order_by()),
        status=Status.RESOLVED,
        hardship=False,
        list__status__in=[ListStatus.PUBLISHED, ListStatus.CLOSED],
    )
    return rows.order_by("pk")


def _risen(today: date) -> Iterator[int]:
    """Yield the resolved items of which more was suggested after their sign-off than before it.

    Each sign-off has one review of that kind; what was brought in as resolved has none.
    """
    items = _resolved().filter(signed_off_on__gte=today - timedelta(YEAR))
    signed = _sign_offs(items)
    looked_at = Review.objects.filter(sign_off__in=signed.values()).values_list("item", flat=True)
    waiting = signed.keys() - set(looked_at)
    for key, heard in around(items.filter(pk__in=waiting), today).items():
        if heard.rose:
            yield key


def _sign_offs(items: QuerySet[Item]) -> dict[int, Entry]:
    """Return by item the latest entry with which a supervisor signed it off here."""
    rows = Entry.objects.filter(item__in=items.order_by(), verb=Verb.SIGN_OFF).order_by("seq")
    return {row.item_id: row for row in rows if row.item_id}


@transaction.atomic
def _open(key: int, round_key: int | None, cause: Cause, today: date) -> bool:
    """Open a review, unless one of the item, or of the round, is there by now."""
    rows = Item.objects.select_related("list__committee").select_for_update(of=("self",))
    item = rows.get(pk=key)
    still = _rounds().filter(pk=round_key) if round_key else _resolved().filter(pk=key)
    if item.reviews.open().exists() or not still.exists():
        return False
    rise: dict[str, Any] = {}
    if cause == Cause.RISE and not (rise := _rise(item, today)):
        return False
    due, (post, drawn) = working_day_after(today, DAYS), reviewer_of(item, today)
    Review.objects.create(
        item=item,
        round_id=round_key,
        cause=cause,
        opened_on=today,
        due=due.day,
        without_calendar=bool(due.unknown_years),
        post=post,
        drawn=drawn,
        **rise,
    )
    return True


def _rise(item: Item, today: date) -> dict[str, Any]:
    """Return the sign-off after which more was suggested, with the counts as of now; if it is."""
    heard = around([item], today).get(item.pk)
    if heard is None or not heard.rose:
        return {}
    sign_off = _sign_offs(Item.objects.filter(pk=item.pk))[item.pk]
    return {"sign_off": sign_off, "heard_before": heard.before, "heard_after": heard.after}


@transaction.atomic
def _keep_free(row: Review, today: date) -> None:
    """Let an open review go to another post where its own isn't free any more, or it has none."""
    if row.post and is_free(row.post, row.item, today):
        return
    post, drawn = reviewer_of(row.item, today)
    if post and post != row.post:
        Review.objects.open().filter(pk=row.pk).update(post=post, drawn=drawn)

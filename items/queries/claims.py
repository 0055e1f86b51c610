"""What was claimed and what was found on a list, and what workers said before and after."""

from collections.abc import Iterable
from datetime import date

from items import public
from items.models import Entry, Item, ItemList
from items.models.review import BESIDE, MORE
from items.public.claims import Found, Outcome
from items.queries.paging import nearest
from items.queries.rows import list_at
from items.rules.around import Around, around
from items.states import OPEN, Status

PAGE = 100  # claims
AGAIN = "again"  # those that passed, and were to be done again

Step = tuple[int, str, str, date]  # an item's key, its status before and after, the day


def claims_page(slug: str, today: date, page: int = 1, of: str = "") -> public.ClaimsPage | None:
    """Return what was claimed and found on a published list; None where there is no such list.

    `of` is the number whose claims are shown: a `Found` value or "again"; any other means all.
    """
    item_list = list_at(slug)
    if item_list is None:
        return None
    today = item_list.as_of(today)
    outcomes = outcomes_of(item_list)
    of = of if of in (*Found.values, AGAIN) else ""
    shown = [outcome for outcome in outcomes if _is_of(outcome, of)]
    page, pages = nearest(page, len(shown), PAGE)
    shown = shown[(page - 1) * PAGE : page * PAGE]
    items = Item.objects.in_bulk({outcome.item for outcome in shown})
    return public.ClaimsPage(
        head=public.head(item_list),
        counts=public.counts_of(outcomes),
        of=of,
        claims=tuple(_claimed(outcome, items[outcome.item]) for outcome in shown),
        heard=heard(item_list, today),
        days=BESIDE.days,
        more=MORE,
        as_of=today,
        page=page,
        pages=pages,
    )


def _is_of(outcome: Outcome, of: str) -> bool:
    return outcome.again_on is not None if of == AGAIN else of in ("", outcome.found)


def _claimed(outcome: Outcome, item: Item) -> public.Claimed:
    return public.Claimed(
        number=item.number,
        title=item.title_words,
        claimed_on=outcome.claimed_on,
        found=outcome.found.value,
        label=str(outcome.found.label),
        found_on=outcome.found_on,
        again_on=outcome.again_on,
    )


def claim_counts(item_list: ItemList) -> public.ClaimCounts:
    """Return how often owners of a list claimed, and what was found."""
    return public.counts_of(outcomes_of(item_list))


def outcomes_of(item_list: ItemList) -> list[Outcome]:
    """Return a list's claims in list order, each item's in the order of the ledger."""
    moves = Entry.objects.public().filter(list=item_list, item__isnull=False)
    moves = moves.exclude(status_to="").order_by("item__number", "seq")
    return outcomes(moves.values_list("item", "status_from", "status_to", "happened_on"))


def outcomes(steps: Iterable[Step]) -> list[Outcome]:
    """Return the claims among the steps of items, and what became of each.

    A hold lets a claim wait. What was claimed on another list, and carried over, is that one's.
    """
    claims: list[Outcome] = []
    latest: dict[int, Outcome] = {}
    for item, before, after, day in steps:
        claim = latest.get(item)
        if after == Status.PENDING_CHECK and before in OPEN - {Status.PENDING_CHECK}:
            latest[item] = Outcome(item, day)
            claims.append(latest[item])
        elif claim and claim.found == Found.WAITING and (found := FOUND.get((before, after))):
            claim.found, claim.found_on = found, day
        elif claim and claim.found == Found.PASSED and before == Status.RESOLVED != after:
            claim.again_on = claim.again_on or day
    return claims


# What a claim that waits comes to, by the item's status before and after
FOUND = {
    (Status.PENDING_CHECK, Status.RESOLVED): Found.PASSED,
    (Status.PENDING_CHECK, Status.IN_PROGRESS): Found.SENT_BACK,
    (Status.PENDING_CHECK, Status.WITHDRAWN): Found.WITHDRAWN,
    (Status.ON_HOLD, Status.WITHDRAWN): Found.WITHDRAWN,
}


def heard(item_list: ItemList, today: date) -> tuple[public.Heard, ...]:
    """Return by resolved item the suggestions on its place and category around its sign-off.

    Only items of which anybody said anything; what came in today isn't counted yet.
    """
    rows = item_list.items.filter(status=Status.RESOLVED).order_by("number")
    items = {item.pk: item for item in rows}
    told = around(items.values(), today).items()
    return tuple(_heard(items[key], heard, today) for key, heard in told if any(heard))


def _heard(item: Item, heard: Around, today: date) -> public.Heard:
    done = item.signed_off_on
    assert done  # else nothing is heard around it
    return public.Heard(
        number=item.number,
        title=item.title_words,
        signed_off_on=done,
        before=heard.before,
        after=heard.after,
        days_after=min(BESIDE, today - done).days,
    )

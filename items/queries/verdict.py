"""The workers' verdict on an item: its rounds, their counts, and released words."""

from collections.abc import Iterable
from datetime import date

from items import public
from items.actions.verdict import why_no_verdict
from items.compiled_queries import compiled_query
from items.models import Entry, Item, Suggestion, VerdictCount, VerdictRound
from items.queries.assessments import judgements_of
from items.queries.review import reviews_of
from items.queries.suggestions import public_item
from items.states import ASKS_WORKERS


def verdict_page(slug: str, number: int, today: date) -> tuple[Item, public.VerdictPage] | None:
    """Return a published item, and the page on which it is judged; None when there is none."""
    item = public_item(f"{slug}/{number}")
    if item is None:
        return None
    rows = [] if item.hardship else _verdict_rounds(item.pk)
    page = public.VerdictPage(
        addressee=public.addressee(item.list.committee),
        item=public.item_links([item])[0][0],
        rounds=_with_counts(item, rows, today),
        refusal=why_no_verdict(item, rows[0] if rows else None, today),
        hardship=item.hardship,
        reviews=() if item.hardship else reviews_of(item, today),
    )
    return item, page


def verdicts_of(
    item: Item, entries: Iterable[Entry], today: date
) -> tuple[public.VerdictRound, ...]:
    """Return the rounds of an item with what was counted, the latest first.

    `entries` are those of the item: a round opens with one, so that most items ask nothing more.
    """
    if item.hardship or not any(entry.verb in ASKS_WORKERS for entry in entries):
        return ()
    return _with_counts(item, _verdict_rounds(item.pk), today)


def _with_counts(
    item: Item, rows: list[VerdictRound], today: date
) -> tuple[public.VerdictRound, ...]:
    counts = _verdict_counts(item.pk) if rows else []
    return tuple(public.verdict_round(row, counts, today) for row in rows)


@compiled_query
def _verdict_rounds(item):
    return VerdictRound.objects.filter(item=item)


@compiled_query
def _verdict_counts(item):
    return VerdictCount.objects.filter(round__item=item)


def workers_voice(
    item: Item, entries: Iterable[Entry], today: date, earlier: Iterable[Item]
) -> public.WorkersVoice:
    """Return what workers say of an item: counts, released words, and how a body judged it.

    `earlier` are the items with which it goes on.
    """
    told = Suggestion.objects.filter(about=item).counted().shown().order_by("-shown_on", "pk")
    return public.WorkersVoice(
        slug=item.list.slug,
        number=item.number,
        hardship=item.hardship,
        rounds=verdicts_of(item, entries, today),
        reviews=() if item.hardship else reviews_of(item, today),
        words=tuple(map(public.released_words, told)),
        judgements=judgements_of(item, earlier),
    )

"""The lot (sortition) by which sign-offs are looked back at, and who looks at each.

Anybody can draw it again with any program for SHA-256: all of it follows from a seed and from keys
such as "plant-2026/7", an item's list and number. The seed is the hash of the last ledger entry
that the committee's lists had when the quarter ended, so that it was fixed before anything depended
on it.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from items.models import Committee, Entry, Item, Post
from items.rules.looking import why_not_looking
from items.states import Status, Verb

PART = 5  # one of so many sign-offs is looked at, one at least


def lot_of(seed: str, key: str) -> str:
    """Return a key's lot: the SHA-256, in hexadecimal, of the seed, a space and the key."""
    return hashlib.sha256(f"{seed} {key}".encode()).hexdigest()


def drawn(seed: str, keys: Sequence[str]) -> list[str]:
    """Return the fifth of the keys, rounded up, that have the lowest lots; the lowest first."""
    return sorted(keys, key=lambda key: lot_of(seed, key))[: -(-len(keys) // PART)]


def place_of(seed: str, key: str, count: int) -> int:
    """Return which of `count` posts looks, from 0: the lot's last eight digits, modulo `count`."""
    return int(lot_of(seed, key)[-8:], 16) % count


def drawn_among(seed: str, candidates: list[dict]) -> dict[str, int | None]:
    """Return by the keys that are drawn the post that looks; None where nobody could."""
    posts = {row["key"]: row["posts"] for row in candidates}
    return {
        key: posts[key][place_of(seed, key, len(posts[key]))] if posts[key] else None
        for key in drawn(seed, list(posts))
    }


# Quarters


def quarter_of(day: date) -> date:
    """Return the first day of the quarter in which a day lies."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def next_quarter(quarter: date) -> date:
    """Return the first day of the quarter that follows one."""
    return date(quarter.year + quarter.month // 10, (quarter.month + 2) % 12 + 1, 1)


def quarter_before(day: date) -> date:
    """Return the first day of the last quarter that was over on a day."""
    first = quarter_of(day)
    return date(first.year - (first.month == 1), (first.month - 4) % 12 + 1, 1)


def start_of(day: date) -> datetime:
    """Return the moment at which a day begins at the plant."""
    return timezone.make_aware(datetime.combine(day, time()))


# What is drawn among


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sign-off of the quarter that stood when it ended."""

    entry: Entry
    item: Item

    @property
    def key(self) -> str:
        return f"{self.item.list.slug}/{self.item.number}"


def head_of(committee: Committee, quarter: date) -> Entry | None:
    """Return the last entry that a committee's ledgers had when a quarter ended."""
    entries = Entry.objects.filter(list__committee=committee)
    before = entries.filter(written_at__lt=start_of(next_quarter(quarter)))
    return before.order_by("pk").last()


def candidates(committee: Committee, quarter: date, head: Entry) -> list[Candidate]:
    """Return the sign-offs of a quarter that stood at its head, in the order of their keys."""
    until = Entry.objects.filter(list__committee=committee, pk__lte=head.pk)
    signed = until.filter(verb=Verb.SIGN_OFF, status_to=Status.RESOLVED)
    signed = signed.filter(written_at__gte=start_of(quarter)).select_related(
        "item__list__committee"
    )
    latest = {entry.item_id: entry for entry in signed.order_by("pk")}
    opened = until.filter(verb__in=[Verb.REOPEN, Verb.BRING_BACK, Verb.CARRY_OVER], item__in=latest)
    for item, pk in opened.order_by("pk").values_list("item", "pk"):
        if item in latest and pk > latest[item].pk:
            del latest[item]
    found = [Candidate(entry, entry.item) for entry in latest.values() if entry.item]
    return sorted(found, key=lambda candidate: (candidate.item.list.slug, candidate.item.number))


def posts_for(item: Item, today: date) -> list[Post]:
    """Return the supervisors' posts of its committee whose holders may look back at an item."""
    supervised = Item.objects.published().filter(list__committee=item.list.committee_id)
    posts = Post.objects.filter(pk__in=supervised.order_by().values("supervisor_post"))
    return [post for post in posts.order_by("pk") if not why_not_looking(post, item, today)]

"""Verifying the hash chain: whether a list's ledger still is what was written, from its start."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from django.db import models
from django.utils.translation import gettext as _

from items.ledger.entries import snapshot
from items.ledger.lines import RELATIONS, digests
from items.models import (
    Assessment,
    Chain,
    Entry,
    Item,
    ItemList,
    LookBack,
    LookBackDraw,
    Review,
    Verdict,
    VerdictCount,
)
from items.models.bulletin import sha256_of
from items.models.item import NEWS
from items.models.ledger import START
from items.rules import lot
from items.states import Verb

# An act takes its time before it queues for the chain, so that two may stand in the other order.
QUEUE = timedelta(minutes=1)


def verify(item_list: ItemList) -> list[str]:
    """Return where a list's ledger isn't as it was written, in sentences; [] when it holds."""
    item_list = ItemList.objects.get(pk=item_list.pk)  # as it stands in the database
    entries = item_list.entries.order_by("seq")
    corrections = entries.filter(verb=Verb.CORRECT)
    erased = {seq for correction in corrections for seq in correction.facts.get("erased", [])}
    faults: list[str] = []
    before = Entry(seq=0, hash=START, written_at=datetime.min.replace(tzinfo=UTC))
    stands: dict[int | None, Entry] = {}  # the last entry of each item, and of the list itself
    news: dict[int | None, list[str]] = {}  # what each item's public news say
    for entry in entries.select_related("words").iterator():
        about = _("Entry %s: ") % entry.seq
        faults += [about + fault for fault in _faults(entry, before, erased)]
        before = stands[entry.item_id] = entry
        if entry.public and entry.verb in NEWS and hasattr(entry, "words"):
            news.setdefault(entry.item_id, []).append(entry.words.text)
    chain = Chain.objects.filter(list=item_list).first() or Chain(list=item_list)
    if (chain.seq, chain.hash) != (before.seq, before.hash):
        faults.append(_("The ledger doesn’t end with the entry that was written last."))
    # What a search looks through follows from the ledger: where that was changed, it is said once.
    faults += _misplaced(item_list, stands, None if faults else news)
    return [
        *faults,
        *_miscounted(item_list),
        *_misreviewed(item_list),
        *_assessed_otherwise(item_list),
        *_told_otherwise(item_list),
        *_misdrawn(item_list),
        *_misasked(item_list),
    ]


def _faults(entry: Entry, before: Entry, erased: set[int]) -> Iterator[str]:
    if entry.seq != before.seq + 1:
        yield _("entries before it are missing.")
    elif entry.previous_hash != before.hash:
        yield _("it doesn’t follow from the one before.")
    if entry.written_at + QUEUE < before.written_at:
        yield _("it was written before the one that it follows.")
    if entry.hash != entry.computed_hash():
        yield _("it was changed.")
    words = getattr(entry, "words", None)
    if words is None:
        yield _("its words are missing.")
    elif words.erased_on and entry.seq not in erased:
        yield _("its words were erased, and no entry says so.")
    elif not words.erased_on and words.computed_digest() != entry.words_digest:
        yield _("its words were changed.")


def _misplaced(
    item_list: ItemList, stands: dict[int | None, Entry], news: dict[int | None, list[str]] | None
) -> Iterator[str]:
    """Yield where the list and its items don't stand as their last entries say."""
    entry = stands.get(None)
    if entry is None and not item_list.is_draft:
        yield _("The list is published, and no entry says so.")
    elif entry and (apart := _apart(item_list, entry)):
        yield _("What the list says isn’t what its last entry says: %s.") % apart
    for item in item_list.items.published().prefetch_related(*RELATIONS.values()):
        number = {"number": item.number}
        entry = stands.get(item.pk)
        if entry is None:
            yield _("No. %(number)s: no entry tells of it.") % number
        elif apart := _apart(item, entry):
            sentence = _(
                "No. %(number)s: what it says isn’t what its last entry says: %(columns)s."
            )
            yield sentence % {"columns": apart, **number}
        elif news is not None and not _is_searched_as_it_says(item, news.get(item.pk, [])):
            sentence = _("No. %(number)s: a search looks for it in other words than it says.")
            yield sentence % number


def _miscounted(item_list: ItemList) -> Iterator[str]:
    """Yield where the counts of the workers' verdicts aren't what was answered on those days."""
    said = ("round", "round__item__number", "day", "grade", "verified", "from_wall")
    of_list = {"round__item__list": item_list}
    counts = VerdictCount.objects.filter(**of_list).order_by()
    counted = {tuple(row[:-1]): row[-1] for row in counts.values_list(*said, "number")}
    rows = Verdict.objects.filter(**of_list).values_list(*said).annotate(models.Count("pk"))
    answered = {tuple(row[:-1]): row[-1] for row in rows.order_by()}
    days = {key[:3] for key in counted}  # what wasn't counted yet, will be
    keys = {key for key in {*counted, *answered} if key[:3] in days}
    for _round, number, on in sorted(
        {key[:3] for key in keys if counted.get(key, 0) != answered.get(key, 0)}
    ):
        sentence = _("No. %(number)s: the count of %(day)s isn’t what was answered on that day.")
        yield sentence % {"number": number, "day": on.isoformat()}


def _misreviewed(item_list: ItemList) -> Iterator[str]:
    """Yield where reviews and the entries that answer them don't say the same."""
    rows = Review.objects.filter(item__list=item_list).select_related("item", "entry")
    answers = {row.pk: row for row in item_list.entries.filter(verb=Verb.REVIEW)}
    for row in rows.exclude(entry=None).order_by("item__number", "pk"):
        answer = answers.pop(row.entry_id or 0, None)
        facts = answer.facts if answer and answer.item_id == row.item_id else {}
        kept = row.kept_facts()
        if kept != {name: facts.get(name) for name in kept}:
            sentence = _("No. %(number)s: its review isn’t what the entry that answers it says.")
            yield sentence % {"number": row.item.number}
    for seq in sorted(answer.seq for answer in answers.values()):
        yield _("Entry %s: ") % seq + _("the review that it answers is missing.")


def _assessed_otherwise(item_list: ItemList) -> Iterator[str]:
    """Yield which assessments aren't what was issued, and which are gone."""
    issued = {row.entry_id: row for row in Assessment.objects.filter(list=item_list).issued()}
    entries = item_list.entries.filter(verb=Verb.ISSUE_ASSESSMENT).order_by("seq")
    for entry in entries:
        row = issued.pop(entry.pk, None)
        if row is None or row.digest() != entry.facts.get("digest"):
            number = {"number": entry.facts.get("assessment")}
            yield _("Assessment %(number)s isn’t what was issued.") % number
    for row in issued.values():
        yield _("Assessment %(number)s is issued, and no entry says so.") % {"number": row.number}


def _told_otherwise(item_list: ItemList) -> Iterator[str]:
    """Yield which bulletins aren't what was issued, but for what was erased, and which are gone."""
    issued = {row.entry_id: row for row in item_list.bulletins.issued().select_related("entry")}
    says: dict[str, str] = {}  # by number, the digest that the last entry about it keeps
    erasing = item_list.entries.filter(facts__has_key="bulletins")
    for entry in erasing.order_by("seq"):
        says |= {number: kept["digest"] for number, kept in entry.facts["bulletins"].items()}
    for entry in item_list.entries.filter(verb=Verb.ISSUE_BULLETIN).order_by("seq"):
        number = str(entry.facts.get("bulletin"))
        row = issued.pop(entry.pk, None)
        if (
            row is None
            or row.digest() != says.get(number, entry.facts.get("digest"))
            or row.ledger_head != entry.hash
            or (row.sha256, row.sha256_en) != (sha256_of(row.article), sha256_of(row.article_en))
        ):
            yield _("Bulletin no. %(number)s isn’t what was issued.") % {"number": number}
    for row in issued.values():
        sentence = _("Bulletin no. %(number)s is issued, and no entry says so.")
        yield sentence % {"number": row.number}


def _misdrawn(item_list: ItemList) -> Iterator[str]:
    """Yield where a draw of look-backs isn't what follows from the ledger, for this list."""
    draws = LookBackDraw.objects.filter(committee=item_list.committee_id)
    for draw in draws.select_related("head", "committee").order_by("quarter"):
        about = _("Drawn for the quarter from %s: ") % draw.quarter.isoformat()
        if not _is_last(draw.head, draw) or draw.head.hash != draw.seed:
            yield about + _("its seed isn’t the last hash of that quarter.")
            continue
        found = lot.candidates(draw.committee, draw.quarter, draw.head)
        there = {each.key: each.entry.pk for each in found}
        said = {row["key"]: row["sign_off"] for row in draw.candidates}
        if there != said:
            yield about + _("it wasn’t drawn among all that was signed off.")
        looks = draw.looks.select_related("item__list").order_by()
        asked = {f"{look.item.list.slug}/{look.item.number}": look.post_id for look in looks}
        if asked != lot.drawn_among(draw.seed, draw.candidates):
            yield about + _("who looks at what isn’t what the lot says.")


def _is_last(head: Entry, draw: LookBackDraw) -> bool:
    """Tell whether an entry was the last of its quarter, but for what was queuing then."""
    end = lot.start_of(lot.next_quarter(draw.quarter))
    later = Entry.objects.filter(list__committee=draw.committee_id, pk__gt=head.pk)
    return head.written_at < end and not later.filter(written_at__lt=end - QUEUE).exists()


def _misasked(item_list: ItemList) -> Iterator[str]:
    """Yield where the looks of the office's rounds aren't those that their entries say."""
    said = LookBack.objects.filter(round__isnull=False, item__list=item_list)
    looks: dict[int, set] = {}
    for look in said.values_list("round", "item__number", "post", "by_when"):
        looks.setdefault(look[0], set()).add(look[1:])
    for entry in item_list.entries.filter(verb=Verb.OPEN_LOOK_BACK).order_by("seq"):
        post, by_when = int(entry.facts["post"].removeprefix("post:")), entry.facts["by_when"]
        asked = {(number, post, date.fromisoformat(by_when)) for number in entry.facts["numbers"]}
        if looks.pop(entry.pk, set()) != asked:
            yield _("Entry %s: ") % entry.seq + _("who looks back at what isn’t what it says.")


def _is_searched_as_it_says(item: Item, news: list[str]) -> bool:
    lines = {"measures": item.measures.all(), "parts": item.parts.all()}
    return bool(item.search_text == item.folded_words(**lines, news=news))


def _apart(thing: Item | ItemList, entry: Entry) -> str:
    """Return in which columns and lines a thing stands otherwise than its last entry says."""
    kept, stands = dict(entry.snapshot), snapshot(thing)
    lines = kept.pop("lines", None)
    if not kept:  # it was written before entries had snapshots
        return ""
    names = sorted(name for name in {*kept, *stands} if kept.get(name) != stands.get(name))
    apart = [f"{name} ({kept.get(name)} → {stands.get(name)})" for name in names]
    if isinstance(thing, Item) and lines is not None:  # else it was written before entries had them
        now = digests(thing)
        apart += [kind for kind in RELATIONS if lines.get(kind) != now.get(kind)]
    return ", ".join(apart)

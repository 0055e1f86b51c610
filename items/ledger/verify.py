"""Verifying the hash chain: whether a list's ledger still is what was written, from its start."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from items.models import Chain, Entry, ItemList
from items.models.ledger import START
from items.states import Status, Verb


def verify(item_list: ItemList) -> list[str]:
    """Return where a list's ledger isn't as it was written, in sentences; [] when it holds."""
    entries = item_list.entries.order_by("seq")
    corrections = entries.filter(verb=Verb.CORRECT)
    erased = {seq for correction in corrections for seq in correction.facts.get("erased", [])}
    faults, seq, last = [], 0, START
    for entry in entries.select_related("words").iterator():
        about = _("Entry %s: ") % entry.seq
        faults += [about + fault for fault in _faults(entry, seq, last, erased)]
        seq, last = entry.seq, entry.hash
    chain = Chain.objects.filter(list=item_list).first() or Chain(list=item_list)
    if (chain.seq, chain.hash) != (seq, last):
        faults.append(_("The ledger doesn’t end with the entry that was written last."))
    return [*faults, *_misplaced(item_list, entries)]


def _faults(entry: Entry, seq: int, last: str, erased: set[int]) -> Iterator[str]:
    if entry.seq != seq + 1:
        yield _("entries before it are missing.")
    elif entry.previous_hash != last:
        yield _("it doesn’t follow from the one before.")
    if entry.hash != entry.computed_hash():
        yield _("it was changed.")
    words = getattr(entry, "words", None)
    if words is None:
        yield _("its words are missing.")
    elif words.erased_on and entry.seq not in erased:
        yield _("its words were erased, and no entry says so.")
    elif not words.erased_on and words.computed_digest() != entry.words_digest:
        yield _("its words were changed.")


def _misplaced(item_list: ItemList, entries: QuerySet[Entry]) -> Iterator[str]:
    """Yield the items whose status isn't the one that their last entry gave them."""
    written = dict(entries.exclude(status_to="").values_list("item_id", "status_to"))
    for item in item_list.items.published().prefetch_related("measures"):
        if item.search_text != item.folded_words(item.measures.all()):
            sentence = _("No. %(number)s: a search looks for it in other words than it says.")
            yield sentence % {"number": item.number}
        if written.get(item.pk) != item.status:
            words = {"number": item.number, "now": Status(item.status).label}
            yield _("No. %(number)s: its status “%(now)s” isn’t in the ledger.") % words

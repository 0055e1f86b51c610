"""Numbering an export of a ledger, so that the file can come back, and keeping what it said."""

import logging
from datetime import datetime

from django.db import DatabaseError, transaction
from django.utils import timezone

from items.models import Chain, Entry, ItemList, LedgerExport, Person

log = logging.getLogger(__name__)


def number_export(
    item_list: ItemList,
    *,
    by: Person | None,
    inside: bool,
    columns: list[tuple[str, str]],
    now: datetime | None = None,
) -> LedgerExport | None:
    """Number an export that begins; None where the database takes no row now.

    `columns` are their names and headings. A site that is read-only, or whose lock somebody holds,
    still exports.
    """
    try:
        with transaction.atomic():
            return LedgerExport.objects.create(
                list=item_list,
                by=by,
                exported_at=now or timezone.now(),
                seq=_last_seq(item_list),
                inside=inside,
                columns=columns,
            )
    except DatabaseError:
        log.warning("An export has no number: the database takes no row.", exc_info=True)
        return None


def keep_base(export: LedgerExport, base: bytes) -> bool:
    """Keep what an export said; tell whether that was possible.

    Nothing is kept where words were erased in its list while it was written.
    """
    try:
        with transaction.atomic():
            if not erased_meanwhile(export):
                LedgerExport.objects.filter(pk=export.pk).update(base=base)
    except DatabaseError:
        log.warning("The base of an export isn't kept.", exc_info=True)
        return False
    return True


def erased_meanwhile(export: LedgerExport) -> bool:
    """Tell whether words were erased in the list since an export began, or are at this moment.

    Whoever erases holds the list's chain until nothing of the words is left: that is waited for.
    """
    Chain.objects.select_for_update(no_key=True).filter(list=export.list_id).first()
    since = Entry.objects.filter(list=export.list_id, seq__gt=export.seq)
    return since.filter(facts__has_any_keys=["erased", "erased_name"]).exists()


def forget_exports(now: datetime | None = None) -> int:
    """Empty the bases whose time is over; return how many."""
    return LedgerExport.objects.over(now or timezone.now()).forget()


def _last_seq(item_list: ItemList) -> int:
    chain = Chain.objects.filter(list=item_list).first()
    return chain.seq if chain else 0

"""Exports of a ledger that may come back: what each cell said that went out, by column and number.

The file carries the export's number alone; what was exported stays here (docs/decisions/0841).
"""

import json
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from items.models.list import ItemList
from items.models.person import Person

SALT = "items.ledger_exports"
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without those that are taken for another
SIGNED_WITH = 6  # of them


class LedgerExportQuerySet(models.QuerySet):
    def forget(self) -> int:
        """Empty the bases; the numbers stay, so that their books are told from foreign ones."""
        return self.exclude(base=b"").update(base=b"")

    def over(self, now: datetime) -> Self:
        return self.filter(exported_at__lt=now - timedelta(days=settings.EXPORT_DAYS))


class LedgerExport(models.Model):
    """A ledger that went out with a number, and what its cells said, for when it comes back."""

    list = models.ForeignKey(ItemList, models.CASCADE, related_name="exports")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")  # none: a command
    exported_at = models.DateTimeField()
    seq = models.PositiveIntegerField()  # of the list's last entry as it began
    inside = models.BooleanField()  # whether it holds what only the office and auditors read
    columns = models.JSONField()  # [[the ledger's name of a column, its heading], …]
    base = models.BinaryField(default=b"")  # a `Base`; empty: it is forgotten, or never was

    objects = LedgerExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export of a ledger")
        verbose_name_plural = _("exports of ledgers")

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """Return the number that stands in the book: "17-4K7Q2M"."""
        return f"{self.pk}-{self._signature()}"

    def is_signed(self, signature: str) -> bool:
        """Tell whether a book with this part behind its dash went out as this export."""
        return constant_time_compare(signature, self._signature())

    def _signature(self) -> str:
        # With its time, so that a number that is given again after a restore is another's.
        moment = self.exported_at.astimezone(UTC).isoformat()
        said = salted_hmac(SALT, f"{self.list_id}.{self.pk}.{moment}", algorithm="sha256")
        return "".join(SIGNS[byte % len(SIGNS)] for byte in said.digest()[:SIGNED_WITH])


def unpacked(base: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield what was exported: an item's number, and what its cells said by column."""
    for line in zlib.decompress(base).decode().splitlines():
        number, *said = json.loads(line)
        yield number, said


class Base:
    """Gathers what an export says, packed row by row, whatever its length."""

    def __init__(self) -> None:
        self._packer, self._packed = zlib.compressobj(), bytearray()
        self._known: set[int] = set()

    def take(self, number: int, said: list[str]) -> None:
        """Take an item's row; one that stands on two sheets says the same on both."""
        if number not in self._known:
            self._known.add(number)
            line = json.dumps([number, *said], ensure_ascii=False)
            self._packed += self._packer.compress(f"{line}\n".encode())

    def packed(self) -> bytes:
        return bytes(self._packed) + self._packer.flush()

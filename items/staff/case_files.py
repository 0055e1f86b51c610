"""The file of a hardship item: its documents, and who looked."""

from dataclasses import dataclass
from datetime import date, datetime

from items import models


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A document in the file; of one that was removed only the day, by whom and why."""

    pk: int
    name: str  # "": removed
    size: int  # in bytes
    added_at: datetime
    added_by: str
    removed_on: date | None
    removed_by: str  # "": its time was over
    removed_why: str


@dataclass(frozen=True, slots=True)
class CaseLook:
    """Somebody opened the file, or a document in it."""

    at: datetime
    name: str  # as it was then
    opened_file: bool  # the file itself, not one of its documents
    document: str  # "": it was removed since


def case_file(row: models.HardshipFile) -> CaseFile:
    return CaseFile(
        pk=row.pk,
        name=row.name,
        size=row.size,
        added_at=row.added_at,
        added_by=row.added_by.name,
        removed_on=row.removed_on,
        removed_by=row.removed_by.name if row.removed_by else "",
        removed_why=row.removed_why,
    )


def case_look(row: models.CaseLook) -> CaseLook:
    return CaseLook(
        at=row.at,
        name=row.name,
        opened_file=row.file is None,
        document=row.file.name if row.file and not row.file.removed_on else "",
    )

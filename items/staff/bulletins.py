"""The bulletins of a list at the desk, one line each, one of them, and whether another is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from items.models import Bulletin, BulletinErratum
from items.public.bulletins import erratum_line, title_of
from items.words import Words


@dataclass(frozen=True, slots=True)
class BulletinLine:
    """A bulletin among others."""

    slug: str  # of its list
    list_name: Words
    title: str
    kind: str  # a Kind value
    number: int
    as_of: date | None  # None of a draft
    asked_on: date | None  # of a draft: when the office asked for the second yes


@dataclass(frozen=True, slots=True)
class BulletinsState:
    """How long ago a list's last bulletin was, and why another one is due."""

    last: BulletinLine | None
    days_ago: int
    due: str  # a sentence; "" when nothing has happened that asks for one


@dataclass(frozen=True, slots=True)
class DraftErratum:
    """An erratum that can still be taken out."""

    key: int
    text: str


@dataclass(frozen=True, slots=True)
class BulletinDesk:
    """A bulletin beside its article: who prepared and issued it, and what the office wrote."""

    line: BulletinLine
    version: int
    prepared_by: str
    issued_by: str  # "" of a draft
    foreword: str
    closing: str
    approved_by: Words  # the post; empty where nobody approved it on paper
    approved_name: str
    approved_on: date | None
    errata: tuple[DraftErratum, ...]  # none of an issued one, in whose article they stand


def bulletin_line(row: Bulletin) -> BulletinLine:
    return BulletinLine(
        row.list.slug,
        row.list.words,
        title_of(row),
        row.kind,
        row.number,
        row.as_of,
        row.asked_on,
    )


def bulletin_desk(row: Bulletin, errata: Iterable[BulletinErratum]) -> BulletinDesk:
    return BulletinDesk(
        line=bulletin_line(row),
        version=row.version,
        prepared_by=row.prepared_by.name,
        issued_by=row.entry.by.name if row.entry else "",
        foreword=row.foreword,
        closing=row.closing,
        approved_by=row.signed_post.words if row.signed_post else Words(),
        approved_name=row.signed_name,
        approved_on=row.signed_on,
        errata=tuple(DraftErratum(each.pk, erratum_line(each).text) for each in errata),
    )

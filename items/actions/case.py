"""The case file of a hardship item, with an access log: whoever looks is written down first.

What is sent is made clean or told by its content before the transaction begins.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from items.actions.validation import need
from items.errors import Conflict, Refused
from items.models import CaseLook, HardshipFile, Item, Person
from items.photos import documents
from items.photos.picture import Upload
from items.rules import why_not

MOST_FILES = 20  # of an item


@transaction.atomic
def read_case(item: Item, *, by: Person, now: datetime | None = None) -> list[HardshipFile]:
    """Return the files of a hardship item; that somebody looked is written down first."""
    _look(item, None, by, now)
    files = HardshipFile.objects.of(item).select_related("added_by", "removed_by")
    return list(files)


@transaction.atomic
def open_case_file(file: HardshipFile, *, by: Person, now: datetime | None = None) -> bytes:
    """Return what is in a file; that somebody opened it is written down first."""
    _refuse_removed(file)
    _look(file.item, file, by, now)
    return bytes(file.content)


def add_case_file(
    item: Item, *, by: Person, file: Upload, name: str, now: datetime | None = None
) -> HardshipFile:
    """Put a document into the file of a hardship item; nothing of it is ever public."""
    now = now or timezone.now()
    name = " ".join(need(name, _("Write what it is.")).split())[:100]
    _ask("add_case_file", item, by, now)  # before the hard work
    content, kind = documents.read(file)
    with transaction.atomic():
        item = Item.objects.select_for_update(no_key=True, of=("self",)).get(pk=item.pk)
        _ask("add_case_file", item, by, now)
        files = HardshipFile.objects.kept().filter(item=item)
        if files.count() >= MOST_FILES:
            raise Refused(_("The file holds %s documents already. Remove one first.") % MOST_FILES)
        same = {"item": item, "name": name, "content": content}
        if files.filter(**same).exists():
            raise Refused(_("This document lies in the file already."))
        size = len(content)
        return HardshipFile.objects.create(**same, kind=kind, size=size, added_by=by, added_at=now)


@transaction.atomic
def remove_case_file(
    file: HardshipFile, *, by: Person, reason: str, now: datetime | None = None
) -> None:
    """Delete a document and its name for good; the day, the reason and the looks stay."""
    now = now or timezone.now()
    reason = need(reason, _("Write why it is removed."))
    _ask("remove_case_file", file.item, by, now)
    file = HardshipFile.objects.select_for_update(no_key=True, of=("self",)).get(pk=file.pk)
    _refuse_removed(file)
    removed = {"removed_by": by, "removed_why": reason}
    _empty(HardshipFile.objects.filter(pk=file.pk), timezone.localdate(now), **removed)


@transaction.atomic
def forget_cases(today: date | None = None) -> int:
    """Delete the documents whose time is over; return how many they were."""
    today = today or timezone.localdate()
    overdue = HardshipFile.objects.overdue(today).values_list("pk", flat=True)
    return _empty(HardshipFile.objects.filter(pk__in=list(overdue)), today)


def _empty(files: QuerySet[HardshipFile], day: date, **removed: Any) -> int:
    return files.update(name="", content=b"", removed_on=day, **removed)


def _look(item: Item, file: HardshipFile | None, by: Person, now: datetime | None) -> None:
    now = now or timezone.now()
    _ask("read_case", item, by, now)
    CaseLook.objects.create(item=item, file=file, by=by, name=by.name, at=now)


def _ask(verb: str, item: Item, by: Person, now: datetime) -> None:
    if refusal := why_not(verb, by, item, today=timezone.localdate(now)):
        raise Refused(refusal)


def _refuse_removed(file: HardshipFile) -> None:
    if file.removed_on:
        raise Conflict(_("This file was removed."))

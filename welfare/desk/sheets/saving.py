"""Saving a long sheet: in a thread of its own, while a page that refreshes itself tells how far.

The thread dies with its process; nothing is saved then, and the page says so.
"""

import logging
from threading import Thread

from django.db import connections
from django.utils import translation
from django.utils.translation import gettext as _

from items.errors import Refused
from items.models import ItemList, Person
from items.sheets import uploads
from items.sheets.importing import do_import, plan_import
from items.sheets.uploads import Saving, Upload

log = logging.getLogger(__name__)


def start(upload: Upload, person: Person) -> None:
    """Begin to save the sheet, unless that is going on already."""
    if uploads.told(person).goes_on:
        return
    uploads.tell(person, Saving("running"))
    Thread(target=_in_thread, args=(upload, person, translation.get_language())).start()


def _in_thread(upload: Upload, person: Person, language: str) -> None:
    try:
        with translation.override(language):
            uploads.tell(person, saved(upload, person))
    finally:
        connections.close_all()


def saved(upload: Upload, person: Person) -> Saving:
    """Save the sheet, telling how far it is; return how that ended."""
    try:
        item_list = ItemList.objects.select_related("committee").get(pk=upload.list)
        plan = plan_import(
            upload.content,
            item_list,
            name=upload.name,
            sheet=upload.sheet or None,
            corrections=upload.corrections,
            tell=lambda done, of: uploads.tell(person, Saving("running", done, of)),
        )
        uploads.tell(person, Saving("writing", len(plan.diffs), len(plan.diffs)))
        do_import(plan, by=person)
    except Refused as refused:
        return Saving("refused", sentences=refused.sentences)
    except Exception:
        log.exception("The saving of a sheet failed")
        return Saving("refused", sentences=[stopped()])
    return Saving("saved")


def stopped() -> str:
    return _("The saving stopped before its end. Nothing was saved. Save once more.")

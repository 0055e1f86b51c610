"""The file of a matter (一项一档) and of a list, and the sheet of a sign-off (销号单), as PDF.

They are made when somebody asks for them, and no copy stays: what is internal lies in no cache.
Like the ledger's export they are reading, which writes nothing down.
"""

from django.http import Http404
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from items import queries, staff
from items.errors import Refused
from items.staff.dossier import WITH_A_SHEET
from items.states import Status
from welfare.desk.dossiers.forms import DossierForm
from welfare.desk.items.views import get_item
from welfare.desk.lists.pack import get_list
from welfare.desk.parameters import page_number
from welfare.printing import dossier as files
from welfare.printing import sign_off as sheets
from welfare.printing.answer import document
from welfare.printing.pdf import NO_PHOTOS


@require_safe
def item_dossier(request, slug, number):
    """Return the file of an item."""
    item = _published(request, slug, number)
    shown = queries.item_dossier(item, request.user, localdate(), inside=_inside(request))
    data, photos = files.dossier(shown)
    name = f"{slug}-{number}-{shown.as_of}-dossier.pdf"
    return _only_here(request, shown, "dossier", data, name, photos)


@require_safe
def sign_off_sheet(request, slug, number):
    """Return the sheet of a sign-off, with room for the finding of what is only claimed."""
    item = _published(request, slug, number)
    if item.status not in WITH_A_SHEET:
        raise Refused(
            _(
                "It isn’t claimed done, so that there is nothing to sign. The owner’s side claims"
                " it first, then this address has the sheet."
            )
        )
    shown = queries.item_dossier(item, request.user, localdate())
    data = sheets.sign_off(shown)
    name = f"{slug}-{number}-{shown.as_of}-sign-off.pdf"
    return _only_here(request, shown, "sign_off", data, name)


@require_safe
def list_dossiers(request, slug):
    """Show what the file of a list holds, and its volumes."""
    item_list = get_list(request, slug)
    inside = queries.reads_inside(request.user, item_list)
    parts = [[number for _key, number in part] for part in queries.volumes(item_list)]
    context = {
        "at": "lists",
        "list": staff.list_head(item_list),
        "volumes": [(part[0], part[-1]) for part in parts if part],
        "form": DossierForm() if inside else None,
    }
    return render(request, "desk/dossiers.html", context)


@require_safe
def list_dossier(request, slug):
    """Return the file of a list, or a volume of it."""
    item_list, today = get_list(request, slug), localdate()
    volume = page_number(request.GET, "volume")
    shown = queries.list_dossier(
        item_list, request.user, today, inside=_inside(request), volume=volume
    )
    if shown is None:
        raise Http404
    data, photos = files.dossier(shown)
    volume_of = f"-{volume}" if shown.volumes > 1 else ""
    name = f"{slug}-{shown.as_of}-dossier{volume_of}.pdf"
    return _only_here(request, shown, "dossier", data, name, photos)


def _only_here(request, shown, template, data, name, photos=NO_PHOTOS):
    """Return a document that isn't public: no copy of it stays."""
    given = (request, shown.head, template, data, shown.as_of, name)
    return document(*given, keep=False, photos=photos)


def _inside(request) -> bool:
    return "inside" in request.GET


def _published(request, slug, number):
    """Return a published item that this person may see at the desk; a draft has no file."""
    item = get_item(request, slug, number)
    if item.status == Status.DRAFT:
        raise Http404
    return item

"""The meeting pack: what a committee has to decide on a list, to read, print and write down."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from items import queries, staff
from items.models import ItemList
from welfare.desk.items.forms import SetTaskForm


@require_safe
def pack(request, slug):
    """Show a list's figures and what has to be decided, in the order of the meeting."""
    today, item_list = localdate(), get_list(request, slug)
    # Read before what is shown: a form may look older than its page, and is refused, never newer.
    items = item_list.items.published().select_related("last_entry").in_bulk()
    acts = queries.decisions(list(items.values()), request.user, today)
    shown = queries.pack(item_list, today)
    context = {
        "at": "lists",
        "pack": shown,
        "sections": [section_of(key, shown, items, acts) for key in HEADINGS],
        "asks": SetTaskForm.base_fields,
        "acts": acts,
        "late": queries.late_suggestions(item_list, request.user, today),
    }
    return render(request, "desk/pack.html", context)


def get_list(request, slug):
    """Return a published list that this person may see at the desk; others have no pack."""
    lists = ItemList.objects.public().visible_to(request.user, localdate())
    item_list = lists.select_related("committee__organisation").filter(slug=slug).first()
    if item_list is None:
        raise Http404
    return item_list


# The order of the meeting: first what came of the last one, then what is to be decided now.
HEADINGS = {
    "tasks": _("Decided in earlier meetings, not finished"),
    "urged": _("Urged, and no news since"),
    "overdue": _("Past the deadline"),
    "parts": _("A part is late"),
    "extensions": _("Requests for more time"),
    "claims": _("Claimed done, not checked yet"),
    "reviews": _("Reviews past their day"),
    "reopened": _("Opened again"),
    "look_backs": _("Looking back"),
    "stale": _("Without news for long"),
}


@dataclass(frozen=True)
class Case:
    """An item in a section of the pack, and what this person may enter there."""

    anchor: str  # unique on the page, where an item can stand in several sections
    line: staff.Line
    version: int  # of the item; with its ledger's end, what a form gives back
    last_seq: int
    voices: staff.Voices
    looks: tuple[staff.LookBack, ...]
    acts: dict[str, str]  # by verb: why not, "" when they may; empty for those who only read


@dataclass(frozen=True)
class Section:
    key: str
    heading: Promise
    template: str  # what has to be known to decide
    cases: list[Case]


def section_of(key, shown, items, acts):
    """Return a section of the pack; items published meanwhile wait for the next one."""
    cases = [
        Case(
            anchor=f"{key}-{line.row.number}",
            line=line,
            version=item.version,
            last_seq=item.last_entry.seq,
            voices=shown.voices[line.pk],
            looks=shown.looks.get(line.pk, ()),
            acts=acts.get(line.pk, {}),
        )
        for line in getattr(shown, key)
        if (item := items.get(line.pk))
    ]
    return Section(key, HEADINGS[key], f"desk/pack/{key}.html", cases)

"""The ledger of a list in a file: what to take out, and the file itself."""

import tempfile
from dataclasses import fields

from django import forms
from django.http import FileResponse, Http404
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from items import queries, rules, staff
from items.exports import ledger
from welfare.desk import rights
from welfare.desk.lists.forms import parse_search
from welfare.desk.lists.views import get_list
from welfare.forms import Plain

WRITERS = {"xlsx": ledger.write_ledger, "csv": ledger.write_separated}
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
# What the table showed, which goes along with an export
KEPT = (*(field.name for field in fields(staff.ItemSearch)), "sort", "columns")


class ExportForm(Plain, forms.Form):
    """What an export takes out, and how it is parted; of a table in CSV there is one."""

    split = forms.ChoiceField(
        label=_("Sheets"),
        widget=forms.RadioSelect,
        initial="one",
        choices=[
            ("one", _("one, and the whole ledger by date")),
            ("owner", _("one for each leader, for the monthly round")),
            ("unit", _("one for each unit")),
        ],
    )
    inside = forms.BooleanField(
        label=_("Also what stays inside: source, handlers, look back, budget, remark, note"),
        required=False,
        help_text=_("Leave it unticked for a file that is passed on."),
    )

    def __init__(self, *args, reads_inside: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not reads_inside:
            del self.fields["inside"]


@require_safe
def export(request, slug):
    """Show what an export of a list, or of what a search finds in it, takes out."""
    item_list = get_list(request, slug)
    form = ExportForm(reads_inside=queries.reads_inside(request.user, item_list))
    search = parse_search(request.GET)
    context = {
        "at": "lists",
        "list": staff.list_head(item_list),
        "form": form,
        "count": _items(request.GET, item_list).count(),
        "searched": bool(search),
        "numbered": not rules.why_not("return_ledger", request.user, item_list),
        "kept": [(name, value) for name in KEPT for value in request.GET.getlist(name) if value],
    }
    return render(request, "desk/export.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def export_file(request, slug, kind):
    """Send the ledger of a list, or of what a search finds in it, as a file.

    A POST, which browsers don't send by themselves, gives it a number with which it can come back.
    """
    if kind not in WRITERS:
        raise Http404
    item_list, today = get_list(request, slug), localdate()
    asked = request.POST if request.method == "POST" else request.GET
    split = asked.get("split")
    wanted = ledger.Wanted(
        _items(asked, item_list),
        names=asked.getlist("columns"),
        inside="inside" in asked and queries.reads_inside(request.user, item_list),
        split=split if split in ledger.SPLITS else "",
    )
    if request.method == "POST":
        rights.ask("return_ledger", request, item_list)
        rights.ask_now("return_ledger", request, item_list)
    file = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
    write = WRITERS[kind]
    if request.method == "POST":
        ledger.write_numbered(write, file, item_list, wanted, today, by=request.user)
    else:
        write(file, item_list, wanted, today)
    file.seek(0)
    name = ledger.file_name(item_list, today, kind)
    return FileResponse(file, as_attachment=True, filename=name, content_type=TYPES[kind])


def _items(asked, item_list):
    """Return the items that an export takes out, in its order."""
    today = item_list.as_of(localdate())
    items = queries.matches(item_list, today, parse_search(asked))
    return queries.sorted_by(items, asked.get("sort", ""))

"""The import of a sheet into a draft list: chosen once, shown, corrected, saved."""

import hashlib
import io

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from items import rules, staff
from items.errors import Conflict, Refused
from items.exports.template import file_name, write_template
from items.sheets import uploads
from items.sheets.archive import MAX_FILE
from items.sheets.headings import UnknownHeadings
from items.sheets.importing import do_import, plan_import
from items.sheets.preview import OpenHeading, free_columns, preview
from items.sheets.uploads import Upload
from welfare.desk import parameters, rights
from welfare.desk.lists.export import TYPES
from welfare.desk.lists.views import get_list
from welfare.desk.sheets import saving
from welfare.desk.sheets.forms import SheetForm, corrections_from
from welfare.http.form_recovery import recovers

LONG = 150_000  # bytes: a sheet that takes seconds to read, about a thousand rows


@recovers(SheetForm)
def import_sheet(request, slug):
    """Show what a sheet would bring into a draft list, let it be corrected, then save it."""
    item_list = get_list(request, slug)
    if request.method != "POST":
        if why_not := rules.why_not("import_into", request.user, item_list):
            return sheet_page(request, item_list, status=403, why_not=why_not)
        upload = uploads.kept(request.user, item_list)
        if "saving" in request.GET:
            return followed(request, item_list, upload)
        if upload and "reading" in request.GET:
            return again_in(0, "?", sheet_page(request, item_list, reading=upload.name))
        return shown(request, item_list, upload) if upload else sheet_page(request, item_list)
    rights.ask("import_into", request, item_list)
    rights.ask_now("import_into", request, item_list)
    if "other" in request.POST:
        uploads.forget(request.user)
        return redirect(request.path)
    return corrected(request, item_list) if "seen" in request.POST else chosen(request, item_list)


@require_safe
def import_template(request, slug):
    """Send a workbook in which a new list is written, to be imported."""
    item_list = get_list(request, slug)
    rights.ask_now("import_into", request, item_list)
    file = io.BytesIO()
    write_template(file, item_list, localdate())
    called = content_disposition_header(True, file_name(item_list))
    return HttpResponse(
        file.getvalue(), content_type=TYPES["xlsx"], headers={"Content-Disposition": called}
    )


def chosen(request, item_list):
    """Keep the file that was chosen; the preview follows."""
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return sheet_page(request, item_list, form, 422)
    file = form.cleaned_data["file"]
    sheet = form.cleaned_data["sheet"]
    uploads.keep(Upload(file.read(MAX_FILE + 1), file.name, item_list.pk, sheet), request.user)
    return redirect(f"{request.path}?reading" if file.size > LONG else request.path)


def corrected(request, item_list):
    """Keep what was corrected, and save the import if that is asked for and nothing refuses."""
    upload = uploads.kept(request.user, item_list)
    if upload is None:
        gone = _("The sheet is no longer here. Choose the file again.")
        return sheet_page(request, item_list, status=409, sentences=[gone])
    is_as_seen = request.POST["seen"] == seen(item_list, upload)
    upload.corrections = corrections_from(request.POST, upload.corrections)
    uploads.keep(upload, request.user)
    if not is_as_seen:
        changed = _("The list has changed since. Look again at what would change.")
        return shown(request, item_list, upload, 409, [changed])
    return saved(request, item_list, upload) if "save" in request.POST else redirect(request.path)


def saved(request, item_list, upload):
    """Save what the preview showed, or show it again with what refuses."""
    if len(upload.content) > LONG:
        saving.start(upload, request.user)
        return redirect(f"{request.path}?saving")
    try:
        plan = plan_of(item_list, upload)
        if plan.problems:
            return preview_page(request, item_list, upload, plan, 422)
        do_import(plan, by=request.user)
    except Refused as refused:
        status = 409 if isinstance(refused, Conflict) else 403
        return shown(request, item_list, upload, status, refused.sentences)
    return done(request, item_list)


def followed(request, item_list, upload):
    """Show how far the saving of a long sheet is, and what came of it once it has ended."""
    now = uploads.told(request.user)
    if now.goes_on:
        return again_in(3, "?saving", sheet_page(request, item_list, saving=now))
    uploads.forget_saving(request.user)
    if now.state == "saved":
        return done(request, item_list)
    if upload is None or not now.state:
        return redirect(request.path)
    return shown(request, item_list, upload, 409, now.sentences or [saving.stopped()])


def done(request, item_list):
    uploads.forget(request.user)
    messages.success(request, _("Saved in the draft list “%s”.") % item_list)
    return redirect("desk:list", item_list.slug)


def shown(request, item_list, upload, status=200, sentences=()):
    """Show the preview of the sheet that is kept; or what to mend in a file that can't be read."""
    try:
        plan = plan_of(item_list, upload)
    except UnknownHeadings as refused:
        mapping = {
            "by_hand": [OpenHeading(each.letter, each.words) for each in refused.row.headings],
            "free": list(free_columns(refused.row.columns)),
        }
        more = {"mapping": mapping, "seen": seen(item_list, upload), "name": upload.name}
        said = [*sentences, *refused.sentences]
        return sheet_page(request, item_list, status=422, sentences=said, **more)
    except Refused as refused:
        said = [*sentences, *refused.sentences]
        return sheet_page(request, item_list, status=422, sentences=said, name=upload.name)
    return preview_page(request, item_list, upload, plan, status, sentences)


def preview_page(request, item_list, upload, plan, status=200, sentences=()):
    """Show what a plan would save, one page of its rows."""
    page, kind = parameters.page_number(request.GET), request.GET.get("shown", "all")
    context = {"preview": preview(plan, shown=kind, page=page), "seen": seen(item_list, upload)}
    context |= {"name": upload.name, "sentences": sentences}
    return sheet_page(request, item_list, status=status, **context)


def plan_of(item_list, upload):
    sheet, corrections = upload.sheet or None, upload.corrections
    content, name = upload.content, upload.name
    return plan_import(content, item_list, name=name, sheet=sheet, corrections=corrections)


def seen(item_list, upload) -> str:
    """Return a digest of the sheet, its corrections, and the list that it is compared with."""
    versions = item_list.items.order_by("pk").values_list("pk", "number", "version")
    said = repr([upload.digest, item_list.version, list(versions)])
    return hashlib.sha256(said.encode()).hexdigest()


def again_in(seconds, address, response):
    """Let the browser go on by itself, without JavaScript; the page has a link for the same."""
    response.headers["Refresh"] = f"{seconds};url={address}"
    return response


def sheet_page(request, item_list, form=None, status=200, **context):
    """Show the page: a preview if there is one, and the form for a file."""
    context |= {"at": "lists", "list": staff.list_head(item_list), "form": form or SheetForm()}
    return render(request, "desk/import.html", context, status=status)

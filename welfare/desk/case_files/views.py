"""The file of a hardship item: opened by a POST, so that no browser looks ahead of its reader."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from items import actions, rules, staff
from items.errors import Refused
from items.models import HardshipFile
from items.photos import documents
from welfare.desk import rights
from welfare.desk.case_files.forms import CaseFileForm, RemoveCaseFileForm
from welfare.desk.items.views import get_item
from welfare.http.form_recovery import recovers
from welfare.http.kept_uploads import choose_files_again


def get_case(request, slug, number):
    """Return a hardship item whose file this person may see; to others there is none."""
    item = get_item(request, slug, number)
    if rules.why_not("read_case", request.user, item):
        raise Http404
    return item


def case(request, slug, number):
    """Show that there is a file; open it, once somebody asks for it, and write that down."""
    item = get_case(request, slug, number)
    if request.method != "POST":
        return case_page(request, item, CaseFileForm())
    files = [staff.case_file(row) for row in actions.read_case(item, by=request.user)]
    looks = [staff.case_look(row) for row in item.case_looks.select_related("file")]
    return case_page(request, item, CaseFileForm(), files=files, looks=looks)


def case_page(request, item, form, status=200, **opened):
    """Show a file's page, closed unless `files` are given."""
    ask = {verb: rules.why_not(verb, request.user, item) for verb in VERBS}
    count = HardshipFile.objects.of(item).kept().count()
    context = {"item": staff.item_head(item), "form": form, "why_not": ask, "count": count}
    return render(request, "desk/case.html", context | opened, status=status)


VERBS = ["add_case_file", "remove_case_file"]


@recovers(CaseFileForm)
def add_case_file(request, slug, number):
    """Put a document into the file; what was typed is kept."""
    item = get_case(request, slug, number)
    if request.method != "POST":
        return redirect("desk:case", slug, number)
    rights.ask_now("add_case_file", request, item)
    form = CaseFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return come_back(request, item, form, 422)
    try:
        actions.add_case_file(item, by=request.user, **form.cleaned_data)
    except Refused as refused:
        form.say_refused(refused)
        return come_back(request, item, form, 403)
    messages.success(request, _("Put into the file."))
    return redirect("desk:case", slug, number)


def come_back(request, item, form, status):
    """Show the form again, and say that the document isn't kept: it lies in one place only."""
    if request.FILES and not form.has_error("file"):
        form.add_error("file", choose_files_again(request.FILES.getlist("file")))
    return case_page(request, item, form, status)


@require_POST
def open_case_file(request, slug, number, pk):
    """Hand out a document as it lies there, never to be shown inside a page."""
    item = get_case(request, slug, number)
    file = get_object_or_404(HardshipFile.objects.of(item).kept(), pk=pk)
    content = actions.open_case_file(file, by=request.user)
    name = f"{file.name}.{documents.ENDING[file.kind]}"
    attached = {"Content-Disposition": content_disposition_header(True, name)}  # and nosniff
    return HttpResponse(content, content_type=file.kind, headers=attached)


@recovers(RemoveCaseFileForm)
def remove_case_file(request, slug, number, pk):
    """Ask why, then delete a document; its name stands only where a look is written down."""
    item = get_case(request, slug, number)
    files = HardshipFile.objects.of(item).select_related("added_by", "removed_by")
    if request.method != "POST":
        file = get_object_or_404(files.kept(), pk=pk)
        why_not = rules.why_not("remove_case_file", request.user, item)
        status = 403 if why_not else 200
        return remove_page(request, item, file, RemoveCaseFileForm(), status, why_not=why_not)
    file = get_object_or_404(files, pk=pk)
    rights.ask_now("remove_case_file", request, item)
    form = RemoveCaseFileForm(request.POST)
    if not form.is_valid():
        return remove_page(request, item, file, form, 422)
    actions.remove_case_file(file, by=request.user, **form.cleaned_data)
    messages.success(request, _("Deleted. The day and your reason stay in the record."))
    return redirect("desk:case", slug, number)


def remove_page(request, item, file, form, status, **extra):
    context = {"item": staff.item_head(item), "file": staff.case_file(file), "form": form, **extra}
    return render(request, "desk/remove_case_file.html", context, status=status)

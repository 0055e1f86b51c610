"""Page of the spreadsheet import: upload, preview, confirm; nothing is saved until confirmed."""

import hashlib

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items import rules
from items.admin import uploads
from items.admin.uploads import Upload
from items.errors import Refused
from items.models import ItemList
from items.sheets.archive import MAX_FILE, MB
from items.sheets.importing import ImportPlan, do_import, plan_import


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("sheet"),
        help_text=gettext_lazy("An .xlsx or .csv file of at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        max_length=200,
    )
    sheet = forms.CharField(
        label=gettext_lazy("worksheet"),
        help_text=gettext_lazy("Its name, where the file has several."),
        required=False,
        max_length=100,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE:
            sentence = _(
                "The file is larger than %(mb)s MB. Delete its pictures and save it again."
            )
            raise forms.ValidationError(sentence % {"mb": MAX_FILE // MB})
        return file


def import_page(request, item_list: ItemList) -> tuple[dict, bool]:
    """Return the context of the page, and whether the import is done."""
    refusal = rules.why_not("import_into", request.user, item_list)
    if refusal or request.method != "POST":
        return {"refusal": refusal, "form": UploadForm()}, False
    if "token" in request.POST:
        return _confirm(request, item_list)
    form = UploadForm(request.POST, request.FILES)
    return _preview(request, item_list, form) if form.is_valid() else {"form": form}, False


def _preview(request, item_list, form):
    file = form.cleaned_data["file"]
    upload = Upload(file.read(MAX_FILE + 1), file.name, form.cleaned_data["sheet"])
    try:
        plan = _plan(upload, item_list)
    except Refused as refused:
        form.add_error("file", refused.sentences)
        return {"form": form}
    return _preview_context(request, item_list, upload, plan)


def _preview_context(request, item_list, upload, plan, sentences=()):
    """Return the preview's context; it has a token to confirm with unless nothing can be done."""
    context = {"form": UploadForm(), "plan": plan, "sentences": sentences, "name": upload.name}
    context["changes"] = [(plan.heading(change.column), change) for change in plan.changes]
    if not plan.problems and (plan.new or plan.changes):
        context["token"] = uploads.keep(
            upload, plan=fingerprint(plan), person=request.user, item_list=item_list
        )
    return context


def _confirm(request, item_list):
    try:
        upload, fingerprint_shown = uploads.fetch(
            request.POST["token"], person=request.user, item_list=item_list
        )
        with transaction.atomic():
            # Locked, so that what is compared with the list is what is written into it.
            ItemList.objects.select_for_update(no_key=True).get(pk=item_list.pk)
            plan = _plan(upload, item_list)
            if fingerprint(plan) != fingerprint_shown:
                changed = _("The list has changed since. Look again at what would change.")
                return _preview_context(request, item_list, upload, plan, [changed]), False
            do_import(plan, by=request.user)
    except Refused as refused:
        return {"form": UploadForm(), "sentences": refused.sentences}, False
    uploads.forget(request.user)
    return {}, True


def _plan(upload: Upload, item_list) -> ImportPlan:
    return plan_import(upload.content, item_list, name=upload.name, sheet=upload.sheet or None)


def fingerprint(plan: ImportPlan) -> str:
    """Return a digest of all that the plan would change."""
    changes = [(diff.number, diff.item is None, diff.changes) for diff in plan.diffs]
    return hashlib.sha256(repr(changes).encode()).hexdigest()

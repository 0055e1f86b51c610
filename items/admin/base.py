"""What every page of the admin does: rows of one's own committees, sentences, history."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.forms import HiddenInput, IntegerField, ModelForm
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from items.admin import access
from items.admin.changes import changes_of
from items.errors import Refused
from items.models import Committee
from items.models.versioned import Versioned, changed_meanwhile, lock


class Kept(admin.ModelAdmin):
    """Rows that belong to committees; `committee` says by which road.

    Who isn't in `keepers` sees the rows of the committees they may read, or none.
    """

    committee = "committee"  # the lookup from a row to its committee
    actions = None  # a bulk action asks for no single row
    list_per_page = 50

    def keepers(self, person):
        """Return the committees whose rows `person` may change here."""
        return access.kept_by_administrator(person)

    def readers(self, person):
        """Return the committees whose rows `person` may see here."""
        return access.seen_by(person)

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        mine = _read_once(request, self.readers)
        return rows.filter(**{f"{self.committee}__in": mine.values("pk")})

    def get_object(self, request, object_id, from_field=None):
        """Return the row, locked where it is read in order to change it."""
        row = super().get_object(request, object_id, from_field)
        changing = request.method == "POST" and transaction.get_connection().in_atomic_block
        if isinstance(row, Versioned) and changing:
            lock(row)
        return row

    # Who

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, row=None):
        return _is_in(row, self.committee, _read_once(request, self.readers))

    def has_add_permission(self, request):
        return bool(_read_once(request, self.keepers))

    def has_change_permission(self, request, row=None):
        return _is_in(row, self.committee, _read_once(request, self.keepers))

    def has_delete_permission(self, request, row=None):
        return self.has_change_permission(request, row)

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "committee"] if obj and self.committee == "committee" else fields

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Offer rows of the committees that the person keeps, and no others."""
        model = db_field.related_model
        mine = self.keepers(request.user).values("pk")
        if model is Committee:
            kwargs["queryset"] = self.keepers(request.user)
        elif any(field.name == "committee" for field in model._meta.fields):
            kwargs["queryset"] = model._default_manager.filter(committee__in=mine)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    # A refusal is a sentence, never a broken page

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        return self._said(request, super().changeform_view, object_id, form_url, extra_context)

    def delete_view(self, request, object_id, extra_context=None):
        return self._said(request, super().delete_view, object_id, extra_context)

    def _said(self, request, view, *args):
        try:
            return view(request, *args)
        except Refused as refused:
            say(request, refused)
        except IntegrityError:
            messages.error(request, _("The database refused this. Nothing was saved."))
        return HttpResponseRedirect(request.get_full_path())

    # History

    def history_view(self, request, object_id, extra_context=None):
        """Show who changed what and when, cell by cell."""
        row = self.get_object(request, object_id)
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        if not hasattr(row, "history"):
            return super().history_view(request, object_id, extra_context)
        context = self.page(request, row, title=_("Change history: %s") % row)
        context |= {"changes": changes_of(row)}
        return TemplateResponse(request, "admin/items/history.html", context)

    def page(self, request, row, **context):
        """Return what a page of our own about a row has in its template."""
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": row,
            "module_name": self.opts.verbose_name_plural,
            **context,
        }


def _read_once(request, committees_of):
    """Return the committees that `committees_of` gives for the request's account.

    The menu of every page asks about each model's rights, so a page that only shows reads them
    once. What changes something reads them each time: they may be what it changes.
    """
    if request.method not in ("GET", "HEAD"):
        return committees_of(request.user)
    known = request.__dict__.setdefault("_committees_of_account", {})
    method = committees_of.__func__  # one for all models that don't override it
    if method not in known:
        known[method] = committees_of(request.user)
    return known[method]


def _is_in(row, road, committees):
    if row is None:
        return bool(committees)
    for name in road.split("__"):
        row = getattr(row, name)
        if row is None:
            return False
    key = getattr(row, "pk", row)
    return key in {committee.pk for committee in committees}


def say(request, refused: Refused) -> None:
    """Say each sentence of a refusal on the next page."""
    for sentence in refused.sentences:
        messages.error(request, sentence)


class VersionedForm(ModelForm):
    """A form that refuses to write over what somebody saved since it was shown."""

    seen_version = IntegerField(widget=HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = self.instance.version

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and cleaned.get("seen_version") != self.instance.version:
            raise ValidationError(changed_meanwhile(self.instance).sentences)
        return cleaned

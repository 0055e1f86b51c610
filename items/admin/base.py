"""Base ModelAdmin: row-level permissions by committee, refusals as messages, change history."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.forms import HiddenInput, IntegerField, ModelForm
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from items.admin import access
from items.admin.history import changes_of
from items.errors import Refused
from items.models import Committee, Organisation, Person
from items.models.closing_name import Shown, lists_showing
from items.models.versioned import Versioned, changed_meanwhile, lock


class RowPermissionAdmin(admin.ModelAdmin):
    """A ModelAdmin that shows and changes rows of the person's own committees alone.

    A subclass says which committees those are, and by `committee` how a row leads to its own.
    """

    committee = "committee"  # the lookup from a row to its committee
    actions = None  # a bulk action asks for no single row
    list_per_page = 50

    def committees_to_change(self, person):
        """Return the committees whose rows `person` may change here."""
        return access.committees_administered_by(person)

    def committees_to_view(self, person):
        """Return the committees whose rows `person` may see here."""
        return access.committees_visible_to(person)

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        mine = _read_once(request, self.committees_to_view)
        return rows.filter(**{f"{self.committee}__in": mine.values("pk")})

    def get_object(self, request, object_id, from_field=None):
        """Return the row, locked where it is read in order to change it."""
        row = super().get_object(request, object_id, from_field)
        changing = request.method == "POST" and transaction.get_connection().in_atomic_block
        if isinstance(row, Versioned) and changing:
            lock(row)
        return row

    # Permissions

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, row=None):
        return _is_in(row, self.committee, _read_once(request, self.committees_to_view))

    def has_add_permission(self, request):
        return bool(_read_once(request, self.committees_to_change))

    def has_change_permission(self, request, row=None):
        return _is_in(row, self.committee, _read_once(request, self.committees_to_change))

    def has_delete_permission(self, request, row=None):
        return self.has_change_permission(request, row)

    def get_readonly_fields(self, request, obj=None):
        fields = [*super().get_readonly_fields(request, obj), *shown_names(obj)]
        return [*fields, "committee"] if obj and self.committee == "committee" else fields

    def get_fieldsets(self, request, obj=None):
        """Say above the fields who renames what published lists show."""
        fieldsets = super().get_fieldsets(request, obj)
        if not shown_names(obj):
            return fieldsets
        sentence = _("Published lists show this name. The office renames it at the desk.")
        (title, options), *others = fieldsets
        return [(title, options | {"description": sentence}), *others]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Offer rows of the committees that the person may change, and no others."""
        model = db_field.related_model
        committees = self.committees_to_change(request.user).values("pk")
        if model is Committee:
            kwargs["queryset"] = self.committees_to_change(request.user)
        elif any(field.name == "committee" for field in model._meta.fields):
            kwargs["queryset"] = model._default_manager.filter(committee__in=committees)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    # A refusal is a sentence, never a broken page

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        return self._show_refusals(
            request, super().changeform_view, object_id, form_url, extra_context
        )

    def delete_view(self, request, object_id, extra_context=None):
        return self._show_refusals(request, super().delete_view, object_id, extra_context)

    def _show_refusals(self, request, view, *args):
        """Call the view; where the change is refused, show why and the form again."""
        try:
            return view(request, *args)
        except Refused as refused:
            show_refusal(request, refused)
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
        """Return the template context of a page of our own about a row."""
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": row,
            "module_name": self.opts.verbose_name_plural,
            **context,
        }


def shown_names(row) -> list[str]:
    """Return the columns of a row's name that published lists show: only `rename` changes them."""
    if not isinstance(row, Shown) or not lists_showing(row).exists():
        return []
    if isinstance(row, Organisation) and row.short_name:
        return ["short_name", "short_name_en", *([] if row.short_name_en else ["name_en"])]
    return ["name"] if isinstance(row, Person) else ["name", "name_en"]


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


def _is_in(row, lookup, committees):
    """Tell whether a row belongs to one of the committees; without a row, whether there is any."""
    if row is None:
        return bool(committees)
    for name in lookup.split("__"):
        row = getattr(row, name)
        if row is None:
            return False
    key = getattr(row, "pk", row)
    return key in {committee.pk for committee in committees}


def show_refusal(request, refused: Refused) -> None:
    """Show each sentence of a refusal on the next page."""
    for sentence in refused.sentences:
        messages.error(request, sentence)


class VersionedForm(ModelForm):
    """A form with an optimistic lock: what somebody saved since it was shown is not overwritten."""

    seen_version = IntegerField(widget=HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = self.instance.version

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and cleaned.get("seen_version") != self.instance.version:
            raise ValidationError(changed_meanwhile(self.instance).sentences)
        return cleaned

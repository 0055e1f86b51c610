"""Base ModelAdmin: row-level permissions by committee, refusals as messages, change history."""

from django.contrib import admin, messages
from django.contrib.admin.utils import lookup_spawns_duplicates
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from items.admin import access
from items.admin.history import changes_of
from items.admin.seen import SEEN, SeenForm, digest_of, refuse_stale
from items.errors import Refused
from items.models import Committee, Organisation, Person
from items.models.closing_name import Shown, announced_showing, lists_showing
from items.models.folded import saying


class RowPermissionAdmin(admin.ModelAdmin):
    """A ModelAdmin that shows and changes rows of the person's own committees alone.

    A subclass says which committees those are, and by `committee` how a row leads to its own.
    """

    form = SeenForm
    delete_confirmation_template = "admin/items/delete_confirmation.html"
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
        if row is None or not changing:
            return row
        rows = self.model._base_manager.select_for_update(of=("self",), no_key=True)
        rows.filter(pk=row.pk).first()
        return super().get_object(request, object_id, from_field)

    def get_search_results(self, request, queryset, search_term):
        """Find what contains each word, whatever its case and width, as the desk finds."""
        columns = self.get_search_fields(request)
        several = any(lookup_spawns_duplicates(self.opts, column) for column in columns)
        return saying(queryset, search_term, *columns), several

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
        """Say above the fields who renames what published lists show; carry what was seen."""
        fieldsets = self.with_seen(super().get_fieldsets(request, obj), request, obj)
        if not shown_names(obj):
            return fieldsets
        sentence = _("Published lists show this name. The office renames it at the desk.")
        (title, options), *others = fieldsets
        return [(title, options | {"description": sentence}), *others]

    def with_seen(self, fieldsets, request, obj):
        """Return the fieldsets with the hidden field that says which state the form shows."""
        if obj is None or not self.has_change_permission(request, obj):
            return fieldsets
        (title, options), *others = fieldsets
        return [(title, options | {"fields": [*options["fields"], SEEN]}), *others]

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
        answer = self._show_refusals(
            request, super().changeform_view, object_id, form_url, extra_context
        )
        admin_form = getattr(answer, "context_data", {}).get("adminform")
        if admin_form and getattr(admin_form.form, "is_stale", False):
            answer.status_code = 409
        return answer

    def delete_view(self, request, object_id, extra_context=None):
        return self._show_refusals(request, super().delete_view, object_id, extra_context)

    def delete_model(self, request, obj):
        """Delete the row, if it is the one that the page asked about."""
        refuse_stale(obj, request.POST)
        super().delete_model(request, obj)

    def render_delete_form(self, request, context):
        return super().render_delete_form(request, context | {"seen": digest_of(context["object"])})

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


class ReadOnlyAdmin(RowPermissionAdmin):
    """A ModelAdmin that shows what an action or the clock wrote; nobody writes it here."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, row=None):
        return False

    def has_delete_permission(self, request, row=None):
        return False


class ReadOnlyInline(admin.TabularInline):
    """Rows under one that is shown, to read alone."""

    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return True


def shown_names(row) -> list[str]:
    """Return the columns of a row's name that published lists show: only `rename` changes them."""
    if not isinstance(row, Shown):
        return []
    if not (lists_showing(row).exists() or announced_showing(row).exists()):
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

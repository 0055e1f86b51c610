"""Lists: drawn up and published by their office, read-only from then on."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from items import actions, rules
from items.admin import access
from items.admin.base import RowPermissionAdmin, show_refusal
from items.admin.seen import digest_of, refuse_stale
from items.errors import Refused
from items.models import ItemList
from items.rules.announcing import announcement_of, was_announced
from items.rules.closing import left_behind
from items.rules.gaps import gaps


@admin.register(ItemList)
class ItemListAdmin(RowPermissionAdmin):
    list_display = ["name", "year", "committee", "status", "published_on", "closed_on"]
    list_filter = ["status", "year", ("committee", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["committee"]
    search_fields = ["name", "name_en", "slug"]
    ordering = ["-year", "name"]
    fields = ["committee", "slug", "year", "name", "name_en", "programme", "programme_en"]
    change_form_template = "admin/items/itemlist/change_form.html"

    def committees_to_change(self, person):
        return access.committees_with_office(person)

    def has_change_permission(self, request, row=None):
        may = row is None or (row.is_draft and not announcement_of(row))
        return may and super().has_change_permission(request, row)

    def get_readonly_fields(self, request, obj=None):
        """Keep the address, and whose it is, of a list that everyone could read at it."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "slug"] if obj and was_announced(obj) else fields

    def get_fields(self, request, obj=None):
        if obj is None:
            return self.fields
        if self.has_change_permission(request, obj):
            return self.fields
        return [*self.fields, "status", "published_on", "closed_on"]

    def get_urls(self):
        publish = self.admin_site.admin_view(self.publish_view)
        urls = [path("<path:object_id>/publish/", publish, name="items_itemlist_publish")]
        return [*urls, *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            context |= self._refusals(request, obj) | {"seen": digest_of(obj)}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _refusals(self, request, item_list):
        why = rules.why_not("publish", request.user, item_list)
        return {
            "why_not_publish": [why] if why else gaps(item_list, timezone.localdate()),
            "left_behind": left_behind(item_list),
            "why_not_import": rules.why_not("import_into", request.user, item_list),
        }

    def visible_list(self, request, object_id) -> ItemList:
        """Return a list that the person may see; 404 without one, 403 for another's."""
        item_list = self.get_object(request, object_id)
        if item_list is None:
            raise Http404
        if not self.has_view_permission(request, item_list):
            raise PermissionDenied
        return item_list

    def publish_view(self, request, object_id):
        """Publish the list as the person who is signed in, or show every reason why not."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            item_list = self.visible_list(request, object_id)
            if not self._refusals(request, item_list)["why_not_publish"]:
                refuse_stale(item_list, request.POST)
            actions.publish_list(item_list, by=request.user, yes="_yes" in request.POST)
            self.log_change(request, item_list, _("Published."))
            messages.success(request, _("“%s” is published.") % item_list)
        except Refused as refused:
            show_refusal(request, refused)
        return redirect(reverse("admin:items_itemlist_change", args=[object_id]))

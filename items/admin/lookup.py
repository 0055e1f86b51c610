"""Look-up tables of a committee: its units, places, themes and categories."""

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext as _

from items import rules
from items.admin import access
from items.admin.base import RowPermissionAdmin
from items.admin.seen import SeenForm
from items.models import Category, Item, Place, Theme, Unit
from items.models.tie import people_of
from items.states import Status


class LookUpAdmin(RowPermissionAdmin):
    list_display = ["name", "name_en", "committee"]
    list_filter = [("committee", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["committee"]
    search_fields = ["name", "name_en"]
    ordering = ["committee", "name"]

    def committees_to_change(self, person):
        return access.committees_visible_to(person)


class UnitForm(SeenForm):
    def clean_helpers(self):
        """Refuse a helper who checks the unit's published items (rule 2)."""
        helpers = self.cleaned_data["helpers"]
        if not self.instance.pk:
            return helpers
        items = Item.objects.exclude(status=Status.DRAFT).filter(
            unit_shares__unit=self.instance, unit_shares__role__in=["lead", "joint"]
        )
        today = timezone.localdate()
        for item in items.prefetch_related("supervisor_post__holdings__person"):
            if (checker := item.supervisor_post.holder(today)) in helpers:
                sentence = _(
                    "%(person)s checks no. %(number)s and can’t report for its unit as well."
                )
                words = {"person": checker, "number": item.number}
                raise forms.ValidationError(sentence % words)
        return helpers


@admin.register(Unit)
class UnitAdmin(LookUpAdmin):
    form = UnitForm
    list_display = ["name", "name_en", "kind", "committee"]
    list_filter = ["kind", *LookUpAdmin.list_filter]
    fields = ["committee", "name", "name_en", "kind", "helpers"]
    filter_horizontal = ["helpers"]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        people = people_of(self.committees_to_change(request.user).values("pk"))
        if rules.is_site_administrator(request.user):
            people = access.accounts_administered_by(request.user)
        kwargs["queryset"] = people.order_by("name", "username")
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Place)
class PlaceAdmin(LookUpAdmin):
    list_display = ["name", "name_en", "parent", "committee"]
    list_select_related = ["committee", "parent"]
    fields = ["committee", "parent", "name", "name_en"]


@admin.register(Theme)
class ThemeAdmin(LookUpAdmin):
    fields = ["committee", "name", "name_en"]


@admin.register(Category)
class CategoryAdmin(LookUpAdmin):
    fields = ["committee", "name", "name_en"]

"""Organisations, committees and the roles that people have in them."""

from django.contrib import admin
from django.utils.translation import gettext as _

from items import rules
from items.admin import access
from items.admin.base import RowPermissionAdmin, shown_names
from items.admin.seen import SeenForm
from items.models import Committee, Organisation, Role
from items.rules.announcing import SWITCHES
from items.states import NAMED_POSTS

# Named at the desk, openly
POSTS = [column for columns in NAMED_POSTS.values() for column in columns]


@admin.register(Organisation)
class OrganisationAdmin(RowPermissionAdmin):
    committee = "committees"
    list_display = ["name", "name_en", "short_name"]
    search_fields = ["name", "name_en", "short_name"]

    def get_queryset(self, request):
        # Several committees of an organisation would show it several times.
        rows = admin.ModelAdmin.get_queryset(self, request)
        if rules.is_site_administrator(request.user):
            return rows
        organisations = self.committees_to_view(request.user).values("organisation")
        return rows.filter(pk__in=organisations)

    def has_view_permission(self, request, row=None):
        return rules.is_site_administrator(request.user) or bool(
            access.committees_administered_by(request.user).exists()
        )

    def has_add_permission(self, request):
        return rules.is_site_administrator(request.user)

    def has_change_permission(self, request, row=None):
        return rules.is_site_administrator(request.user)


@admin.register(Committee)
class CommitteeAdmin(RowPermissionAdmin):
    committee = "pk"
    list_display = ["name", "name_en", "organisation", "parent", "slug", "show_names"]
    list_filter = [("organisation", admin.RelatedOnlyFieldListFilter), "show_names"]
    list_select_related = ["organisation", "parent"]
    search_fields = ["name", "name_en", "slug"]
    fields = ["organisation", "parent", "name", "name_en", "slug", "show_names"]
    fields += ["stale_after_days", "answer_within_days", "review_share"]
    fields += [*SWITCHES.values(), *POSTS]

    def committees_to_view(self, person):
        return access.committees_administered_by(person)

    def has_add_permission(self, request):
        return rules.is_site_administrator(request.user)

    def has_delete_permission(self, request, row=None):
        return rules.is_site_administrator(request.user)

    def get_readonly_fields(self, request, obj=None):
        # A parent's office reads its children's desks: who stands above whom is for the superuser.
        for_superusers = ["organisation", "parent", "slug"]
        fixed = [] if rules.is_site_administrator(request.user) else for_superusers
        return [*fixed, *POSTS, *shown_names(obj)]


class RoleForm(SeenForm):
    def clean(self):
        """Refuse an office's say to who has a superuser's: they would lose both."""
        cleaned = super().clean()
        person = cleaned.get("person")
        if person and person.is_superuser and cleaned.get("kind") == Role.Kind.OFFICE:
            sentence = _(
                "%(person)s is a superuser. Nobody is that and of an office: take the mark of a"
                " superuser away on their page first."
            )
            self.add_error("person", sentence % {"person": person})
        return cleaned


@admin.register(Role)
class RoleAdmin(RowPermissionAdmin):
    form = RoleForm
    list_display = ["person", "kind", "committee"]
    list_filter = ["kind", ("committee", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["person", "committee"]
    search_fields = ["person__name", "person__username"]
    fields = ["person", "committee", "kind"]

    def committees_to_view(self, person):
        return access.committees_administered_by(person)

    def get_readonly_fields(self, request, obj=None):
        return self.fields if obj else []

    def has_change_permission(self, request, row=None):
        return row is None and super().has_change_permission(request)

    def has_delete_permission(self, request, row=None):
        # Who could take their own role away could then publish: an administrator has no say there.
        is_own = row is not None and row.person_id == request.user.pk
        return not is_own and super().has_change_permission(request, row)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "person":
            others = access.accounts_administered_by(request.user).exclude(pk=request.user.pk)
            kwargs["queryset"] = others.order_by("name", "username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

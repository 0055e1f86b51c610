"""Accounts: with a password, or without a login for those who only hold a post."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    UserChangeForm,
)
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from items import rules
from items.actions import invitation
from items.admin import access
from items.admin.base import RowPermissionAdmin, shown_names
from items.admin.seen import SeenForm
from items.models import Person, Role


class NewPersonForm(AdminUserCreationForm):
    class Meta(AdminUserCreationForm.Meta):
        model = Person
        fields = ["username", "name"]


class PersonForm(SeenForm, UserChangeForm):
    class Meta(UserChangeForm.Meta):
        model = Person

    def clean_is_superuser(self):
        """Refuse a superuser's say to who has an office's: they would lose both."""
        is_superuser = self.cleaned_data["is_superuser"]
        roles = self.instance.roles.filter(kind=Role.Kind.OFFICE).select_related("committee")
        if is_superuser and (role := roles.first()):
            sentence = gettext(
                "%(person)s is of the office of “%(committee)s”. Nobody is that and a superuser:"
                " take the role away first."
            )
            words = {"person": self.instance, "committee": role.committee}
            raise ValidationError(sentence % words)
        return is_superuser


class PasswordForm(AdminPasswordChangeForm):
    def save(self, commit=True):
        """Save the password alone: the rest of the account may have changed since it was read."""
        person = super().save(commit=False)
        if commit:
            person.save(update_fields=["password"])
        return person


class RolesInline(admin.TabularInline):
    """A person's roles, to read; they are given and taken under Roles."""

    model = Person.roles.rel.related_model
    can_delete = False
    fields = readonly_fields = ["committee", "kind"]
    extra = 0

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("committee")


@admin.register(Person)
class PersonAdmin(UserAdmin, RowPermissionAdmin):
    form = PersonForm
    add_form = NewPersonForm
    change_password_form = PasswordForm
    inlines = [RolesInline]
    list_display = ["username", "name", "is_active", "is_staff", "is_superuser"]
    list_filter = ["is_active", "is_staff", "is_superuser", "roles__kind"]
    search_fields = ["username", "name"]
    filter_horizontal = []
    change_form_template = "admin/items/person/change_form.html"
    fieldsets = [
        (None, {"fields": ["username", "password", "name", "email"]}),
        (_("Permissions"), {"fields": ["is_active", "is_staff", "is_superuser"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "name", "usable_password", "password1", "password2"]})
    ]

    def get_queryset(self, request):
        accounts = access.accounts_administered_by(request.user).values("pk")
        return admin.ModelAdmin.get_queryset(self, request).filter(pk__in=accounts)

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def has_view_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def has_add_permission(self, request):
        return access.committees_administered_by(request.user).exists()

    def has_change_permission(self, request, obj=None):
        accounts = access.accounts_administered_by(request.user)
        return accounts.filter(pk=obj.pk).exists() if obj else self.has_add_permission(request)

    def has_delete_permission(self, request, obj=None):
        return False  # the ledger names people; an account is closed instead

    def get_readonly_fields(self, request, obj=None):
        fixed = [] if rules.is_site_administrator(request.user) else ["is_superuser"]
        return [*fixed, *shown_names(obj)]

    def get_urls(self):
        view = self.admin_site.admin_view(self.invite_view)
        return [
            path("<path:object_id>/invite/", view, name="items_person_invite"),
            *super().get_urls(),
        ]

    def invite_view(self, request, object_id):
        """Show a link once with which the person sets their own password."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        person = self.get_object(request, object_id)
        if person is None or not person.is_active:
            raise Http404
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        address = reverse("account_invitation", args=[invitation.invite(person)])
        self.log_change(request, person, gettext("Invitation link made"))
        context = self.page(
            request,
            person,
            title=gettext("Invitation link: %s") % person,
            link=settings.SITE_URL + address,
            until=timezone.now() + invitation.LASTS,
        )
        return TemplateResponse(request, "admin/items/person/invitation.html", context)

"""Posts and who holds them. A holder changes only through the action that appoints."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from items import actions, rules
from items.admin import access
from items.admin.base import RowPermissionAdmin
from items.errors import Conflict, Refused
from items.models import Holding, Person, Post
from items.states import ListStatus


class HoldersInline(admin.TabularInline):
    model = Holding
    can_delete = False
    fields = readonly_fields = ["person", "since", "until"]

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("person", "post")


class AppointForm(forms.Form):
    """A form about a post; it knows which holding its reader saw, 0 for none."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    person = forms.ModelChoiceField(
        Person.objects.none(),
        label=gettext_lazy("person"),
        required=False,
        empty_label=gettext_lazy("nobody: the post is vacant"),
    )
    since = forms.DateField(
        label=gettext_lazy("from"), widget=forms.DateInput(attrs={"type": "date"})
    )
    reason = forms.CharField(label=gettext_lazy("reason"), required=False, max_length=500)


@admin.register(Post)
class PostAdmin(RowPermissionAdmin):
    inlines = [HoldersInline]
    list_display = ["name", "name_en", "is_leader", "holder_today", "committee"]
    list_filter = ["is_leader", ("committee", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["committee"]
    search_fields = ["name", "name_en", "holdings__person__name"]
    fields = ["committee", "name", "name_en", "is_leader"]
    ordering = ["committee", "name"]
    change_form_template = "admin/items/post/change_form.html"

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("holdings__person")

    @admin.display(description=gettext_lazy("holder today"))
    def holder_today(self, post):
        return post.holder(timezone.localdate()) or "—"

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        # Every leader owns an item: a mark that can be taken off quietly would hide who owns none.
        frozen = obj and obj.committee.lists.filter(status=ListStatus.PUBLISHED).exists()
        return [*fields, "is_leader"] if frozen else fields

    def get_urls(self):
        view = self.admin_site.admin_view(self.appoint_view)
        appoint = path("<path:object_id>/appoint/", view, name="items_post_appoint")
        return [appoint, *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            context["appoint_refusal"] = self._why_not(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _why_not(self, request, post):
        if not self.has_change_permission(request, post):
            return _("Administrators appoint here until a list is published; then the office does.")
        return rules.why_not("appoint", request.user, post)

    def appoint_view(self, request, object_id):
        """Appoint through the action, or say why not."""
        post = self.get_object(request, object_id)
        if post is None:
            raise Http404
        if not self.has_change_permission(request, post):
            raise PermissionDenied
        refusal = self._why_not(request, post)
        initial = {"since": timezone.localdate(), "seen": holding_of(post)}
        form = AppointForm(request.POST or None, initial=initial)
        people = access.accounts_administered_by(request.user).filter(is_active=True)
        form.fields["person"].queryset = people.order_by("name", "username")
        status = 403 if refusal else 200
        if request.method == "POST" and not refusal and form.is_valid():
            status = self._appoint(request, post, form)
            if status == 302:
                return redirect(reverse("admin:items_post_change", args=[post.pk]))
        title = _("Appoint: %s") % post
        context = self.page(request, post, title=title, form=form, refusal=refusal)
        return TemplateResponse(request, "admin/items/post/appoint.html", context, status=status)

    def _appoint(self, request, post, form):
        """Appoint, or put the refusal into the form; return the status of the answer."""
        sent = form.cleaned_data
        seen = -1 if sent["seen"] is None else sent["seen"]  # no holding's key: the form is stale
        try:
            yes = "_yes" in request.POST
            actions.appoint(post, by=request.user, yes=yes, **sent | {"seen": seen})
        except Refused as refused:
            form.data = form.data.copy()
            form.data["seen"] = holding_of(post)
            form.add_error(None, refused.sentences)
            return 409 if isinstance(refused, Conflict) else 200
        self.log_change(request, post, _("Appointed: %s") % (sent["person"] or "—"))
        messages.success(request, _("The holder is written down."))
        return 302


def holding_of(post) -> int:
    """Return the key of the holding in force, 0 for none, as `actions.appoint` takes it."""
    current = post.holdings.filter(until=None).first()
    return current.pk if current else 0

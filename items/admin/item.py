"""Items: a draft is edited here by its office; what is published is only read."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import TextField
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext as _

from items import rules
from items.admin import access
from items.admin.base import Kept, VersionedForm
from items.columns import STORED, grouped
from items.models import Item, ItemList, Measure, Part, UnitShare
from items.models.tie import people_of
from items.states import ListStatus, Status


class ItemForm(VersionedForm):
    person = None  # who sends it; set for each request

    def clean(self):
        """Refuse what a list takes no more: published meanwhile, or another committee's."""
        cleaned = super().clean()
        key = self.instance.list_id or getattr(cleaned.get("list"), "pk", None)
        if key:
            # Locked, so that nobody publishes it while this is saved.
            item_list = ItemList.objects.select_for_update(no_key=True).get(pk=key)
            if refusal := rules.why_not("import_into", self.person, item_list):
                raise ValidationError(refusal)
        return cleaned


class LinesOfOneCommittee(BaseInlineFormSet):
    def clean(self):
        """Refuse the unit of another committee than the item's."""
        super().clean()
        committee = self.instance.list.committee_id if self.instance.list_id else None
        for form in self.forms:
            unit = getattr(form, "cleaned_data", {}).get("unit")
            if unit and committee and unit.committee_id != committee:
                raise ValidationError(_("“%s” belongs to another committee.") % unit)


def text_of_width(columns: int) -> dict:
    """Return overrides that keep texts small enough for a form of some thirty fields."""
    return {TextField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": columns})}}


class Lines(admin.TabularInline):
    """Lines under an item; they may change when their item may."""

    extra = 0
    formfield_overrides = text_of_width(40)

    def has_view_permission(self, request, obj=None):
        return True

    def has_add_permission(self, request, obj=None):
        return obj is None or is_draft(obj)

    has_change_permission = has_delete_permission = has_add_permission

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "unit":
            mine = access.kept_by_office(request.user).values("pk")
            units = db_field.related_model.objects.filter(committee__in=mine)
            kwargs["queryset"] = units.order_by("name")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class Measures(Lines):
    model = Measure
    fields = ["order", "text", "text_en"]


class Shares(Lines):
    model = UnitShare
    formset = LinesOfOneCommittee
    fields = ["order", "unit", "role"]


class Parts(Lines):
    model = Part
    formset = LinesOfOneCommittee
    fields = ["order", "title", "title_en", "unit", "start_by", "due", "due_words", "progress"]
    fields += ["done_on"]


ENGLISH = [f"{column.name}_en" for column in STORED if column.admin and column.english]


def asked(group: str) -> list[str]:
    """Return the fields of a group of the form (items.columns)."""
    return [column.name for column in grouped("admin", group)]


def is_draft(item: Item) -> bool:
    return item.status == Status.DRAFT and item.list.status == ListStatus.DRAFT


@admin.register(Item)
class ItemAdmin(Kept):
    committee = "list__committee"
    form = ItemForm
    formfield_overrides = text_of_width(80)
    inlines = [Measures, Shares, Parts]
    list_display = ["number", "title", "list", "status", "owner_post", "supervisor_post", "due"]
    list_display_links = ["number", "title"]
    list_filter = [("list", admin.RelatedOnlyFieldListFilter), "status", "term"]
    list_filter += [("category", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["list", "owner_post", "supervisor_post"]
    search_fields = ["title", "title_en", "problem", "owner_post__name", "supervisor_post__name"]
    ordering = ["list", "number"]

    def keepers(self, person):
        return access.kept_by_office(person)

    def has_change_permission(self, request, row=None):
        return (row is None or is_draft(row)) and super().has_change_permission(request, row)

    def get_readonly_fields(self, request, obj=None):
        return ["list"] if obj else []

    def get_fieldsets(self, request, obj=None):
        shown_only = obj and not self.has_change_permission(request, obj)
        first = [*asked("promised"), "status" if shown_only else "seen_version"]
        return [
            (None, {"fields": first}),
            (_("Who is responsible"), {"fields": asked("duty")}),
            (_("By when"), {"fields": asked("days")}),
            (_("How far it is"), {"fields": asked("done")}),
            (_("In English"), {"fields": ENGLISH}),
            (_("For the office alone"), {"fields": asked("internal")}),
        ]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.person = request.user
        return form

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "list":
            mine = self.keepers(request.user).values("pk")
            drafts = ItemList.objects.filter(committee__in=mine, status=ListStatus.DRAFT)
            return super(Kept, self).formfield_for_foreignkey(
                db_field, request, **kwargs | {"queryset": drafts}
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        people = people_of(self.keepers(request.user).values("pk"))
        kwargs |= {"queryset": people.order_by("name", "username")}
        kwargs |= {"widget": forms.CheckboxSelectMultiple}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

"""Items: a draft is edited here by its office; what is published is only read."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import TextField
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext as _

from items import rules
from items.actions.draft import MOST_CRITERIA
from items.admin import access
from items.admin.base import RowPermissionAdmin
from items.admin.seen import SeenForm
from items.columns import STORED, grouped
from items.models import Criterion, Item, ItemList, Measure, Part, UnitShare
from items.models.tie import people_of
from items.rules.announcing import announcement_of
from items.states import ListStatus, Status


class ItemForm(SeenForm):
    second_sending = False
    person = None  # who sends the form; set for each request

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


class OneCommitteeFormSet(BaseInlineFormSet):
    def clean(self):
        """Refuse the unit of another committee than the item's."""
        super().clean()
        committee = self.instance.list.committee_id if self.instance.list_id else None
        for form in self.forms:
            unit = getattr(form, "cleaned_data", {}).get("unit")
            if unit and committee and unit.committee_id != committee:
                raise ValidationError(_("“%s” belongs to another committee.") % unit)


def textareas(columns: int) -> dict:
    """Return overrides that keep texts small enough for a form of some thirty fields."""
    return {TextField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": columns})}}


class ItemLinesInline(admin.TabularInline):
    """Lines under an item; they may change when their item may."""

    extra = 0
    formfield_overrides = textareas(40)

    def has_view_permission(self, request, obj=None):
        return True

    def has_add_permission(self, request, obj=None):
        return obj is None or is_draft(obj)

    has_change_permission = has_delete_permission = has_add_permission

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "unit":
            committees = access.committees_with_office(request.user).values("pk")
            units = db_field.related_model.objects.filter(committee__in=committees)
            kwargs["queryset"] = units.order_by("name")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class MeasuresInline(ItemLinesInline):
    model = Measure
    fields = ["order", "text", "text_en"]


class CriteriaInline(MeasuresInline):
    model = Criterion
    max_num = MOST_CRITERIA


class SharesInline(ItemLinesInline):
    model = UnitShare
    formset = OneCommitteeFormSet
    fields = ["order", "unit", "role"]


class PartsInline(ItemLinesInline):
    model = Part
    formset = OneCommitteeFormSet
    fields = ["order", "title", "title_en", "unit", "start_by", "due", "due_words", "progress"]
    fields += ["done_on"]


ENGLISH = [f"{column.name}_en" for column in STORED if column.admin and column.english]


def fields_of(group: str) -> list[str]:
    """Return the fields of a group of the form (items.columns)."""
    return [column.name for column in grouped("admin", group)]


def is_draft(item: Item) -> bool:
    """Tell whether an item and its list are drafts, which the admin may change.

    What goes on with an item of a running list isn't: that one says what it promises; nor is what
    is up for objections.
    """
    drafts = item.status == Status.DRAFT and item.list.status == ListStatus.DRAFT
    return drafts and item.carried_from_id is None and not announcement_of(item.list)


@admin.register(Item)
class ItemAdmin(RowPermissionAdmin):
    committee = "list__committee"
    form = ItemForm
    formfield_overrides = textareas(80)
    inlines = [MeasuresInline, CriteriaInline, SharesInline, PartsInline]
    list_display = ["number", "title", "list", "status", "owner_post", "supervisor_post", "due"]
    list_display_links = ["number", "title"]
    list_filter = [("list", admin.RelatedOnlyFieldListFilter), "status", "term"]
    list_filter += [("category", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["list", "owner_post", "supervisor_post"]
    search_fields = ["title", "title_en", "problem", "owner_post__name", "supervisor_post__name"]
    ordering = ["list", "number"]

    def committees_to_change(self, person):
        return access.committees_with_office(person)

    def has_change_permission(self, request, row=None):
        return (row is None or is_draft(row)) and super().has_change_permission(request, row)

    def get_readonly_fields(self, request, obj=None):
        return ["list"] if obj else []

    def get_fieldsets(self, request, obj=None):
        is_read_only = obj and not self.has_change_permission(request, obj)
        first = [*fields_of("promised"), *(["status"] if is_read_only else [])]
        fieldsets = [
            (None, {"fields": first}),
            (_("Who is responsible"), {"fields": fields_of("duty")}),
            (_("By when"), {"fields": fields_of("days")}),
            (_("How far it is"), {"fields": fields_of("done")}),
            (_("In English"), {"fields": ENGLISH}),
            (_("For the office alone"), {"fields": fields_of("internal")}),
        ]
        return self.with_seen(fieldsets, request, obj)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.person = request.user
        return form

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "list":
            committees = self.committees_to_change(request.user).values("pk")
            drafts = ItemList.objects.filter(committee__in=committees, status=ListStatus.DRAFT)
            return super(RowPermissionAdmin, self).formfield_for_foreignkey(
                db_field, request, **kwargs | {"queryset": drafts}
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        people = people_of(self.committees_to_change(request.user).values("pk"))
        kwargs |= {"queryset": people.order_by("name", "username")}
        kwargs |= {"widget": forms.CheckboxSelectMultiple}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

"""The assessments that were issued, to read; those that are being prepared stand at the desk."""

from django.contrib import admin

from items.admin.base import ReadOnlyAdmin, ReadOnlyInline
from items.models import Assessment, AssessmentRow
from items.models.assessment import FIGURES


class RowInline(ReadOnlyInline):
    """How was voted on each item."""

    model = AssessmentRow
    fields = readonly_fields = ["item", *FIGURES, "grade", "as_in_source"]


@admin.register(Assessment)
class AssessmentAdmin(ReadOnlyAdmin):
    committee = "list__committee"
    inlines = [RowInline]
    list_display = ["list", "number", "held_on", "body", "issued_on"]
    list_filter = [("list", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["list"]
    search_fields = ["body"]
    date_hierarchy = "held_on"
    fields = ["list", "number", "held_on", "body", "scrutineers", "tellers", "majority", "basis"]
    fields += ["put_right_days", "issued_on"]
    readonly_fields = fields

    def get_queryset(self, request):
        return super().get_queryset(request).issued()

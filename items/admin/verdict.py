"""The rounds of the workers' verdict with their counts, to read: nobody writes them here."""

from django.contrib import admin

from items.admin.base import ReadOnlyAdmin, ReadOnlyInline
from items.models import VerdictCount, VerdictRound


class CountInline(ReadOnlyInline):
    """The counts of the days that are over; what comes in today is told by no page."""

    model = VerdictCount
    fields = readonly_fields = ["day", "grade", "number", "verified", "from_wall"]


@admin.register(VerdictRound)
class VerdictRoundAdmin(ReadOnlyAdmin):
    committee = "item__list__committee"
    inlines = [CountInline]
    list_display = ["item", "opened_on", "ends_on", "ended_why"]
    list_filter = [("item__list", admin.RelatedOnlyFieldListFilter), "ended_why"]
    list_select_related = ["item__list"]
    search_fields = ["item__title"]
    date_hierarchy = "opened_on"
    fields = readonly_fields = ["item", "opened_on", "ends_on", "ended_why"]

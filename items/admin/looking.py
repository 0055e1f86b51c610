"""Reviews, look-backs and their draws, to read: they are opened and ended by their acts alone."""

from django.contrib import admin

from items.admin.base import ReadOnlyAdmin, ReadOnlyInline
from items.models import LookBack, LookBackDraw, Review


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    committee = "item__list__committee"
    list_display = ["item", "cause", "opened_on", "due", "post", "entry"]
    list_filter = [("item__list", admin.RelatedOnlyFieldListFilter), "cause"]
    list_select_related = ["item__list", "post", "entry"]
    search_fields = ["item__title"]
    date_hierarchy = "opened_on"
    fields = ["item", "cause", "round", "sign_off", "heard_before", "heard_after", "opened_on"]
    fields += ["due", "without_calendar", "post", "drawn", "entry"]
    readonly_fields = fields


class LookBackInline(ReadOnlyInline):
    """The look-backs that a draw asks for."""

    model = LookBack
    fields = readonly_fields = ["item", "post", "by_when", "entry"]


@admin.register(LookBack)
class LookBackAdmin(ReadOnlyAdmin):
    committee = "item__list__committee"
    list_display = ["item", "by_when", "post", "draw", "entry"]
    list_filter = [("item__list", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["item__list", "post", "draw", "entry"]
    search_fields = ["item__title"]
    date_hierarchy = "by_when"
    fields = readonly_fields = ["item", "sign_off", "post", "by_when", "round", "draw", "entry"]


@admin.register(LookBackDraw)
class LookBackDrawAdmin(ReadOnlyAdmin):
    inlines = [LookBackInline]
    list_display = ["committee", "quarter", "drawn_on"]
    list_filter = [("committee", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["committee"]
    date_hierarchy = "quarter"
    fields = readonly_fields = ["committee", "quarter", "head", "seed", "drawn_on"]

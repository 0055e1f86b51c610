"""The rectification ledger, to read: nothing here can add, change or delete an entry."""

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from items import public
from items.admin.base import RowPermissionAdmin
from items.models import Entry, EntryWords


class WordsInline(admin.StackedInline):
    """What the entry says in words."""

    model = EntryWords
    can_delete = False
    fields = readonly_fields = [
        *EntryWords.WORDS,
        *EntryWords.ENGLISH,
        *EntryWords.PART,
        "erased_on",
    ]

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return True


@admin.register(Entry)
class EntryAdmin(RowPermissionAdmin):
    committee = "list__committee"
    inlines = [WordsInline]
    list_display = ["seq", "list", "item", "verb", "name", "role", "happened_on", "written_at"]
    list_filter = [("list", admin.RelatedOnlyFieldListFilter), "verb", "role", "public"]
    list_select_related = ["list", "item", "words"]
    search_fields = ["item__title", "words__text", "words__name", "words__post"]
    date_hierarchy = "happened_on"
    ordering = ["-list", "-seq"]
    fields = ["list", "seq", "item", "verb", "status_from", "status_to", "by", "role"]
    fields += ["happened_on", "written_at", "public", "said"]
    readonly_fields = fields

    @admin.display(description=_("by"))
    def name(self, entry):
        """Return the name as it was at the time."""
        return entry.words.name

    @admin.display(description=_("what it says in dates and numbers"))
    def said(self, entry):
        """Return the entry's facts as sentences, as the desk shows them."""
        pairs = public.facts(entry, show_names=True)
        lines = format_html_join("", "<div>{}: {}</div>", pairs)
        return lines or "—"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, row=None):
        return False

    def has_delete_permission(self, request, row=None):
        return False

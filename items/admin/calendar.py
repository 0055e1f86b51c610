"""The calendar: days off and working days, one by one or as three columns; the site's alone."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from items import rules
from items.admin import access
from items.admin.base import RowPermissionAdmin
from items.calendar.lines import CalendarLine, read_lines
from items.calendar.shipped import shipped_years
from items.errors import Refused
from items.models import CalendarDay
from items.rules.working_days import Calendar
from items.sheets.calendar_file import calendar_text


class CalendarForm(forms.Form):
    """Lines of three columns, pasted or in a file; a file's lines come into the field."""

    lines = forms.CharField(
        label=gettext_lazy("Lines: day, kind, name"),
        required=False,
        max_length=100_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16}),
    )
    file = forms.FileField(
        label=gettext_lazy("or a file with these three columns (.xlsx, .csv, .txt)"),
        required=False,
    )

    def clean(self):
        cleaned = super().clean()
        try:
            if cleaned.get("file"):
                cleaned["lines"] = calendar_text(cleaned["file"])
                self.data = self.data.copy()
                self.data["lines"] = cleaned["lines"]  # a file can't be shown again; its lines can
            self.days = read_lines(cleaned.get("lines", ""))
        except Refused as refused:
            self.add_error(None, refused.sentences)
        return cleaned


@admin.register(CalendarDay)
class CalendarDayAdmin(RowPermissionAdmin):
    list_display = ["day", "kind", "name"]
    search_fields = ["name"]
    ordering = ["-day"]
    fields = ["day", "kind", "name"]
    change_list_template = "admin/items/calendarday/change_list.html"

    # The calendar is one for all committees: the site's administrator writes it, staff read it.

    def get_queryset(self, request):
        return admin.ModelAdmin.get_queryset(self, request)

    def has_view_permission(self, request, row=None):
        return self.has_change_permission(request) or bool(
            access.committees_visible_to(request.user).exists()
        )

    def has_add_permission(self, request):
        return rules.is_site_administrator(request.user)

    def has_change_permission(self, request, row=None):
        return rules.is_site_administrator(request.user)

    def get_urls(self):
        view = self.admin_site.admin_view(self.bring_in_view)
        bring_in = path("bring-in/", view, name="items_calendarday_bring_in")
        return [bring_in, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        calendar = {"calendar": calendars(), "may_write": self.has_add_permission(request)}
        return super().changelist_view(request, calendar | (extra_context or {}))

    def bring_in_view(self, request):
        """Bring in a table of three columns, all of it or nothing."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = CalendarForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            messages.success(request, write_days(form.days))
            return redirect(reverse("admin:items_calendarday_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "module_name": self.opts.verbose_name_plural,
            "title": _("Bring in a calendar"),
            "form": form,
        }
        return TemplateResponse(request, "admin/items/calendarday/bring_in.html", context)


def calendars() -> list[tuple[int, list[tuple[CalendarLine, bool]]]]:
    """Return each year's days, the latest year first, and of each day whether it was written."""
    written = set(CalendarDay.objects.values_list("day", flat=True))
    years = sorted(shipped_years() | {day.year for day in written}, reverse=True)
    days = Calendar(years[-1], years[0]).days
    return [
        (year, [(days[day], day in written) for day in sorted(days) if day.year == year])
        for year in years
    ]


@transaction.atomic
def write_days(lines: list[CalendarLine]) -> str:
    """Write each day that the calendar has otherwise; return a sentence about it."""
    years = [line.day.year for line in lines]
    known = Calendar(min(years), max(years)).days
    rows = CalendarDay.objects.select_for_update().in_bulk(
        [line.day for line in lines], field_name="day"
    )
    new = [line for line in lines if known.get(line.day) != line]
    for line in new:  # each by itself, for its history
        row = rows.get(line.day) or CalendarDay(day=line.day)
        row.kind, row.name = line.kind, line.name
        row.save()
    same = len(lines) - len(new)
    sentences = [
        ngettext("%d day was written.", "%d days were written.", len(new)) % len(new),
        ngettext("%d day was so already.", "%d days were so already.", same) % same,
    ]
    counts = [len(new), same]
    return " ".join(said for said, count in zip(sentences, counts, strict=True) if count)

"""What a committee's sheets call a column, where somebody had to say so by hand."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from items.models.organisation import Committee


class SheetHeading(models.Model):
    """A heading of a committee's sheets that no table of words knows, and the column it means."""

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="sheet_headings")
    heading = models.CharField(max_length=200)  # as items.sheets.headings compares it
    column = models.CharField(max_length=30)  # as items.columns calls it in sheets

    class Meta:
        verbose_name = _("heading of a sheet")
        verbose_name_plural = _("headings of sheets")
        constraints = [
            models.UniqueConstraint(fields=["committee", "heading"], name="heading_once")
        ]

    def __str__(self):
        return f"{self.heading} · {self.column}"

"""What the sheets of a committee look like: headings mapped by hand, and how a list came in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from items.models.line import Line
from items.models.list import ItemList
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


class SheetLayout(models.Model):
    """How the sheet looked that a list was first brought in with; its ledger goes out so."""

    list = models.OneToOneField(ItemList, models.CASCADE, primary_key=True, related_name="layout")
    title = Line(max_length=200, blank=True)  # the first line above the headings
    columns = models.JSONField()  # [[what reading a sheet calls it, its heading], …]

    class Meta:
        verbose_name = _("layout of a sheet")
        verbose_name_plural = _("layouts of sheets")

    def __str__(self):
        return self.title or str(self.list)
